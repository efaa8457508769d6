// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "umsops/base/value.hpp"

namespace umsops::base {

/// Limits on a JSON text.
struct JsonLimits {
  std::size_t bytes = 1 << 20;  ///< of the whole text
  int depth = 64;               ///< of nested lists and objects
  /// Takes what other systems send all the same: an integer that 64 bits do not hold becomes a text of its digits, and
  /// of members with one name the first stays.
  bool foreign = false;
};

/// Appends `value` as one line of JSON: members in their order, times as RFC 3339, no blanks, UTF-8 as it is; U+0000 to
/// U+001F, U+007F to U+009F, U+2028, U+2029 and bidi controls as \u escapes. Equal values give equal bytes.
void append_json(std::string& out, Value const& value);
/// Appends one JSON string, quotes included.
void append_json_string(std::string& out, std::string_view text);
std::string to_json(Value const& value);
/// The same value for people: two blanks per level, one member per line.
std::string to_pretty_json(Value const& value);

/// Reads one RFC 8259 text. Integers stay integers (64 bit, else refused), times stay text. Throws `json.invalid` with
/// line and column for anything else: duplicate members, NUL, invalid UTF-8, more depth or bytes than `limits`, text
/// after the value, numbers out of range. `source` names the text in the error.
Value parse_json(std::string_view text, std::string_view source = "-", JsonLimits limits = {});

}  // namespace umsops::base
