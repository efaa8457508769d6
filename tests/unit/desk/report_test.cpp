// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <map>

#include "unit/desk/fixture.hpp"

using namespace umsops;
using tests::DeskFixture;

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
  auto const table = f.desk.reports().run("support", options);
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
  CHECK(tests::code_of([&] { f.desk.reports().run("suport", {}); }) == "report.unknown");
}
