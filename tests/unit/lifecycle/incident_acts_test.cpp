// SPDX-License-Identifier: Apache-2.0
#include "umsops/lifecycle/incident_acts.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <map>
#include <set>

#include "umsops/base/error.hpp"

using namespace umsops;
using namespace umsops::lifecycle;
using S = IncidentStatus;

namespace {

model::TimePoint at(int minutes) {
  return *base::parse_rfc3339("2026-11-23T09:00:00Z") + std::chrono::minutes(minutes);
}

Incident incident_in(S status) {
  Incident incident;
  incident.incident_number = "INC-1";
  incident.title = "x";
  incident.status = status;
  incident.detected_at = incident.created_at = at(0);
  if (status != S::open) incident.assigned_to = "li.na";
  if (status >= S::recovered) incident.recovered_at = at(10);
  if (status >= S::resolved) {
    incident.resolved_at = at(20);
    incident.resolution = "done";
  }
  if (status == S::closed) incident.closed_at = at(30);
  return incident;
}

std::string refused(std::function<void()> const& act) {
  try {
    act();
  } catch (base::Error const& error) {
    return std::string(error.code().code);
  }
  return "";
}

constexpr S kAll[] = {S::open, S::assigned, S::in_progress, S::recovered, S::resolved, S::closed};

}  // namespace

TEST_CASE("the states that an incident can reach are those of the design") {
  std::map<S, std::set<S>> const expected{{S::open, {S::assigned, S::in_progress, S::recovered, S::resolved}},
                                          {S::assigned, {S::open, S::in_progress, S::recovered, S::resolved}},
                                          {S::in_progress, {S::recovered, S::resolved}},
                                          {S::recovered, {S::in_progress, S::resolved}},
                                          {S::resolved, {S::in_progress, S::closed}},
                                          {S::closed, {}}};
  for (S const from : kAll) {
    auto const found = reachable(from);
    CHECK(std::set<S>(found.begin(), found.end()) == expected.at(from));
  }
}

TEST_CASE("without evidence of recovery an incident is resolved by force only") {
  for (S const from : {S::open, S::assigned, S::in_progress}) {
    CHECK(refused([&] { resolved(incident_in(from), {"done", "", false}, at(5)); }) == "incident.not_recovered");
    auto const forced = resolved(incident_in(from), {"done", "", true}, at(5));
    CHECK(forced.status == S::resolved);
    CHECK(!forced.recovered_at);
  }
  CHECK(refused([&] { resolved(incident_in(S::recovered), {"", "", false}, at(15)); }) == "incident.resolution");
  auto const done = resolved(incident_in(S::recovered), {"done", "a leak", false}, at(15));
  CHECK(done.status == S::resolved);
  CHECK(done.resolved_at == at(15));
  CHECK(done.root_cause == "a leak");
  CHECK(refused([&] { resolved(incident_in(S::closed), {"again", "", true}, at(40)); }) == "incident.transition");
}

TEST_CASE("evidence moves an incident forth and back") {
  auto const back = verified(incident_in(S::in_progress), true, at(7));
  CHECK(back.status == S::recovered);
  CHECK(back.recovered_at == at(7));
  CHECK(verified(back, true, at(9)).recovered_at == at(7));  // service was back the first time
  auto const again = verified(back, false, at(9));
  CHECK(again.status == S::in_progress);
  CHECK(!again.recovered_at);
  CHECK(again.reopen_count == 0);
  auto const after_all = verified(incident_in(S::resolved), false, at(40));
  CHECK(after_all.status == S::in_progress);
  CHECK(after_all.resolution.empty());
  CHECK(after_all.reopen_count == 1);
  CHECK(verified(incident_in(S::open), false, at(1)).status == S::open);
  CHECK(refused([&] { verified(incident_in(S::resolved), true, at(40)); }) == "incident.transition");
  CHECK(refused([&] { verified(incident_in(S::closed), false, at(40)); }) == "incident.transition");
}

TEST_CASE("the first acknowledgement counts, and moves nothing") {
  auto const seen = acknowledged(incident_in(S::open), "li.na", at(3));
  CHECK(seen.status == S::open);
  CHECK(seen.acknowledged_at == at(3));
  auto const twice = acknowledged(seen, "wang.fang", at(4));
  CHECK(twice.acknowledged_by == "li.na");
  CHECK(acknowledged(incident_in(S::open), "li.na", at(-60)).acknowledged_at == at(0));  // a clock that was set back
  CHECK(refused([&] { acknowledged(incident_in(S::resolved), "li.na", at(40)); }) == "incident.transition");
}

TEST_CASE("an incident changes hands without losing its state") {
  CHECK(assigned(incident_in(S::open), "li.na").status == S::assigned);
  CHECK(assigned(incident_in(S::recovered), "wang.fang").status == S::recovered);
  CHECK(released(incident_in(S::assigned)).status == S::open);
  CHECK(released(incident_in(S::in_progress)).status == S::in_progress);
  CHECK(refused([&] { assigned(incident_in(S::closed), "wang.fang"); }) == "incident.transition");
}

TEST_CASE("a closed incident is over") {
  CHECK(closed(incident_in(S::resolved), at(30)).status == S::closed);
  CHECK(closed(incident_in(S::closed), at(50)).closed_at == at(30));
  CHECK(reopened(incident_in(S::resolved)).status == S::in_progress);
  for (S const from : {S::open, S::assigned, S::in_progress, S::recovered})
    CHECK(refused([&] { closed(incident_in(from), at(30)); }) == "incident.transition");
  CHECK(refused([&] { reopened(incident_in(S::closed)); }) == "incident.transition");
}

TEST_CASE("an incident that goes on in another one is closed, whether service is back or not") {
  for (S const from : kAll) {
    auto const gone = merged(incident_in(from), "INC-2", at(50));
    CHECK(gone.status == S::closed);
    CHECK(gone.closed_at == (from == S::closed ? at(30) : at(50)));
    CHECK(gone.resolution == (from >= S::resolved ? "done" : "merged into INC-2"));
    CHECK(gone.recovered_at.has_value() == (from >= S::recovered));
  }
}

TEST_CASE("what another incident knew makes an incident wider and graver, and never lighter") {
  auto target = incident_in(S::open);
  target.severity = model::Priority::high;
  target.affected_users = 20;
  target.affected_services = {"sso"};
  target.attributes = {{"region", "cn"}};
  target.impact_started_at = at(-5);
  auto other = incident_in(S::assigned);
  other.detected_at = at(-10);
  other.severity = model::Priority::low;
  other.impact = model::Priority::medium;
  other.affected_users = 300;
  other.affected_services = {"portal", "sso"};
  other.attributes = {{"job", "a"}, {"region", "eu"}};
  other.scribe = "wang.fang";
  other.acknowledged_at = at(1);
  other.acknowledged_by = "li.na";
  auto const both = absorbed(target, other);
  CHECK(both.status == S::assigned);
  CHECK(both.assigned_to == "li.na");
  CHECK(both.scribe == "wang.fang");
  CHECK(both.severity == model::Priority::high);
  CHECK(both.impact == model::Priority::medium);
  CHECK(both.affected_users == 300);
  CHECK(both.affected_services == std::vector<std::string>{"sso", "portal"});
  CHECK(both.attributes == std::vector<std::pair<std::string, std::string>>{{"job", "a"}, {"region", "cn"}});
  CHECK(both.detected_at == at(-10));
  CHECK(both.impact_started_at == at(-10));  // what began did so before it was noticed
  CHECK(both.acknowledged_by == "li.na");
  CHECK(both.impact_started_at <= both.detected_at);
}

TEST_CASE("service is back for both, or for none; what is finished takes nothing over that is not") {
  CHECK(absorbed(incident_in(S::recovered), incident_in(S::in_progress)).status == S::in_progress);
  CHECK(absorbed(incident_in(S::recovered), incident_in(S::recovered)).status == S::recovered);
  CHECK(absorbed(incident_in(S::closed), incident_in(S::resolved)).status == S::closed);
  CHECK(refused([&] { absorbed(incident_in(S::resolved), incident_in(S::open)); }) == "incident.merge_finished");
}

TEST_CASE("an escalation goes up, and down only when that is said") {
  using model::Level;
  auto const open = incident_in(S::open);
  CHECK(escalated(open, std::nullopt, std::nullopt, false) == Level::level_1);
  CHECK(escalated(open, Level::level_1, std::nullopt, false) == Level::level_2);
  CHECK(escalated(open, Level::level_1, Level::level_3, false) == Level::level_3);
  CHECK(escalated(open, Level::level_3, Level::level_1, true) == Level::level_1);
  CHECK(refused([&] { escalated(open, Level::level_3, std::nullopt, false); }) == "incident.level");
  CHECK(refused([&] { escalated(open, Level::level_2, Level::level_1, false); }) == "incident.level");
  CHECK(refused([&] { escalated(incident_in(S::resolved), std::nullopt, std::nullopt, false); }) == "incident.level");
}

TEST_CASE("further people acknowledge as long as they are wanted, and the first one stays") {
  Incident incident = incident_in(S::assigned);
  incident.escalation_from = at(0);
  incident = acknowledged(std::move(incident), "li.na", at(1), 2);
  CHECK(incident.acknowledgers == std::vector<std::string>{"li.na"});
  CHECK(acknowledged(incident, "li.na", at(2), 2).acknowledgers.size() == 1);
  incident = acknowledged(std::move(incident), "wang.fang", at(2), 2);
  CHECK(incident.acknowledgers.size() == 2);
  CHECK(incident.acknowledged_by == "li.na");
  CHECK(acknowledged(incident, "chen.jie", at(3), 2).acknowledgers.size() == 2);
}

TEST_CASE("somebody is waited for until work begins or service is back, and anew after an alarm") {
  Incident incident = incident_in(S::open);
  incident.escalation_from = at(0);
  CHECK_FALSE(started(incident).escalation_from);
  incident.acknowledgers = {"li.na"};
  Incident recovered = verified(incident, true, at(5));
  CHECK_FALSE(recovered.escalation_from);
  recovered.resolves_at = at(35);
  Incident const again = alarmed_again(recovered, at(9));
  CHECK(again.status == S::in_progress);
  CHECK(again.escalation_from == at(9));
  CHECK(again.acknowledgers.empty());
  CHECK_FALSE(again.resolves_at);
}

TEST_CASE("an incident is not resolved while an alert fires, unless that is forced") {
  Incident incident = incident_in(S::recovered);
  incident.firing_alerts = {"a", "b"};
  CHECK(refused([&] { resolved(incident, {"done", ""}, at(30)); }) == "incident.still_firing");
  CHECK(resolved(incident, {"done", "", true}, at(30)).status == S::resolved);
}
