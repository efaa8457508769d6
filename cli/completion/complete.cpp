// SPDX-License-Identifier: Apache-2.0
// `umsops __complete WORD...`: what may stand in the place of the last word, one `value<TAB>meaning` a line. A line
// `:files` or `:directories` asks the shell for names. Whatever goes wrong, it says nothing and ends with 0.
#include "cli/commands.hpp"
#include "cli/completion/by_name.hpp"
#include "cli/completion/candidates.hpp"
#include "cli/find_command.hpp"
#include "umsops/base/text.hpp"

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
  } else if (auto const offer = flag.offer != nullptr ? flag.offer : offer_for(flag, out.command())) {
    offer(out);
  }
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

/// The flag whose value is the word behind this one.
Flag const* waiting_flag(Command const* command, std::string const& word) {
  Flag const* flag = nullptr;
  if (word.starts_with("--")) {
    if (word.find('=') == std::string::npos) flag = find_flag(command, std::string_view(word).substr(2));
  } else if (is_flag(word)) {
    flag = find_flag(command, word.back());
    for (std::size_t i = 1; i + 1 < word.size(); ++i) {
      auto const* before = find_flag(command, word[i]);
      if (before == nullptr || before->type != FlagType::flag) return nullptr;  // the rest is its value
    }
  }
  return flag != nullptr && flag->type != FlagType::flag ? flag : nullptr;
}

/// `--status=O`: the flag whose value the word ends with.
Flag const* named_flag(Command const* command, std::string const& word) {
  auto const equals = word.find('=');
  if (!word.starts_with("--") || equals == std::string::npos) return nullptr;
  auto const* flag = find_flag(command, std::string_view(word).substr(2, equals - 2));
  return flag != nullptr && flag->type != FlagType::flag ? flag : nullptr;
}

/// A word as it is written on a command line, where the last quote may still be open.
std::string unquoted(std::string const& word) {
  std::string out;
  char quote = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    char const c = word[i];
    if (c == '\\' && quote != '\'' && i + 1 < word.size()) {
      out += word[++i];
    } else if (quote != 0 ? c == quote : c == '\'' || c == '"') {
      quote = quote != 0 ? '\0' : c;
    } else {
      out += c;
    }
  }
  return out;
}

/// Those of the words behind the command that are neither flags nor their values.
std::vector<std::string> plain_words(Command const* command, std::vector<std::string> const& words) {
  std::vector<std::string> plain;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_flag(words[i])) {
      plain.push_back(words[i]);
    } else if (waiting_flag(command, words[i]) != nullptr) {
      ++i;
    }
  }
  return plain;
}

void offer_argument(Candidates& out, Command const& command) {
  auto const given = out.words().size();
  auto const arguments = command.arguments;
  if (arguments.empty() || (given >= arguments.size() && !arguments.back().many)) return;
  auto const& argument = given < arguments.size() ? arguments[given] : arguments.back();
  if (auto const offer = argument.offer != nullptr ? argument.offer : offer_for(argument, command)) offer(out);
}

void complete(Env& env, std::vector<std::string> words) {
  if (words.empty()) words.emplace_back();
  for (auto& word : words) word = unquoted(word);
  std::string const last = words.back();
  words.pop_back();
  if (base::check_text(last, base::TextShape::line)) return;  // what is kept of it is written back
  Candidates out(env, last);
  FoundCommand found;
  try {
    found = find_command(words, env.language());
  } catch (base::Error const&) {
    return;
  }
  out.is_for(found.command, plain_words(found.command, found.rest));
  if (!words.empty()) {
    if (auto const* flag = waiting_flag(found.command, words.back())) return offer_values(out, *flag);
  }
  if (auto const* flag = named_flag(found.command, last)) {
    out.keep(last.find('=') + 1);
    return offer_values(out, *flag);
  }
  if (last.starts_with("-")) return offer_flags(out, found.command);
  if (found.command == nullptr) return offer_commands(out, found.group);
  offer_argument(out, *found.command);
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
