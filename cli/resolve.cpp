// SPDX-License-Identifier: Apache-2.0
// Finds the command among flags that may stand anywhere.
#include <utility>

#include "cli/parser.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

/// The global flag that this word ends with and whose value is the next word; null when the word is complete.
Flag const* awaits_value(std::string const& word) {
  if (word.starts_with("--")) {
    if (word.find('=') != std::string::npos) return nullptr;
    auto const* flag = find_flag(nullptr, std::string_view(word).substr(2));
    return flag != nullptr && flag->type != FlagType::flag ? flag : nullptr;
  }
  for (std::size_t i = 1; i < word.size(); ++i) {
    auto const* flag = find_flag(nullptr, word[i]);
    if (flag == nullptr) return nullptr;
    if (flag->type != FlagType::flag) return i + 1 == word.size() ? flag : nullptr;
  }
  return nullptr;
}

bool is_flag(std::string const& word) { return word.size() > 1 && word[0] == '-'; }

/// The next word from `at` on that is neither a flag nor a flag's value; words.size() when there is none.
std::size_t next_plain(std::vector<std::string> const& words, std::size_t at) {
  for (; at < words.size(); ++at) {
    if (words[at] == "--") return words.size();
    if (!is_flag(words[at])) return at;
    if (awaits_value(words[at]) != nullptr) ++at;
  }
  return words.size();
}

[[noreturn]] void unknown_command(std::vector<std::string> const& typed, std::string_view known,
                                  base::Language language) {
  std::string const best = nearest_command(typed);
  std::string suggestion = !best.empty()    ? say(Phrase::did_you_mean, language, {{"word", "umsops " + best}})
                           : !known.empty() ? say(Phrase::see_help, language, {{"topic", std::string(known)}})
                                            : say(Phrase::see_root_help, language);
  std::string word;
  for (auto const& part : typed) word += (word.empty() ? "" : " ") + part.substr(0, 80);
  base::Error error(base::errors::usage_unknown_command, {{"word", word}, {"suggestion", std::move(suggestion)}});
  base::Value detail;
  detail.add("word", word);
  if (!best.empty()) detail.add("suggestion", best);
  throw error.detail(std::move(detail));
}

std::string joined(std::string_view path, std::string_view word) {
  return path.empty() ? std::string(word) : std::string(path) + " " + std::string(word);
}

}  // namespace

std::string nearest_command(std::vector<std::string> const& words) {
  std::string path, typed;
  for (auto const& word : words) {
    std::string const next = base::nearest(word, next_words(path));
    if (next.empty()) break;
    typed = joined(typed, word);
    path = joined(path, next);
    if (!is_group(path)) return path;
  }
  // Groups that are right already are no suggestion for what stands behind them.
  return path == typed ? std::string() : path;
}

Resolved resolve_command(std::vector<std::string> const& words, base::Language language) {
  Resolved resolved{nullptr, {}, words};
  std::vector<std::string> typed;
  auto& rest = resolved.rest;
  for (auto at = next_plain(rest, 0); at < rest.size(); at = next_plain(rest, at)) {
    typed.push_back(rest[at]);
    std::string const path = joined(resolved.group, typed.back());
    resolved.command = find_command(path);
    if (resolved.command == nullptr && !is_group(path)) {
      // Where a group was meant, the words behind it belong to the question.
      std::string meant = nearest_command(typed), before;
      for (auto next = next_plain(rest, at + 1); next < rest.size() && meant != before && is_group(meant);
           next = next_plain(rest, next + 1)) {
        typed.push_back(rest[next]);
        before = std::exchange(meant, nearest_command(typed));
      }
      unknown_command(typed, resolved.group, language);
    }
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
    if (resolved.command != nullptr) return {resolved.command, {}, std::move(rest)};
    resolved.group = path;
  }
  return resolved;
}

Manner read_manner(std::vector<std::string> const& words, Variable const& variable) {
  Manner manner{language_of(variable), false};
  std::string output = variable("UMSOPS_OUTPUT").value_or("");
  std::string errors;
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    std::string const& word = words[i];
    if (word == "--json") output = "json";
    if (!is_flag(word)) continue;
    auto const equals = word.find('=');
    auto const* flag = awaits_value(word);
    std::string value = flag != nullptr && i + 1 < words.size() ? words[++i] : "";
    if (word.starts_with("--") && equals != std::string::npos) {
      flag = find_flag(nullptr, std::string_view(word).substr(2, equals - 2));
      value = word.substr(equals + 1);
    } else if (word.starts_with("-o") && word.size() > 2) {
      flag = find_flag(nullptr, 'o');
      value = word.substr(2);
    }
    if (flag == nullptr) continue;
    if (flag->name == "output") output = value;
    if (flag->name == "lang" && value != "auto") manner.language = parse_language(value);
    if (flag->name == "error-format") errors = value;
  }
  manner.json_errors = errors.empty() ? output.starts_with("json") : errors == "json";
  return manner;
}

}  // namespace umsops::cli
