// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "config/ics_reader.hpp"
#include "umsops/config/rule_files.hpp"
#include "umsops/config/sla_files.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;
using Days = std::vector<std::string>;

namespace {

std::string text_of(calendar::Date date) {
  std::chrono::year_month_day const day{date};
  return fmt::format("{:04}-{:02}-{:02}", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

std::string feed(std::string const& event) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n" + event + "SUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

Days days(std::string const& event, std::string_view zone = "UTC") {
  config::Problems problems(base::errors::config_invalid);
  Days out;
  for (auto const& day : config::read_ics(feed(event), "f.ics", base::TimeZone::load(zone), problems)) {
    out.push_back(text_of(day.date));
  }
  problems.raise();
  return out;
}

std::string refused(std::string const& text) {
  return tests::thrown([&] {
    config::Problems problems(base::errors::config_invalid);
    config::read_ics(text, "f.ics", base::TimeZone(), problems);
    problems.raise();
  });
}

}  // namespace

TEST_CASE("dates and times name whole days", "[ics]") {
  CHECK(days("DTSTART;VALUE=DATE:20260101\r\n") == Days{"2026-01-01"});
  CHECK(days("DTSTART;VALUE=DATE:20260215\r\nDTEND;VALUE=DATE:20260218\r\n") ==
        Days{"2026-02-15", "2026-02-16", "2026-02-17"});
  CHECK(days("DTSTART;VALUE=DATE:20260215\r\nDURATION:P2D\r\n") == Days{"2026-02-15", "2026-02-16"});
  CHECK(days("DTSTART:20260215\nDURATION:P1W\n").size() == 7);
  CHECK(days("DTSTART:20260101T000000\r\nDTEND:20260102T000000\r\n") == Days{"2026-01-01"});
  CHECK(days("DTSTART:20260101T000000\r\nDTEND:20260101T235959\r\n") == Days{"2026-01-01"});
  CHECK(days("DTSTART:20260101T000000\r\nDURATION:PT24H\r\n") == Days{"2026-01-01"});
  CHECK(days("DTSTART:20260101T090000\r\nDTEND:20260101T170000\r\n").empty());
  CHECK(days("DTSTART:20260101T120000\r\nDTEND:20260103T120000\r\n") == Days{"2026-01-02"});
  CHECK(days("DTSTART:20251231T160000Z\r\nDTEND:20260101T160000Z\r\n", "Asia/Shanghai") == Days{"2026-01-01"});
  CHECK(days("DTSTART;TZID=Asia/Shanghai:20260101T000000\r\nDTEND;TZID=Asia/Shanghai:20260102T000000\r\n") ==
        Days{"2026-01-01"});
  CHECK(days("DTSTART:20260101\r\nSTATUS:CANCELLED\r\n").empty());
}

TEST_CASE("yearly rules, as holiday feeds write them", "[ics]") {
  auto const rule = [](std::string const& start, std::string const& text) {
    return days("DTSTART;VALUE=DATE:" + start + "\r\nRRULE:" + text + "\r\n");
  };
  CHECK(rule("20251225", "FREQ=YEARLY;COUNT=3") == Days{"2025-12-25", "2026-12-25", "2027-12-25"});
  CHECK(rule("20251225", "FREQ=YEARLY;UNTIL=20261225") == Days{"2025-12-25", "2026-12-25"});
  CHECK(rule("20251225", "FREQ=YEARLY;UNTIL=20261224T235959Z") == Days{"2025-12-25"});
  CHECK(rule("20251225", "FREQ=YEARLY;INTERVAL=2;COUNT=2") == Days{"2025-12-25", "2027-12-25"});
  CHECK(rule("20240229", "FREQ=YEARLY;COUNT=2") == Days{"2024-02-29", "2028-02-29"});
  CHECK(rule("20251127", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=2") == Days{"2025-11-27", "2026-11-26"});
  CHECK(rule("20250526", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=2") == Days{"2025-05-26", "2026-05-25"});
  CHECK(rule("20250526", "FREQ=YEARLY;BYMONTH=5;BYDAY=MO;BYMONTHDAY=25,26,27,28,29,30,31;COUNT=2") ==
        Days{"2025-05-26", "2026-05-25"});
  CHECK(rule("20250131", "FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=-1;COUNT=3;WKST=MO") ==
        Days{"2025-01-31", "2025-02-28", "2026-01-31"});
  CHECK(rule("20900101", "FREQ=YEARLY").size() == 10);  // to 2099
  CHECK(days("DTSTART:20251225\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nEXDATE;VALUE=DATE:20261225\r\n") ==
        Days{"2025-12-25", "2027-12-25"});
  CHECK(days("DTSTART:20251224\r\nDTEND:20251226\r\nRRULE:FREQ=YEARLY;COUNT=2\r\n") ==
        Days{"2025-12-24", "2025-12-25", "2026-12-24", "2026-12-25"});
}

TEST_CASE("folded lines, escapes and strange company are no obstacle", "[ics]") {
  config::Problems problems(base::errors::config_invalid);
  auto const read = config::read_ics(
      "\uFEFFBEGIN:VCALENDAR\nX-WR-CALNAME:a:b\n\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:junk\nEND:"
      "STANDARD\nEND:VTIMEZONE\n"
      "begin:VEVENT\nUID;X=\"a:b\":1\ndtstart;value=date:20260\n 501\nSUMMARY;LANGUAGE=zh:劳动节\\, 第一\n\t天\\n放假\n"
      "BEGIN:VALARM\nDTSTART:junk\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n",
      "f.ics", base::TimeZone(), problems);
  problems.raise();
  REQUIRE(read.size() == 1);
  CHECK(text_of(read[0].date) == "2026-05-01");
  CHECK(read[0].name == "劳动节, 第一天 放假");
}

TEST_CASE("what is malformed is named with its line", "[ics]") {
  CHECK(refused("") == "config.invalid 1:1 no calendar: it begins with BEGIN:VCALENDAR");
  CHECK(refused("hello\n") == "config.invalid 1:1 no property of a calendar: \"hello\"");
  CHECK(refused("A:b\n") == "config.invalid 1:1 no calendar: it begins with BEGIN:VCALENDAR");
  CHECK(refused("BEGIN:VEVENT\nEND:VEVENT\n") == "config.invalid 1:1 no calendar: it begins with BEGIN:VCALENDAR");
  CHECK(refused("BEGIN:VCALENDAR\nBEGIN:VEVENT\n") == "config.invalid 2:1 VEVENT has no end");
  CHECK(refused("BEGIN:VCALENDAR\nEND:VEVENT\n") == "config.invalid 2:1 END:\"VEVENT\" without its beginning");
  CHECK(refused(feed("")) == "config.invalid 3:1 an event without DTSTART");
  CHECK(refused(feed("DTSTART:20260230\r\n")) == "config.invalid 4:1 \"20260230\" is no date");
  CHECK(refused(feed("DTSTART:20260101T9\r\n")) == "config.invalid 4:1 \"20260101T9\" is no date");
  CHECK(refused(feed("DTSTART:20260101\r\nDURATION:1D\r\n")) == "config.invalid 5:1 \"1D\" is no duration");
  CHECK(refused(feed("DTSTART:20260101\r\nDTEND:20280101\r\n")) == "config.invalid 3:1 an event of more than 366 days");
  CHECK(refused(feed("DTSTART:20260101\r\nRDATE:soon\r\n")) == "config.invalid 5:1 \"soon\" is no date");
  CHECK(refused(feed("DTSTART:20260101\r\nDURATION:P0D\r\n")) == "config.invalid 3:1 an event without length");
  CHECK(refused(feed("DTSTART:20260102\r\nDTEND:20260101\r\n")) == "config.invalid 3:1 an event without length");
  CHECK(refused(feed("DTSTART:20260102\r\nRECURRENCE-ID:20260101\r\n")) ==
        "config.invalid 3:1 RECURRENCE-ID without UID: nobody knows what it replaces");
  CHECK(refused(feed("DTSTART:20260101\r\nSUMMARY:\xff\r\n")) == "config.invalid 5:1 SUMMARY: invalid UTF-8");
  auto const rule = [](std::string const& text) { return refused(feed("DTSTART:20260101\r\nRRULE:" + text + "\r\n")); };
  CHECK(rule("FREQ=HOURLY") == "config.invalid 5:1 RRULE: rules of whole days are read, not \"HOURLY\"");
  CHECK(rule("COUNT=2") == "config.invalid 5:1 RRULE: a rule without FREQ");
  CHECK(rule("FREQ=YEARLY;BYYEARDAY=1") == "config.invalid 5:1 RRULE: rules with \"BYYEARDAY\" are not read");
  CHECK(rule("FREQ=YEARLY;BYDAY=XX") == "config.invalid 5:1 RRULE: \"XX\" is no weekday");
  CHECK(rule("FREQ=YEARLY;BYDAY=60MO;BYMONTH=1") == "config.invalid 5:1 RRULE: \"60\" is no number from -53 to 53");
  CHECK(rule("FREQ=WEEKLY;BYDAY=1MO") == "config.invalid 5:1 RRULE: a numbered weekday goes with months and years");
  CHECK(rule("FREQ=YEARLY;COUNT") == "config.invalid 5:1 RRULE: \"COUNT\" is no part of a rule");
  CHECK(rule("FREQ=YEARLY;UNTIL=soon") == "config.invalid 5:1 RRULE: \"soon\" is no date");
}

TEST_CASE("a calendar takes its holidays from feeds; its own dates go first", "[ics]") {
  tests::Scratch const scratch;
  scratch.write("feeds/a.ics", feed("DTSTART:20260501\r\nDTEND:20260503\r\n"));
  std::string const text =
      "use: builtin\ncalendars:\n  c:\n    zone: Asia/Shanghai\n    hours: {mon-fri: \"09:00-18:00\"}\n"
      "    holidays_ics: feeds/a.ics\n    holidays: [{date: 2026-05-01, name: 劳动节}]\n"
      "    working_days: [{date: 2026-05-02, name: open}]\n";
  auto const book = config::read_sla_text(text, scratch.path("sla.yaml"), base::TimeZone());
  auto const rules = book.calendar("c").exceptions();
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].name == "劳动节");
  CHECK(rules[1].working);
  CHECK(tests::thrown([&] {
          config::read_sla_text(text, scratch.path("x/sla.yaml"), base::TimeZone());
        }).starts_with("config.invalid 6:19 cannot read"));
  scratch.write("feeds/a.ics", feed("DTSTART:2026\r\n"));
  auto const problems = config::lint_file(scratch.write("sla.yaml", text));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].spot().file == scratch.path("feeds/a.ics"));
  CHECK(problems[0].spot().line == 4);
}

TEST_CASE("an end on the same day is one day, as many programs write it", "[ics]") {
  CHECK(days("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261225\r\n") == Days{"2026-12-25"});
  CHECK(days("DTSTART;VALUE=DATE:20251225\r\nDTEND;VALUE=DATE:20251225\r\nRRULE:FREQ=YEARLY;COUNT=2\r\n") ==
        Days{"2025-12-25", "2026-12-25"});
}

TEST_CASE("the last date of a rule counts in the zone of the calendar", "[ics]") {
  auto const until = [](std::string const& text, std::string_view zone) {
    return days("DTSTART;VALUE=DATE:20251225\r\nRRULE:FREQ=YEARLY;UNTIL=" + text + "\r\n", zone).size();
  };
  CHECK(until("20261224T230000Z", "Europe/Berlin") == 2);  // 25 December 00:00 there
  CHECK(until("20261224T225900Z", "Europe/Berlin") == 1);
  CHECK(until("20261225T050000Z", "America/New_York") == 2);  // 25 December 00:00 there
  CHECK(until("20261225T000000Z", "America/New_York") == 1);
  CHECK(until("20261225", "America/New_York") == 2);
  CHECK(days("DTSTART:20251225T000000\r\nDURATION:P1D\r\nRRULE:FREQ=YEARLY;UNTIL=20261225T000000\r\n").size() == 2);
}

TEST_CASE("rules of days, weeks and months, and further dates", "[ics]") {
  auto const rule = [](std::string const& start, std::string const& text) {
    return days("DTSTART;VALUE=DATE:" + start + "\r\nRRULE:" + text + "\r\n");
  };
  CHECK(rule("20261230", "FREQ=DAILY;COUNT=3") == Days{"2026-12-30", "2026-12-31", "2027-01-01"});
  CHECK(rule("20261230", "FREQ=DAILY;INTERVAL=2;UNTIL=20270103") == Days{"2026-12-30", "2027-01-01", "2027-01-03"});
  CHECK(rule("20261204", "FREQ=WEEKLY;COUNT=3") == Days{"2026-12-04", "2026-12-11", "2026-12-18"});
  CHECK(rule("20261202", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE;COUNT=4;WKST=MO") ==
        Days{"2026-12-02", "2026-12-06", "2026-12-16", "2026-12-20"});
  CHECK(rule("20261202", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE;COUNT=4;WKST=SU") ==
        Days{"2026-12-02", "2026-12-13", "2026-12-16", "2026-12-27"});
  CHECK(rule("20260131", "FREQ=MONTHLY;COUNT=3") == Days{"2026-01-31", "2026-03-31", "2026-05-31"});
  CHECK(rule("20260130", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=2") == Days{"2026-01-30", "2026-02-27"});
  CHECK(rule("20260130", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2") == Days{"2026-01-30", "2026-02-27"});
  CHECK(rule("20260105", "FREQ=YEARLY;BYDAY=1MO;COUNT=2") == Days{"2026-01-05", "2027-01-04"});
  CHECK(days("DTSTART:20260101\r\nRDATE;VALUE=DATE:20260301,20260201\r\n") ==
        Days{"2026-01-01", "2026-02-01", "2026-03-01"});
  CHECK(days("DTSTART:20260101\r\nRRULE:FREQ=DAILY;COUNT=2\r\nRDATE:20260102,20260105\r\nEXDATE:20260105\r\n") ==
        Days{"2026-01-01", "2026-01-02"});
}

TEST_CASE("an occurrence that was moved or cancelled leaves its day", "[ics]") {
  std::string const series =
      "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20250504\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nEND:VEVENT\r\n";
  std::string const moved =
      "BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID;VALUE=DATE:20260504\r\nDTSTART;VALUE=DATE:20260508\r\n"
      "END:VEVENT\r\n";
  std::string const cancelled =
      "BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID;VALUE=DATE:20260504\r\nDTSTART;VALUE=DATE:20260504\r\n"
      "STATUS:CANCELLED\r\nEND:VEVENT\r\n";
  auto const read = [](std::string const& events) {
    config::Problems problems(base::errors::config_invalid);
    Days out;
    std::string const text = "BEGIN:VCALENDAR\r\n" + events + "END:VCALENDAR\r\n";
    for (auto const& day : config::read_ics(text, "f.ics", base::TimeZone(), problems))
      out.push_back(text_of(day.date));
    problems.raise();
    std::sort(out.begin(), out.end());
    return out;
  };
  CHECK(read(series + moved) == Days{"2025-05-04", "2026-05-08", "2027-05-04"});
  CHECK(read(moved + series) == Days{"2025-05-04", "2026-05-08", "2027-05-04"});
  CHECK(read(series + cancelled) == Days{"2025-05-04", "2027-05-04"});
}
