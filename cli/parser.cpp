// SPDX-License-Identifier: Apache-2.0
// The one place that knows CLI11: a parser for one command alone, with its surprises switched off.
#include "cli/parser.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "cli/find_command.hpp"
#include "cli/flag_values.hpp"
#include "cli/language/phrases.hpp"
#include "cli/synonyms.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

constexpr int kManyWords = 1 << 28;

[[noreturn]] void unknown_flag(std::string const& word, Command const& command, base::Language language) {
  auto const equals = word.find('=');
  std::string const name = word.substr(0, equals);
  std::vector<std::string> known;
  for (auto const flags : {command.flags, global_flags()}) {
    for (auto const& flag : flags) known.push_back("--" + std::string(flag.name));
  }
  std::string const best = meant_flag(name, known);
  std::string suggestion = best.empty() ? say(Phrase::see_help, language, {{"topic", std::string(command.path)}})
                                        : say(Phrase::did_you_mean, language, {{"word", best}});
  base::Error error(base::errors::usage_unknown_flag,
                    {{"word", name.substr(0, 80)}, {"suggestion", std::move(suggestion)}});
  base::Value detail;
  detail.add("word", name.substr(0, 80));
  if (!best.empty()) detail.add("suggestion", best);
  throw error.detail(std::move(detail));
}

[[noreturn]] void refuse_value(Flag const& flag, std::string const& value, base::Language language) {
  throw base::Error(base::errors::usage_bad_value, {{"flag", "--" + std::string(flag.name)},
                                                    {"value", "'" + value.substr(0, 80) + "'"},
                                                    {"expected", say(Phrase::no_value, language)},
                                                    {"suggestion", ""}});
}

/// -o takes what the command can write.
Flag as_taken(Flag const& flag, Command const& command) {
  Flag out = flag;
  if (flag.name == "output" && command.formats != nullptr) out.choices = command.formats;
  return out;
}

/// With the values that there are.
[[noreturn]] void refuse_without_value(Flag const& flag, Command const& command, base::Language language) {
  std::string what = say(Phrase::value_for, language, {{"flag", "--" + std::string(flag.name)}});
  std::string choices;
  if (flag.choices != nullptr) {
    for (auto const choice : flag.choices()) choices.append(choices.empty() ? "" : ", ").append(choice);
  }
  if (!choices.empty()) what += language == base::Language::zh ? "（" + choices + "）" : " (" + choices + ")";
  throw base::Error(base::errors::usage_missing, {{"what", std::move(what)}, {"command", std::string(command.path)}});
}

/// The flag that a word names, and whether it still waits for its value.
struct Named {
  Flag const* flag = nullptr;
  bool waits = false;
};

Named name_flag(Command const& command, std::string const& word) {
  if (word.starts_with("--")) {
    auto const equals = word.find('=');
    auto const* flag =
        find_flag(&command, std::string_view(word).substr(2, equals == std::string::npos ? equals : equals - 2));
    return {flag, flag != nullptr && flag->type != FlagType::flag && equals == std::string::npos};
  }
  for (std::size_t i = 1; i < word.size(); ++i) {
    auto const* flag = find_flag(&command, word[i]);
    if (flag == nullptr) return {};
    if (flag->type != FlagType::flag) return {flag, i + 1 == word.size()};
  }
  return {};
}

/// The library splits a value in brackets, `[a,b]`, into two: a mark in front keeps it whole.
constexpr char kWhole = '\x01';

void keep_whole(std::string& word) {
  std::size_t const value = word.starts_with("--") && word.find('=') != std::string::npos ? word.find('=') + 1 : 0;
  if (value < word.size() && word[value] == '[') word.insert(value, 1, kWhole);
}

void take_mark_off(std::vector<std::string>& values) {
  for (auto& value : values) {
    if (value.starts_with(kWhole)) value.erase(0, 1);
  }
}

/// Writes `--title=` as `--title ''`, which the library understands, and finds values that are missing or too many.
std::vector<std::string> rewrite(Command const& command, std::vector<std::string> const& words,
                                 base::Language language) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string const& word = words[i];
    if (word == "--") {
      out.insert(out.end(), words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
      break;
    }
    out.push_back(word);
    if (word.size() < 2 || word[0] != '-') continue;
    auto const [flag, waits] = name_flag(command, word);
    if (flag == nullptr) continue;
    auto const equals = word.starts_with("--") ? word.find('=') : std::string::npos;
    if (flag->type == FlagType::flag && equals != std::string::npos)
      refuse_value(*flag, word.substr(equals + 1), language);
    if (equals != std::string::npos && equals + 1 == word.size()) {
      out.back() = word.substr(0, equals);
      out.emplace_back();
    } else if (waits && i + 1 < words.size()) {
      out.push_back(words[++i]);
    } else if (waits) {
      refuse_without_value(as_taken(*flag, command), command, language);
    }
  }
  return out;
}

/// The library's App, without the help flag that it would make only to have it taken away.
struct Parser : CLI::App {
  Parser() : CLI::App("", "", nullptr) { allow_extras(); }
};

using Added = std::vector<std::pair<Flag const*, CLI::Option*>>;

/// The names by which the words may mean flags, as CLI11 takes them: `--title,-t`, `!--no-each`. Telling the library of
/// all flags and names would cost more than all the rest of a run.
using Names = std::map<Flag const*, std::vector<std::string>>;

Names names_in(std::vector<std::string> const& words, Command const& command) {
  Names names;
  auto const note = [&](Flag const* flag, std::string name) {
    if (flag == nullptr) return;
    auto& known = names[flag];
    if (std::find(known.begin(), known.end(), name) == known.end()) known.push_back(std::move(name));
  };
  for (std::string const& word : words) {
    if (!is_flag(word)) continue;
    if (word[1] != '-') {
      for (char const letter : word.substr(1)) {
        if (letter != 0) note(find_flag(&command, letter), {'-', letter});
      }
      continue;
    }
    std::string const name = word.substr(0, word.find('='));
    note(find_flag(&command, std::string_view(name).substr(2)), name);
    if (!name.starts_with("--no-")) continue;
    auto const* const flag = find_flag(&command, std::string_view(name).substr(5));
    if (flag != nullptr && flag->type == FlagType::flag) note(flag, "!" + name);
  }
  return names;
}

std::string joined(std::vector<std::string> const& names) {
  std::string out;
  for (auto const& name : names) out += (out.empty() ? "" : ",") + name;
  return out;
}

void add_flags(CLI::App& app, std::span<Flag const> flags, Names const& used, Added& added) {
  for (auto const& flag : flags) {
    auto const found = used.find(&flag);
    if (found == used.end()) continue;
    std::string const names = joined(found->second);
    CLI::Option* option = nullptr;
    if (flag.type == FlagType::flag) {
      option = app.add_flag(names)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    } else {
      option = app.add_option(names)->expected(1)->allow_extra_args(false);
      option->multi_option_policy(flag.repeatable ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::TakeLast);
    }
    added.emplace_back(&flag, option);
  }
}

void check_words(Call const& call, Command const& command) {
  std::size_t most = 0, least = 0;
  for (auto const& argument : command.arguments) {
    most = argument.many ? SIZE_MAX : most + 1;
    least += argument.required ? 1 : 0;
    if (argument.many) break;
  }
  if (call.words.size() > most) {
    base::Error error(base::errors::usage_too_many,
                      {{"word", call.words[most].substr(0, 80)}, {"command", std::string(command.path)}});
    base::Value detail;
    detail.add("word", call.words[most].substr(0, 80));
    throw error.detail(std::move(detail));
  }
  if (call.words.size() < least) call.missing(command.arguments[call.words.size()].name);
  for (auto const& flag : command.flags) {
    if (flag.required && !call.has(flag.name)) call.missing("--" + std::string(flag.name));
  }
}

void take_values(Call& call, Added const& added, base::Language language) {
  for (auto const& [flag, option] : added) {
    if (option->count() == 0) continue;
    std::vector<std::string> values = option->results();
    take_mark_off(values);
    if (!flag->repeatable) values.erase(values.begin(), values.end() - 1);
    for (auto& value : values) value = check_value(as_taken(*flag, *call.command), value, language);
    call.put(*flag, std::move(values));
  }
}

/// `create 'no light'`: the word is what a flag says.
void take_word_as_flag(Call& call, Command const& command, base::Language language) {
  if (command.arguments.size() != 1 || command.arguments[0].flag.empty() || call.words.size() != 1) return;
  auto const* const flag = find_flag(&command, command.arguments[0].flag);
  if (call.has(flag->name)) {
    throw base::Error(base::errors::usage_excludes,
                      {{"first", std::string(command.arguments[0].name)}, {"second", "--" + std::string(flag->name)}});
  }
  call.put(*flag, {check_value(*flag, call.words[0], language)});
  call.words.clear();
}

HelpWanted help_in(std::vector<std::string> const& words) {
  for (auto const& word : words) {
    if (word == "--") break;
    if (word == "--help") return HelpWanted::full;
    if (word == "-h") return HelpWanted::brief;
  }
  return HelpWanted::none;
}

}  // namespace

Call parse_call(std::vector<std::string> const& words, base::Language language) {
  auto const found = find_command(words, language);
  Call call;
  call.help = help_in(found.rest);
  if (found.command == nullptr) {
    call.topic = found.group;
    if (call.help == HelpWanted::none) call.help = HelpWanted::brief;
    for (auto const& word : found.rest) {
      if (word == "--version" || word == "-V") call.command = find_command("version");
    }
    return call;
  }
  Command const& command = *found.command;
  call.command = &command;
  call.topic = call.line = std::string(command.path);
  if (call.help != HelpWanted::none && !command.hidden) return call;

  Parser app;
  Added added;
  added.reserve(command.flags.size() + global_flags().size());
  Names const used = names_in(found.rest, command);
  add_flags(app, command.flags, used, added);
  add_flags(app, global_flags(), used, added);
  auto* plain = app.add_option("words")->expected(0, kManyWords)->allow_extra_args();
  plain->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  auto prepared = rewrite(command, found.rest, language);
  for (auto& word : prepared) keep_whole(word);
  std::reverse(prepared.begin(), prepared.end());
  try {
    app.parse(std::move(prepared));
  } catch (CLI::ParseError const& error) {
    throw base::Error(base::errors::usage_too_many,
                      {{"word", std::string(error.what()).substr(0, 80)}, {"command", std::string(command.path)}});
  }
  for (auto const& word : app.remaining()) {
    if (word != "--") unknown_flag(word, command, language);
  }
  call.words = plain->results();
  take_mark_off(call.words);
  if (call.words.size() == 1 && call.words[0].empty() && plain->count() == 0) call.words.clear();
  take_values(call, added, language);
  take_word_as_flag(call, command, language);
  check_words(call, command);
  return call;
}

}  // namespace umsops::cli
