// SPDX-License-Identifier: Apache-2.0
#include "umsops/report/definition.hpp"

#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"

using namespace umsops;
using report::Function;

namespace {

std::string refusal(std::string const& text) {
  try {
    report::parse_measures(text);
  } catch (base::Error const& error) {
    return error.message() + " | " + error.hint();
  }
  return "taken";
}

report::Definition tickets(std::string const& by, std::string const& measures) {
  report::Definition definition;
  definition.name = "x";
  definition.from = "tickets";
  definition.by = report::parse_groups(by);
  definition.measures = report::parse_measures(measures);
  return definition;
}

std::string fault(report::Definition const& definition) {
  try {
    report::check(definition);
  } catch (base::Error const& error) {
    return std::string(error.code().code) + ": " + error.message();
  }
  return "sound";
}

}  // namespace

TEST_CASE("measures are read with and without a name") {
  auto const all = report::parse_measures(
      "n, p90:resolution_time_minutes,closed=share:status=CLOSED,RESOLVED, "
      "mean:created_at..now,worked=ratio:worked_count/used_count");
  REQUIRE(all.size() == 5);
  CHECK(all[0].name == "n");
  CHECK(all[1].name == "p90_resolution_time_minutes");
  CHECK(all[2].name == "closed");
  CHECK(all[2].where == "status=CLOSED,RESOLVED");  // a comma within a filter divides nothing
  CHECK(all[3].name == "mean_created_to_now");
  CHECK(all[3].of == report::Subject{"created_at", "now"});
  CHECK(all[4].per.from == "used_count");
  for (auto const& one : all) CHECK(report::parse_measure(report::text_of(one)).of == one.of);
}

TEST_CASE("what is no measure is refused with a way out") {
  CHECK(refusal("p9:x") == "measure: 'p9:x' is not a measure | did you mean p90?");
  CHECK(refusal("mean") == "measure: 'mean' is not whole | mean:FIELD");
  CHECK(refusal("n:x") == "measure: 'n:x' is not n, which takes no field | filters stand in where");
  CHECK(refusal("ratio:a") == "measure: 'ratio:a' is not two fields | e.g. ratio:worked_count/used_count");
}

TEST_CASE("groups are fields, parts of times, and bands") {
  auto const all = report::parse_groups("category,week:resolved_at,attributes.site,age,hour,created_at..ended_at");
  REQUIRE(all.size() == 6);
  CHECK(all[5].part == report::Part::band);
  CHECK(all[1].part == report::Part::week);
  CHECK(all[1].name == "week_of_resolved_at");
  CHECK(all[2].name == "attributes_site");
  CHECK(all[3].part == report::Part::band);
  CHECK(all[3].bands.size() == 4);
  for (auto const& one : all) CHECK(report::parse_group(report::text_of(one)).name != "");
}

TEST_CASE("a definition is checked against its source") {
  CHECK(fault(tickets("category,month", "n,p90:resolution_time_minutes")) == "sound");
  CHECK(fault(tickets("categroy", "n")) == "field.unknown: ticket has no field categroy");
  CHECK(fault(tickets("created_at", "n")) == "usage.bad_value: by: 'created_at' is not a part of a time");
  CHECK(fault(tickets("", "mean:category")) == "usage.bad_value: measure: 'mean:category' is not over numbers");
  CHECK(fault(tickets("", "n,n")) == "usage.bad_value: measure: 'n' is not named once");
  CHECK(fault(tickets("category", "balance:created_at..ended_at")).starts_with("usage.bad_value: measure: 'balance:"));
  CHECK(fault(tickets("", "share:status=opne")).starts_with("filter.syntax"));
  auto definition = tickets("category", "n");
  definition.having = "m>2";
  CHECK(fault(definition).starts_with("filter.syntax"));
  definition.having.clear();
  definition.sort = "-m";
  CHECK(fault(definition) == "usage.bad_value: sort: 'm' is not a column of the report");
}
