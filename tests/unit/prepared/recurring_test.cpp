// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/prepared/recurring.hpp"

using namespace umsops;
using namespace umsops::prepared;

namespace {

base::TimePoint at(char const* text) { return *base::parse_rfc3339(text); }

Date day(int year, unsigned month, unsigned day) {
  return Date{std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)};
}

Recurring monthly(std::vector<int> days) {
  Recurring out;
  out.name = "r";
  out.rhythm.days = std::move(days);
  out.form.title = {"Review {{date}}", {}};
  return out;
}

std::vector<std::string> dates(Recurring const& one, char const* after, char const* to) {
  std::vector<std::string> out;
  for (auto const& found : occurrences(one, at(after), at(to), 1000)) out.push_back(date_text(found.date));
  return out;
}

calendar::Calendar weekdays(std::vector<calendar::DayRule> exceptions = {}) {
  calendar::CalendarSource source;
  source.name = "business";
  for (std::size_t i = 0; i < 5; ++i) source.week[i] = {{540, 1080}};
  source.exceptions = std::move(exceptions);
  return calendar::Calendar::make(source);
}

using Dates = std::vector<std::string>;

}  // namespace

TEST_CASE("a day that a month does not have is its last one") {
  auto const one = monthly({31});
  CHECK(dates(one, "2027-01-01T00:00:00Z", "2027-06-01T00:00:00Z") ==
        Dates{"2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"});
  CHECK(dates(monthly({30, 31}), "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z") == Dates{"2028-02-29"});
  CHECK(dates(monthly({kLastDay}), "2027-02-01T00:00:00Z", "2027-03-01T00:00:00Z") == Dates{"2027-02-28"});
  auto const found = occurrences(one, at("2027-02-01T00:00:00Z"), at("2027-03-01T00:00:00Z"), 9);
  CHECK(why(one, found.at(0), base::Language::en) == "the last day of a shorter month");
  CHECK(key_of(one, found.at(0)) == "recurring:r:2027-02-28");
}

TEST_CASE("periods follow each other, and an interval is counted from the first date") {
  auto one = monthly({});
  one.rhythm.every = Every::week;
  one.rhythm.weekdays = {1, 5};
  CHECK(dates(one, "2026-12-01T00:00:00Z", "2026-12-12T00:00:00Z") == Dates{"2026-12-04", "2026-12-07", "2026-12-11"});
  one.rhythm.interval = 2;
  one.from = day(2026, 12, 7);
  CHECK(dates(one, "2026-12-01T00:00:00Z", "2026-12-27T00:00:00Z") ==
        Dates{"2026-12-07", "2026-12-11", "2026-12-21", "2026-12-25"});
  one.until = day(2026, 12, 20);
  CHECK(dates(one, "2026-12-01T00:00:00Z", "2027-12-27T00:00:00Z") == Dates{"2026-12-07", "2026-12-11"});

  auto quarter = monthly({15});
  quarter.rhythm.every = Every::quarter;
  quarter.rhythm.months = {2};
  CHECK(dates(quarter, "2026-12-01T00:00:00Z", "2027-12-01T00:00:00Z") ==
        Dates{"2027-02-15", "2027-05-15", "2027-08-15", "2027-11-15"});
  auto year = monthly({29});
  year.rhythm.every = Every::year;
  year.rhythm.months = {2};
  CHECK(dates(year, "2026-12-01T00:00:00Z", "2029-12-01T00:00:00Z") == Dates{"2027-02-28", "2028-02-29", "2029-02-28"});
  auto daily = monthly({});
  daily.rhythm.every = Every::day;
  CHECK(dates(daily, "2026-12-30T12:00:00Z", "2027-01-02T12:00:00Z") ==
        Dates{"2026-12-31", "2027-01-01", "2027-01-02"});
}

TEST_CASE("a time of day keeps to the clock of its zone, and what a change leaves out is the change") {
  auto one = monthly({});
  one.rhythm.every = Every::day;
  one.rhythm.minute = 2 * 60 + 30;
  one.zone = base::TimeZone::load("Europe/Berlin");
  auto const spring = occurrences(one, at("2027-03-27T00:00:00Z"), at("2027-03-30T00:00:00Z"), 9);
  REQUIRE(spring.size() == 3);
  CHECK(spring[0].due_at == at("2027-03-27T01:30:00Z"));
  CHECK(spring[1].due_at == at("2027-03-28T01:00:00Z"));
  CHECK(spring[2].due_at == at("2027-03-29T00:30:00Z"));
  auto const autumn = occurrences(one, at("2027-10-30T12:00:00Z"), at("2027-11-01T12:00:00Z"), 9);
  REQUIRE(autumn.size() == 2);
  CHECK(autumn[0].due_at == at("2027-10-31T00:30:00Z"));
}

TEST_CASE("a day off moves to a working day, and stays the same occurrence") {
  auto one = monthly({1});
  one.shift = Shift::next;
  one.calendar = weekdays({{day(2027, 1, 1), false, "New Year", {}}});
  auto const found = occurrences(one, at("2026-12-31T00:00:00Z"), at("2027-02-28T00:00:00Z"), 9);
  REQUIRE(found.size() == 2);
  CHECK(date_text(found[0].date) == "2027-01-04");  // Friday is a holiday, then the weekend
  CHECK(key_of(one, found[0]) == "recurring:r:2027-01-01");
  CHECK(why(one, found[0], base::Language::en) == "2027-01-01: New Year");
  one.shift = Shift::previous;
  CHECK(dates(one, "2026-12-30T00:00:00Z", "2027-01-20T00:00:00Z") == Dates{"2026-12-31"});
}

TEST_CASE("it is filed ahead of its time, once in any cut of time") {
  auto one = monthly({10});
  one.lead = std::chrono::days(40);
  Dates all, cut;
  for (auto const& found : occurrences(one, at("2026-12-01T00:00:00Z"), at("2027-12-01T00:00:00Z"), 99))
    all.push_back(date_text(found.date));
  base::TimePoint last = at("2026-12-01T00:00:00Z");
  for (int hours = 7; last < at("2027-12-01T00:00:00Z"); hours = hours * 5 % 997 + 1) {
    auto const to = std::min(last + std::chrono::hours(hours), at("2027-12-01T00:00:00Z"));
    for (auto const& found : occurrences(one, last, to, 99)) cut.push_back(date_text(found.date));
    last = to;
  }
  CHECK(all.size() == 12);
  CHECK(all == cut);
}

TEST_CASE("its texts know the date, and what lies before it") {
  auto one = monthly({1});
  one.form.title = {"{{year}} {{month}} {{day}} {{quarter}} {{week}} | {{previous_month}} {{previous_quarter}}",
                    "{{date}} 复核"};
  auto const found = occurrences(one, at("2026-12-31T00:00:00Z"), at("2027-01-31T00:00:00Z"), 9);
  CHECK(ticket_of(one, found.at(0)).words.title == "2027 01 01 Q1 W53 | 2026-12 2026 Q4");
  one.language = base::Language::zh;
  CHECK(ticket_of(one, found.at(0)).words.title == "2027-01-01 复核");
  Template base;
  base.use = Use::ticket;
  base.inputs = {{"what", {}, std::nullopt}};
  base.ticket.title = {"{{what}}", {}};
  base.ticket.category = "account";
  one.form = {};
  one.form.team = "iam";
  one.base = base;
  one.inputs = {{"what", "{{date}} {{"}};
  one.inputs[0].second = "of {{date}}";
  auto const made = ticket_of(one, found.at(0));
  CHECK(made.words.title == "of 2027-01-01");
  CHECK(made.form.category == "account");
  CHECK(made.form.team == "iam");
}

TEST_CASE("a schedule can be read") {
  auto one = monthly({1, kLastDay});
  CHECK(schedule_text(one, base::Language::en) == "every month on 1, the last day at 09:00 UTC");
  CHECK(schedule_text(one, base::Language::zh) == "每月，1 日、最后一天，09:00 UTC");
  one.rhythm = {Every::week, 2, {1, 3}, {}, {}, 600};
  CHECK(schedule_text(one, base::Language::en) == "every 2 weeks on Mon, Wed at 10:00 UTC");
}
