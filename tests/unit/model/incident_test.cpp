// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/incident.hpp"

#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "umsops/model/timeline_entry.hpp"

using namespace umsops::model;
using umsops::base::Error;
using umsops::base::FieldType;
using umsops::base::Value;

namespace {

constexpr TimePoint kNoticed{umsops::base::Milliseconds(1'700'000'000'000)};
using std::chrono::minutes;

Incident full_incident() {
  Incident i;
  i.id = "01hzy0000000000000000000aa";
  i.incident_number = "INC-000007";
  i.title = "统一认证登录失败";
  i.description = "line one\nline two";
  i.type = IncidentType::authentication_failure;
  i.severity = Priority::critical;
  i.impact = Priority::high;
  i.urgency = Priority::medium;
  i.priority = Priority::high;
  i.category = "authentication";
  i.status = IncidentStatus::closed;
  i.source = "auth-service";
  i.reported_by = "zhang.wei";
  i.assigned_to = "li.na";
  i.affected_users = 1200;
  i.business_impact = Priority::critical;
  i.affected_services = {"sso", "portal"};
  i.related_alerts = {"a1b2"};
  i.impact_started_at = kNoticed - minutes(20);
  i.detected_at = kNoticed;
  i.created_at = kNoticed + minutes(1);
  i.updated_at = kNoticed + minutes(60);
  i.acknowledged_at = kNoticed + minutes(2);
  i.acknowledged_by = "li.na";
  i.recovered_at = kNoticed + minutes(30);
  i.resolved_at = kNoticed + minutes(40);
  i.closed_at = kNoticed + minutes(50);
  i.resolution = "restarted";
  i.root_cause = "a leak";
  i.commander = "wang.fang";
  i.scribe = "a";
  i.communications = "b";
  i.deputy = "c";
  i.key = "ci:1";
  i.dedup_key = "am:1";
  i.attributes = {{"region", "cn-east"}};
  i.classification.rules_version = "abc";
  i.reopen_count = 1;
  i.rev = 9;
  i.firing_alerts = {"a1b2"};
  i.silenced_by = {"S-1", "tests"};
  i.inhibited_by = {"INC-000001 database-down"};
  i.acknowledgers = {"li.na", "wang.fang"};
  i.escalation_from = kNoticed + minutes(1);
  i.resolves_at = kNoticed + minutes(70);
  i.alert_count = 12;
  i.first_alert_at = kNoticed;
  i.last_alert_at = kNoticed + minutes(25);
  i.last_update_at = kNoticed + minutes(50);
  i.update_due_at = kNoticed + minutes(80);
  i.tags = {"sso", "登录"};
  i.update = UpdateState::due;
  return i;
}

std::vector<std::string> problems(Incident const& incident) {
  std::vector<std::string> out;
  for (auto const& problem : check(incident)) out.push_back(problem.field + ": " + problem.what);
  return out;
}

std::string refused(char const* field, Value const& value) {
  Incident incident;
  try {
    set(incident, incident_type().require(field), value);
  } catch (Error const& error) {
    return std::string(error.code().code);
  }
  return "";
}

}  // namespace

TEST_CASE("an incident is the same after its way through a row") {
  Incident const incident = full_incident();
  auto const row = to_row(incident);
  for (std::size_t i = 0; i < row.size(); ++i) {
    INFO(incident_type().fields[i].name);
    CHECK(!row[i].is_null());
  }
  CHECK(to_row(incident_from(row)) == row);
  CHECK(problems(incident).empty());
}

TEST_CASE("lists are read as lists, as JSON, and as words with commas") {
  auto const field = incident_type().require("affected_services");
  for (Value const& value :
       {Value(Value::List{"sso", "portal"}), Value(" sso , portal,"), Value("[\"sso\",\"portal\"]")}) {
    Incident incident;
    set(incident, field, value);
    CHECK(incident.affected_services == std::vector<std::string>{"sso", "portal"});
  }
  Incident incident = full_incident();
  set(incident, field, Value());
  CHECK(incident.affected_services.empty());
  CHECK(refused("affected_services", Value::List{std::int64_t{7}}) == "record.invalid");
  CHECK(refused("affected_services", std::int64_t{7}) == "record.invalid");
  CHECK(refused("severity", "BAD") == "record.invalid");
  CHECK(refused("type", "authentication_failure").empty());
}

TEST_CASE("what is wrong with an incident is said field by field") {
  Incident incident = full_incident();
  incident.title = " ";
  incident.affected_services = {"sso", "sso", ""};
  incident.affected_users = -1;
  incident.impact_started_at = kNoticed + minutes(1);
  incident.recovered_at = kNoticed - minutes(1);
  incident.status = IncidentStatus::resolved;
  CHECK(problems(incident) == std::vector<std::string>{"title: cannot be empty", "affected_services: an empty name",
                                                       "affected_services: one is given twice",
                                                       "impact_started_at: after detected_at",
                                                       "recovered_at: before detected_at",
                                                       "closed_at: set, but not CLOSED", "affected_users: negative"});
  incident = full_incident();
  incident.related_alerts.assign(1001, "x");
  CHECK(problems(incident) == std::vector<std::string>{"related_alerts: more than 1000"});
}

TEST_CASE("roles and grades go by name") {
  CHECK(parse_incident_role("Commander") == IncidentRole::commander);
  CHECK(!parse_incident_role("boss"));
  Incident incident;
  for (auto const name : incident_role_names()) holder(incident, *parse_incident_role(name)) = name;
  CHECK(incident.deputy == "deputy");
  CHECK(incident.scribe == "scribe");
  CHECK(is_open(IncidentStatus::recovered));
  CHECK(!is_open(IncidentStatus::resolved));
}

TEST_CASE("an entry of a timeline has a text and an author whose characters are sound") {
  TimelineEntry entry;
  entry.author = "li.na";
  entry.text = "replica 2 restarted";
  CHECK(check(entry).empty());
  CHECK(to_row(entry).size() == timeline_entry_type().fields.size());
  entry.text = "\x1b[31m";
  CHECK(check(entry).size() == 1);
  entry.text = " ";
  CHECK(check(entry).size() == 1);
}
