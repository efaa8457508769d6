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
  CHECK(csv_cell("a,\"b\"") == "\"a,\"\"b\"\"\"");
  CHECK(csv_cell("plain") == "plain");
  CHECK(csv_cell(" a") == "\" a\"");
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
    Style style = style_of(Format::csv, {"title"});
    style.header = false;
    CHECK(list(style, {a_row("T-1", text, 1)}) == csv_cell(text) + "\r\n");
    style.csv_safe = true;
    for (std::string const marks : {"", "'", "''"}) {
      std::string const cell = "'" + marks + text;
      CHECK(list(style, {a_row("T-1", marks + text, 1)}) == csv_cell(cell) + "\r\n");
      CHECK(is_marked_formula(cell));
    }
    style.format = Format::tsv;  // spreadsheets read that, too
    CHECK(list(style, {a_row("T-1", text, 1)}).starts_with("'"));
  }
  CHECK_FALSE(is_marked_formula("'quoted'"));
  CHECK_FALSE(is_marked_formula("=1"));
  CHECK_FALSE(is_marked_formula("''"));
  Style style = style_of(Format::csv, {"title", "count"});
  style.csv_safe = true;
  CHECK(list(style, {a_row("T-1", "=HYPERLINK(\"x\")", -5)}) == "title,count\r\n\"'=HYPERLINK(\"\"x\"\")\",-5\r\n");
}

TEST_CASE("what an import would take for a mark gets one, when it is to come back") {
  Style style = style_of(Format::csv, {"title"});
  style.header = false;
  style.csv_returns = true;
  CHECK(list(style, {a_row("T-1", "=1", 1), a_row("T-1", "'=1", 1), a_row("T-1", "'x'", 1)}) ==
        "=1\r\n''=1\r\n'x'\r\n");
}

TEST_CASE("CSV as spreadsheets write it") {
  auto const title = [](std::string const& text) { return read(text, InputFormat::csv, 3); };
  std::vector<std::string> const wanted{"{\"number\":\"T-1\",\"title\":\"a, b\"}"};
  CHECK(title("number;title\nT-1;a, b\n") == wanted);
  CHECK(title("number\ttitle\nT-1\ta, b\n") == wanted);
  CHECK(title("number|title\nT-1|\"a, b\"\n") == wanted);
  CHECK(title("sep=;\r\nnumber;title\r\nT-1;a, b\r\n") == wanted);
  CHECK(title("SEP=,\nnumber,title\nT-1,\"a, b\"\n") == wanted);
  CHECK(title("number,title\rT-1,\"a, b\"\r") == wanted);
  CHECK(title("number;title;;\nT-1;a, b;;\n;;;\n\n") == wanted);
  CHECK(title("number,title,\nT-1,\"a, b\"\n,\n") == wanted);
  // A comma is the delimiter wherever it is one; a semicolon then is a text.
  CHECK(title("number,title;x\n1,2\n") == std::vector<std::string>{"{\"number\":\"1\",\"title;x\":\"2\"}"});
  CHECK(title("title;x\n1;2\n") == std::vector<std::string>{"{\"title\":\"1\",\"x\":\"2\"}"});
  auto const reader = record_reader(bytes_of("a;b\n1;2\n", 3), InputFormat::csv, "in", {kLongestRecord, ','});
  CHECK(umsops::base::to_json(reader->next()->object) == "{\"a;b\":\"1;2\"}");
  auto const unnamed = record_reader(bytes_of("a,\n1,2\n", 3), InputFormat::csv, "in");
  CHECK(unnamed->next()->error->message() == "not acceptable CSV: a text in column 2, which has no name");
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
