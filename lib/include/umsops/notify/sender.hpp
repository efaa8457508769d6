// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/time.hpp"
#include "umsops/notify/letter.hpp"

namespace umsops::notify {

/// How an attempt ended.
struct Sent {
  enum class How {
    delivered,
    later,        ///< it may work another time
    never,        ///< it will not, however often it is tried
    unreachable,  ///< later, and the channel as a whole does not answer: nothing else will work now, either
  } how = How::delivered;
  std::string key;
  std::string problem;                      ///< made fit for one line; empty when delivered
  std::optional<base::Milliseconds> after;  ///< the other side said when it may be tried again
};

/// What carries parcels away. The command line makes the real one.
class Sender {
 public:
  virtual ~Sender() = default;
  /// What the channel's commands print; run once for each channel. Throws `outbox.secret`.
  virtual Secrets const& secrets(Channel const& channel) = 0;
  virtual void submit(Parcel parcel) = 0;
  /// Waits for some of what was submitted; empty: nothing is on its way.
  virtual std::vector<Sent> wait() = 0;
};

/// What an answer of HTTP means. `body`: as far as it was read; some products say 200 and mean a failure.
Sent judge_http(Channel const& channel, int status, std::string_view body, std::string_view retry_after);
/// What a reply of SMTP means.
Sent judge_smtp(int code, std::string_view text);

/// When attempt number `attempts` (from 1) is followed by the next one: a minute doubled each time up to six hours,
/// with a jitter of a quarter that is the same for the same key.
base::Milliseconds backoff(std::int64_t attempts, std::string_view key);

/// What the limits allow.
struct Allowance {
  std::int64_t now = 0;                  ///< so many messages
  std::optional<base::Milliseconds> in;  ///< none now: so long until one is
};
/// `sent`: when earlier ones were, in any order.
Allowance allowance(std::vector<Limit> const& limits, std::vector<base::TimePoint> const& sent, base::TimePoint now);

}  // namespace umsops::notify
