// SPDX-License-Identifier: Apache-2.0
#include "report/aggregate.hpp"

#include <catch2/catch.hpp>

#include "report/select.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

using namespace umsops;
using base::Value;

namespace {

base::TimePoint at(std::string const& text) { return *base::parse_rfc3339(text); }

/// Runs a report over records that are given as JSON objects.
report::Table made(report::Definition const& definition, std::vector<std::string> const& records,
                   std::string const& since = "2026-11-01T00:00:00Z",
                   std::string const& until = "2026-12-01T00:00:00Z") {
  report::Context context;
  context.now = at("2026-11-30T00:00:00Z");
  context.since = at(since);
  context.until = at(until);
  report::Aggregator aggregator(report::make_plan(definition, context, report::Where::here));
  auto const& plan = aggregator.plan();
  for (auto const& text : records) {
    auto const object = base::parse_json(text);
    std::vector<std::int64_t> numbers;
    for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
      auto const& field = plan.field_of(i);
      auto const* found = object.find(field.name);
      Value value = found ? *found : Value();
      if (field.type == base::FieldType::time && found) value = at(std::string(found->text()));
      numbers.push_back(report::number_in(value, field, aggregator.words()[i]));
    }
    report::Batch batch{1, {}};
    for (auto const& number : numbers) batch.columns.push_back(&number);
    aggregator.add(batch);
  }
  auto table = aggregator.finish();
  report::select_rows(table, definition);
  return table;
}

report::Definition of(std::string const& from, std::string const& by, std::string const& measures) {
  report::Definition definition;
  definition.name = "x";
  definition.from = from;
  definition.by = report::parse_groups(by);
  definition.measures = report::parse_measures(measures);
  return definition;
}

std::string json(base::Row const& row) { return base::to_json(Value::List(row.begin(), row.end())); }

std::string row_of(report::Table const& table, std::size_t row, std::size_t columns) {
  auto const& values = table.rows.at(row);
  return json({values.begin(), values.begin() + static_cast<std::ptrdiff_t>(columns)});
}

Value figure(report::Table const& table, std::string_view column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == column) return table.totals[i];
  }
  return "no such column";
}

}  // namespace

TEST_CASE("means and ranks tell how many values there are, and why others are not") {
  auto const table =
      made(of("incidents", "", "mean:detected_at..acknowledged_at,median:detected_at..acknowledged_at"),
           {R"({"status":"RESOLVED","detected_at":"2026-11-02T10:00:00Z","acknowledged_at":"2026-11-02T10:03:00Z"})",
            R"({"status":"OPEN","detected_at":"2026-11-02T10:00:00Z","acknowledged_at":"2026-11-02T10:10:30Z"})",
            R"({"status":"OPEN","detected_at":"2026-11-02T10:00:00Z"})",
            R"({"status":"CLOSED","detected_at":"2026-11-02T10:00:00Z"})",
            R"({"status":"CLOSED","detected_at":"2026-11-02T10:00:00Z","acknowledged_at":"2026-11-02T09:59:00Z"})",
            R"({"status":"OPEN","detected_at":"2026-10-02T10:00:00Z"})"});
  CHECK(table.counted == 5);
  CHECK(json(table.totals) == "[6.75,6.75,2,1,1,1]");
  CHECK(base::to_json(figure(table, "n_detected_to_acknowledged")) == "2");
  CHECK(base::to_json(figure(table, "pending_detected_to_acknowledged")) == "1");
  CHECK(base::to_json(figure(table, "not_applicable_detected_to_acknowledged")) == "1");
  CHECK(base::to_json(figure(table, "invalid_detected_to_acknowledged")) == "1");
}

TEST_CASE("an incident counts in each of its services, and once in the whole") {
  auto const table = made(of("incidents", "affected_services", "n"),
                          {R"({"detected_at":"2026-11-02T10:00:00Z","affected_services":["sso","ldap","sso"]})",
                           R"({"detected_at":"2026-11-03T10:00:00Z","affected_services":["sso"]})",
                           R"({"detected_at":"2026-11-04T10:00:00Z"})"});
  REQUIRE(table.rows.size() == 3);
  CHECK(json(table.rows[0]) == R"(["ldap",1])");
  CHECK(json(table.rows[1]) == R"(["sso",2])");
  CHECK(json(table.rows[2]) == "[null,1]");
  CHECK(json(table.totals) == "[null,3]");
}

TEST_CASE("choices sort by rank, what is absent last, and a filter drops rows that were made") {
  auto definition = of("tickets", "priority", "n");
  std::vector<std::string> const records{R"({"priority":"LOW","created_at":"2026-11-02T10:00:00Z"})",
                                         R"({"priority":"CRITICAL","created_at":"2026-11-02T10:00:00Z"})",
                                         R"({"priority":"HIGH","created_at":"2026-11-02T10:00:00Z"})",
                                         R"({"priority":"HIGH","created_at":"2026-11-02T10:00:00Z"})"};
  definition.sort = "-priority";
  auto const table = made(definition, records);
  REQUIRE(table.rows.size() == 3);
  CHECK(json(table.rows[0]) == R"(["CRITICAL",1])");
  CHECK(json(table.rows[2]) == R"(["LOW",1])");
  definition.having = "n>=2";
  CHECK(made(definition, records).rows.size() == 1);
  CHECK(report::rows_where(table, "priority>=HIGH n<2").size() == 1);
  CHECK_THROWS_AS(report::rows_where(table, "m>1"), base::Error);
}

TEST_CASE("a balance carries over from period to period, those without events included") {
  auto definition = of("tickets", "date", "n,balance:created_at..ended_at");
  definition.fill = true;
  auto const table = made(definition,
                          {R"({"created_at":"2026-10-02T10:00:00Z"})",
                           R"({"created_at":"2026-10-03T10:00:00Z","ended_at":"2026-11-02T10:00:00Z"})",
                           R"({"created_at":"2026-11-01T10:00:00Z","ended_at":"2026-11-01T11:00:00Z"})",
                           R"({"created_at":"2026-11-03T10:00:00Z","ended_at":"2026-12-24T11:00:00Z"})"},
                          "2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z");
  REQUIRE(table.rows.size() == 4);
  CHECK(json(table.rows[0]) == R"(["2026-11-01",1,2])");
  CHECK(json(table.rows[1]) == R"(["2026-11-02",0,1])");
  CHECK(json(table.rows[2]) == R"(["2026-11-03",1,2])");
  CHECK(json(table.rows[3]) == R"(["2026-11-04",0,2])");
}

TEST_CASE("each figure may go by a time of its own") {
  auto definition = of("tickets", "", "n");
  definition.measures.push_back(report::parse_measure("resolved=n"));
  definition.measures.back().at = "resolved_at";
  definition.measures.push_back(report::parse_measure("open=n"));
  definition.measures.back().at = "any";
  definition.measures.back().where = "status!=RESOLVED,CLOSED";
  auto const table = made(definition, {R"({"created_at":"2026-10-02T10:00:00Z","status":"OPEN"})",
                                       R"({"created_at":"2026-10-02T10:00:00Z","status":"RESOLVED",)"
                                       R"("resolved_at":"2026-11-05T10:00:00Z"})",
                                       R"({"created_at":"2026-11-02T10:00:00Z","status":"OPEN"})"});
  CHECK(row_of(table, 0, 3) == "[1,1,2]");
}

TEST_CASE("nothing gives one row of nothing") {
  auto const table = made(of("tickets", "", "n,mean:resolution_time_minutes,share:status=CLOSED"), {});
  REQUIRE(table.rows.size() == 1);
  CHECK(row_of(table, 0, 3) == "[0,null,null]");
  CHECK(made(of("tickets", "category", "n"), {}).rows.empty());
}
