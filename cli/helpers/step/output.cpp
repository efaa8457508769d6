// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/step/output.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace umsops::step_helper {
namespace {

constexpr std::int64_t kMostLogged = 64 << 20;

}  // namespace

Output::Output(int log, std::vector<std::string> const& secrets, std::int64_t keep)
    : mask_(secrets), half_(static_cast<std::size_t>(std::max<std::int64_t>(keep, 2) / 2)), log_(log) {}

void Output::add(std::string_view bytes) {
  bytes_ += static_cast<std::int64_t>(bytes.size());
  take(mask_.pass(bytes));
}

void Output::end() { take(mask_.rest()); }

void Output::take(std::string_view bytes) {
  hash_.add(bytes);
  taken_ += static_cast<std::int64_t>(bytes.size());
  for (auto rest = bytes.substr(0, static_cast<std::size_t>(std::max<std::int64_t>(kMostLogged - logged_, 0)));
       log_ >= 0 && !rest.empty();) {
    auto const put = write(log_, rest.data(), rest.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) break;  // a full disk must not end the step
    logged_ += put;
    rest.remove_prefix(static_cast<std::size_t>(put));
  }
  auto const room = std::min(half_ - std::min(half_, head_.size()), bytes.size());
  head_.append(bytes.substr(0, room));
  tail_.append(bytes.substr(room));
  if (tail_.size() > 2 * half_ + (64u << 10)) tail_.erase(0, tail_.size() - half_);
}

std::string Output::kept() const {
  if (tail_.size() <= half_ && static_cast<std::size_t>(taken_) == head_.size() + tail_.size()) return head_ + tail_;
  auto const end = tail_.substr(tail_.size() - std::min(half_, tail_.size()));
  auto const gone = static_cast<std::size_t>(taken_) - head_.size() - end.size();
  return head_ + "\n[... " + std::to_string(gone) + " bytes ...]\n" + end;
}

}  // namespace umsops::step_helper
