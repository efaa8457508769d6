// SPDX-License-Identifier: Apache-2.0
#include "umsops/review/measurement.hpp"

#include <catch2/catch.hpp>

#include "umsops/review/due.hpp"

using namespace umsops;
using namespace umsops::review;
using namespace std::chrono_literals;
using model::Priority;
using S = model::IncidentStatus;

namespace {

base::TimePoint at(char const* text) { return *base::parse_rfc3339(text); }

model::Incident incident(S status) {
  model::Incident out;
  out.status = status;
  out.detected_at = at("2026-11-23T09:00:00Z");
  return out;
}

}  // namespace

TEST_CASE("a measurement says whether it can be averaged") {
  auto open = incident(S::in_progress);
  CHECK(measure(open, Measure::detect).validity == Validity::pending);
  CHECK(measure(open, Measure::resolve).validity == Validity::pending);
  open.acknowledged_at = open.detected_at + 5min;
  CHECK(measure(open, Measure::acknowledge).length == base::Milliseconds(5min));

  auto over = incident(S::resolved);
  over.resolved_at = over.detected_at + 1h;
  CHECK(measure(over, Measure::resolve).validity == Validity::recorded);
  // Nobody acknowledged it, and nobody will.
  CHECK(measure(over, Measure::acknowledge).validity == Validity::not_applicable);
  over.impact_started_at = over.detected_at - 10min;
  CHECK(measure(over, Measure::detect).length == base::Milliseconds(10min));
  over.recovered_at = over.detected_at - 1min;
  CHECK(measure(over, Measure::mitigate).validity == Validity::invalid);
  CHECK_FALSE(measure(over, Measure::mitigate).length);
  CHECK(measurements(over)[3].measure == Measure::resolve);
}

TEST_CASE("a review is due by severity: three days, or the end of the fifth business day") {
  auto const friday = at("2026-11-20T16:00:00Z");
  CHECK(due_for(Priority::critical, friday, nullptr) == at("2026-11-23T16:00:00Z"));
  CHECK(due_for(Priority::high, friday, nullptr) == at("2026-11-28T00:00:00Z"));
  CHECK_FALSE(due_for(Priority::medium, friday, nullptr));

  calendar::CalendarSource source;
  source.name = "business";
  source.zone = base::TimeZone::load("Asia/Shanghai");
  for (std::size_t day = 0; day < 5; ++day) source.week[day] = {{9 * 60, 18 * 60}};
  source.exceptions = {{std::chrono::local_days{std::chrono::year{2026} / 11 / 25}, false, "holiday", {}}};
  auto const business = calendar::Calendar::make(source);
  // Friday 16:00 UTC is Saturday there; Wednesday is a holiday.
  CHECK(due_for(Priority::high, friday, &business) == at("2026-11-30T10:00:00Z"));
}
