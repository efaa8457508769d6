// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/query/query.hpp"

namespace umsops::query {

struct Token {
  enum class Kind { word, op, open, close, comma, end };
  Kind kind = Kind::end;
  std::string text;      ///< a word without its quotes
  bool quoted = false;
  Op op = Op::eq;
  std::size_t begin = 0;  ///< byte offset in the text
  bool glued = false;     ///< no blank before it
};

/// Splits a filter. Throws `filter.syntax` for an open quote or a text over 4 KiB.
std::vector<Token> tokenize(std::string_view text);

/// Throws `filter.syntax` with a caret under the byte offset, counted in display cells.
[[noreturn]] void fail_at(std::string_view text, std::size_t offset, std::string problem);

}  // namespace umsops::query
