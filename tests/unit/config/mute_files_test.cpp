// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/mute_files.hpp"

#include <catch2/catch.hpp>

#include "umsops/config/rule_files.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;

namespace {

/// Each problem as `line:column message`.
std::vector<std::string> lint(std::string_view text) {
  tests::Scratch const scratch;
  std::vector<std::string> out;
  for (auto const& error : config::lint_mute_rules({scratch.write("i.yaml", text)})) {
    out.push_back(std::to_string(error.spot().line) + ":" + std::to_string(error.spot().column) + " " +
                  error.message());
  }
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("an inhibition file as Alertmanager has its sections") {
  tests::Scratch const scratch;
  auto const rules =
      config::read_mute_rules({scratch.write("i.yaml",
                                             "inhibit_rules:\n"
                                             "  - source_matchers: [ 'a=b', 'c=~\"d|e\",f!=g' ]\n"
                                             "    target_matchers: ['severity =~ \"warning|info\"']\n"
                                             "    equal: [cluster, cluster, 集群]\n"
                                             "  - {name: graph, along: depends_on}\n"
                                             "time_intervals:\n"
                                             "  - name: nights\n"
                                             "    time_intervals:\n"
                                             "      - times: [{start_time: '22:00', end_time: '24:00'}]\n"
                                             "        weekdays: ['Monday:friday', sunday]\n"
                                             "        days_of_month: [1, '-3:-1']\n"
                                             "        months: [1, 'may:august']\n"
                                             "        years: [2026, '2027:2030']\n"
                                             "        location: Asia/Shanghai\n"
                                             "      - {}\n"
                                             "silences:\n"
                                             "  - name: batch\n"
                                             "    matchers: ['job=\"batch\"']\n"
                                             "    comment: slow at night\n"
                                             "    mute_time_intervals: [nights]\n")});
  REQUIRE(rules.inhibitions.size() == 2);
  CHECK(rules.inhibitions[0].name == "#1");
  CHECK(mute::text_of(rules.inhibitions[0].source) == R"({a="b",c=~"d|e",f!="g"})");
  CHECK(mute::text_of(rules.inhibitions[0].target) == R"({severity=~"warning|info"})");
  CHECK(rules.inhibitions[0].equal == std::vector<std::string>{"cluster", "集群"});
  CHECK(rules.inhibitions[1].along_services);
  auto const& nights = rules.require_intervals("nights");
  REQUIRE(nights.size() == 2);
  CHECK(nights[0].weekdays == std::vector<mute::NumberRange>{{1, 5}, {0, 0}});
  CHECK(nights[0].days_of_month == std::vector<mute::NumberRange>{{1, 1}, {-3, -1}});
  CHECK(nights[0].months == std::vector<mute::NumberRange>{{1, 1}, {5, 8}});
  CHECK(nights[0].years == std::vector<mute::NumberRange>{{2026, 2026}, {2027, 2030}});
  CHECK(nights[0].location->name() == "Asia/Shanghai");
  REQUIRE(rules.silences.size() == 1);
  CHECK(rules.silences[0].id == "batch");
  CHECK(rules.silences[0].intervals.size() == 2);
  CHECK_THROWS_WITH(rules.require_intervals("night"),
                    Catch::Contains("unknown time interval") && Catch::Contains("night"));
}

TEST_CASE("every mistake is told at its place") {
  CHECK(lint("inhibit_rules:\n  - {source_matcher: [a=b], target_matchers: [a=b]}\n").size() == 2);
  CHECK(lint("inhibit_rules:\n  - source_matchers: [a=b]\n").at(0).starts_with("2:5 "));
  CHECK(
      lint("inhibit_rules:\n  - source_matchers: [a=b]\n    target_matchers: [c=d, 'e=~(']\n").at(0).starts_with("3:"));
  CHECK(lint("silences: [{name: a, comment: x, matchers: ['a=~.*']}]\n").at(0).find("match an empty value") !=
        std::string::npos);
  CHECK(lint("silences: [{name: a, comment: x, matchers: [a=b], mute_time_intervals: [x]}]\n")
            .at(0)
            .find("unknown time") != std::string::npos);
  CHECK(lint("time_intervals:\n  - name: a\n    time_intervals:\n      - weekdays: [mon]\n").at(0).starts_with("4:"));
  CHECK(lint("time_intervals:\n  - {name: a, time_intervals: [{}]}\n  - {name: a, time_intervals: [{}]}\n")
            .at(0)
            .starts_with("3:12 time interval \"a\" occurs twice"));
  CHECK(lint("inhibit_rule: []\n").at(0).starts_with("1:1 "));
  CHECK(lint("kind: flow\n").at(0).find("no inhibition file") != std::string::npos);
  CHECK(lint("- a\n").at(0).find("is a map") != std::string::npos);
  CHECK(lint("inhibit_rules: 5\n") == Lines{"1:16 inhibit_rules is a list"});
  CHECK(lint("").size() == 1);
  CHECK(lint("kind: inhibition\ninhibit_rules:\n").empty());
}

TEST_CASE("lint knows inhibition files by what they hold") {
  tests::Scratch const scratch;
  CHECK(config::lint_file(scratch.write("a.yaml", "inhibit_rules: []\n")).empty());
  CHECK(config::lint_file(scratch.write("b.yaml", "kind: inhibition\nsilences: [{name: x}]\n")).size() == 1);
  // A file that is one of several may use intervals of another.
  CHECK(config::lint_file(
            scratch.write("c.yaml", "silences: [{name: a, comment: x, matchers: [a=b], mute_time_intervals: [x]}]\n"))
            .empty());
}

TEST_CASE("intervals in one line") {
  CHECK(config::read_intervals("weekdays: [saturday, sunday]").size() == 1);
  CHECK(config::read_intervals("{weekdays: [saturday]}").size() == 1);
  CHECK(config::read_intervals("[{weekdays: [saturday]}, {months: [5]}]").size() == 2);
  for (auto const* const text : {"", "{}", "[]", "weekday: [sunday]", "[a]", "weekdays: sunday", "weekdays: []", "a: [",
                                 "times: [{start_time: '07:00'}]", "times: ['07:00-08:00']"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(config::read_intervals(text), base::Error);
  }
}
