// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "unit/sla/builders.hpp"

using namespace umsops::sla;
using namespace std::chrono_literals;
using umsops::base::TimeZone;
using umsops::model::Priority;
using umsops::model::Ticket;

TEST_CASE("the built-in policies are the table of the mission, part 3.4", "[sla]") {
  Book const book = builtin(TimeZone());
  struct Expected {
    Priority priority;
    char const *name, *calendar;
    int response, resolution, at_risk;
    std::vector<std::string> steps;
  };
  Expected const table[] = {
      {Priority::critical, "critical", "24x7", 15, 240, 75, {"resolution:+0", "resolution:+1h", "resolution:+2h"}},
      {Priority::high, "high", "business", 30, 480, 75, {"resolution:+0", "resolution:+2h", "resolution:+4h"}},
      {Priority::medium, "medium", "business", 240, 1440, 80, {"resolution:+0", "resolution:+8h"}},
      {Priority::low, "low", "business", 480, 2880, 80, {"resolution:+0"}},
  };
  for (auto const& expected : table) {
    Ticket ticket;
    ticket.priority = expected.priority;
    auto const* const policy = book.choose(ticket);
    REQUIRE(policy);
    CHECK(policy->name == expected.name);
    CHECK(policy->calendar == expected.calendar);
    CHECK(policy->response == std::chrono::minutes(expected.response));
    CHECK(policy->resolution == std::chrono::minutes(expected.resolution));
    CHECK(policy->response_at_risk == expected.at_risk);
    CHECK(policy->resolution_at_risk == expected.at_risk);
    REQUIRE(policy->ladder.size() == expected.steps.size());
    for (std::size_t i = 0; i < expected.steps.size(); ++i) {
      CHECK(policy->ladder[i].id() == expected.steps[i]);
      CHECK(policy->ladder[i].level == static_cast<int>(i) + 1);
    }
  }
  auto const& business = book.calendar("business");
  CHECK(business.windows(day(2026, 11, 23)).front() == umsops::calendar::Window{540, 1080});
  CHECK(business.windows(day(2026, 11, 28)).empty());
  CHECK(book.calendar("24x7").always());
}

TEST_CASE("the first policy that matches is chosen", "[sla]") {
  Policy vip = targets(5min, 1h), rest = targets(1h, 8h);
  vip.name = "vip";
  vip.match.fields = {{"attributes.vip", {"yes", "true"}}, {"priority", {"HIGH", "CRITICAL"}}};
  rest.name = "rest";
  auto source24 = umsops::calendar::CalendarSource();
  source24.name = "test";
  source24.always = true;
  Book const book({umsops::calendar::Calendar::make(source24)}, {vip, rest});
  Ticket ticket;
  ticket.priority = Priority::high;
  CHECK(book.choose(ticket)->name == "rest");
  ticket.attributes = {{"vip", "true"}};
  CHECK(book.choose(ticket)->name == "vip");
  ticket.priority = Priority::low;
  CHECK(book.choose(ticket)->name == "rest");
  CHECK(book.find("vip")->name == "vip");
  CHECK_FALSE(book.find("none"));
  CHECK_FALSE(Book().choose(ticket));
  CHECK_THROWS_AS(book.calendar("none"), umsops::base::Error);
  CHECK_THROWS_AS(Book({}, {vip}), umsops::base::Error);
}

TEST_CASE("every field that a match may name is looked at", "[sla]") {
  Ticket ticket;
  ticket.priority = Priority::low;
  ticket.category = "mfa";
  ticket.subcategory = "token";
  ticket.service = "sso";
  ticket.team = "emea";
  ticket.source = umsops::model::Source::phone;
  ticket.requester_id = "zhang.wei";
  ticket.assignee_id = "li.na";
  char const* const values[] = {"LOW", "mfa", "token", "sso", "emea", "PHONE", "zhang.wei", "li.na"};
  REQUIRE(match_fields().size() == std::size(values));
  for (std::size_t i = 0; i < std::size(values); ++i) {
    Match match{{{std::string(match_fields()[i]), {"other", values[i]}}}};
    CHECK(match.accepts(ticket));
    match.fields[0].second.pop_back();
    CHECK_FALSE(match.accepts(ticket));
  }
}

TEST_CASE("a step is known by its clock and offset", "[sla]") {
  Step step;
  CHECK(step.id() == "resolution:+0");
  step.offset = Percent{-25};
  CHECK(step.id() == "resolution:-25%");
  step.clock = ClockKind::response;
  step.offset = Percent{50};
  CHECK(step.id() == "response:+50%");
  step.offset = Milliseconds(-90min);
  CHECK(step.id() == "response:-1h30m");
  step.working = false;
  step.offset = Milliseconds(48h);
  CHECK(step.id() == "response:+48h:real");
  CHECK(duration_text(1h + 1ms) == "1h1ms");
  CHECK(duration_text(0h) == "0");
  Step quarter;
  quarter.offset = Percent{-25};
  CHECK(quarter.used_at(8h) == 6h);
  quarter.offset = Milliseconds(-9h);
  CHECK(quarter.used_at(8h) == 0h);
}

TEST_CASE("the version is that of the content", "[sla]") {
  std::string const version = builtin(TimeZone()).version();
  CHECK(version.size() == 16);
  CHECK(version == builtin(TimeZone()).version());
  CHECK(version != builtin(TimeZone::load("Asia/Shanghai")).version());
  CHECK(version != Book().version());
}

TEST_CASE("how long the built-in book takes", "[.][benchmark]") {
  auto const begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) builtin(TimeZone());
  auto const took = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - begin);
  WARN(took.count() / 1000 << " ns each");
}
