// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "umsops/format/reader.hpp"

namespace umsops::format {

/// Bytes of an input over a buffer of fixed size, with the place in the file. Skips a byte order mark at the start;
/// refuses UTF-16 there with `text.invalid`.
class ByteBuffer {
 public:
  ByteBuffer(ByteSource source, std::string file, std::size_t longest_record)
      : source_(std::move(source)), file_(std::move(file)), longest_record_(longest_record) {}

  /// The next byte, or -1 at the end.
  int peek() { return at_ < size_ || fill() ? static_cast<unsigned char>(buffer_[at_]) : -1; }
  int get() {
    int const c = peek();
    if (c >= 0) {
      ++at_;
      if (c == '\n') begin_line();
    }
    return c;
  }
  /// Bytes that are there without another read, for quick scans; empty at the end of the input.
  std::string_view ready() {
    return at_ < size_ || fill() ? std::string_view(buffer_).substr(at_, size_ - at_) : std::string_view();
  }
  /// Reads on until the current line, or as much of it as there is room for, is `ready`.
  void await_line();
  /// Moves on over bytes of `ready`; `skip` counts the line ends in them, `skip_flat` is for bytes that hold none.
  void skip(std::size_t bytes);
  void skip_flat(std::size_t bytes) { at_ += bytes; }
  /// Moves on behind the next line end. Throws `input.too_large` when it does not come: such an input has none.
  void skip_line();

  /// Throws `input.too_large` at the millionth blank line in a row.
  void pass_blank(std::int64_t lines) const;

  std::int64_t line() const { return line_; }
  /// Of the next byte, in code points from 1.
  std::int64_t column() const;
  /// Of the next byte in the file, from 0.
  std::size_t offset() const { return before_ + at_; }
  std::string const& file() const { return file_; }
  /// Bytes that a record may have.
  std::size_t longest_record() const { return longest_record_; }

 private:
  bool fill();
  void pass_byte_order_mark();
  void begin_line() {
    ++line_;
    line_begin_ = at_;
    columns_before_ = 0;
  }

  ByteSource source_;
  std::string file_;
  std::size_t longest_record_;
  std::string buffer_ = std::string(64 * 1024, '\0');
  std::size_t at_ = 0, size_ = 0;
  std::size_t before_ = 0;      ///< bytes of the input that stood in the buffer earlier
  std::size_t line_begin_ = 0;  ///< where in the buffer the current line, or what is left of it, begins
  std::size_t columns_before_ = 0;
  std::int64_t line_ = 1;
  bool started_ = false, ended_ = false;
};

/// Line ends inside a text are one character: CRLF, which Windows and web forms write, becomes LF.
void join_line_ends(std::string& text);

/// An input error at a place.
base::Error csv_error(ByteBuffer const& bytes, std::int64_t line, std::int64_t column, std::string problem);
base::Error record_too_long(ByteBuffer const& bytes, std::int64_t line);

}  // namespace umsops::format
