// SPDX-License-Identifier: Apache-2.0
#include "format/line_buffer.hpp"

#include <algorithm>

#include "umsops/base/text.hpp"

namespace umsops::format {

namespace {

constexpr std::int64_t kMostBlank = 1'000'000;

}  // namespace

bool ByteBuffer::fill() {
  if (ended_) return false;
  columns_before_ += base::code_points(std::string_view(buffer_).substr(line_begin_, size_ - line_begin_));
  before_ += size_;
  at_ = line_begin_ = 0;
  size_ = source_(buffer_.data(), buffer_.size());
  if (size_ == 0) {
    ended_ = true;
    return false;
  }
  if (!started_) pass_byte_order_mark();
  return at_ < size_ || fill();
}

void ByteBuffer::pass_byte_order_mark() {
  started_ = true;
  while (size_ < 3) {
    std::size_t const more = source_(buffer_.data() + size_, buffer_.size() - size_);
    if (more == 0) break;
    size_ += more;
  }
  std::string_view const start(buffer_.data(), std::min<std::size_t>(size_, 3));
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
    throw base::Error(base::errors::text_invalid,
                      {{"what", file_}, {"problem", "UTF-16 (--encoding utf-16)"}, {"offset", "0"}})
        .at({file_, 1, 1});
  }
  if (start == "\xEF\xBB\xBF") at_ = line_begin_ = 3;
}

void ByteBuffer::await_line() {
  peek();
  while (size_ < buffer_.size() && std::string_view(buffer_).substr(0, size_).find('\n', at_) == std::string::npos) {
    std::size_t const more = source_(buffer_.data() + size_, buffer_.size() - size_);
    if (more == 0) return;
    size_ += more;
  }
}

void ByteBuffer::skip(std::size_t bytes) {
  std::size_t const end = at_ + bytes;
  for (;;) {
    std::size_t const line_end = std::string_view(buffer_).substr(0, end).find('\n', at_);
    if (line_end == std::string_view::npos) break;
    at_ = line_end + 1;
    begin_line();
  }
  at_ = end;
}

void ByteBuffer::skip_line() {
  // Far more than a record may have, and yet soon: 16 MiB where a record has one.
  std::size_t const limit = offset() + std::min<std::size_t>(16 * longest_record_, 256u << 20);
  for (;;) {
    std::string_view const bytes = ready();
    if (bytes.empty()) return;
    if (offset() > limit) throw record_too_long(*this, line_);
    std::size_t const stop = bytes.find('\n');
    if (stop != std::string_view::npos) return skip(stop + 1);
    skip_flat(bytes.size());
  }
}

void ByteBuffer::pass_blank(std::int64_t lines) const {
  if (lines <= kMostBlank) return;
  throw base::Error(base::errors::input_too_large,
                    {{"what", "the number of blank lines in a row"}, {"limit", std::to_string(kMostBlank)}})
      .at({file_, line_, 0});
}

std::int64_t ByteBuffer::column() const {
  std::string_view const seen = std::string_view(buffer_).substr(line_begin_, at_ - line_begin_);
  return static_cast<std::int64_t>(columns_before_ + base::code_points(seen)) + 1;
}

void join_line_ends(std::string& text) {
  if (text.find('\r') == std::string::npos) return;
  std::size_t to = 0;
  for (std::size_t from = 0; from < text.size(); ++from) {
    bool const pair = text[from] == '\r' && from + 1 < text.size() && text[from + 1] == '\n';
    if (!pair) text[to++] = text[from];
  }
  text.resize(to);
}

base::Error csv_error(ByteBuffer const& bytes, std::int64_t line, std::int64_t column, std::string problem) {
  base::Error error(base::errors::csv_invalid, {{"problem", std::move(problem)}});
  error.at({bytes.file(), line, column});
  return error;
}

base::Error record_too_long(ByteBuffer const& bytes, std::int64_t line) {
  base::Error error(base::errors::input_too_large,
                    {{"what", "a record"}, {"limit", std::to_string(bytes.longest_record() >> 20) + " MiB"}});
  error.at({bytes.file(), line, 0});
  return error;
}

}  // namespace umsops::format
