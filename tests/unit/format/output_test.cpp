// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <memory>
#include <random>
#include <set>

#include "umsops/base/cells.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/format/output.hpp"
#include "umsops/format/reader.hpp"

using namespace umsops::format;
using umsops::base::Field;
using umsops::base::FieldType;
using umsops::base::Row;
using umsops::base::Value;

namespace {

class Text final : public Sink {
 public:
  void write(std::string_view bytes) override { text += bytes; }
  void flush() override {}
  std::string text;
};

constexpr unsigned kShown = umsops::base::kInTable | umsops::base::kInWide;
constexpr Field kFields[] = {{"number", FieldType::text, "", kShown, "", "", "编号"},
                             {"title", FieldType::text, "", kShown, "", "", "标题"},
                             {"count", FieldType::integer, "", kShown, "", "", "数量"},
                             {"at", FieldType::time, "", umsops::base::kInWide, "", "", "时间"},
                             {"attributes", FieldType::object, "", 0, "", "", "属性"}};

Row a_row(std::string number, std::string title, int count) {
  return {number, title, count, umsops::base::TimePoint(umsops::base::Milliseconds(1'700'000'000'000)),
          Value::Object{{"host", "db01"}}};
}

std::string list(Style const& style, std::vector<Row> const& rows, Closing const& closing = {}) {
  Text sink;
  auto const writer = list_writer(sink, style, "test.list/v1", "thing", kFields);
  for (auto const& row : rows) writer->row(row);
  writer->end(closing);
  return sink.text;
}

Style style_of(Format format, std::vector<std::string> fields = {}) {
  Style style;
  style.format = format;
  style.fields = std::move(fields);
  style.id_field = "number";
  return style;
}

std::string hostile(std::mt19937& random) {
  static char const* const kPieces[] = {"'", "\"", "\\", "\n", "$(x)", "`id`", ",", "\t", "中文", "😀", " ", "=1", "-", "#", ": ", "!", "|", "a"};
  std::string out;
  for (unsigned n = random() % 10; n > 0; --n) out += kPieces[random() % std::size(kPieces)];
  return out;
}

std::vector<Value> read_back(std::string const& text, InputFormat format) {
  std::size_t at = 0;
  auto const reader = record_reader(
      [&](char* into, std::size_t most) {
        std::size_t const n = std::min({most, text.size() - at, std::size_t{7}});  // small pieces: buffers must not matter
        std::copy_n(text.data() + at, n, into);
        at += n;
        return n;
      },
      format, "back");
  std::vector<Value> out;
  while (auto record = reader->next()) {
    if (record->error) FAIL(record->error->what() << " in " << text);
    out.push_back(record->object);
  }
  return out;
}

}  // namespace

TEST_CASE("the JSON envelope and bare lines") {
  std::vector<Row> const rows{a_row("T-1", "磁盘", 2), a_row("T-2", "b", 3)};
  CHECK(list(style_of(Format::json, {"title", "attributes.host"}), rows) ==
        "{\"schema\":\"test.list/v1\",\"items\":[{\"title\":\"磁盘\",\"attributes.host\":\"db01\"},"
        "{\"title\":\"b\",\"attributes.host\":\"db01\"}],\"count\":2,\"truncated\":false,\"next\":null}\n");
  CHECK(list(style_of(Format::json), {}, {true, "abc", {{"n", 5}}}) ==
        "{\"schema\":\"test.list/v1\",\"items\":[],\"count\":0,\"truncated\":true,\"next\":\"abc\",\"n\":5}\n");
  CHECK(list(style_of(Format::jsonl, {"number"}), rows) == "{\"number\":\"T-1\"}\n{\"number\":\"T-2\"}\n");
  CHECK(list(style_of(Format::id), rows) == "T-1\nT-2\n");
}

TEST_CASE("tables are aligned in display cells") {
  std::vector<Row> const rows{a_row("T-1", "磁盘空间不足 😀", 2), a_row("T-22", "e\u0301 plain", 1234), a_row("T-3", "\x1b]52;x\n", 7)};
  for (int ambiguous : {1, 2}) {
    Style style = style_of(Format::wide);
    style.ambiguous_width = ambiguous;
    std::string const text = list(style, rows);
    CHECK(text.find('\x1b') == std::string::npos);
    // Every line but the last column's end is equally wide up to the number column.
    std::size_t begin = 0, lines = 0;
    std::set<std::size_t> ends;
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
      ends.insert(umsops::base::cell_width(text.substr(begin, end - begin), ambiguous));
      begin = end + 1;
      ++lines;
    }
    CHECK(lines == 4);
    CHECK(ends.size() == 2);  // the header names the zone, the rows are alike
  }
  CHECK(list(style_of(Format::table), {}).empty());
  Style narrow = style_of(Format::table);
  narrow.terminal = true;
  narrow.width = 30;
  std::string const cut = list(narrow, {a_row("T-1", std::string(200, 'x'), 1)});
  CHECK(cut.find("…") != std::string::npos);
  CHECK(umsops::base::cell_width(cut.substr(cut.find('\n') + 1, cut.size() - cut.find('\n') - 2)) <= 30);
  Style chinese = style_of(Format::table);
  chinese.language = umsops::base::Language::zh;
  CHECK(list(chinese, rows).starts_with("编号"));
}

TEST_CASE("unknown fields are refused with the nearest match") {
  CHECK_THROWS_WITH(list(style_of(Format::csv, {"titel"}), {}), Catch::Contains("titel"));
  CHECK_THROWS(list(style_of(Format::csv, {"title.x"}), {}));
}

TEST_CASE("CSV and TSV give back what they were given") {
  std::mt19937 random(42);
  for (int round = 0; round < 500; ++round) {
    std::vector<Row> rows;
    for (unsigned n = 1 + random() % 3; n > 0; --n) rows.push_back(a_row("T-" + std::to_string(n), hostile(random), 5));
    for (auto const format : {Format::csv, Format::tsv}) {
      auto const back = read_back(list(style_of(format, {"number", "title"}), rows),
                                  format == Format::csv ? InputFormat::csv : InputFormat::tsv);
      REQUIRE(back.size() == rows.size());
      for (std::size_t i = 0; i < rows.size(); ++i) CHECK(back[i].find("title")->text() == rows[i][1].text());
    }
  }
}

TEST_CASE("cells that a spreadsheet would run are marked on request") {
  for (auto const* text : {"=1+1", "+1", "-1", "@x", "\tx", "＝1"}) {
    CHECK(csv_cell(text, true).find('\'') != std::string::npos);
    CHECK(csv_cell(text, false).find('\'') == std::string::npos);
  }
  CHECK(csv_cell("a,\"b\"", false) == "\"a,\"\"b\"\"\"");
}

TEST_CASE("env output survives a shell's eval") {
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) {
    std::string const title = hostile(random) + "x";  // $(...) drops trailing newlines
    std::string const script = list(style_of(Format::env, {"title", "attributes.host"}), {a_row("T-1", title, 1)}) +
                               "printf %s \"$title|$attributes_host\"";
    auto const file = std::tmpnam(nullptr);
    std::ofstream(file) << script;
    std::string const command = std::string("/bin/sh ") + file + " > " + file + ".out";
    REQUIRE(std::system(command.c_str()) == 0);
    std::ifstream in(std::string(file) + ".out");
    std::string const got((std::istreambuf_iterator<char>(in)), {});
    CHECK(got == title + "|db01");
    std::remove(file);
    std::remove((std::string(file) + ".out").c_str());
  }
}

TEST_CASE("YAML quotes whatever could be read as anything else") {
  std::string const text = list(style_of(Format::yaml, {"title"}), {a_row("T-1", "no", 1), a_row("T-2", "0123", 1), a_row("T-3", "plain", 1)});
  CHECK_THAT(text, Catch::Contains("- title: \"no\"") && Catch::Contains("- title: \"0123\"") && Catch::Contains("- title: plain\n"));
}

TEST_CASE("Markdown shows text as it is") {
  std::string const text = list(style_of(Format::md, {"title"}), {a_row("T-1", "a|b <script> `x` *y*\nz", 1)});
  CHECK_THAT(text, Catch::Contains("a\\|b &lt;script&gt; \\`x\\` \\*y\\*<br>z"));
}

TEST_CASE("one record") {
  Text sink;
  write_record(sink, style_of(Format::json, {"title"}), "test.one/v1", "thing", kFields, a_row("T-1", "x", 1),
               {{"result", "created"}}, {{"more", 1}});
  CHECK(sink.text == "{\"schema\":\"test.one/v1\",\"result\":\"created\",\"title\":\"x\",\"more\":1}\n");
  Text block;
  write_record(block, style_of(Format::table), "test.one/v1", "thing", kFields, a_row("T-1", "two\nlines\x1b", 1));
  CHECK_THAT(block.text, Catch::Contains("NUMBER") && Catch::Contains("lines\\x1B") && !Catch::Contains("\x1b"));
}
