// SPDX-License-Identifier: Apache-2.0
#include "cli/lines.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "umsops/base/error.hpp"

namespace umsops::cli {

namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kMostBytes = 16u << 20;  ///< far more than anybody says

}  // namespace

LineInput::Came LineInput::fill(int milliseconds) {
  buffer_.resize(kPiece);
  at_ = 0;
  for (;;) {
    auto const woken = held_->wait_for_input(0, milliseconds);
    signals::check();
    if (signals::hung_up()) return Came::end;
    if (woken == signals::Held::Woken::time) {
      buffer_.clear();
      return Came::nothing;
    }
    if (woken == signals::Held::Woken::signal) continue;
    auto const got = read(0, buffer_.data(), buffer_.size());
    if (got > 0 && (read_ += static_cast<std::size_t>(got)) > kMostBytes) {
      throw base::Error(base::errors::input_too_large,
                        {{"what", "standard input"}, {"limit", std::to_string(kMostBytes >> 20) + " MiB"}});
    }
    if (got >= 0) {
      buffer_.resize(static_cast<std::size_t>(got));
      return got > 0 ? Came::line : Came::end;
    }
    if (errno == EIO) return Came::end;  // the terminal is gone
    if (errno == EINTR) continue;
    std::string const problem = errno == EBADF ? "it is closed" : std::strerror(errno);
    throw base::Error(base::errors::file_unreadable, {{"file", "standard input"}, {"problem", problem}});
  }
}

std::optional<std::string> LineInput::next() {
  std::string line;
  return next_within(-1, line) == Came::line ? std::optional(std::move(line)) : std::nullopt;
}

LineInput::Came LineInput::next_within(int milliseconds, std::string& line) {
  if (!held_) held_.emplace();
  while (!ended_) {
    if (at_ == buffer_.size()) {
      auto const came = fill(milliseconds);
      if (came == Came::nothing) return came;
      ended_ = came == Came::end;
      if (ended_) break;
    }
    auto const end = buffer_.find('\n', at_);
    auto const piece = std::string_view(buffer_).substr(at_, std::min(end, buffer_.size()) - at_);
    line_.append(piece.substr(0, std::min(piece.size(), longest_ + 1 - std::min(line_.size(), longest_ + 1))));
    any_ = true;
    at_ = std::min(end, buffer_.size() - 1) + 1;
    if (end != std::string::npos) break;
  }
  if (!std::exchange(any_, false)) return Came::end;
  line = std::exchange(line_, {});
  if (line.ends_with('\r')) line.pop_back();
  return Came::line;
}

}  // namespace umsops::cli
