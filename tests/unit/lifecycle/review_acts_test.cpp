// SPDX-License-Identifier: Apache-2.0
#include "umsops/lifecycle/review_acts.hpp"

#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"

using namespace umsops;
using namespace std::chrono_literals;

TEST_CASE("a review moves by its table") {
  auto const begun = *base::parse_rfc3339("2026-11-23T09:00:00Z");
  model::Review one;
  one.review_number = "REV-000001";
  one.title = "t";
  one.created_at = one.updated_at = begun;
  CHECK_THROWS_AS(lifecycle::approved(one, "li.na", begun), base::Error);
  try {
    lifecycle::submitted(one);
    FAIL("incomplete");
  } catch (base::Error const& error) {
    CHECK(error.message() == "review REV-000001 says nothing yet in: overview, contributing_factors");
  }
  model::set_section(one, "overview", "o");
  model::set_section(one, "contributing_factors", "c");
  one = lifecycle::approved(lifecycle::submitted(one), "li.na", begun + 1h);
  CHECK(one.reviewed_by == "li.na");
  one = lifecycle::closed(one, begun + 2h);
  CHECK(model::check(one).empty());
  one = lifecycle::reworked(one);
  CHECK(one.status == model::ReviewStatus::draft);
  CHECK_FALSE(one.closed_at);
  CHECK(model::check(one).empty());
}
