// SPDX-License-Identifier: Apache-2.0
// Incidents that are one, that were two, and that were there before.
#include <catch2/catch.hpp>

#include "fixture.hpp"
#include "umsops/desk/incident_export.hpp"

using namespace umsops;
using namespace umsops::tests;
using desk::Batch;
using desk::Result;

namespace {

struct IncidentFixture : DeskFixture {
  desk::IngestResult alarm(std::string key, alert::State state) {
    alert::Event event;
    event.key = key;
    event.title = key + " fails";
    event.state = state;
    return incidents().ingest({event}, {}).front();
  }
};

}  // namespace

TEST_CASE("alarms of merged incidents end together, whatever the order of the merges") {
  IncidentFixture f;
  using Kind = desk::IngestResult::Kind;
  for (auto const* key : {"a", "b", "c"}) CHECK(f.alarm(key, alert::State::firing).kind == Kind::created);
  // c into b, then b into a: what c stands for goes on in a.
  f.incidents().merge({"INC-3"}, "INC-2", {}, Batch::atomic);
  f.incidents().merge({"INC-2"}, "INC-1", {}, Batch::atomic);
  for (auto const* key : {"a", "b", "c"}) {
    auto const again = f.alarm(key, alert::State::firing);
    CHECK(again.kind == Kind::unchanged);
    CHECK(again.incident.incident_number == "INC-000001");
  }
  CHECK(f.alarm("a", alert::State::resolved).kind == Kind::updated);
  CHECK(f.alarm("c", alert::State::resolved).kind == Kind::updated);
  CHECK(f.alarm("a", alert::State::firing).kind == Kind::updated);
  CHECK(f.alarm("b", alert::State::resolved).kind == Kind::updated);
  CHECK(f.alarm("a", alert::State::resolved).kind == Kind::recovered);
  CHECK(f.alarm("b", alert::State::firing).kind == Kind::reopened);
  CHECK(f.incidents().show("INC-1").incident.status == model::IncidentStatus::in_progress);
  CHECK(f.flaws() == 0);
}

TEST_CASE("once what it goes on in is closed, an alarm opens a new incident") {
  IncidentFixture f;
  f.alarm("a", alert::State::firing);
  f.alarm("b", alert::State::firing);
  f.incidents().merge({"INC-2"}, "INC-1", {}, Batch::atomic);
  f.incidents().close({"INC-1"}, {"done", "", true}, {"why", {}, false}, Batch::atomic);
  CHECK(f.alarm("b", alert::State::firing).incident.incident_number == "INC-000003");
  CHECK(f.alarm("b", alert::State::resolved).incident.incident_number == "INC-000003");
  CHECK(f.flaws() == 0);
}

TEST_CASE("several incidents are merged in one transaction, or none of them") {
  IncidentFixture f;
  for (auto const* title : {"one", "two", "three"}) f.file_incident(title);
  CHECK(code_of([&] { f.incidents().merge({"INC-2", "INC-1"}, "INC-1", {}, Batch::atomic); }) == "incident.link_self");
  CHECK(f.incidents().show("INC-2").incident.status == model::IncidentStatus::open);
  auto const outcomes = f.incidents().merge({"INC-2", "INC-3", "INC-1"}, "INC-1", {}, Batch::each);
  CHECK(outcomes[0].done->result == Result::updated);
  CHECK(outcomes[1].done->result == Result::updated);
  CHECK(outcomes[2].failed->code().code == "incident.link_self");
  CHECK(f.incidents().show("INC-1").merged.size() == 2);
  CHECK(f.flaws() == 0);
}

TEST_CASE("the estimate is the median of what is like it, by nearest rank, with both quartiles") {
  IncidentFixture f;
  auto const finish = [&](std::int64_t minutes, char const* severity) {
    auto const filed = f.file_incident("past", {{"type", "DATABASE_ISSUE"}, {"severity", severity}});
    f.clock.go(std::chrono::minutes(minutes));
    f.incidents().close({filed.incident_number}, {"done", "", true}, {"why", {}, false}, Batch::atomic);
  };
  for (std::int64_t const minutes : {40, 10, 30, 20}) finish(minutes, "HIGH");
  finish(500, "LOW");
  auto const now = f.file_incident("now", {{"type", "DATABASE_ISSUE"}, {"severity", "HIGH"}});
  auto const assess = [&] { return *f.incidents().assess({now.incident_number}, {}, Batch::atomic).front().done; };
  auto const found = assess().assessment.estimate;
  CHECK(found.n == 4);
  CHECK(found.looked_at == 6);
  CHECK(found.p25_minutes == 10);
  CHECK(found.median_minutes == 20);
  CHECK(found.p75_minutes == 30);
  assess();
  auto const shown = f.incidents().show(now.incident_number);
  CHECK(std::count_if(shown.timeline.begin(), shown.timeline.end(),
                      [](auto const& entry) { return entry.kind == model::TimelineKind::assessment; }) == 2);
  CHECK(f.flaws() == 0);
}

TEST_CASE("an assessment raises what nobody has decided, and lowers nothing") {
  IncidentFixture f;
  auto const said =
      f.file_incident("said", {{"impact", "LOW"}, {"urgency", "LOW"}, {"priority", "LOW"}, {"affected_users", 5000}});
  auto const grave = f.file_incident("grave", {{"affected_users", 5000}});
  auto const look = [&](model::Incident const& one) {
    return f.incidents().assess({one.incident_number}, {}, Batch::atomic).front().done->incident;
  };
  CHECK(look(said).impact == model::Priority::low);
  CHECK(look(said).priority == model::Priority::low);
  CHECK(look(grave).impact == model::Priority::critical);
  auto const users = model::incident_type().require("affected_users");
  f.incidents().update({grave.incident_number}, {{users, 1}}, {}, Batch::atomic);
  CHECK(look(grave).impact == model::Priority::critical);
  CHECK(look(grave).affected_users == 1);
  CHECK(f.flaws() == 0);
}

TEST_CASE("an incident comes out of an export as it was") {
  IncidentFixture f;
  f.file_incident("one", {{"affected_services", base::Value::List{"sso"}}});
  f.file_incident("two");
  f.incidents().note({"INC-1"}, {.text = "a note", .at = {}, .corrects = {}, .pinned = true, .key = "k"}, {},
                     Batch::atomic);
  f.incidents().link({"INC-1"}, {model::LinkKind::caused_by, "INC-2"}, {}, Batch::atomic);
  f.incidents().escalate({"INC-1"}, {}, {"why", {}, false}, Batch::atomic);
  f.incidents().merge({"INC-2"}, "INC-1", {}, Batch::atomic);
  auto const exported = [](desk::Desk& from) {
    std::vector<std::string> lines;
    query::Query oldest;
    oldest.sort = {{model::incident_type().require("created_at"), false}};
    from.incidents().export_all(oldest, [&](desk::ExportedIncident const& one) {
      lines.push_back(base::to_json(to_record(one)));
      return true;
    });
    return lines;
  };
  auto const lines = exported(f.desk);
  desk::Desk other(f.options("other.db"));
  auto const import = [&] {
    std::size_t at = 0;
    return other.incidents().import(
        [&]() -> std::optional<desk::ImportRecord> {
          if (at == lines.size()) return std::nullopt;
          auto const line = static_cast<std::int64_t>(at) + 1;
          return desk::ImportRecord{line, base::parse_json(lines[at++], "export"), std::nullopt};
        },
        {});
  };
  CHECK(import().created == 2);
  CHECK(exported(other) == lines);
  CHECK(import().unchanged == 2);
  CHECK(other.store().verify(std::nullopt).findings.total + other.store().check().total == 0);
}

TEST_CASE("a link that cannot be is refused, and so is a part that is not there") {
  IncidentFixture f;
  for (auto const* title : {"one", "two"}) f.file_incident(title);
  f.file("a ticket");
  auto const link = [&](model::LinkKind kind, std::string other, bool from_there = false) {
    return code_of([&] {
      f.incidents().link({"INC-1"}, {kind, std::move(other), false, from_there}, {}, Batch::atomic);
    });
  };
  CHECK(link(model::LinkKind::caused_by, "INC-2").empty());
  CHECK(link(model::LinkKind::caused_by, "INC-2", true) == "incident.link_cycle");
  CHECK(link(model::LinkKind::caused_by, "INC-1") == "incident.link_self");
  CHECK(link(model::LinkKind::duplicate_of, "T-1") == "incident.link_noun");
  CHECK(link(model::LinkKind::relates_to, "T-2") == "ticket.not_found");
  CHECK(code_of([&] { f.incidents().split("INC-1", {{"no such alert"}, {}, {}}, {}); }) == "incident.alert_not_found");
  CHECK(f.flaws() == 0);
}
