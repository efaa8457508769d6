// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/query/query.hpp"

namespace umsops::query {

struct Token {
  enum class Kind { word, op, open, close, comma, bang, end };
  Kind kind = Kind::end;
  std::string text;  ///< a word without its quotes
  bool quoted = false;
  Op op = Op::eq;
  std::size_t begin = 0;  ///< byte offset in the text
};

/// Splits a filter. Throws `filter.syntax` for an open quote, what is glued to a word, bad text, or more than 4 KiB.
std::vector<Token> tokenize(std::string_view text);

/// ASCII letters in any case.
bool same_word(std::string_view a, std::string_view b);

/// Throws `filter.syntax` with a caret under the byte offset, counted in display cells. `detail` may say more for
/// programs; the offset is added to it.
[[noreturn]] void fail_at(std::string_view text, std::size_t offset, std::string problem, base::Value detail = {});

}  // namespace umsops::query
