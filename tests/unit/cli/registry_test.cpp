// SPDX-License-Identifier: Apache-2.0
#include "cli/registry.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "cli/exit_code.hpp"
#include "cli/help/help.hpp"
#include "cli/manual/manual.hpp"

using namespace umsops;
using namespace umsops::cli;

namespace {

bool is_chinese(std::string_view text) {
  for (char const c : text) {
    if ((static_cast<unsigned char>(c) & 0x80) != 0) return true;
  }
  return false;
}

void check_text(Text const& text) {
  CHECK_FALSE(text.en.empty());
  CHECK(is_chinese(text.zh));
}

}  // namespace

TEST_CASE("every command is whole") {
  std::set<std::string_view> paths;
  for (auto const* command : commands()) {
    INFO(command->path);
    CHECK(paths.insert(command->path).second);
    REQUIRE(command->run != nullptr);
    check_text(command->summary);
    check_text(command->description);
    CHECK(command->summary.en.size() <= 72);
    if (!command->hidden) CHECK(command->examples.size() >= 2);
    for (auto const& example : command->examples) {
      CHECK(example.line.find("umsops ") != std::string_view::npos);
      CHECK(example.line.find(command->path) != std::string_view::npos);
      check_text(example.note);
    }
    for (auto const& argument : command->arguments) check_text(argument.doc);
    CHECK_FALSE(is_group(command->path));
    for (auto blank = command->path.find(' '); blank != std::string_view::npos;
         blank = command->path.find(' ', blank + 1)) {
      CHECK(find_noun(command->path.substr(0, blank)) != nullptr);
    }
    for (int const code : command->exits) {
      bool known = false;
      for (auto const& entry : exit_codes()) known = known || entry.code == code;
      CHECK(known);
    }
  }
}

TEST_CASE("every flag is documented, and the same name means the same everywhere") {
  std::map<std::string_view, Flag const*> seen;
  auto const look = [&](std::string_view where, Flag const& flag) {
    INFO(where << " --" << flag.name);
    check_text(flag.doc);
    CHECK((flag.type == FlagType::flag) == flag.value.empty());
    bool const chosen = flag.type == FlagType::choice || flag.type == FlagType::choices;
    CHECK(chosen == (flag.choices != nullptr));
    // A filter takes several values where a setter takes one; otherwise type, letter and value agree.
    auto const [first, fresh] = seen.emplace(flag.name, &flag);
    if (fresh) return;
    CHECK(first->second->letter == flag.letter);
    bool const one_and_list = first->second->value != flag.value;
    if (!one_and_list) CHECK(first->second->repeatable == flag.repeatable);
  };
  for (auto const& flag : global_flags()) look("umsops", flag);
  for (auto const* command : commands()) {
    std::set<std::string_view> names;
    for (auto const& flag : command->flags) {
      look(command->path, flag);
      CHECK(names.insert(flag.name).second);
    }
  }
}

TEST_CASE("no flag of a command hides a global one") {
  for (auto const* command : commands()) {
    for (auto const& flag : command->flags) {
      INFO(command->path << " --" << flag.name);
      for (auto const& global : global_flags()) {
        // Where words are ready under that name, what it says tells which is meant: see cli/shape.hpp.
        if (flag.name != "template") CHECK(global.name != flag.name);
        CHECK((flag.letter == 0 || global.letter != flag.letter));
      }
    }
  }
}

/// Flags that are not about the fields of one noun.
constexpr std::string_view kSharedFlags[] = {
    "body",   "body-file",   "edit",          "attribute", "set",      "key",   "on-duplicate", "reason",
    "if-rev", "each",        "since",         "until",     "where",    "sort",  "limit",        "all",
    "after",  "header",      "csv-safe",      "csv-bom",   "to",       "claim", "steal",        "release",
    "force",  "fail-if-any", "fail-if-empty", "history",   "exit-code"};

TEST_CASE("the same verb has the same flags on every product noun") {
  std::map<std::string_view, Command const*> verbs;
  for (auto const* command : commands()) {
    auto const blank = command->path.find(' ');
    if (blank == std::string_view::npos || command->path.starts_with("report ") ||
        !find_noun(command->path.substr(0, blank))->product)
      continue;
    auto const [first, fresh] = verbs.emplace(command->path.substr(blank + 1), command);
    if (fresh) continue;
    for (auto const& flag : first->second->flags) {
      if (std::count(std::begin(kSharedFlags), std::end(kSharedFlags), flag.name) == 0) continue;
      if (flag.name == "attribute" && command->path.starts_with("kb ")) continue;  // an article has none
      INFO(command->path << " --" << flag.name);
      CHECK(find_flag(command, flag.name) != nullptr);
    }
  }
}

TEST_CASE("there is help for everything in both languages") {
  for (auto const language : {base::Language::en, base::Language::zh}) {
    CHECK(root_help(language).size() > 500);
    for (auto const* command : commands()) {
      if (command->hidden) continue;
      auto const brief = help_page(command->path, false, language);
      auto const full = help_page(command->path, true, language);
      CHECK(brief.size() < full.size());
      CHECK(full.find(command->examples[0].line) != std::string::npos);
      for (auto const& flag : command->flags) CHECK(full.find(flag.name) != std::string::npos);
    }
    for (auto const& noun : nouns()) {
      if (noun.name != "generate") CHECK_FALSE(help_page(noun.name, false, language).empty());
    }
    for (auto const& topic : topics()) CHECK(help_page(topic.name, true, language).size() > 100);
    CHECK_FALSE(help_page("topics", true, language).empty());
  }
  CHECK_THROWS_AS(help_page("nonsense", true, base::Language::en), base::Error);
}

TEST_CASE("man pages name every command and flag") {
  std::string all;
  for (auto const& page : man_pages(umsops::base::Language::en)) {
    CHECK(page.text.starts_with(".TH "));
    all += page.text;
  }
  std::erase(all, '\\');  // troff's hyphen is \-
  for (auto const* command : commands()) {
    if (command->hidden) continue;
    INFO(command->path);
    CHECK(all.find("umsops " + std::string(command->path)) != std::string::npos);
  }
}

TEST_CASE("commands describe themselves as data") {
  for (auto const* command : commands()) {
    auto const value = describe(*command, base::Language::en);
    CHECK(value.find("path")->text() == command->path);
    CHECK(value.find("flags")->get_if<base::Value::List>()->size() == command->flags.size());
  }
}
