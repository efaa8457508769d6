// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "umsops/format/reader.hpp"

namespace umsops::cli::incident {

/// One body of an input, and its first line; or that it is too large to be one.
struct Body {
  std::int64_t line = 1;
  std::string text;
  bool too_large = false;
};

/// Divides an input into bodies, in constant memory but for one body: one a line, or JSON values over several lines one
/// behind the other. A broken or too large line is a body of its own, and the next one goes on behind it.
class Bodies {
 public:
  explicit Bodies(format::ByteSource source);

  /// Whether it begins as a mail does, with header fields.
  bool is_mail() const;
  /// All of it that is not yet taken; nullopt: more than so many bytes.
  std::optional<std::string> rest(std::size_t most);
  std::optional<Body> next();

 private:
  bool fill();
  void skip_blanks();
  bool first_line_is_whole() const;
  Body take(std::size_t end);
  Body take_line();
  Body take_value();

  format::ByteSource source_;
  std::unique_ptr<char[]> piece_;  ///< for what comes next
  std::string buffer_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  bool ended_ = false;
  bool by_lines_ = true;
};

}  // namespace umsops::cli::incident
