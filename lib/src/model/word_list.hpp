// SPDX-License-Identifier: Apache-2.0
// Fields that hold several words: tags, services, numbers of alerts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/fields.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

/// From a list of texts, its JSON text, or words with commas between them. Throws `record.invalid`.
std::vector<std::string> words_from(std::string_view name, base::Value const& value);

/// At most so many, each of one line of at most `longest` code points that says something, and none twice.
void check_words(std::vector<Problem>& out, char const* field, std::vector<std::string> const& words, std::size_t most,
                 std::size_t longest);

template <auto Member>
base::Value get_words(RecordOf<Member> const& record) {
  auto const& words = record.*Member;
  return words.empty() ? base::Value() : base::Value(base::Value::List(words.begin(), words.end()));
}
template <auto Member>
void set_words(RecordOf<Member>& record, std::string_view name, base::Value const& value) {
  record.*Member = words_from(name, value);
}

/// A list of words; an empty one is absent.
template <auto Member>
inline constexpr Access<RecordOf<Member>> words{get_words<Member>, set_words<Member>};

}  // namespace umsops::model
