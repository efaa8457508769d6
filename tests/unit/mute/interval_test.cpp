// SPDX-License-Identifier: Apache-2.0
// The examples stand in for Alertmanager's documentation of time_interval.
#include "umsops/mute/time_interval.hpp"

#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

using namespace umsops;
using namespace umsops::mute;

namespace {

bool in(std::string_view json, std::string_view time) {
  return any_contains(intervals_from_value(base::parse_json(json)), *base::parse_rfc3339(time));
}

std::string refusal(std::string_view json) {
  try {
    (void)intervals_from_value(base::parse_json(json));
  } catch (base::Error const& error) {
    return error.message();
  }
  return "taken";
}

}  // namespace

TEST_CASE("an empty interval is always") { CHECK(in("[{}]", "2026-11-23T09:30:00Z")); }

TEST_CASE("times are half open, in UTC unless a location is named") {
  auto const* const office = R"([{"times":[{"start_time":"09:00","end_time":"17:00"}],"weekdays":["monday:friday"]}])";
  CHECK(in(office, "2026-11-23T09:00:00Z"));
  CHECK(in(office, "2026-11-23T16:59:59.999Z"));
  CHECK_FALSE(in(office, "2026-11-23T17:00:00Z"));
  CHECK_FALSE(in(office, "2026-11-23T08:59:59Z"));
  CHECK_FALSE(in(office, "2026-11-22T10:00:00Z"));  // a Sunday
  auto const* const shanghai = R"([{"times":[{"start_time":"22:00","end_time":"24:00"}],"location":"Asia/Shanghai"}])";
  CHECK(in(shanghai, "2026-11-23T15:59:59Z"));
  CHECK_FALSE(in(shanghai, "2026-11-23T16:00:00Z"));
  CHECK(in(shanghai, "2026-11-23T14:00:00Z"));
}

TEST_CASE("days of the month count from either end and are cut to the month") {
  auto const* const last = R"([{"days_of_month":["-3:-1"]}])";
  CHECK(in(last, "2028-02-29T23:05:00Z"));
  CHECK(in(last, "2027-02-26T00:00:00Z"));
  CHECK_FALSE(in(last, "2027-02-25T23:59:59Z"));
  CHECK_FALSE(in(last, "2027-03-01T00:00:00Z"));
  TimeInterval june;
  june.months = {{6, 6}};
  june.days_of_month = {{-31, 31}};
  CHECK(june.contains(*base::parse_rfc3339("2026-06-01T00:00:00Z")));
  CHECK(june.contains(*base::parse_rfc3339("2026-06-30T23:59:00Z")));
  CHECK_FALSE(june.contains(*base::parse_rfc3339("2026-07-01T00:00:00Z")));
  CHECK_FALSE(in(R"([{"days_of_month":["31"]}])", "2026-06-30T12:00:00Z"));  // June has no 31st: it is not moved
  CHECK(in(R"([{"days_of_month":["1:-1"]}])", "2026-06-17T12:00:00Z"));
}

TEST_CASE("every list must contain the time, one range of it is enough") {
  auto const* const quarter =
      R"([{"weekdays":["monday:friday","sunday"],"months":["january:march"],"days_of_month":["-7:-1"],)"
      R"("years":["2026:2027","2030"],"times":[{"start_time":"09:00","end_time":"17:00"}]}])";
  CHECK(in(quarter, "2027-01-31T09:00:00Z"));        // a Sunday
  CHECK_FALSE(in(quarter, "2027-01-30T13:00:00Z"));  // a Saturday
  CHECK_FALSE(in(quarter, "2027-04-28T13:00:00Z"));
  CHECK_FALSE(in(quarter, "2028-01-31T13:00:00Z"));
  CHECK(in(quarter, "2030-03-29T16:59:00Z"));
}

TEST_CASE("a zone's summer time moves the day") {
  auto const* const sydney =
      R"([{"times":[{"start_time":"09:00","end_time":"17:00"}],"months":["11"],"location":"Australia/Sydney"}])";
  CHECK(in(sydney, "2021-10-31T22:00:00Z"));
  CHECK_FALSE(in(sydney, "2021-10-31T21:00:00Z"));
  auto const* const last = R"([{"days_of_month":["-1"],"location":"America/New_York"}])";
  CHECK(in(last, "2021-03-31T16:00:00Z"));
  CHECK_FALSE(in(last, "2021-03-30T16:00:00Z"));
}

TEST_CASE("an interval that is written is read back as it was") {
  auto const* const text =
      R"([{"times":[{"start_time":"00:00","end_time":"06:30"},{"start_time":"22:00","end_time":"24:00"}],)"
      R"("weekdays":["monday:friday","sunday"],"days_of_month":["-7:-1","1"],"months":["march","may:august"],)"
      R"("years":["2026:2028"],"location":"Europe/Berlin"},{"weekdays":["saturday"]}])";
  CHECK(base::to_json(to_value(intervals_from_value(base::parse_json(text)))) == text);
}

TEST_CASE("a refused interval says what is wrong") {
  auto const times = [](std::string const& start, std::string const& end) {
    return refusal(R"([{"times":[{"start_time":")" + start + R"(","end_time":")" + end + R"("}]}])");
  };
  CHECK(times("00:00", "24:00") == "taken");
  CHECK(times("17:31", "17:31") == "17:31-17:31: the end is not behind the start");
  CHECK(times("12:30", "24:01") == "24:01: not a time of day");
  CHECK(times("9:00", "17:00") == "9:00: not a time of day");
  CHECK(times("01:99", "17:00") == "01:99: not a time of day");
  CHECK(times("14:03", "") == ": not a time of day");
  CHECK(refusal(R"([{"weekdays":["friday:monday"]}])") ==
        "friday:monday: the week begins on sunday here, so this ends before it starts");
  CHECK(refusal(R"([{"weekdays":["1:3"]}])") == "1: no day of the week");
  CHECK(refusal(R"([{"weekdays":["Monday:FRIDAY"]}])") == "taken");
  CHECK(refusal(R"([{"days_of_month":["0"]}])").find("0: not a day of the month") == 0);
  CHECK(refusal(R"([{"days_of_month":["1:50"]}])").find("50: not a day of the month") == 0);
  CHECK(refusal(R"([{"days_of_month":["-15:5"]}])").find("a range that begins from the month's end") > 0);
  CHECK(refusal(R"([{"days_of_month":["10:-25"]}])") == "10:-25: it ends before it begins");
  CHECK(refusal(R"([{"months":["july:may"]}])") == "july:may: it ends before it begins");
  CHECK(refusal(R"([{"months":["13"]}])") == "13: no month");
  CHECK(refusal(R"([{"years":["2028:2026"]}])") == "2028:2026: it ends before it begins");
  CHECK(refusal(R"([{"location":"Mars/Olympus"}])") == "unknown time zone: Mars/Olympus");
}
