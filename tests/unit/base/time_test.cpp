// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <filesystem>

#include "umsops/base/error.hpp"
#include "umsops/base/time_text.hpp"

using namespace umsops::base;

namespace {

TimePoint at(char const* text) { return parse_rfc3339(text).value(); }

}  // namespace

TEST_CASE("RFC 3339") {
  CHECK(format_rfc3339(at("2026-11-23T17:30:00+08:00")) == "2026-11-23T09:30:00Z");
  CHECK(format_rfc3339(at("2024-02-29T23:59:59.5Z")) == "2024-02-29T23:59:59.500Z");
  CHECK(format_rfc3339(at("0001-01-01T00:00:00Z")) == "0001-01-01T00:00:00Z");
  CHECK(format_rfc3339(at("1969-12-31t23:59:59.999z")) == "1969-12-31T23:59:59.999Z");
  for (auto const* bad :
       {"2026-11-23", "2026-11-23T09:30:00", "2026-02-29T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T09:30:60Z",
        "2026-11-23T09:30:00+25:00", "2026-11-23T09:30:00.Z", "26-11-23T09:30:00Z", "2026-11-23T09:30:00Zx", ""}) {
    CAPTURE(bad);
    CHECK(!parse_rfc3339(bad));
  }
}

TEST_CASE("durations") {
  CHECK(parse_duration("90s") == Milliseconds(90'000));
  CHECK(parse_duration("1h30m") == Milliseconds(5'400'000));
  CHECK(parse_duration("7d") == Milliseconds(7 * 86'400'000LL));
  CHECK(parse_duration("250ms") == Milliseconds(250));
  for (auto const* bad : {"", "5", "h", "5x", "-5s", "99999999999999999999d", "1h30"}) CHECK(!parse_duration(bad));
}

TEST_CASE("times as people write them") {
  TimePoint const now = at("2026-11-23T09:30:00Z");  // a Monday, 17:30 in Shanghai
  TimeZone const zone = TimeZone::load("Asia/Shanghai");
  struct Case {
    char const* text;
    char const* begin;
    char const* end;
  };
  for (Case const& c : {Case{"now", "2026-11-23T09:30:00Z", "2026-11-23T09:30:00Z"},
                        Case{"-7d", "2026-11-16T09:30:00Z", "2026-11-16T09:30:00Z"},
                        Case{"2h ago", "2026-11-23T07:30:00Z", "2026-11-23T07:30:00Z"},
                        Case{"in 30 minutes", "2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"},
                        Case{"3天前", "2026-11-20T09:30:00Z", "2026-11-20T09:30:00Z"},
                        Case{"2小时前", "2026-11-23T07:30:00Z", "2026-11-23T07:30:00Z"},
                        Case{"30 分钟前", "2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z"},
                        Case{"1 month ago", "2026-10-23T09:30:00Z", "2026-10-23T09:30:00Z"},
                        Case{"today", "2026-11-22T16:00:00Z", "2026-11-23T16:00:00Z"},
                        Case{"昨天", "2026-11-21T16:00:00Z", "2026-11-22T16:00:00Z"},
                        Case{"前天", "2026-11-20T16:00:00Z", "2026-11-21T16:00:00Z"},
                        Case{"上周", "2026-11-15T16:00:00Z", "2026-11-22T16:00:00Z"},
                        Case{"last week", "2026-11-15T16:00:00Z", "2026-11-22T16:00:00Z"},
                        Case{"本月", "2026-10-31T16:00:00Z", "2026-11-30T16:00:00Z"},
                        Case{"Last  Month", "2026-09-30T16:00:00Z", "2026-10-31T16:00:00Z"},
                        Case{"2026-W45", "2026-11-01T16:00:00Z", "2026-11-08T16:00:00Z"},
                        Case{"2020-W53", "2020-12-27T16:00:00Z", "2021-01-03T16:00:00Z"},
                        Case{"2026-11", "2026-10-31T16:00:00Z", "2026-11-30T16:00:00Z"},
                        Case{"2026-11-23", "2026-11-22T16:00:00Z", "2026-11-23T16:00:00Z"},
                        Case{"2026-11-23 08:00", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z"},
                        Case{"2026-11-23T08:00:30", "2026-11-23T00:00:30Z", "2026-11-23T00:00:30Z"},
                        Case{"2026-11-23T08:00:30Z", "2026-11-23T08:00:30Z", "2026-11-23T08:00:30Z"},
                        Case{"三天前", "2026-11-20T09:30:00Z", "2026-11-20T09:30:00Z"},
                        Case{"十五分钟后", "2026-11-23T09:45:00Z", "2026-11-23T09:45:00Z"},
                        Case{"半小时后", "2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"},
                        Case{"两週前", "2026-11-09T09:30:00Z", "2026-11-09T09:30:00Z"},
                        Case{"一个月前", "2026-10-23T09:30:00Z", "2026-10-23T09:30:00Z"},
                        Case{"上周五", "2026-11-19T16:00:00Z", "2026-11-20T16:00:00Z"},
                        Case{"下周一", "2026-11-29T16:00:00Z", "2026-11-30T16:00:00Z"},
                        Case{"周三", "2026-11-24T16:00:00Z", "2026-11-25T16:00:00Z"},
                        Case{"下下星期天", "2026-12-12T16:00:00Z", "2026-12-13T16:00:00Z"},
                        Case{"大前天", "2026-11-19T16:00:00Z", "2026-11-20T16:00:00Z"},
                        Case{"11月28日", "2026-11-27T16:00:00Z", "2026-11-28T16:00:00Z"},
                        Case{"2026年2月3号", "2026-02-02T16:00:00Z", "2026-02-03T16:00:00Z"},
                        Case{"2026年2月", "2026-01-31T16:00:00Z", "2026-02-28T16:00:00Z"},
                        Case{"2026/11/28", "2026-11-27T16:00:00Z", "2026-11-28T16:00:00Z"},
                        Case{"11/28", "2026-11-27T16:00:00Z", "2026-11-28T16:00:00Z"},
                        Case{"2026-11-28 9:30", "2026-11-28T01:30:00Z", "2026-11-28T01:30:00Z"},
                        Case{"9点半", "2026-11-23T01:30:00Z", "2026-11-23T01:30:00Z"},
                        Case{"明天下午三点一刻", "2026-11-24T07:15:00Z", "2026-11-24T07:15:00Z"},
                        Case{"今晚8点20分", "2026-11-23T12:20:00Z", "2026-11-23T12:20:00Z"},
                        Case{"11月28日 上午９：０５", "2026-11-28T01:05:00Z", "2026-11-28T01:05:00Z"},
                        Case{"中午12点", "2026-11-23T04:00:00Z", "2026-11-23T04:00:00Z"},
                        Case{"晚上12点", "2026-11-23T16:00:00Z", "2026-11-23T16:00:00Z"},
                        Case{"@0", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"}}) {
    CAPTURE(c.text);
    auto const range = parse_time_range(c.text, now, zone);
    CHECK(format_rfc3339(range.begin) == c.begin);
    CHECK(format_rfc3339(range.end) == c.end);
  }
  for (auto const* bad : {"",
                          "someday",
                          "2026-13",
                          "2026-02-30",
                          "2026-W54",
                          "2025-W53",
                          "-x",
                          "5",
                          "2026-11-23 25:00",
                          "@x",
                          "-99999999999d",
                          "13月1日",
                          "2月30日",
                          "25点",
                          "9点61分",
                          "今晚",
                          "上周八",
                          "百天前",
                          "11/28/2026/1",
                          "9:3"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(parse_time_range(bad, now, zone), Error);
  }
}

TEST_CASE("a month back from its last day is the last day") {
  TimePoint const now = at("2026-03-31T12:00:00Z");
  CHECK(format_rfc3339(parse_time("1 month ago", now, TimeZone())) == "2026-02-28T12:00:00Z");
}

TEST_CASE("local times in DST gaps and overlaps are refused with both readings") {
  TimePoint const now = at("2026-06-01T00:00:00Z");
  TimeZone const berlin = TimeZone::load("Europe/Berlin");
  for (auto const* text : {"2026-03-29 02:30", "2026-10-25 02:30"}) {
    try {
      parse_time(text, now, berlin);
      FAIL("accepted");
    } catch (Error const& error) {
      CHECK(&error.code() == &errors::time_ambiguous);
      CHECK(error.details().size() == 1);
    }
  }
  CHECK(format_rfc3339(parse_time("2026-03-29 03:30", now, berlin)) == "2026-03-29T01:30:00Z");
  auto const day = parse_time_range("2026-03-29", now, berlin);
  CHECK(day.end - day.begin == std::chrono::hours(23));
  // A zone whose midnight is skipped still has a beginning of that day.
  auto const cairo = parse_time_range("2024-04-26", now, TimeZone::load("Africa/Cairo"));
  CHECK(cairo.end - cairo.begin == std::chrono::hours(23));
}

TEST_CASE("the first instant at which a clock shows a time", "[time]") {
  auto const berlin = TimeZone::load("Europe/Berlin");
  CHECK(berlin.first_at({2026, 3, 29, 2, 30}) == parse_rfc3339("2026-03-29T01:00:00Z"));   // a gap: the jump
  CHECK(berlin.first_at({2026, 10, 25, 2, 30}) == parse_rfc3339("2026-10-25T00:30:00Z"));  // an overlap: the earlier
  CHECK(berlin.first_at({2026, 10, 25, 3, 0}) == parse_rfc3339("2026-10-25T02:00:00Z"));
  CHECK(berlin.first_at({2026, 6, 1, 24, 0}) == berlin.first_at({2026, 6, 2, 0, 0}));
  CHECK(TimeZone().first_at({2026, 12, 31, 24, 0}) == parse_rfc3339("2027-01-01T00:00:00Z"));
}

TEST_CASE("UTC needs no zone file and shows what one without an offset shows") {
  TimeZone const utc, from_file = TimeZone::load("Etc/GMT");
  REQUIRE(utc.is_utc());
  REQUIRE(!from_file.is_utc());
  for (auto const* text : {"0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z",
                           "2024-02-29T12:34:56.789Z", "9999-12-31T23:59:59Z"}) {
    CAPTURE(text);
    CHECK(utc.to_civil(at(text)) == from_file.to_civil(at(text)));
    CHECK(utc.format(at(text)) == from_file.format(at(text)));
  }
  CHECK(utc.format(at("2026-03-01T04:05:06Z")) == "2026-03-01 04:05");
}

TEST_CASE("zones come from the zone database only") {
  for (auto const* bad : {":/etc/passwd", "../passwd", "/etc/localtime", "Mars/Olympus", "", "a b"}) {
    CHECK_THROWS_AS(TimeZone::load(bad), Error);
  }
  CHECK(TimeZone::local(":/etc/passwd").name() == "UTC");
  CHECK(TimeZone::local("Asia/Shanghai").format(at("2026-11-23T09:30:00Z")) == "2026-11-23 17:30");
}

TEST_CASE("the host's zone has the name by which a desk knows it") {
  std::error_code none;
  auto const set = std::filesystem::read_symlink("/etc/localtime", none).string();
  auto const host = TimeZone::local("");
  for (std::string const name : {"Asia/Shanghai", "Europe/Berlin", "Etc/UTC"}) {
    if (!set.ends_with("/zoneinfo/" + name)) continue;
    CHECK(host.name() == TimeZone::load(name).name());
    CHECK(host.is_utc() == (name == "Etc/UTC"));
  }
  CHECK(TimeZone::load("Etc/UTC").is_utc());
  CHECK((set.empty() || host.name() != "local"));
}
