// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "umsops/config/rule_files.hpp"
#include "umsops/config/sla_files.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;
using namespace std::chrono_literals;
using base::TimeZone;
using config::read_sla_text;

namespace {

sla::Book book_of(std::string_view text) { return read_sla_text(text, "sla.yaml", TimeZone()); }
/// `config.invalid 3:5 message`
std::string refused(std::string_view text) {
  return tests::thrown([&] { book_of(text); });
}
/// One policy with these further lines.
std::string policy(std::string const& lines) {
  return "policies:\n- name: p\n  calendar: 24x7\n  resolution: 8h\n" + lines;
}
/// One calendar with these lines, and a policy that needs none of them.
std::string calendar_with(std::string const& lines) {
  return "use: builtin\ncalendars:\n  c:\n    zone: Asia/Shanghai\n" + lines;
}

using calendar::Window;

calendar::Date day(int y, unsigned m, unsigned d) {
  return std::chrono::local_days(std::chrono::year(y) / std::chrono::month(m) / std::chrono::day(d));
}

std::string example(std::string const& name) { return std::string(UMSOPS_SOURCE_DIR) + "/examples/sla/" + name; }

}  // namespace

TEST_CASE("the written-out default equals the built-in policies", "[sla]") {
  CHECK(config::read_sla({example("default.yaml")}, TimeZone()).version() == sla::builtin(TimeZone()).version());
  CHECK(config::read_sla({}, TimeZone()).version() == sla::builtin(TimeZone()).version());
}

TEST_CASE("every part of a policy is read", "[sla]") {
  auto const book = book_of(
      "kind: sla\n"
      "calendars:\n"
      "  office:\n"
      "    zone: Europe/Berlin\n"
      "    hours: {mon-thu: [\"09:00-12:00\", \"13:00-17:00\"], fri: \"09:00-13:00\", sat: []}\n"
      "policies:\n"
      "- name: vip\n"
      "  match: {priority: [high, CRITICAL], attributes.vip: \"yes\", source: PHONE}\n"
      "  calendar: office\n"
      "  response: 30m\n"
      "  resolution: 8h\n"
      "  at_risk: {response: 60%, resolution: 75}\n"
      "  counts_also: [PENDING, resolved]\n"
      "  ladder:\n"
      "  - {at: -50%, clock: response, notify: team:iam}\n"
      "  - {at: -25%, notify: [li.na, \"oncall:primary\"], when: {category: mfa}}\n"
      "  - {at: +0, level: LEVEL_1, assign: \"team:iam\"}\n"
      "  - {at: +2h, level: LEVEL_2, priority: CRITICAL}\n"
      "  - {at: +2d, time: real, level: LEVEL_3}\n"
      "- {name: rest, calendar: business, response: 4h}\n");
  REQUIRE(book.policies().size() == 2);
  auto const& vip = book.policies()[0];
  CHECK(vip.match.fields.size() == 3);
  CHECK(vip.match.fields[0].second == std::vector<std::string>{"HIGH", "CRITICAL"});
  CHECK(vip.response == 30min);
  CHECK(vip.resolution == 8h);
  CHECK(vip.response_at_risk == 60);
  CHECK(vip.resolution_at_risk == 75);
  CHECK(vip.counts_also ==
        std::vector<model::TicketStatus>{model::TicketStatus::pending, model::TicketStatus::resolved});
  CHECK(vip.spot.line == 7);
  std::vector<std::string> ids;
  for (auto const& step : vip.ladder) ids.push_back(step.id());
  CHECK(ids == std::vector<std::string>{"response:-50%", "resolution:-25%", "resolution:+0", "resolution:+2h",
                                        "resolution:+48h:real"});
  CHECK(vip.ladder[1].notify == std::vector<std::string>{"li.na", "oncall:primary"});
  CHECK(vip.ladder[1].when.fields[0].first == "category");
  CHECK(vip.ladder[2].assign == "team:iam");
  CHECK(vip.ladder[3].priority == model::Priority::critical);
  CHECK(vip.ladder[4].level == 3);
  CHECK_FALSE(book.policies()[1].resolution);
  CHECK(book.policies()[1].response_at_risk == 80);
  auto const& office = book.calendar("office");
  CHECK(office.zone().name() == "Europe/Berlin");
  CHECK(office.week()[0] == std::vector<Window>{{540, 720}, {780, 1020}});
  CHECK(office.week()[4] == std::vector<Window>{{540, 780}});
  CHECK(office.week()[5].empty());
}

TEST_CASE("holidays and working days are read, each date once", "[sla]") {
  auto const book =
      book_of(calendar_with("    hours: {mon-fri: \"09:00-18:00\", sat: \"20:00-24:00\"}\n"
                            "    holidays:\n"
                            "    - {from: 2026-02-15, to: 2026-02-17, name: 春节}\n"
                            "    - {date: 2026-01-01}\n"
                            "    working_days:\n"
                            "    - {date: 2026-02-28, name: 补班}\n"
                            "    - {date: 2026-02-14, hours: [\"10:00-12:00\"]}\n"));
  auto const& c = book.calendar("c");
  CHECK(c.exceptions().size() == 6);
  CHECK(c.exception(day(2026, 2, 16))->name == "春节");
  CHECK_FALSE(c.exception(day(2026, 2, 16))->working);
  CHECK(c.exception(day(2026, 2, 28))->windows == std::vector<Window>{{540, 1080}});
  CHECK(c.exception(day(2026, 2, 14))->windows == std::vector<Window>{{600, 720}});
  CHECK(c.week()[5] == std::vector<Window>{{1200, 1440}});
}

TEST_CASE("use: builtin puts the built-in policies behind the own ones", "[sla]") {
  auto const book = book_of(
      "use: builtin\n"
      "calendars:\n  business:\n    zone: Asia/Shanghai\n    hours: {mon-fri: \"10:00-16:00\"}\n"
      "policies:\n- {name: low, calendar: business, match: {priority: LOW}, resolution: 99h}\n"
      "- {name: mfa, calendar: 24x7, match: {category: mfa}, response: 5m}\n");
  std::vector<std::string> names;
  for (auto const& policy : book.policies()) names.push_back(policy.name);
  CHECK(names == std::vector<std::string>{"low", "mfa", "critical", "high", "medium"});
  CHECK(book.find("low")->resolution == 99h);
  CHECK(book.calendar("business").zone().name() == "Asia/Shanghai");
}

TEST_CASE("a team has working hours of its own", "[sla]") {
  std::string const head =
      "use: builtin\ncalendars:\n  shanghai:\n    zone: Asia/Shanghai\n    hours: {mon-fri: \"09:00-18:00\"}\n";
  auto const book = book_of(head + "teams:\n  apac: {calendar: shanghai}\n");
  CHECK(book.calendar(*book.find("low"), "apac").name() == "shanghai");
  CHECK(book.calendar(*book.find("low"), "emea").name() == "business");
  CHECK(book.calendar(*book.find("low"), "").name() == "business");
  CHECK(book.calendar(*book.find("critical"), "apac").name() == "24x7");  // around the clock for everybody
  CHECK(book.version() != book_of(head).version());
  CHECK(refused(head + "teams:\n  apac: {calendar: shanghay}\n") ==
        "config.invalid 7:20 team \"apac\": no calendar \"shanghay\"");
  CHECK(refused(head + "teams:\n  apac: {zone: UTC}\n  emea: shanghai\n") ==
        "config.invalid 7:10 unknown key \"zone\"");
  CHECK(refused(head + "teams: [apac]\n") == "config.invalid 6:8 teams is a map");
}

TEST_CASE("several files make one book, in their order", "[sla]") {
  tests::Scratch const scratch;
  auto const one = scratch.write("c.yaml", "calendars:\n  c: {zone: UTC, hours: {mon: \"09:00-10:00\"}}\n");
  auto const two =
      scratch.write("p.yaml", "policies:\n- {name: a, calendar: c, match: {priority: LOW}, response: 5m}\n");
  auto const three = scratch.write("q.yaml", "policies:\n- {name: a, calendar: 24x7, response: 5m}\n");
  CHECK(config::read_sla({one, two}, TimeZone()).policies().size() == 1);
  CHECK(config::lint_file(two).empty());  // c may come from another file
  CHECK(tests::thrown([&] { config::read_sla({two}, TimeZone()); }) ==
        "config.invalid 2:3 policy \"a\": no calendar \"c\"");
  CHECK(tests::thrown([&] { config::read_sla({one}, TimeZone()); }) == "config.invalid 1:1 no policy at all");
  CHECK(tests::thrown([&] {
          config::read_sla({one, one, two}, TimeZone());
        }) == "config.invalid 1:1 calendar c is defined by another file already");
  CHECK(tests::thrown([&] {
          config::read_sla({one, two, three}, TimeZone());
        }) == "config.invalid 2:3 policy \"a\" occurs twice, first at " + two + ":2");
  CHECK(
      tests::thrown([&] { config::read_sla({scratch.path("none.yaml")}, TimeZone()); }).starts_with("file.unreadable"));
}

TEST_CASE("calendars that cannot be are refused where they stand", "[sla]") {
  CHECK(refused(calendar_with("")) == "config.invalid 4:5 calendar c has not a single window");
  CHECK(refused(calendar_with("    hours: {mon: []}\n")) == "config.invalid 5:12 calendar c has not a single window");
  CHECK(refused("calendars:\n  c:\n    hours: {mon: \"09:00-10:00\"}\n") ==
        "config.invalid 3:5 calendar c has no zone");
  CHECK(refused("calendars:\n  c:\n    zone: Mars/Olympus\n    hours: {mon: \"09:00-10:00\"}\n") ==
        "config.invalid 3:11 unknown time zone: Mars/Olympus");
  CHECK(refused(calendar_with("    hours: {mon: [\"09:00-12:00\", \"11:00-13:00\"]}\n")) ==
        "config.invalid 5:34 \"11:00-13:00\" overlaps another window of the day");
  CHECK(refused(calendar_with("    hours: {mon: \"22:00-06:00\"}\n")) ==
        "config.invalid 5:18 \"22:00-06:00\" goes over midnight");
  CHECK(refused(calendar_with("    hours: {mon: \"22:00-00:00\"}\n")) ==
        "config.invalid 5:18 \"22:00-00:00\" goes over midnight");
  CHECK(refused(calendar_with("    hours: {mon: \"09:00-09:00\"}\n")) ==
        "config.invalid 5:18 \"09:00-09:00\" is empty");
  CHECK(refused(calendar_with("    hours: {mon: \"9-17\"}\n")) == "config.invalid 5:18 \"9-17\" is no window");
  CHECK(refused(calendar_with("    hours: {mon: \"09:00-24:01\"}\n")) ==
        "config.invalid 5:18 \"09:00-24:01\" is no window");
  CHECK(refused(calendar_with("    hours: {monday: \"09:00-10:00\"}\n")) ==
        "config.invalid 5:13 \"monday\" is no weekday");
  CHECK(refused(calendar_with("    hours: {fri-mon: \"09:00-10:00\"}\n")) ==
        "config.invalid 5:13 \"fri-mon\" runs backwards");
  CHECK(refused(calendar_with("    hours: {mon-fri: \"09:00-10:00\", tue: []}\n")) ==
        "config.invalid 5:37 hours of tue twice");
  CHECK(refused("calendars:\n  c:\n    always: true\n    zone: UTC\n") ==
        "config.invalid 4:5 always stands alone: no \"zone\"");
  CHECK(refused("calendars:\n  a b: {always: true}\n") == "config.invalid 2:3 \"a b\" is no id");
}

TEST_CASE("dates that cannot be are refused where they stand", "[sla]") {
  std::string const hours = "    hours: {mon-fri: \"09:00-18:00\"}\n";
  auto const days = [&](std::string const& entries) { return refused(calendar_with(hours + entries)); };
  CHECK(days("    holidays:\n    - {date: 2026-02-30}\n") == "config.invalid 7:14 \"2026-02-30\" is no date");
  CHECK(days("    holidays:\n    - {date: 20260230}\n") == "config.invalid 7:14 \"20260230\" is no date");
  CHECK(days("    holidays:\n    - {name: x}\n") == "config.invalid 7:7 no date");
  CHECK(days("    holidays:\n    - {date: 2026-02-03, to: 2026-02-04}\n") ==
        "config.invalid 7:7 both date and from/to");
  CHECK(days("    holidays:\n    - {from: 2026-02-03, to: 2026-02-01}\n") ==
        "config.invalid 7:30 it ends before it begins");
  CHECK(days("    holidays:\n    - {from: 2026-02-03, to: 2027-02-04}\n") ==
        "config.invalid 7:30 more than a year at once");
  CHECK(days("    holidays:\n    - {from: 2026-02-03, to: 2026-02-05}\n    - {date: 2026-02-04}\n") ==
        "config.invalid 8:7 2026-02-04 is named twice");
  CHECK(days("    holidays:\n    - {date: 2026-02-03}\n    working_days:\n    - {date: 2026-02-03}\n") ==
        "config.invalid 9:7 2026-02-03 is both holiday and working day");
  CHECK(days("    working_days:\n    - {date: 2026-02-03, hours: []}\n") ==
        "config.invalid 7:7 a working day without hours");
  CHECK(days("    holidays:\n    - {date: 2026-02-03, hours: []}\n") == "config.invalid 7:26 unknown key \"hours\"");
}

TEST_CASE("policies that cannot be are refused where they stand", "[sla]") {
  CHECK(refused("policies: []\n") == "config.invalid 1:11 an empty list of policies");
  CHECK(refused("policies:\n") == "config.invalid 1:1 an empty list of policies");
  CHECK(refused("kind: sla\n") == "config.invalid 1:1 an SLA file that says nothing");
  CHECK(refused("") == "config.invalid 1:1 an SLA file is a map");
  CHECK(refused("calendars: {}\n") == "config.invalid 1:1 no policy at all");
  CHECK(refused("policies:\n- {name: p, calendar: 24x7}\n") == "config.invalid 2:3 policy \"p\" is empty");
  CHECK(refused("policies:\n- {calendar: 24x7, response: 1h}\n") == "config.invalid 2:3 policy without name");
  CHECK(refused("policies:\n- {name: p, response: 1h}\n") == "config.invalid 2:3 policy without calendar");
  CHECK(refused("policies:\n- {name: p, calendar: busines, response: 1h}\n") ==
        "config.invalid 2:3 policy \"p\": no calendar \"busines\"");
  CHECK(refused("policies:\n- {name: p, calendar: 24x7, response: 0s}\n") ==
        "config.invalid 2:39 a target is longer than nothing");
  CHECK(refused("policies:\n- {name: p, calendar: 24x7, response: -5m}\n") ==
        "config.invalid 2:39 \"-5m\" is no duration");
  CHECK(refused("policies:\n- {name: p, calendar: 24x7, response: 30}\n") ==
        "config.invalid 2:39 \"30\" is no duration");
  CHECK(refused("policies:\n- {name: p, calendar: 24x7, response: 2d}\n") ==
        "config.invalid 2:39 \"2d\": a day of working time can be 24 hours or a working day");
  CHECK(refused("policies:\n- {name: p, calendar: 24x7, resolution: 9999h}\n") ==
        "config.invalid 2:41 a target of more than a year of working time");
  CHECK(refused(policy("  at_risk: 100%\n")) == "config.invalid 5:12 \"100%\" is no share of the target");
  CHECK(refused(policy("  at_risk: 0\n")) == "config.invalid 5:12 \"0\" is no share of the target");
  CHECK(refused(policy("  match: {prio: HIGH}\n")) ==
        "config.invalid 5:11 \"prio\" is no field that a policy looks at");
  CHECK(refused(policy("  match: {priority: HIHG}\n")) == "config.invalid 5:21 \"HIHG\" is no priority");
  CHECK(refused(policy("  match: {priority: []}\n")) == "config.invalid 5:21 priority accepts no value at all");
  CHECK(refused(policy("  match: {attributes.: x}\n")) ==
        "config.invalid 5:11 \"attributes.\" is no field that a policy looks at");
  CHECK(refused(policy("  notify: x\n")) == "config.invalid 5:3 unknown key \"notify\"");
  CHECK(refused("kind: rules\npolicies:\n- {name: p, calendar: 24x7, response: 1h}\n") ==
        "config.invalid 1:7 this is a file of kind \"rules\", not sla");
  CHECK(refused("use: default\n") == "config.invalid 1:6 use: \"default\" is not known");
  std::string const thin = "calendars:\n  c: {zone: UTC, hours: {mon: \"09:00-09:01\"}}\n";
  CHECK(refused(thin + "policies:\n- {name: p, calendar: c, response: 10h}\n") ==
        "config.invalid 4:3 policy \"p\": 10h of working time take more than ten years of calendar c");
}

TEST_CASE("ladders that cannot be are refused where they stand", "[sla]") {
  auto const ladder = [](std::string const& steps) { return refused(policy("  ladder:\n" + steps)); };
  CHECK(ladder("  - {at: 2h, level: LEVEL_1}\n") == "config.invalid 6:10 \"2h\" does not say before or after");
  CHECK(ladder("  - {at: +2, level: LEVEL_1}\n") == "config.invalid 6:10 \"2\" is no duration");
  CHECK(ladder("  - {at: -0%, level: LEVEL_1}\n") == "config.invalid 6:10 \"-0%\" is no share of the target");
  CHECK(ladder("  - {at: +1d, level: LEVEL_1}\n").ends_with("a day of working time can be 24 hours or a working day"));
  CHECK(ladder("  - {level: LEVEL_1}\n") == "config.invalid 6:5 a step without a time");
  CHECK(ladder("  - {at: +1h}\n") == "config.invalid 6:5 a step that does nothing");
  CHECK(ladder("  - {at: +1h, level: LEVEL_4}\n") == "config.invalid 6:22 \"LEVEL_4\" is no level");
  CHECK(ladder("  - {at: +1h, clock: repsonse, level: LEVEL_1}\n") == "config.invalid 6:22 \"repsonse\" is no clock");
  CHECK(ladder("  - {at: +1h, clock: response, level: LEVEL_1}\n") ==
        "config.invalid 6:5 a step of the response clock, which has no target");
  CHECK(ladder("  - {at: -8h, level: LEVEL_1}\n") == "config.invalid 6:5 resolution:-8h lies before the clock starts");
  CHECK(ladder("  - {at: -100%, level: LEVEL_1}\n") ==
        "config.invalid 6:5 resolution:-100% lies before the clock starts");
  CHECK(ladder("  - {at: +2h, level: LEVEL_1}\n  - {at: +1h, level: LEVEL_2}\n") ==
        "config.invalid 7:5 resolution:+1h comes due before the step in front of it");
  CHECK(ladder("  - {at: -1h, level: LEVEL_1}\n  - {at: -25%, level: LEVEL_2}\n") ==
        "config.invalid 7:5 resolution:-25% comes due before the step in front of it");
  CHECK(ladder("  - {at: +120m, level: LEVEL_1}\n  - {at: +2h, level: LEVEL_2}\n") ==
        "config.invalid 7:5 resolution:+2h occurs twice");
  CHECK(ladder("  - {at: -25%, time: real, level: LEVEL_1}\n") ==
        "config.invalid 6:10 a share of the target is working time");
  CHECK(ladder("  - {at: +1h, notify: \"team:\"}\n") == "config.invalid 6:23 \"team:\" names nobody");
  CHECK(ladder("  - {at: +1h, priority: URGENT}\n") == "config.invalid 6:25 \"URGENT\" is no priority");
}

TEST_CASE("a policy that can never be chosen is refused", "[sla]") {
  auto const file = [](std::vector<std::string> const& matches) {
    std::string text = "policies:\n";
    for (std::size_t i = 0; i < matches.size(); ++i) {
      text += "- {name: p" + std::to_string(i) + ", calendar: 24x7, response: 1h, match: " + matches[i] + "}\n";
    }
    return refused(text);
  };
  CHECK(file({"{}", "{priority: LOW}"}) ==
        "config.invalid 3:3 policy \"p1\" can never be chosen: all that it matches is taken by \"p0\"");
  CHECK(file({"{priority: [LOW, HIGH]}", "{priority: LOW, category: mfa}"}).starts_with("config.invalid 3:3"));
  CHECK(file({"{priority: LOW, category: mfa}", "{priority: [LOW, HIGH]}"}).empty());
  CHECK(file({"{category: mfa}", "{category: sso}", "{category: [mfa, sso]}"}) ==
        "config.invalid 4:3 policy \"p2\" can never be chosen: all that it matches is taken by \"p0\", \"p1\"");
  CHECK(file({"{category: mfa}", "{category: sso}", "{}"}).empty());
  CHECK(file({"{priority: [LOW, MEDIUM]}", "{priority: HIGH}", "{priority: CRITICAL}", "{source: PHONE}"})
            .ends_with("taken by \"p0\", \"p1\", \"p2\""));
  CHECK(file({"{priority: [LOW, MEDIUM]}", "{priority: HIGH}", "{source: PHONE}", "{attributes.vip: a}"}).empty());
}

TEST_CASE("all that is wrong is told, each once", "[sla]") {
  tests::Scratch const scratch;
  auto const file = scratch.write("sla.yaml",
                                  "kind: sla\n"
                                  "calendras: {}\n"
                                  "calendars:\n"
                                  "  c: {zone: UTC, hours: {mon: \"22:00-06:00\"}}\n"
                                  "policies:\n"
                                  "- {name: a, calendar: c, response: 0m}\n"
                                  "- {name: a, calendar: d, match: {source: FAX}}\n");
  std::vector<std::int64_t> lines;
  for (auto const& error : config::lint_file(file)) lines.push_back(error.spot().line);
  CHECK(lines == std::vector<std::int64_t>{2, 4, 6, 7, 7});
}

TEST_CASE("the examples are sound, and hold the days that the notices name", "[sla]") {
  for (auto const* const name : {"china.yaml", "us.yaml", "default.yaml"})
    CHECK(config::lint_file(example(name)).empty());
  auto const china = config::read_sla({example("china.yaml")}, TimeZone()).calendar("business");
  auto const count = [&](auto const& calendar, int year, bool working) {
    int n = 0;
    for (auto const& rule : calendar.exceptions()) {
      n += rule.working == working && int(std::chrono::year_month_day(rule.date).year()) == year;
    }
    return n;
  };
  CHECK(count(china, 2025, false) == 28);  // 1 + 8 + 3 + 5 + 3 + 8
  CHECK(count(china, 2025, true) == 5);
  CHECK(count(china, 2026, false) == 33);  // 3 + 9 + 3 + 5 + 3 + 3 + 7
  CHECK(count(china, 2026, true) == 6);
  for (auto const& rule : china.exceptions()) {
    auto const weekday = std::chrono::weekday(rule.date).iso_encoding();
    INFO("day " << rule.date.time_since_epoch().count());
    if (rule.working) CHECK(weekday >= 6);
  }
  auto const us = config::read_sla({example("us.yaml")}, TimeZone()).calendar("business");
  CHECK(count(us, 2025, false) == 11);
  CHECK(count(us, 2026, false) == 11);
  for (auto const& rule : us.exceptions()) CHECK(std::chrono::weekday(rule.date).iso_encoding() <= 5);
}
