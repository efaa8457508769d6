// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/time_text.hpp"
#include "umsops/config/roster_files.hpp"
#include "umsops/config/rule_files.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;
using tests::thrown;

namespace {

base::TimePoint at(char const* text) { return base::parse_rfc3339(text).value(); }

/// All mistakes of one roster file, each as `line:column message (hint)`.
std::vector<std::string> mistakes(std::string_view text) {
  tests::Scratch const scratch;
  std::vector<std::string> out;
  for (auto const& error : config::lint_roster({scratch.write("r.yaml", text)})) {
    out.push_back(std::to_string(error.spot().line) + ":" + std::to_string(error.spot().column) + " " +
                  error.message() + (error.hint().empty() ? "" : " (" + error.hint() + ")"));
  }
  return out;
}

using Lines = std::vector<std::string>;

/// A layer of one person with this in it.
std::string layer(std::string const& more) {
  return "people: {a: , b: }\nschedules:\n  s:\n    zone: Europe/Berlin\n    layers:\n      - {type: daily, start: "
         "2026-11-02, participants: [a]" +
         more + "}\n";
}

}  // namespace

TEST_CASE("a roster file becomes a roster") {
  tests::Scratch const scratch;
  auto const roster = config::read_roster({scratch.write("r.yaml", R"(kind: roster
zone: Asia/Shanghai
people:
  li.na:
    display_name: 李娜
    email: li.na@example.org
    phone: "+86 21"
    skills: {vpn: 5, mfa: 1}
    capacity: 3
    absences:
      - {from: 2026-12-24, to: 2026-12-25, reason: 休假}
      - {from: 2026-12-30 09:00, to: 2026-12-30T12:00:00Z}
  wang.fang:
teams:
  net: {members: [wang.fang, li.na], strategy: least_loaded, categories: [vpn, printer], schedules: [first]}
schedules:
  first:
    zone: Europe/Berlin
    layers:
      - {name: base, type: monthly, shift_length: 2, start: 2026-10-25T01:30:00Z,
         participants: [li.na, wang.fang, li.na]}
      - {type: hourly, start: 2026-11-02 09:30, participants: [li.na],
         hours: {mon-fri: ["09:00-12:00", "22:00-06:00"], sat-mon: "00:00-24:00"}}
    overrides:
      - {from: 2026-12-01, to: 2026-12-01, person: li.na}
)")});
  REQUIRE(roster.people.size() == 2);
  auto const& li = roster.people[0];
  CHECK(li.name == "li.na");
  CHECK(li.display_name == "李娜");
  CHECK(li.skills == std::vector<std::pair<std::string, int>>{{"vpn", 5}, {"mfa", 1}});
  CHECK(li.capacity == 3);
  REQUIRE(li.absences.size() == 2);
  CHECK(li.absences[0].begin == at("2026-12-23T16:00:00Z"));
  CHECK(li.absences[0].end == at("2026-12-25T16:00:00Z"));  // a day counts whole
  CHECK(li.absences[1].begin == at("2026-12-30T01:00:00Z"));
  CHECK(li.absences[1].end == at("2026-12-30T12:00:00Z"));
  CHECK(!roster.people[1].capacity);
  CHECK(roster.people[1].zone.name() == "Asia/Shanghai");
  REQUIRE(roster.teams.size() == 1);
  CHECK(roster.teams[0].strategy == people::Strategy::least_loaded);
  CHECK(roster.teams[0].members == Lines{"wang.fang", "li.na"});
  CHECK(roster.teams[0].schedules.value() == Lines{"first"});
  auto const& first = roster.schedules.at(0);
  CHECK(first.zone.name() == "Europe/Berlin");
  REQUIRE(first.layers.size() == 2);
  CHECK(first.layers[0].type == people::RotationType::monthly);
  CHECK(first.layers[0].shift_length == 2);
  CHECK(first.layers[0].start == at("2026-10-25T01:30:00Z"));
  CHECK(first.layers[0].participants == Lines{"li.na", "wang.fang", "li.na"});
  CHECK(first.layers[1].name == "2");
  CHECK(first.layers[1].start == at("2026-11-02T08:30:00Z"));
  REQUIRE(first.layers[1].windows.size() == 3);
  CHECK(first.layers[1].windows[0].days == 0b0011111);
  CHECK(first.layers[1].windows[1].begin == 22 * 60);
  CHECK(first.layers[1].windows[1].end == 6 * 60);
  CHECK(first.layers[1].windows[2].days == 0b1100001);
  CHECK(first.layers[1].windows[2].end == 1440);
  REQUIRE(first.overrides.size() == 1);
  CHECK(first.overrides[0].end - first.overrides[0].begin == std::chrono::hours(24));
}

TEST_CASE("names that nobody has") {
  CHECK(mistakes("people: {li.na: }\nteams:\n  t: {members: [li.an], categories: [], schedules: [frist]}\n"
                 "schedules: {first: {layers: [{type: daily, start: 2026-01-01, participants: [li.na, lina]}], "
                 "overrides: [{from: 2026-01-01, to: 2026-01-02, person: x}]}}\n") ==
        Lines{"3:17 unknown person \"li.an\" (did you mean li.na?)",
              "3:53 unknown schedule \"frist\" (did you mean first?)",
              "4:85 unknown person \"lina\" (did you mean li.na?)", "4:149 unknown person \"x\" (one of: li.na)"});
  CHECK(mistakes("teams: {t: {members: [a]}}\n") == Lines{"1:23 unknown person \"a\""});
  CHECK(mistakes("people: {a: {skills: {vpn: 1}}}\nteams:\n  t: {members: [a], categories: [vpm]}\n  u: {members: [a], "
                 "categories: [x], strategy: round_robin}\n") ==
        Lines{"3:34 nobody in team t has the skill \"vpm\" (did you mean vpn?)"});
}

TEST_CASE("mistakes of people and teams") {
  CHECK(mistakes("people:\n  a: {skils: {}}\n  b: {skills: {vpn: 6}}\n  c: {capacity: 0}\n  d: {zone: Mars/Olympus}\n  "
                 "'team:x': {}\n  me: {}\n") ==
        Lines{"2:7 unknown key \"skils\" (did you mean skills?)",
              "3:21 expected a whole number from 1 to 5, found \"6\"",
              "4:17 expected a whole number from 1 to 1000000, found \"0\"",
              "5:13 unknown time zone: Mars/Olympus (use an IANA name such as Asia/Shanghai)",
              "6:3 \"team:x\" cannot be a name (not empty, without : and , and not one of me, auto, none)",
              "7:3 \"me\" cannot be a name (not empty, without : and , and not one of me, auto, none)"});
  CHECK(mistakes("people:\n  a: {absences: [{from: 2026-12-25, to: 2026-12-24}, {from: tomorrow, to: 2026-12-24}, {to: "
                 "2026-12-24}]}\n") ==
        Lines{"2:41 to is not behind from",
              "2:61 not a time: \"tomorrow\" (e.g. 2026-11-02 09:00, or 2026-11-02T09:00:00+08:00)",
              "2:88 from is missing (e.g. from: 2026-12-24 09:00)"});
  CHECK(mistakes("people: {a: , b: }\nteams:\n  t: {members: []}\n  u: {members: [a, a]}\n  v: {}\n  w: {members: [a], "
                 "strategy: skil}\n") == Lines{"3:16 a team with nobody", "4:20 \"a\" occurs twice",
                                               "5:6 members is missing (e.g. members: [li.na, wang.fang])",
                                               "6:31 \"skil\" is no strategy (did you mean skill?)"});
  CHECK(mistakes("people: {a: }\nteams:\n  t: {members: [a], number_format: 'IAM {seq}'}\n") ==
        Lines{"3:36 \"IAM {seq}\" is no number format (e.g. IAM-{seq:5})"});
}

TEST_CASE("mistakes of rotations") {
  CHECK(mistakes(layer("")).empty());
  CHECK(mistakes(layer(", shift_length: 0")) == Lines{"6:75 expected a whole number from 1 to 366, found \"0\""});
  CHECK(mistakes(layer(", name: x}\n      - {type: dayly, start: 2026-11-02, participants: []")) ==
        Lines{"7:16 \"dayly\" is no rotation (did you mean daily?)",
              "7:56 a rotation with nobody (name one participant or more)"});
  CHECK(mistakes(layer(", name: x}\n      - {name: x, participants: a")) ==
        Lines{"7:9 type is missing (hourly, daily, weekly or monthly)",
              "7:9 start is missing (e.g. start: 2026-11-02 09:00)",
              "7:33 participants is a list of people (e.g. [li.na, wang.fang])",
              "7:9 layer \"x\" occurs twice (give each its own name)"});
  CHECK(mistakes(layer(", hours: {mon-fry: \"09:00-18:00\", sat: \"9-18\", sun: \"10:00-10:00\", mon: []}")) ==
        Lines{"6:69 \"fry\" is no day of the week (mon tue wed thu fri sat sun, or mon-fri)",
              "6:98 \"9-18\" are no hours of a day (e.g. hours: {mon-fri: \"09:00-18:00\"})",
              "6:111 \"10:00-10:00\" lasts no time (a whole day is 00:00-24:00)",
              "6:131 an empty list of hours (leave the days out)"});
  CHECK(mistakes(
            "people: {a: }\nschedules:\n  s:\n    cover: {mon: \"9\"}\n    layers: [{type: daily, start: 2026-11-02, "
            "participants: [a]}]\n") ==
        Lines{"4:18 \"9\" are no hours of a day (e.g. hours: {mon-fri: \"09:00-18:00\"})"});
  CHECK(mistakes("schedules: {s: {layers: []}}") ==
        Lines{"1:25 layers is a list of one rotation or more, the lowest first"});
}

TEST_CASE("local times that a change of clocks skips or repeats") {
  auto const overridden = [](std::string const& from, std::string const& to) {
    return mistakes(layer("}\n    overrides:\n      - {from: " + from + ", to: " + to + ", person: b"));
  };
  CHECK(overridden("2026-03-29 01:30", "2026-03-29 03:00").empty());
  CHECK(overridden("2026-03-29 02:30", "2026-03-29 04:00") ==
        Lines{"8:16 2026-03-29 02:30 in Europe/Berlin can mean 2026-03-29T00:30:00Z or 2026-03-29T01:30:00Z (give the "
              "offset)"});
  CHECK(overridden("2026-10-25 01:30", "2026-10-25 02:30") ==
        Lines{"8:38 2026-10-25 02:30 in Europe/Berlin can mean 2026-10-25T00:30:00Z or 2026-10-25T01:30:00Z (give the "
              "offset)"});
  CHECK(overridden("2026-10-25 01:30", "2026-10-25T02:30:00+01:00").empty());
  CHECK(mistakes("people: {a: }\nschedules: {s: {zone: America/New_York, layers: [{type: daily, start: 2026-11-01 "
                 "01:30, participants: [a]}]}}\n") ==
        Lines{"2:71 2026-11-01 01:30 in America/New_York can mean 2026-11-01T05:30:00Z or 2026-11-01T06:30:00Z (give "
              "the offset)"});
}

TEST_CASE("several files are one roster") {
  tests::Scratch const scratch;
  auto const people = scratch.write("people.yaml", "people: {a: , b: }\n");
  auto const rotations = scratch.write(
      "rotations.yaml", "schedules: {s: {layers: [{type: daily, start: 2026-01-01, participants: [a, b]}]}}\n");
  auto const roster = config::read_roster({people, rotations});
  CHECK(roster.people.size() == 2);
  CHECK(roster.schedules.size() == 1);
  // Alone it is a part, and what it does not give may stand elsewhere; as the whole roster it is not sound.
  CHECK(config::lint_file(rotations).empty());
  CHECK(config::lint_roster({rotations}).size() == 2);
  auto const again = scratch.write("again.yaml", "\npeople: {b: }\n");
  CHECK(thrown([&] {
          config::read_roster({people, again});
        }) == "config.invalid 2:10 person \"b\" occurs twice, first at " + people + ":1");
  CHECK(config::lint_roster({people, scratch.path("missing.yaml")}).size() == 1);
}

TEST_CASE("lint knows roster files") {
  tests::Scratch const scratch;
  CHECK(config::lint_file(scratch.write("r.yaml", "kind: roster\n")).empty());
  CHECK(config::lint_file(scratch.write("r.yaml", "teams: {t: {members: [a], strategy: x}}\n")).size() == 1);
  CHECK(config::lint_file(scratch.write("r.yaml", "people: {a: }\nteams: {t: {members: [c]}}\n")).size() == 1);
  CHECK(config::lint_file(std::string(UMSOPS_SOURCE_DIR) + "/examples/people/roster.yaml").empty());
}

TEST_CASE("how a person is reached, and what is wrong with that") {
  tests::Scratch const scratch;
  auto const roster = config::read_roster({scratch.write("r.yaml", R"(people:
  li.na:
    email: li.na@example.org
    contact:
      language: zh_CN
      channels: [mail, chat]
      addresses: {chat: "@li.na", sms: "+86 138"}
      quiet: ["22:00-24:00", "00:00-07:30"]
      own_acts: true
  wang.fang:
)")});
  auto const& contact = roster.person("li.na")->contact;
  CHECK(contact.language == "zh_CN");
  CHECK(contact.channels == Lines{"mail", "chat"});
  CHECK(contact.addresses == std::vector<std::pair<std::string, std::string>>{{"chat", "@li.na"}, {"sms", "+86 138"}});
  CHECK(contact.quiet.size() == 2);
  CHECK(contact.own_acts);
  CHECK(roster.person("wang.fang")->contact.channels.empty());
  CHECK(mistakes("people:\n  a: {contact: {language: fr}}\n") == Lines{"2:27 \"fr\" is no language (en or zh_CN)"});
  CHECK(mistakes("people:\n  a: {contact: {chanels: [x]}}\n").front().find("channels") != std::string::npos);
  CHECK(mistakes("people:\n  a: {contact: {quiet: [never]}}\n").size() == 1);
  CHECK(mistakes("people:\n  a: {contact: [mail]}\n").size() == 1);
  CHECK(mistakes("people:\n  a: {contact: {own_acts: perhaps}}\n").size() == 1);
}
