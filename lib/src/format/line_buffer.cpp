// SPDX-License-Identifier: Apache-2.0
#include "format/line_buffer.hpp"

#include <algorithm>

namespace umsops::format {

bool ByteBuffer::fill() {
  if (ended_) return false;
  at_ = 0;
  size_ = source_(buffer_.data(), buffer_.size());
  if (size_ == 0) {
    ended_ = true;
    return false;
  }
  if (!started_) {
    started_ = true;
    while (size_ < 3) {
      std::size_t const more = source_(buffer_.data() + size_, buffer_.size() - size_);
      if (more == 0) break;
      size_ += more;
    }
    std::string_view const start(buffer_.data(), std::min<std::size_t>(size_, 3));
    if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
      throw base::Error(base::errors::text_invalid, {{"what", file_}, {"problem", "UTF-16"}, {"offset", "0"}})
          .at({file_, 1, 1});
    }
    if (start == "\xEF\xBB\xBF") at_ = 3;
  }
  return at_ < size_ || fill();
}

void ByteBuffer::skip(std::size_t bytes) {
  line_ += std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(at_),
                      buffer_.begin() + static_cast<std::ptrdiff_t>(at_ + bytes), '\n');
  at_ += bytes;
}

base::Error csv_error(ByteBuffer const& bytes, std::int64_t line, std::int64_t column, std::string problem) {
  base::Error error(base::errors::csv_invalid, {{"problem", std::move(problem)}});
  error.at({bytes.file(), line, column});
  return error;
}

base::Error record_too_long(ByteBuffer const& bytes, std::int64_t line) {
  base::Error error(base::errors::input_too_large, {{"what", "a record"}, {"limit", "1 MiB"}});
  error.at({bytes.file(), line, 0});
  return error;
}

}  // namespace umsops::format
