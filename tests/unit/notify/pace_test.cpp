// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "build.hpp"
#include "umsops/notify/sender.hpp"

using namespace umsops;
using namespace umsops::notify;
using namespace umsops::notify::tests;
using std::chrono::hours;
using std::chrono::minutes;

TEST_CASE("attempts grow apart, with a jitter that a key always has") {
  for (std::int64_t attempt = 1; attempt <= 40; ++attempt) {
    base::Milliseconds const whole =
        attempt > 9 ? base::Milliseconds(hours(6)) : minutes(1) * (std::int64_t{1} << (attempt - 1));
    auto const span = backoff(attempt, "01K-001");
    CHECK(span >= whole * 3 / 4);
    CHECK(span <= whole * 5 / 4);
    CHECK(span == backoff(attempt, "01K-001"));
  }
  CHECK(backoff(3, "01K-001") != backoff(3, "01K-002"));
}

TEST_CASE("limits count what was sent within their time") {
  std::vector<Limit> const limits{{1, minutes(1)}, {5, minutes(15)}};
  CHECK(allowance({}, {kNow}, kNow).now > 1000);
  CHECK(allowance(limits, {}, kNow).now == 1);
  auto const after_one = allowance(limits, {kNow - std::chrono::seconds(20)}, kNow);
  CHECK(after_one.now == 0);
  CHECK(after_one.in == std::chrono::seconds(40));
  std::vector<base::TimePoint> sent;
  for (int i = 1; i <= 5; ++i) sent.push_back(kNow - minutes(2 * i));
  auto const after_five = allowance(limits, sent, kNow);
  CHECK(after_five.now == 0);
  CHECK(after_five.in == minutes(5));
  sent.pop_back();
  CHECK(allowance(limits, sent, kNow).now == 1);
}

TEST_CASE("the longest use that fits a kind counts") {
  auto const setup = builtin_setup();
  CHECK(setup.use_of("incident.escalated") == hours(2));
  CHECK(setup.use_of("incident.alert") == hours(12));
  CHECK(setup.use_of("ticket.reply") == hours(7 * 24));
}
