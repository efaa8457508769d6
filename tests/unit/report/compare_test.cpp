// SPDX-License-Identifier: Apache-2.0
#include "report/compare.hpp"

#include <catch2/catch.hpp>

#include "umsops/base/time.hpp"

using namespace umsops;

namespace {

std::string before(std::string const& zone, std::string const& since, std::string const& until) {
  auto const rules = base::TimeZone::load(zone);
  auto const period = report::period_before({*base::parse_rfc3339(since), *base::parse_rfc3339(until)}, rules);
  return base::format_rfc3339(period.since) + " " + base::format_rfc3339(period.until);
}

}  // namespace

TEST_CASE("the period before is as long, or as many whole months") {
  CHECK(before("UTC", "2026-11-08T10:00:00Z", "2026-11-15T10:00:00Z") == "2026-11-01T10:00:00Z 2026-11-08T10:00:00Z");
  CHECK(before("UTC", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z") == "2026-02-01T00:00:00Z 2026-03-01T00:00:00Z");
  CHECK(before("UTC", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z") == "2025-10-01T00:00:00Z 2026-01-01T00:00:00Z");
  CHECK(before("Europe/Berlin", "2026-03-31T22:00:00Z", "2026-04-30T22:00:00Z") ==
        "2026-02-28T23:00:00Z 2026-03-31T22:00:00Z");
}
