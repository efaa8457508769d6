// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"
#include "umsops/model/ticket.hpp"

using namespace umsops::tests;
using namespace umsops::format;
namespace model = umsops::model;

TEST_CASE("CSV as RFC 4180 has it") {
  CHECK(list(style_of(Format::csv, {"number", "title"}), {a_row("T-1", "a,\"b\"\nc", 1)}) ==
        "number,title\r\nT-1,\"a,\"\"b\"\"\nc\"\r\n");
  Style style = style_of(Format::csv, {"number"});
  style.header = false;
  CHECK(list(style, {a_row("T-1", "", 1)}) == "T-1\r\n");
  style.csv_bom = true;
  CHECK(list(style, {a_row("T-1", "", 1)}) == "\xEF\xBB\xBFT-1\r\n");
  CHECK(csv_cell("a,\"b\"", false) == "\"a,\"\"b\"\"\"");
  CHECK(csv_cell("plain", true) == "plain");
  CHECK(csv_cell(" a", false) == "\" a\"");
}

TEST_CASE("TSV escapes what would be a column or a line") {
  CHECK(list(style_of(Format::tsv, {"number", "title"}), {a_row("T-1", "a\tb\nc\\n", 1)}) ==
        "number\ttitle\nT-1\ta\\tb\\nc\\\\n\n");
}

TEST_CASE("CSV and TSV give back what they were given") {
  std::mt19937 random(42);
  for (int round = 0; round < 500; ++round) {
    std::vector<Row> rows;
    std::vector<std::string> wanted;
    for (unsigned n = 1 + random() % 3; n > 0; --n) {
      rows.push_back(a_row("T-" + std::to_string(n), hostile(random), 5));
      wanted.push_back(umsops::base::to_json(Value::Object{{"number", rows.back()[0]}, {"title", rows.back()[1]}}));
    }
    std::vector<std::string> const fields{"number", "title"};
    REQUIRE(read(list(style_of(Format::csv, fields), rows), InputFormat::csv, 1 + random() % 9) == wanted);
    REQUIRE(read(list(style_of(Format::tsv, fields), rows), InputFormat::tsv, 1 + random() % 9) == wanted);
  }
}

TEST_CASE("cells that a spreadsheet would run are marked on request") {
  for (auto const* text : {"=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"}) {
    CHECK(csv_cell(text, true).find('\'') < 2);
    CHECK(csv_cell(text, false).find('\'') == std::string::npos);
  }
  Style style = style_of(Format::csv, {"title", "count"});
  style.csv_safe = true;
  CHECK(list(style, {a_row("T-1", "=HYPERLINK(\"x\")", -5)}) == "title,count\r\n\"'=HYPERLINK(\"\"x\"\")\",-5\r\n");
}

TEST_CASE("a ticket comes back from CSV as it was") {
  model::Ticket ticket;
  ticket.id = "01hq3k6v8n0000000000000000";
  ticket.ticket_number = "T-000123";
  ticket.title = "=无法登录, \"urgent\"";
  ticket.description = "line one\nline two\t\\end";
  ticket.priority = model::Priority::critical;
  ticket.attributes = {{"host", "db01"}, {"note", "a\"b\nc"}};
  ticket.created_at = ticket.updated_at = umsops::base::TimePoint(umsops::base::Milliseconds(1'700'000'000'123));
  ticket.resolution_time_minutes = 90;
  ticket.rev = 7;
  auto const& type = model::ticket_type();
  for (auto const format : {Format::csv, Format::tsv}) {
    Text sink;
    auto const writer = list_writer(sink, style_of(format, {"*"}), "s", type.noun, type.fields);
    writer->row(to_row(ticket));
    writer->end({});
    auto const reader =
        record_reader(bytes_of(sink.text, 3), format == Format::csv ? InputFormat::csv : InputFormat::tsv, "in");
    auto const back = reader->next();
    REQUIRE(back);
    REQUIRE(!back->error);
    model::Ticket copy;
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
      Value const* const cell = back->object.find(type.fields[i].name);
      REQUIRE(cell);
      if (!cell->text().empty()) model::set(copy, i, *cell);
    }
    CHECK(to_row(copy) == to_row(ticket));
    CHECK(!reader->next());
  }
}
