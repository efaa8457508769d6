// SPDX-License-Identifier: Apache-2.0
#include "cli/lines.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "umsops/base/error.hpp"

namespace umsops::cli {

namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kMostBytes = 16u << 20;  ///< far more than anybody says

}  // namespace

bool LineInput::fill() {
  buffer_.resize(kPiece);
  at_ = 0;
  for (;;) {
    bool const ready = held_.wait_for_input(0);
    signals::check();
    if (signals::hung_up()) return false;
    if (!ready) continue;
    auto const got = read(0, buffer_.data(), buffer_.size());
    if (got > 0 && (read_ += static_cast<std::size_t>(got)) > kMostBytes) {
      throw base::Error(base::errors::input_too_large,
                        {{"what", "standard input"}, {"limit", std::to_string(kMostBytes >> 20) + " MiB"}});
    }
    if (got >= 0) {
      buffer_.resize(static_cast<std::size_t>(got));
      return got > 0;
    }
    if (errno == EIO) return false;  // the terminal is gone
    if (errno == EINTR) continue;
    std::string const problem = errno == EBADF ? "it is closed" : std::strerror(errno);
    throw base::Error(base::errors::file_unreadable, {{"file", "standard input"}, {"problem", problem}});
  }
}

std::optional<std::string> LineInput::next() {
  std::string line;
  bool any = false;
  while (!ended_) {
    if (at_ == buffer_.size()) {
      ended_ = !fill();
      if (ended_) break;
    }
    auto const end = buffer_.find('\n', at_);
    auto const piece = std::string_view(buffer_).substr(at_, std::min(end, buffer_.size()) - at_);
    line.append(piece.substr(0, std::min(piece.size(), longest_ + 1 - std::min(line.size(), longest_ + 1))));
    any = true;
    at_ = std::min(end, buffer_.size() - 1) + 1;
    if (end != std::string::npos) break;
  }
  if (!any) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace umsops::cli
