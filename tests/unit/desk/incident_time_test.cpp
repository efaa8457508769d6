// SPDX-License-Identifier: Apache-2.0
// Incidents over time: what mutes them, who is waited for, what ends by itself.
#include <catch2/catch.hpp>

#include "unit/desk/fixture.hpp"

using namespace umsops;
using tests::code_of;
using tests::DeskFixture;
using Kind = desk::IngestResult::Kind;

namespace {

alert::Event alarm(std::string key, std::string fingerprint, alert::State state = alert::State::firing) {
  alert::Event event;
  event.key = std::move(key);
  event.fingerprint = std::move(fingerprint);
  event.state = state;
  event.title = "disk full";
  event.severity = model::Priority::critical;
  event.labels = {{"alertname", "DiskFull"}, {"Host Name", "db01"}};
  return event;
}

desk::IngestResult ingest(DeskFixture& f, alert::Event const& event, char const* policy = "all") {
  desk::IngestOptions options;
  options.resolve_on = alert::parse_resolve_policy(policy);
  return f.desk.incidents().ingest({event}, options).at(0);
}

desk::IngestResult ended(DeskFixture& f, std::string key, std::string fingerprint, char const* policy = "all") {
  return ingest(f, alarm(std::move(key), std::move(fingerprint), alert::State::resolved), policy);
}

std::vector<std::string> ticked(DeskFixture& f, char const* until = nullptr) {
  desk::TickOptions options;
  options.dry_run = until != nullptr;
  if (until) options.until = *base::parse_rfc3339(until);
  std::vector<std::string> acts;
  f.desk.tick().run(options, [&](desk::TickItem const& item) {
    acts.push_back(item.job + " " + item.incident_number + (item.what.empty() ? "" : " " + item.what));
  });
  return acts;
}

model::Incident stored(DeskFixture& f, std::string const& id = "INC-1") { return f.desk.incidents().show(id).incident; }

void silence(DeskFixture& f, std::string_view matchers, base::Milliseconds duration) {
  desk::NewSilence wanted;
  wanted.matchers = mute::parse_matchers(matchers);
  wanted.comment = "known";
  wanted.duration = duration;
  f.desk.silences().add(wanted, "", false);
}

using Acts = std::vector<std::string>;

}  // namespace

TEST_CASE("each alarm is counted, and only news change the incident") {
  DeskFixture f;
  CHECK(ingest(f, alarm("k", "a")).kind == Kind::created);
  auto const first = stored(f);
  f.clock.go(std::chrono::minutes(1));
  CHECK(ingest(f, alarm("k", "a")).kind == Kind::unchanged);
  auto const again = stored(f);
  CHECK(again.rev == first.rev);
  CHECK(again.alert_count == 2);
  CHECK(again.first_alert_at == first.first_alert_at);
  CHECK(again.last_alert_at == f.clock.now());
  CHECK(ingest(f, alarm("k", "b")).kind == Kind::updated);
  CHECK(stored(f).firing_alerts == std::vector<std::string>{"a", "b"});
  CHECK(stored(f).alert_count == 3);
  CHECK(f.flaws() == 0);
}

TEST_CASE("an end is evidence as the policy says") {
  for (auto const& [policy, recovers_at] :
       std::vector<std::pair<char const*, int>>{{"first", 1}, {"last", 2}, {"all", 3}, {"never", 4}, {"quiet:5m", 3}}) {
    DeskFixture f;
    for (char const* alert : {"a", "b", "c", "b"}) ingest(f, alarm("k", alert));
    int ends = 0;
    for (char const* alert : {"a", "c", "b"}) {
      ++ends;
      INFO(policy << " " << ends);
      CHECK((ended(f, "k", alert, policy).kind == Kind::recovered) == (ends == recovers_at));
    }
    CHECK((stored(f).status == model::IncidentStatus::recovered) == (recovers_at < 4));
    CHECK(stored(f).firing_alerts.empty());
  }
}

TEST_CASE("an incident whose alerts fire is not resolved by hand, unless forced") {
  DeskFixture f;
  ingest(f, alarm("k", "a"));
  ingest(f, alarm("k", "b"));
  ended(f, "k", "a", "first");
  desk::IncidentResolve done{"replaced", "", false};
  desk::ChangeOptions options;
  options.reason = "the probe is wrong";
  auto const resolve = [&] { f.desk.incidents().resolve({"INC-1"}, done, options, desk::Batch::atomic); };
  CHECK(code_of(resolve) == "incident.still_firing");
  done.force = true;
  resolve();
  CHECK(stored(f).status == model::IncidentStatus::resolved);
  CHECK(ingest(f, alarm("k", "b")).kind == Kind::unchanged);
  CHECK(ingest(f, alarm("k", "a")).kind == Kind::reopened);
}

TEST_CASE("quiet incidents are resolved by tick, once, and not when the alarm came back") {
  DeskFixture f;
  ingest(f, alarm("k", "a"));
  ended(f, "k", "a", "quiet:30m");
  f.clock.go(std::chrono::minutes(20));
  CHECK(ticked(f).empty());
  CHECK(ingest(f, alarm("k", "a")).kind == Kind::reopened);
  CHECK_FALSE(stored(f).resolves_at);
  ended(f, "k", "a", "quiet:30m");
  CHECK(ticked(f, "2026-11-23T12:00:00Z") == Acts{"resolve INC-000001 RESOLVED"});
  f.clock.go(std::chrono::minutes(30));
  CHECK(ticked(f) == Acts{"resolve INC-000001 RESOLVED"});
  CHECK(ticked(f).empty());
  CHECK(stored(f).status == model::IncidentStatus::resolved);
}

TEST_CASE("a silence keeps the steps of the escalation back, and its end lets them begin anew") {
  DeskFixture f;
  ingest(f, alarm("k", "a"));
  f.clock.go(std::chrono::minutes(5));
  CHECK(ticked(f) == Acts{"escalate INC-000001 1.1"});
  silence(f, "host_name=db01", std::chrono::hours(1));
  CHECK(ticked(f, "2026-11-23T10:45:00Z") ==
        Acts{"mute INC-000001 S-1", "unmute INC-000001", "escalate INC-000001 1.1"});
  CHECK(ticked(f) == Acts{"mute INC-000001 S-1"});
  f.clock.go(std::chrono::minutes(59));
  CHECK(ticked(f).empty());
  f.clock.go(std::chrono::minutes(1));
  CHECK(ticked(f) == Acts{"unmute INC-000001"});
  CHECK(stored(f).escalation_from == f.clock.now());
  f.clock.go(std::chrono::minutes(20));
  CHECK(ticked(f) == Acts{"escalate INC-000001 1.1", "escalate INC-000001 1.2"});
  f.desk.incidents().acknowledge({"INC-1"}, {}, desk::Batch::atomic);
  f.clock.go(std::chrono::hours(9));
  CHECK(ticked(f) == Acts{"remind INC-000001 news"});
  CHECK(ticked(f).empty());
  CHECK(f.flaws() == 0);
}

TEST_CASE("an incident of several services is muted only where all of them are") {
  DeskFixture f;
  silence(f, "service=sso", std::chrono::hours(1));
  auto both = alarm("k", "a"), one = alarm("l", "a");
  both.services = {"sso", "wiki"};
  one.services = {"sso"};
  ingest(f, both);
  ingest(f, one);
  CHECK_FALSE(model::is_muted(stored(f)));
  CHECK(stored(f, "INC-2").silenced_by == std::vector<std::string>{"S-1"});
  silence(f, "service=~\"w.*\"", std::chrono::hours(1));
  CHECK(ticked(f) == Acts{"mute INC-000001 S-1"});
  CHECK(stored(f).silenced_by == std::vector<std::string>{"S-1", "S-2"});
}

TEST_CASE("what a cause mutes is heard again in the transaction of its recovery") {
  DeskFixture f;
  auto options = f.options("rules.db");
  options.load_mute_rules = [] {
    mute::Inhibition rule;
    rule.name = "rule";
    rule.source = mute::parse_matchers("alertname=Down");
    rule.target = mute::parse_matchers("alertname!=Down");
    return desk::MuteRules{{rule}, {}};
  };
  desk::Desk desk(options);
  auto cause = alarm("cause", "a"), effect = alarm("effect", "a");
  cause.labels = {{"alertname", "Down"}};
  desk.incidents().ingest({cause, effect}, {});
  CHECK(desk.incidents().show("INC-2").incident.inhibited_by == std::vector<std::string>{"INC-000001 rule"});
  CHECK_FALSE(model::is_muted(desk.incidents().show("INC-1").incident));
  cause.state = alert::State::resolved;
  desk.incidents().ingest({cause}, {});
  CHECK_FALSE(model::is_muted(desk.incidents().show("INC-2").incident));
}
