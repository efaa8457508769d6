// SPDX-License-Identifier: Apache-2.0
// `umsops __complete WORD...`: what may stand in the place of the last word, one `value<TAB>meaning` a line. A line
// `:files` or `:directories` asks the shell for names. Whatever goes wrong, it says nothing and ends with 0.
#include "cli/commands.hpp"
#include "cli/completion/candidates.hpp"
#include "cli/find_command.hpp"

namespace umsops::cli {

namespace {

void offer_commands(Candidates& out, std::string const& group) {
  for (auto const word : next_words(group)) {
    out.add(word, out.env().text(summary_of(group.empty() ? std::string(word) : group + " " + std::string(word))));
  }
}

void offer_values(Candidates& out, Flag const& flag) {
  bool const own = flag.name == "output" && out.command() != nullptr && out.command()->formats != nullptr;
  if (auto const choices = own ? out.command()->formats : flag.choices) {
    for (auto const choice : choices()) flag.type == FlagType::choices ? out.add_item(choice) : out.add(choice);
    return;
  }
  if (flag.offer != nullptr) flag.offer(out);
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
  FoundCommand found;
  try {
    found = find_command(words, env.language());
  } catch (base::Error const&) {
    return;
  }
  out.is_for(found.command);
  if (!words.empty()) {
    if (auto const* flag = flag_before(found.command, words.back())) return offer_values(out, *flag);
  }
  if (last.starts_with("-")) return offer_flags(out, found.command);
  if (found.command == nullptr) return offer_commands(out, found.group);
  std::size_t given = 0;
  for (auto const& word : found.rest) given += word.starts_with("-") ? 0 : 1;
  auto const arguments = found.command->arguments;
  if (arguments.empty()) return;
  auto const& argument = given < arguments.size() ? arguments[given] : arguments.back();
  if (given < arguments.size() || argument.many) {
    if (argument.offer != nullptr) argument.offer(out);
  }
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
