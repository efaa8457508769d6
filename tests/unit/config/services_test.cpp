// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/config/rule_files.hpp"
#include "umsops/config/service_files.hpp"
#include "umsops/service/incident_assessment.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;
using tests::thrown;

namespace {

using Lines = std::vector<std::string>;

Lines told(std::vector<base::Error> const& errors) {
  Lines out;
  for (auto const& error : errors) {
    out.push_back(std::to_string(error.spot().line) + ":" + std::to_string(error.spot().column) + " " +
                  error.message() + (error.hint().empty() ? "" : " (" + error.hint() + ")"));
  }
  return out;
}

/// All mistakes of one service file, each as `line:column message (hint)`.
Lines mistakes(std::string_view text, config::Checks checks = config::Checks::allowed,
               people::Roster const* roster = nullptr) {
  tests::Scratch const scratch;
  return told(config::lint_services({scratch.write("s.yaml", text)}, checks, roster));
}

Lines matrix_mistakes(std::string_view text) {
  tests::Scratch const scratch;
  return told(config::lint_file(scratch.write("m.yaml", text)));
}

std::string example(std::string const& name) { return UMSOPS_SOURCE_DIR "/examples/" + name; }

}  // namespace

TEST_CASE("a service file becomes a catalogue") {
  tests::Scratch const scratch;
  auto const catalogue = config::read_services({scratch.write("s.yaml", R"(kind: services
services:
  sso:
    title: 统一身份认证
    aliases: [单点登录, CAS]
    description: |
      Sign-in
      for all
    tier: 1
    owner: sso
    depends_on: [ldap]
    failover: sso-failover
    public: true
    links: [{title: Wiki, url: https://wiki.example.org/sso}, {url: http://x}]
    skills: [sign-in]
    checks:
      - {http: https://sso.example.org, expect: 204, timeout: 5s, every: 30s}
      - {name: process, command: [systemctl, is-active, 'sso x']}
    access_checks: [{command: [probe]}]
  directory: {tier: 9, aliases: [LDAP]}
)")});
  REQUIRE(catalogue.services().size() == 2);
  auto const& sso = catalogue.at(catalogue.require("cas"));
  CHECK(sso.title == "统一身份认证");
  CHECK(sso.description == "Sign-in\nfor all\n");
  CHECK(sso.owner == "sso");
  CHECK(sso.failover == "sso-failover");
  CHECK(sso.is_public);
  CHECK(sso.links.at(1).url == "http://x");
  CHECK(sso.spot.line == 3);
  CHECK(catalogue.dependencies(0).size() == 1);  // by an alias
  REQUIRE(sso.checks.size() == 2);
  CHECK(sso.checks[0].kind == service::Check::Kind::http);
  CHECK(sso.checks[0].name == "1");
  CHECK(sso.checks[0].expect == 204);
  CHECK(sso.checks[0].timeout == std::chrono::seconds(5));
  CHECK(sso.checks[0].every == std::chrono::seconds(30));
  CHECK(sso.checks[1].name == "process");
  CHECK(sso.checks[1].command == Lines{"systemctl", "is-active", "sso x"});
  CHECK(sso.checks[1].timeout == std::chrono::seconds(30));
  CHECK(sso.access_checks.at(0).command == Lines{"probe"});
  auto const& directory = catalogue.at(1);
  CHECK(directory.tier == 9);
  CHECK_FALSE(directory.is_public);
}

TEST_CASE("mistakes in a service file are told all at once, each with its place") {
  CHECK(mistakes("services: {}\n").empty());
  CHECK(mistakes("[]\n") == Lines{"1:1 a service file is a map (it begins with kind: services)"});
  CHECK(mistakes("kind: services\n") == Lines{"1:1 services is missing (e.g. services: {sso: {tier: 1}})"});
  CHECK(mistakes("kind: roster\nservices: {a: {tier: 1}}\n") == Lines{"1:7 this is no service file (kind: services)"});
  CHECK(mistakes("services:\n  a: {tear: 1}\n  b: {tier: 0}\n  c: {tier: 10}\n  d:\n  me: {tier: 1}\n") ==
        Lines{"2:7 unknown key \"tear\" (did you mean tier?)",
              "2:6 tier is missing (tier: 1 for the most important services, up to 9)",
              "3:13 expected a whole number from 1 to 9, found \"0\"",
              "4:13 expected a whole number from 1 to 9, found \"10\"",
              "5:3 a service is a map (e.g. {tier: 1, owner: identity})",
              "6:3 \"me\" cannot be a name (not empty, without : and , and not one of me, auto, none)"});
  CHECK(mistakes("services:\n  a: {tier: 1, depends_on: [b, b, datbase]}\n  b: {tier: 1, skills: [x, x], links: [{}]}\n"
                 "  database: {tier: 1, public: yes}\n") ==
        Lines{"2:32 \"b\" occurs twice", "3:28 \"x\" occurs twice",
              "3:40 url is missing (e.g. url: https://example.com)", "4:31 expected true or false, found \"yes\"",
              "2:35 unknown service \"datbase\" (did you mean database?)"});
}

TEST_CASE("checks are shaped as they must be") {
  auto const of = [](std::string const& check) {
    return mistakes("services: {a: {tier: 1, checks: [" + check + "]}}\n");
  };
  CHECK(of("{http: 'https://x', expect: 200}").empty());
  CHECK(of("{command: [a, b]}").empty());
  Lines const neither{"1:34 a check has either command or http (e.g. {http: https://sso.example.com/health})"};
  CHECK(of("{}") == neither);
  CHECK(of("{command: [a], http: 'https://x'}") == neither);
  CHECK(of("{command: systemctl status x}") ==
        Lines{"1:44 command is a list (program and arguments, e.g. [systemctl, is-active, slapd])"});
  CHECK(of("{command: []}") == Lines{"1:44 a command without a program"});
  CHECK(of("{command: ['']}") == Lines{"1:44 a command without a program"});
  CHECK(of("{command: [a], expect: 200}") ==
        Lines{"1:49 unknown key \"expect\" (one of: name, command, timeout, every)"});
  for (auto const* url : {"ftp://x", "https://", "https://a b", "javascript:x", "x"}) {
    CHECK(of(std::string("{http: '") + url + "'}") ==
          Lines{"1:41 \"" + std::string(url) + "\" is no address (e.g. https://sso.example.com/health)"});
  }
  CHECK(of("{http: 'https://x', expect: 600}") == Lines{"1:62 expected a whole number from 100 to 599, found \"600\""});
  CHECK(of("{http: 'https://x', timeout: 0s}") == Lines{"1:63 \"0s\" is no duration from 1s to 1h (e.g. 30s, 5m)"});
  CHECK(of("{http: 'https://x', every: 5}") == Lines{"1:61 \"5\" is no duration from 10s to 1d (e.g. 30s, 5m)"});
}

TEST_CASE("files that a foreign checkout may bring hold no checks") {
  std::string const with = "services:\n  a:\n    tier: 1\n    access_checks: [{command: [a]}]\n";
  CHECK(mistakes(with).empty());
  CHECK(
      mistakes(with, config::Checks::forbidden) ==
      Lines{"4:20 a project file may not set access_checks of service a (put it in the user's or the system's file, or "
            "name the file with --config)"});
  CHECK(mistakes("services: {a: {tier: 1}}\n", config::Checks::forbidden).empty());
}

TEST_CASE("a name, title or alias belongs to one service, over all files") {
  CHECK(
      mistakes("services:\n  sso: {tier: 1, title: SSO, aliases: [ＳＳＯ, Sso]}\n").empty());  // all mean the same one
  tests::Scratch const scratch;
  auto const first = scratch.write("a.yaml", "services: {sso: {tier: 1, aliases: [ldap]}}\n");
  auto const second = scratch.write("b.yaml", "services: {LDAP: {tier: 1, depends_on: [sso]}}\n");
  CHECK(told(config::lint_services({first, second})) == Lines{"1:12 \"LDAP\" names two services, first at " + first +
                                                              ":1 (a name, title or alias belongs to one service)"});
}

TEST_CASE("cycles are refused and written out, over all files") {
  tests::Scratch const scratch;
  auto const first = scratch.write("a.yaml", "services:\n  sso: {tier: 1, depends_on: [directory]}\n  x: {tier: 1}\n");
  auto const second = scratch.write("b.yaml", "services:\n  directory:\n    tier: 1\n    depends_on: [x, sso]\n");
  CHECK(told(config::lint_services({first, second})) ==
        Lines{"4:21 services depend on each other in a circle: sso → directory → sso (take one of these dependencies "
              "out)"});
  CHECK(config::lint_services({first, second})[0].spot().file == second);
  CHECK(mistakes("services: {a: {tier: 1, depends_on: [A]}}\n") ==
        Lines{"1:38 services depend on each other in a circle: a → a (take one of these dependencies out)"});

  std::string long_one = "services:\n", chain = "services:\n  s0: {tier: 1}\n";
  for (int i = 0; i < 200; ++i) {
    long_one += "  s" + std::to_string(i) + ": {tier: 1, depends_on: [s" + std::to_string((i + 1) % 200) + "]}\n";
    if (i > 0) chain += "  s" + std::to_string(i) + ": {tier: 1, depends_on: [s" + std::to_string(i - 1) + "]}\n";
  }
  CHECK(mistakes(long_one).at(0).find("s0 → s1 → s2 → s3 → s4 → s5 → … → s194") != std::string::npos);
  CHECK(mistakes(chain) == Lines{"201:3 \"s199\" stands on a chain of 200 services that depend on each other (at most "
                                 "100)"});
}

TEST_CASE("owners are teams of the roster, where there is one") {
  people::Roster roster;
  roster.teams.push_back({"identity", {}, people::Strategy::skill, {}, false, std::nullopt});
  std::string const text =
      "services:\n  a: {tier: 1, owner: identity}\n  b: {tier: 1, owner: identiti}\n  c: {tier: 1}\n";
  CHECK(mistakes(text).empty());
  CHECK(mistakes(text, config::Checks::allowed, &roster) ==
        Lines{"3:23 the roster has no team \"identiti\" (did you mean identity?)"});
}

TEST_CASE("the example of services is sound, and lint knows the kinds") {
  CHECK(config::lint_file(example("services/services.yaml")).empty());
  CHECK(config::lint_file(example("services/priority-matrix.yaml")).empty());
  CHECK(told(config::lint_file(example("rules/incidents.yaml"))).empty());
  CHECK(config::read_services({example("services/services.yaml")}).services().size() == 9);
}

TEST_CASE("a priority matrix says something for each pair") {
  CHECK(config::read_priority_matrix(example("services/priority-matrix.yaml")).cells ==
        service::builtin_matrix().cells);
  std::string const row = "{LOW: LOW, medium: low, HIGH: HIGH, CRITICAL: CRITICAL}\n";
  CHECK(matrix_mistakes("kind: priority-matrix\nurgency:\n  LOW: " + row + "  MEDIUM: " + row + "  HIGH: " + row +
                        "  CRITICAL: " + row)
            .empty());
  CHECK(matrix_mistakes("kind: priority-matrix\nurgency:\n  LOW: " + row + "  MEDIUM: " + row + "  HIGH: " + row) ==
        Lines{"3:3 urgency says nothing of CRITICAL (e.g. HIGH: {LOW: MEDIUM, MEDIUM: HIGH, HIGH: HIGH, CRITICAL: "
              "CRITICAL})"});
  CHECK(
      matrix_mistakes("kind: priority-matrix\nurgency:\n  LOW: " + row + "  low: " + row +
                      "  MEDIUM: {LOW: LOW, MEDIUM: "
                      "URGENT, HIGH: HIGH, CRITICAL: HIGH}\n  HIGH: " +
                      row + "  CRITICAL: [a]\n") ==
      Lines{"4:3 \"low\" twice, first at line 3",
            "5:30 \"URGENT\" is none of LOW, MEDIUM, HIGH, CRITICAL (one of: LOW, MEDIUM, HIGH, CRITICAL)",
            "7:13 urgency CRITICAL is a map (e.g. HIGH: {LOW: MEDIUM, MEDIUM: HIGH, HIGH: HIGH, CRITICAL: CRITICAL})"});
  CHECK(matrix_mistakes("kind: priority-matrix\nurgancy: {}\n") ==
        Lines{"1:1 urgency is missing (e.g. HIGH: {LOW: MEDIUM, MEDIUM: HIGH, HIGH: HIGH, CRITICAL: CRITICAL})",
              "2:1 unknown key \"urgancy\" (did you mean urgency?)"});
}

TEST_CASE("the bands of users are those of the built-in rules") {
  auto const rules = config::builtin_rules(*rules::find_target("incident"));
  for (std::int64_t const users : {0, 1, 10, 11, 100, 101, 1000, 1001, 1'000'000}) {
    INFO(users);
    auto const verdict = rules.classify({{"title", "x"}, {"affected_users", std::to_string(users)}});
    std::string severity;
    for (auto const& outcome : verdict.outcomes) {
      if (outcome.field == "severity") severity = outcome.value;
    }
    CHECK(severity == to_string(service::band_of(users)));
  }
}
