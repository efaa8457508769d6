// SPDX-License-Identifier: Apache-2.0
#include "cli/find_command.hpp"

#include <utility>

#include "cli/language/phrases.hpp"
#include "cli/synonyms.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

bool is_flag(std::string const& word) { return word.size() > 1 && word[0] == '-'; }

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

namespace {

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

constexpr std::string_view kUsualNoun = "ticket";

std::string joined(std::string_view path, std::string_view word) {
  return path.empty() ? std::string(word) : std::string(path) + " " + std::string(word);
}

}  // namespace

std::string nearest_command(std::vector<std::string> const& words) {
  std::string path, typed;
  // A verb alone: tickets are what most mean. `list` is one as it stands, and no slip for `lint`.
  if (words.size() == 1 && find_command(joined(kUsualNoun, words[0])) != nullptr) return joined(kUsualNoun, words[0]);
  for (auto const& word : words) {
    std::string const next = meant_verb(word, next_words(path));
    if (next.empty()) {
      auto const verb = path.empty() ? meant_verb(word, next_words(kUsualNoun)) : std::string();
      if (!verb.empty()) return joined(kUsualNoun, verb);
      break;
    }
    typed = joined(typed, word);
    path = joined(path, next);
    if (!is_group(path)) return path;
  }
  // Groups that are right already are no suggestion for what stands behind them.
  return path == typed ? std::string() : path;
}

FoundCommand find_command(std::vector<std::string> const& words, base::Language language) {
  FoundCommand found{nullptr, {}, words};
  std::vector<std::string> typed;
  auto& rest = found.rest;
  for (auto at = next_plain(rest, 0); at < rest.size(); at = next_plain(rest, at)) {
    typed.push_back(rest[at]);
    std::string const path = joined(found.group, typed.back());
    found.command = find_command(path);
    if (found.command == nullptr && !is_group(path)) {
      // Where a group was meant, the words behind it belong to the question.
      std::string meant = nearest_command(typed), before;
      for (auto next = next_plain(rest, at + 1); next < rest.size() && meant != before && is_group(meant);
           next = next_plain(rest, next + 1)) {
        typed.push_back(rest[next]);
        before = std::exchange(meant, nearest_command(typed));
      }
      unknown_command(typed, found.group, language);
    }
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
    if (found.command != nullptr) return {found.command, {}, std::move(rest)};
    found.group = path;
  }
  return found;
}

}  // namespace umsops::cli
