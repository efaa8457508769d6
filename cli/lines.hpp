// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "cli/signals.hpp"

namespace umsops::cli {

/// Standard input line by line, each as soon as it is there. From its first line until `pause` signals come in only
/// where it waits.
class LineInput {
 public:
  /// Of a longer line the beginning is kept, one byte more than `longest`.
  explicit LineInput(std::size_t longest) : longest_(longest) {}
  /// The next line without its end (LF or CRLF); nothing when the input ends, or its terminal hangs up. Throws
  /// `process.interrupted`, `file.unreadable`, and `input.too_large` where it does not end.
  std::optional<std::string> next();
  /// The same, but for this long at most; what has come of a line until then is kept.
  enum class Came { line, end, nothing };
  Came next_within(int milliseconds, std::string& line);
  /// Until the next line is asked for.
  void pause() { held_.reset(); }

 private:
  Came fill(int milliseconds);
  std::optional<signals::Held> held_;
  std::size_t longest_;
  std::string buffer_, line_;
  std::size_t at_ = 0, read_ = 0;
  bool ended_ = false, any_ = false;
};

}  // namespace umsops::cli
