// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/lexer.hpp"
#include "umsops/query/query.hpp"

namespace umsops::query {

/// A field name with what follows its dot.
struct FieldName {
  std::size_t field = 0;
  std::string member;
};
/// Throws `field.unknown`; refuses fields that cannot be filtered.
FieldName resolve_filter_field(std::string_view name, base::RecordType const& type);

/// One comparison from words. `fail` is called with the index of the offending word and what is wrong with it.
struct ConditionWords {
  FieldName name;
  Op op;
  std::vector<std::string> words;
};
/// What is wrong with one of the words.
struct WordProblem {
  std::size_t word;
  std::string what;
};
/// Throws WordProblem; time errors pass as they are.
Filter build_condition(ConditionWords const& words, FilterContext const& context);

}  // namespace umsops::query
