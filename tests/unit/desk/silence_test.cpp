// SPDX-License-Identifier: Apache-2.0
#include "desk/silences.hpp"

#include <catch2/catch.hpp>

#include "fixture.hpp"
#include "umsops/mute/muter.hpp"

using namespace umsops;
using desk::Result;
using tests::code_of;
using tests::DeskFixture;

namespace {

using Names = std::vector<std::string>;

desk::NewSilence wanted(std::string_view matchers, std::string comment = "maintenance") {
  desk::NewSilence out;
  out.matchers = mute::parse_matchers(matchers);
  out.comment = std::move(comment);
  return out;
}

Names active(DeskFixture& f) {
  Names out;
  for (auto const& silence : f.desk.silences().active(f.clock.now())) out.push_back(silence.id);
  return out;
}

Names listed(DeskFixture& f, std::string_view filter) {
  Names out;
  query::Query query;
  query.filter = query::parse_filter(filter, {&mute::silence_type(), f.clock.now(), base::TimeZone()});
  f.desk.silences().list(query, [&](mute::Silence const& silence) {
    out.push_back(silence.id);
    return true;
  });
  CHECK(f.desk.silences().count(query.filter) == static_cast<std::int64_t>(out.size()));
  return out;
}

std::vector<model::Event> events(DeskFixture& f) {
  std::vector<model::Event> out;
  f.desk.store().log({}, [&](model::Event const& event) {
    out.push_back(event);
    return true;
  });
  return out;
}

desk::SilenceResult expire(DeskFixture& f, std::string const& id, bool dry_run = false) {
  desk::ChangeOptions options;
  options.reason = "done early";
  options.dry_run = dry_run;
  return *f.desk.silences().expire({id}, options, desk::Batch::atomic).at(0).done;
}

}  // namespace

TEST_CASE("a silence is added, holds an hour, and is told of in the history") {
  DeskFixture f;
  CHECK(active(f).empty());
  auto const added = f.desk.silences().add(wanted("severity=critical,team=~\"a.*\""), "", false);
  CHECK(added.result == Result::created);
  CHECK(added.silence.id == "S-1");
  CHECK(added.silence.created_by == "li.na");
  CHECK(added.silence.ends_at == f.clock.now() + std::chrono::hours(1));
  auto const found = f.desk.silences().find("s-1");
  CHECK(mute::text_of(found.matchers) == R"({severity="critical",team=~"a.*"})");
  CHECK(found.comment == "maintenance");
  auto const told = events(f);
  REQUIRE(told.size() == 1);
  CHECK(told[0].noun == "silence");
  CHECK(told[0].kind == "created");
  CHECK(told[0].reason == "maintenance");
  CHECK(base::to_json(model::changes_to_value(told[0].changes)) ==
        R"({"silence":[null,"S-1"],"matchers":[null,"{severity=\"critical\",team=~\"a.*\"}"],)"
        R"("starts_at":[null,"2026-11-23T09:30:00Z"],"ends_at":[null,"2026-11-23T10:30:00Z"]})");
  f.clock.go(std::chrono::minutes(59));
  CHECK(active(f) == Names{"S-1"});
  f.clock.go(std::chrono::minutes(1));
  CHECK(active(f).empty());
  CHECK(listed(f, "state=expired") == Names{"S-1"});
  CHECK(f.flaws() == 0);
}

TEST_CASE("silences end by hand, once") {
  DeskFixture f;
  f.desk.silences().add(wanted("a=b"), "", false);
  auto pending = wanted("a=c");
  pending.starts_at = f.clock.now() + std::chrono::hours(5);
  CHECK(f.desk.silences().add(pending, "", false).silence.ends_at == f.clock.now() + std::chrono::hours(6));
  CHECK(listed(f, "state=active") == Names{"S-1"});
  CHECK(listed(f, "state=pending") == Names{"S-2"});
  CHECK(listed(f, "id=S-2 ends<7h") == Names{"S-2"});
  f.clock.go(std::chrono::minutes(10));
  CHECK(expire(f, "1", true).result == Result::updated);
  CHECK(active(f) == Names{"S-1", "S-2"});
  auto const done = expire(f, "S-1");
  CHECK(done.result == Result::updated);
  CHECK(done.silence.ends_at == f.clock.now());
  CHECK(expire(f, "S-1").result == Result::unchanged);
  auto const never = expire(f, "S-2");
  CHECK(never.silence.starts_at == f.clock.now());
  CHECK(never.silence.state(f.clock.now()) == mute::SilenceState::expired);
  CHECK(active(f).empty());
  auto const told = events(f);
  REQUIRE(told.size() == 4);
  CHECK(told[2].kind == "expired");
  CHECK(told[2].reason == "done early");
  CHECK(base::to_json(model::changes_to_value(told[2].changes)) ==
        R"({"silence":["S-1",null],"ends_at":["2026-11-23T10:30:00Z","2026-11-23T09:40:00Z"]})");
  CHECK(f.flaws() == 0);
}

TEST_CASE("a silence lasts until its incident is resolved") {
  DeskFixture f;
  auto until = wanted("service=sso");
  until.incident = "INC-7";
  CHECK(code_of([&] { f.desk.silences().add(until, "", false); }) == "incident.not_found");
  for (int i = 1; i <= 7; ++i) f.file_incident("outage");
  CHECK_FALSE(f.desk.silences().add(until, "", false).silence.ends_at);
  f.desk.silences().add(wanted("a=b"), "", false);
  f.clock.go(std::chrono::hours(10'000));
  CHECK(active(f) == Names{"S-1"});
  CHECK(listed(f, "incident=INC-000007 state=active") == Names{"S-1"});
  desk::OpenDesk open(f.options("desk.db"));
  auto const end = [&](std::string const& incident) {
    return open.write([&](store::WriteTx& tx) { return desk::end_silences_of(open, tx, incident, "resolved").size(); });
  };
  CHECK(end("INC-000008") == 0);
  CHECK(end("INC-000007") == 1);
  CHECK(end("INC-000007") == 0);
  CHECK(active(f).empty());
  CHECK(f.flaws() == 0);
}

TEST_CASE("a recurring silence lasts until it is ended, and mutes in its times") {
  DeskFixture f;
  auto recurring = wanted("job=backup");
  recurring.intervals = mute::intervals_from_value(base::parse_json(R"([{"weekdays":["saturday"]}])"));
  auto const added = f.desk.silences().add(recurring, "", false).silence;
  CHECK_FALSE(added.ends_at);
  f.clock.set("2027-01-02T12:00:00Z");  // a Saturday
  mute::Muter const muter(f.desk.silences().active(f.clock.now()), {});
  CHECK(muter.reasons({{"job", "backup"}}, f.clock.now()).muted());
  CHECK_FALSE(muter.reasons({{"job", "backup"}}, f.clock.now() + std::chrono::hours(12)).muted());
  recurring.duration = std::chrono::hours(24);
  CHECK(f.desk.silences().add(recurring, "", false).silence.ends_at == f.clock.now() + std::chrono::hours(24));
}

TEST_CASE("a key adds a silence once") {
  DeskFixture f;
  CHECK(f.desk.silences().add(wanted("a=b"), "deploy-7", false).result == Result::created);
  f.clock.go(std::chrono::minutes(5));
  auto const again = f.desk.silences().add(wanted("a=b"), "deploy-7", false);
  CHECK(again.result == Result::existing);
  CHECK(again.silence.id == "S-1");
  CHECK(code_of([&] { f.desk.silences().add(wanted("a=c"), "deploy-7", false); }) == "silence.key_content");
  CHECK(f.desk.silences().add(wanted("a=c"), "deploy-8", true).dry_run);
  CHECK(f.desk.silences().add(wanted("a=c"), "deploy-8", false).silence.id == "S-2");
  CHECK(events(f).size() == 2);
  CHECK(f.flaws() == 0);
}

TEST_CASE("silences that cannot be") {
  DeskFixture f;
  auto& silences = f.desk.silences();
  CHECK(code_of([&] { silences.find("S-1"); }) == "silence.not_found");
  CHECK(code_of([&] { silences.expire({"S-1"}, {}, desk::Batch::atomic); }) == "silence.not_found");
  auto past = wanted("a=b");
  past.ends_at = f.clock.now();
  CHECK(code_of([&] { silences.add(past, "", false); }) == "record.invalid");
  past.starts_at = f.clock.now() - std::chrono::hours(2);
  past.ends_at = f.clock.now() + std::chrono::hours(1);
  CHECK(silences.add(past, "", false).silence.starts_at == f.clock.now());
  CHECK(code_of([&] { silences.add(wanted("a=b", ""), "", false); }) == "record.invalid");
  CHECK(code_of([&] { silences.add(wanted("a=~.*"), "", false); }) == "record.invalid");
  CHECK(code_of([&] { silences.add(wanted("a=b"), "k\n", false); }) == "record.invalid");
  CHECK(code_of([&] { silences.find("S-9"); }) == "silence.not_found");
  CHECK(code_of([&] { silences.find("T-1"); }) == "silence.not_found");
  auto const some = silences.expire({"S-1", "S-9"}, {}, desk::Batch::each);
  CHECK(some[0].done);
  CHECK(some[1].failed);
}
