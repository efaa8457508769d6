// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "build.hpp"
#include "umsops/base/time.hpp"
#include "umsops/notify/contact.hpp"

using namespace umsops;
using namespace umsops::notify;
using namespace umsops::notify::tests;

namespace {

Setup a_setup() {
  auto setup = builtin_setup();
  setup.channels = {a_webhook(BodyType::slack), a_mail()};
  setup.usual = {"hook", "mail"};
  return setup;
}

people::Person a_person(std::string name, std::string email) {
  people::Person person;
  person.name = std::move(name);
  person.email = std::move(email);
  return person;
}

people::Roster a_roster() {
  people::Roster roster;
  auto li = a_person("li.na", "li.na@example.com");
  li.contact.channels = {"mail"};
  li.contact.language = "zh_CN";
  auto wang = a_person("wang.fang", "");
  wang.contact.channels = {"mail"};
  roster.people = {li, wang};
  people::Team team;
  team.name = "iam";
  team.members = {"li.na", "wang.fang"};
  roster.teams = {team};
  return roster;
}

base::TimePoint at(char const* text) { return *base::parse_rfc3339(text); }

}  // namespace

TEST_CASE("a person is reached by the first channel that has an address") {
  auto const setup = a_setup();
  auto const roster = a_roster();
  auto const found = reach(setup, &roster, "li.na", kNow);
  REQUIRE(found.contacts.size() == 1);
  CHECK(found.contacts[0] == Contact{"li.na", "mail", "li.na@example.com", base::Language::zh});
  CHECK(reach(setup, &roster, "LI.NA@example.com", kNow).contacts == found.contacts);
}

TEST_CASE("of a team those are reached who can be, and it is told of the others") {
  auto const setup = a_setup();
  auto const roster = a_roster();
  auto const found = reach(setup, &roster, "team:iam", kNow);
  CHECK(found.contacts.size() == 1);
  CHECK(found.problems == std::vector<std::string>{"wang.fang has no address in any channel"});
}

TEST_CASE("a requester is an address, or an account of the desk's domain") {
  auto setup = a_setup();
  CHECK(reach(setup, nullptr, "zhang@example.org", kNow).contacts.at(0).address == "zhang@example.org");
  CHECK(reach(setup, nullptr, "zhang", kNow).problems.size() == 1);
  setup.mail_domain = "example.com";
  CHECK(reach(setup, nullptr, "zhang", kNow).contacts.at(0).address == "zhang@example.com");
  CHECK(reach(setup, nullptr, "a b", kNow).contacts.empty());
}

TEST_CASE("an audience names rooms and people, and not another audience") {
  auto setup = a_setup();
  setup.audiences[0].to = {"channel:hook", "cio@example.com", "audience:business", "channel:none", "oncall:x"};
  auto const found = reach(setup, nullptr, "audience:operations", kNow);
  REQUIRE(found.contacts.size() == 2);
  CHECK(found.contacts[0].channel == "hook");
  CHECK(found.contacts[0].person.empty());
  CHECK(found.problems.size() == 3);
}

TEST_CASE("audiences go by what an incident is") {
  auto const setup = builtin_setup();
  using model::Priority;
  Assessed incident{Priority::high, Priority::high, {}, {}};
  CHECK(is_for(*setup.audience("operations"), incident));
  CHECK_FALSE(is_for(*setup.audience("business"), incident));
  CHECK_FALSE(is_for(*setup.audience("executives"), incident));
  incident.business_impact = Priority::high;
  incident.severity = Priority::critical;
  CHECK(is_for(*setup.audience("business"), incident));
  CHECK(is_for(*setup.audience("executives"), incident));
}

TEST_CASE("quiet hours end in the zone of the person, also over midnight and a change of clocks") {
  auto person = a_person("li.na", "");
  person.zone = base::TimeZone::load("Europe/Berlin");
  person.contact.quiet = {{127, 22 * 60, 7 * 60}};
  CHECK(quiet_until(person, at("2026-11-23T23:00:00Z")) == at("2026-11-24T06:00:00Z"));
  CHECK(quiet_until(person, at("2026-11-24T03:00:00Z")) == at("2026-11-24T06:00:00Z"));
  CHECK_FALSE(quiet_until(person, at("2026-11-24T06:00:00Z")));
  CHECK(quiet_until(person, at("2026-03-28T22:00:00Z")) == at("2026-03-29T05:00:00Z"));
  CHECK(quiet_until(person, at("2026-12-31T22:30:00Z")) == at("2027-01-01T06:00:00Z"));
}
