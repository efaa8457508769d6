// SPDX-License-Identifier: Apache-2.0
// Finds the command among flags that may stand anywhere.
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

[[noreturn]] void unknown_command(std::vector<std::string> const& typed, std::string_view known, base::Language language) {
  std::string const best = nearest_command(typed);
  std::string suggestion = !best.empty()   ? say(Phrase::did_you_mean, language, {{"word", "umsops " + best}})
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

std::vector<std::string> without(std::vector<std::string> words, std::size_t first, std::size_t second) {
  if (second < words.size()) words.erase(words.begin() + static_cast<std::ptrdiff_t>(second));
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(first));
  return words;
}

}  // namespace

std::string nearest_command(std::vector<std::string> const& words) {
  if (words.empty()) return {};
  std::vector<std::string_view> firsts;
  for (auto const& noun : nouns()) firsts.push_back(noun.name);
  for (auto const* command : commands()) {
    if (!command->hidden && command->path.find(' ') == std::string_view::npos) firsts.push_back(command->path);
  }
  std::string const first = base::nearest(words[0], firsts);
  if (first.empty() || words.size() == 1 || find_noun(first) == nullptr) return first;
  std::vector<std::string_view> verbs;
  for (auto const* command : commands()) {
    if (!command->hidden && command->path.starts_with(first + " ")) verbs.push_back(command->path.substr(first.size() + 1));
  }
  std::string const verb = base::nearest(words[1], verbs);
  return verb.empty() ? (first == words[0] ? std::string() : first) : first + " " + verb;
}

Resolved resolve_command(std::vector<std::string> const& words, base::Language language) {
  auto const first = next_plain(words, 0);
  if (first == words.size()) return {nullptr, nullptr, words};
  auto const second = next_plain(words, first + 1);
  std::string const& word = words[first];
  auto const* command = find_command(word);
  if (command != nullptr) return {command, nullptr, without(words, first, words.size())};
  auto const* noun = find_noun(word);
  std::vector<std::string> typed{word};
  if (second != words.size()) typed.push_back(words[second]);
  if (noun == nullptr) unknown_command(typed, {}, language);
  if (second == words.size()) return {nullptr, noun, without(words, first, words.size())};
  command = find_command(word + " " + words[second]);
  if (command == nullptr) unknown_command(typed, noun->name, language);
  return {command, nullptr, without(words, first, second)};
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
