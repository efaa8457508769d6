// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/query/query.hpp"

namespace umsops::query {

/// A field name with what follows its dot.
struct FieldName {
  std::size_t field = 0;
  std::string member;
};
/// Throws `field.unknown`; refuses fields that cannot be filtered.
FieldName resolve_filter_field(std::string_view name, FilterContext const& context);

/// A value as it was written; quotes make `none` an ordinary word.
struct ValueWord {
  std::string text;
  bool quoted = false;
};

/// One comparison in words.
struct ConditionWords {
  FieldName name;
  Op op = Op::eq;
  std::vector<ValueWord> words;
};

/// A problem of a comparison. The caller, who knows the position of the words, makes an error of it.
struct WordProblem {
  enum class About { op, word };
  About about;
  std::size_t word;        ///< index of the word
  std::string what;        ///< the whole sentence
  std::string expected;    ///< of a word: what it should have been, "one of LOW MEDIUM"; may be empty
  std::string suggestion;  ///< the nearest acceptable word, empty: none
};

/// Throws WordProblem, or what the reader of times throws.
Filter build_condition(ConditionWords const& words, FilterContext const& context);

/// Details of a problem for programs: field, suggestion and the words that are allowed.
base::Value detail_of(WordProblem const& problem, base::Field const& field);

/// Foreign text, shortened for a message.
std::string echo(std::string_view text);

}  // namespace umsops::query
