// SPDX-License-Identifier: Apache-2.0
// When a message may be tried, or sent.
#include <algorithm>

#include "umsops/base/hash.hpp"
#include "umsops/notify/sender.hpp"

namespace umsops::notify {

base::Milliseconds backoff(std::int64_t attempts, std::string_view key) {
  constexpr base::Milliseconds kFirst = std::chrono::minutes(1), kLongest = std::chrono::hours(6);
  constexpr std::int64_t kMostDoublings = 20, kJitterSteps = 1000;
  auto const doublings = std::clamp<std::int64_t>(attempts - 1, 0, kMostDoublings);
  auto const whole = std::min(kLongest, kFirst * (std::int64_t{1} << doublings));
  // Hosts that came back at one time must not all ask at one time: between three and five quarters of it.
  auto const step = static_cast<std::int64_t>(base::checksum(std::string(key) + "#" + std::to_string(attempts)) %
                                              static_cast<std::uint64_t>(kJitterSteps));
  return whole * 3 / 4 + whole / 2 * step / kJitterSteps;
}

Allowance allowance(std::vector<Limit> const& limits, std::vector<base::TimePoint> const& sent, base::TimePoint now) {
  constexpr std::int64_t kUnlimited = 1'000'000;
  Allowance out{kUnlimited, {}};
  auto times = sent;
  std::sort(times.begin(), times.end());
  for (auto const& limit : limits) {
    auto const first = std::upper_bound(times.begin(), times.end(), now - limit.span);
    std::int64_t const within = times.end() - first;
    out.now = std::min(out.now, std::max<std::int64_t>(0, limit.count - within));
    if (within < limit.count) continue;
    // The one that has to grow old first.
    auto const wait = *(times.end() - limit.count) + limit.span - now;
    out.in = std::max(out.in.value_or(wait), wait);
  }
  if (out.now > 0) out.in.reset();
  return out;
}

}  // namespace umsops::notify
