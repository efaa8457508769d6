// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <map>

#include "umsops/desk/report_desk.hpp"
#include "unit/desk/fixture.hpp"

using namespace umsops;
using tests::DeskFixture;

namespace {

/// Some columns of the statistics over tickets.
report::Definition statistics() {
  report::Definition definition;
  definition.name = "support";
  definition.from = "tickets";
  definition.since = "-30d";
  definition.by = report::parse_groups("date,category,priority");
  definition.sort = "-date,category,-priority";
  definition.measures = report::parse_measures(
      "total_tickets=n,closed_tickets=n,resolved_tickets=n,resolved_ever=n,overdue_tickets=n,overdue_open=n,"
      "avg_response_time=mean:response_time_minutes,avg_resolution_time=mean:resolution_time_minutes");
  definition.measures[1].where = "status=CLOSED";
  definition.measures[2].where = "status=RESOLVED";
  definition.measures[3].where = "status=RESOLVED,CLOSED";
  definition.measures[4].where = "resolution_time_minutes>240";
  definition.measures[5].where = "status!=RESOLVED,CLOSED (sla_deadline<now or (sla_deadline=none created_at<-240m))";
  return definition;
}

}  // namespace

TEST_CASE("support statistics by days of a zone") {
  DeskFixture f;
  std::vector<std::string> const file{
      R"({"title":"a","category":"vpn","priority":"HIGH","status":"CLOSED","created_at":"2026-11-20T15:59:00Z",)"
      R"("resolved_at":"2026-11-20T20:59:00Z","closed_at":"2026-11-21T00:00:00Z",)"
      R"("response_time_minutes":10,"resolution_time_minutes":300})",
      R"({"title":"b","category":"vpn","priority":"HIGH","status":"RESOLVED","created_at":"2026-11-20T10:00:00Z",)"
      R"("resolved_at":"2026-11-20T11:00:00Z","response_time_minutes":21,"resolution_time_minutes":60})",
      R"({"title":"c","category":"vpn","priority":"HIGH","created_at":"2026-11-20T16:01:00Z"})",
      R"({"title":"d","category":"mfa","priority":"LOW","created_at":"2026-11-23T09:00:00Z"})",
      R"({"title":"old","category":"mfa","priority":"LOW","created_at":"2026-01-01T00:00:00Z"})"};
  std::size_t at = 0;
  f.tickets().import(
      [&]() -> std::optional<desk::ImportRecord> {
        if (at == file.size()) return std::nullopt;
        base::Value const object = base::parse_json(file[at++]);
        return desk::ImportRecord{static_cast<std::int64_t>(at), object, std::nullopt};
      },
      {});
  desk::ReportOptions options;
  options.zone = base::TimeZone::load("Asia/Shanghai");
  auto const table = f.desk.reports().run(statistics(), options).tables.at(0);
  CHECK(table.counted == 4);
  REQUIRE(table.rows.size() == 3);
  auto const cell = [&](std::size_t row, char const* column) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].name == column) return base::to_json(table.rows[row][i]);
    }
    return std::string("no such column");
  };
  CHECK(cell(0, "date") == "\"2026-11-23\"");
  CHECK(cell(0, "overdue_open") == "0");
  CHECK(cell(1, "date") == "\"2026-11-21\"");  // 16:01 UTC is the next day in Shanghai
  CHECK(cell(1, "overdue_open") == "1");
  CHECK(cell(1, "avg_response_time") == "null");
  CHECK(cell(2, "total_tickets") == "2");
  CHECK(cell(2, "closed_tickets") == "1");
  CHECK(cell(2, "resolved_tickets") == "1");
  CHECK(cell(2, "resolved_ever") == "2");
  CHECK(cell(2, "avg_response_time") == "15.5");
  CHECK(cell(2, "avg_resolution_time") == "180.0");
  CHECK(cell(2, "overdue_tickets") == "1");
}

TEST_CASE("a filter over columns lets pass what it does in SQL") {
  DeskFixture f;
  char const* const categories[] = {"vpn", "MFA", "单点登录", "a%b_c"};
  char const* const priorities[] = {"LOW", "MEDIUM", "HIGH", "CRITICAL"};
  std::size_t at = 0;
  f.tickets().import(
      [&]() -> std::optional<desk::ImportRecord> {
        if (at == 60) return std::nullopt;
        base::Value object =
            base::Value::Object{{"title", "ticket " + std::to_string(at)},
                                {"priority", priorities[at % 4]},
                                {"created_at", "2026-11-" + std::to_string(10 + at % 10) + "T10:00:00Z"}};
        if (at % 5 != 0) object.add("category", categories[at % 3 == 0 ? 3 : at % 4]);
        if (at % 3 == 0) object.add("response_time_minutes", static_cast<std::int64_t>(at));
        if (at % 7 == 0) object.add("attributes", base::Value::Object{{"site", at % 2 == 0 ? "north" : "South"}});
        ++at;
        return desk::ImportRecord{static_cast<std::int64_t>(at), object, std::nullopt};
      },
      {});
  for (std::string const filter : {"category=vpn",
                                   "category!=vpn",
                                   "category=none",
                                   "category!=none",
                                   "category~m",
                                   "category!~M",
                                   "category=vpn,none",
                                   "category!=vpn,none",
                                   "category~%",
                                   "category~单点",
                                   "priority>=HIGH",
                                   "priority<HIGH",
                                   "priority!=LOW,HIGH",
                                   "response_time_minutes>9",
                                   "response_time_minutes<=9",
                                   "response_time_minutes!=9",
                                   "response_time_minutes=none,9",
                                   "attributes.site=north",
                                   "attributes.site!=north",
                                   "attributes.site~S",
                                   "attributes.site=none",
                                   "created>=2026-11-15",
                                   "created=2026-11-15",
                                   "not (priority=LOW category=vpn)",
                                   "sla=none",
                                   "(priority=LOW or category=vpn) !response_time_minutes>20",
                                   "escalation_level=none",
                                   "status=OPEN title~1"}) {
    CAPTURE(filter);
    report::Definition definition;
    definition.name = "x";
    definition.from = "tickets";
    definition.since = "any";
    definition.measures = report::parse_measures("n,found=n");
    definition.measures[1].where = filter;
    desk::ReportOptions const options;
    auto const table = f.desk.reports().run(definition, options).tables.at(0);
    query::FilterContext const context{&model::ticket_type(), f.clock.now(), {}};
    auto const expected = f.tickets().count(query::parse_filter(filter, context));
    CHECK(base::to_json(table.rows.at(0)[1]) == std::to_string(expected));
    CHECK(base::to_json(table.rows.at(0)[0]) == "60");
  }
}
