// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "umsops/format/reader.hpp"

namespace umsops::format {

/// A record is never longer.
inline constexpr std::size_t kLongestRecord = 1 << 20;

/// Bytes of an input, one by one, over a buffer of fixed size. Passes over a byte order mark at the start.
class ByteBuffer {
 public:
  ByteBuffer(ByteSource source, std::string file) : source_(std::move(source)), file_(std::move(file)) {}

  /// The next byte, or -1 at the end.
  int peek() { return at_ < size_ || fill() ? static_cast<unsigned char>(buffer_[at_]) : -1; }
  int get() {
    int const c = peek();
    if (c >= 0) {
      ++at_;
      line_ += c == '\n';
    }
    return c;
  }
  /// Bytes that are there without another read, for quick scans; `skip` moves on over them (they hold no line end that
  /// is not counted).
  std::string_view ready() { return at_ < size_ || fill() ? std::string_view(buffer_).substr(at_, size_ - at_) : std::string_view(); }
  void skip(std::size_t bytes);

  std::int64_t line() const { return line_; }
  std::string const& file() const { return file_; }

 private:
  bool fill();

  ByteSource source_;
  std::string file_;
  std::string buffer_ = std::string(64 * 1024, '\0');
  std::size_t at_ = 0, size_ = 0;
  std::int64_t line_ = 1;
  bool started_ = false, ended_ = false;
};

/// An input error at a line.
base::Error csv_error(ByteBuffer const& bytes, std::int64_t line, std::int64_t column, std::string problem);
base::Error record_too_long(ByteBuffer const& bytes, std::int64_t line);

}  // namespace umsops::format
