// SPDX-License-Identifier: Apache-2.0
#include "model/word_list.hpp"

#include <algorithm>

#include "model/record_check.hpp"
#include "umsops/base/json.hpp"

namespace umsops::model {

using base::Value;

std::vector<std::string> words_from(std::string_view name, Value const& value) {
  if (is_absent(value)) return {};
  std::string_view const text = value.text();
  if (value.get_if<std::string>() && text.starts_with('[')) return words_from(name, base::parse_json(text, name));
  std::vector<std::string> words;
  if (value.get_if<std::string>()) {
    for (std::size_t at = 0; at <= text.size();) {
      std::size_t const end = std::min(text.find(',', at), text.size());
      if (auto const word = base::trimmed(text.substr(at, end - at)); !word.empty()) words.emplace_back(word);
      at = end + 1;
    }
    return words;
  }
  auto const* const list = value.get_if<Value::List>();
  if (!list) refuse(name, "not a list of texts");
  for (Value const& word : *list) {
    if (!word.get_if<std::string>()) refuse(name, "not a list of texts");
    words.emplace_back(word.text());
  }
  return words;
}

void check_words(std::vector<Problem>& out, char const* field, std::vector<std::string> const& words, std::size_t most,
                 std::size_t longest) {
  if (words.size() > most) {
    out.push_back({field, "more than " + std::to_string(most)});
    return;
  }
  for (std::string const& word : words) {
    check_text(out, field, word, base::TextShape::line, longest);
    if (is_blank(word)) out.push_back({field, "an empty name"});
  }
  std::vector<std::string_view> sorted(words.begin(), words.end());
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) out.push_back({field, "one is given twice"});
}

}  // namespace umsops::model
