// SPDX-License-Identifier: Apache-2.0
// `umsops __complete WORD...`: what may stand in the place of the last word, one `value<TAB>meaning` a line. A line
// `:files` or `:directories` asks the shell for names. Whatever goes wrong, it says nothing and ends with 0.
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/env.hpp"
#include "cli/help/help.hpp"
#include "cli/parser.hpp"
#include "umsops/base/text.hpp"
#include "umsops/format/schemas.hpp"

namespace umsops::cli {

namespace {

constexpr std::size_t kMostIds = 50;

/// The candidates that begin with what is typed.
class Candidates {
 public:
  Candidates(Env& env, std::string typed) : env_(env), typed_(std::move(typed)) {
    // In a list with commas only the last item is completed.
    if (auto const comma = typed_.rfind(','); comma != std::string::npos) before_ = typed_.substr(0, comma + 1);
  }
  std::string const& typed() const { return typed_; }
  Env& env() { return env_; }

  void add(std::string_view value, std::string_view meaning = {}) {
    if (value.starts_with(typed_)) write(std::string(value), meaning);
  }
  void add_item(std::string_view value, std::string_view meaning = {}) {
    if (std::string const whole = before_ + std::string(value); whole.starts_with(typed_)) write(whole, meaning);
  }
  void ask_for(std::string_view what) { env_.out().write(":" + std::string(what) + "\n"); }

 private:
  void write(std::string const& value, std::string_view meaning) {
    std::string line = value;
    if (!meaning.empty()) line += "\t" + base::terminal_text(meaning, base::TextShape::line);
    env_.out().write(line + "\n");
  }
  Env& env_;
  std::string typed_, before_;
};

void offer_tickets(Candidates& out) {
  for (auto const& [number, title] : out.env().desk().tickets().complete(out.typed(), kMostIds)) out.add(number, title);
  out.add("@last");
}

void offer_fields(Candidates& out, bool writable) {
  for (auto const& field : model::ticket_type().fields) {
    if (writable && (field.traits & base::kWritable) == 0) continue;
    auto const doc = out.env().text({field.doc, field.doc_zh});
    writable ? out.add(std::string(field.name) + "=", doc) : out.add_item(field.name, doc);
  }
}

void offer_commands(Candidates& out, std::string const& group) {
  for (auto const word : next_words(group)) {
    std::string const path = group.empty() ? std::string(word) : group + " " + std::string(word);
    auto const* command = find_command(path);
    auto const* noun = find_noun(path);
    out.add(word, command != nullptr ? out.env().text(command->summary)
                  : noun != nullptr  ? out.env().text(noun->summary)
                                     : "");
  }
}

void offer(Candidates& out, Offer what) {
  switch (what) {
    case Offer::nothing:
      return;
    case Offer::files:
      return out.ask_for("files");
    case Offer::directories:
      return out.ask_for("directories");
    case Offer::tickets:
      return offer_tickets(out);
    case Offer::fields:
      return offer_fields(out, false);
    case Offer::writable_fields:
      return offer_fields(out, true);
    case Offer::reports:
      for (auto const& report : desk::reports()) out.add(report.name, out.env().text({report.doc, report.doc_zh}));
      return;
    case Offer::settings:
      for (auto const& setting : config::settings())
        out.add(std::string(setting.key) + "=", out.env().text({setting.doc, setting.doc_zh}));
      return;
    case Offer::commands:
      return offer_commands(out, {});
    case Offer::topics:
      offer_commands(out, {});
      for (auto const& topic : topics()) out.add(topic.name, out.env().text(topic.summary));
      return;
    case Offer::schemas:
      for (auto const name : format::schema_names()) out.add(name);
      return;
  }
}

void offer_values(Candidates& out, Flag const& flag) {
  if (flag.choices != nullptr) {
    for (auto const choice : flag.choices()) flag.type == FlagType::choices ? out.add_item(choice) : out.add(choice);
    return;
  }
  offer(out, flag.offer);
}

void offer_flags(Candidates& out, Command const* command) {
  auto const each = [&](std::span<Flag const> flags) {
    for (auto const& flag : flags) {
      out.add((flag.fallback == "on" ? "--no-" : "--") + std::string(flag.name), out.env().text(flag.doc));
    }
  };
  if (command != nullptr) each(command->flags);
  each(global_flags());
}

/// The flag whose value the last word is, because the word before it waits for one.
Flag const* flag_before(Command const* command, std::string const& word) {
  if (word.starts_with("--")) {
    auto const* flag = find_flag(command, std::string_view(word).substr(2));
    return flag != nullptr && flag->type != FlagType::flag ? flag : nullptr;
  }
  if (word.size() != 2 || word[0] != '-') return nullptr;
  auto const* flag = find_flag(command, word[1]);
  return flag != nullptr && flag->type != FlagType::flag ? flag : nullptr;
}

void complete(Env& env, std::vector<std::string> words) {
  if (words.empty()) words.emplace_back();
  std::string const last = words.back();
  words.pop_back();
  Candidates out(env, last);
  Resolved resolved;
  try {
    resolved = resolve_command(words, env.language());
  } catch (base::Error const&) {
    return;
  }
  if (!words.empty()) {
    if (auto const* flag = flag_before(resolved.command, words.back())) return offer_values(out, *flag);
  }
  if (last.starts_with("-")) return offer_flags(out, resolved.command);
  if (resolved.command == nullptr) return offer_commands(out, resolved.group);
  std::size_t given = 0;
  for (auto const& word : resolved.rest) given += word.starts_with("-") ? 0 : 1;
  auto const arguments = resolved.command->arguments;
  if (arguments.empty()) return;
  auto const& argument = given < arguments.size() ? arguments[given] : arguments.back();
  if (given < arguments.size() || argument.many) offer(out, argument.offer);
}

int run_complete(Env& env, Call const& call) {
  try {
    complete(env, call.words);
  } catch (base::Error const&) {
    // No store, no settings, no permission: there is nothing to offer, and a prompt is no place to complain.
    env.out().discard();
  }
  return 0;
}

}  // namespace

constinit Command const kComplete{
    .path = "__complete",
    .summary = {"candidates for the shell's completion", "供 shell 补全使用的候选项"},
    .description = {"Prints the candidates for the last word.", "输出最后一个词的候选项。"},
    .hidden = true,
    .run = run_complete,
};

}  // namespace umsops::cli
