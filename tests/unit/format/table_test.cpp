// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <set>

#include "fixture.hpp"
#include "umsops/base/cells.hpp"

using namespace umsops::tests;

namespace {

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> out;
  for (std::size_t begin = 0, end = text.find('\n'); end != std::string::npos;
       begin = end + 1, end = text.find('\n', begin)) {
    out.push_back(text.substr(begin, end - begin));
  }
  return out;
}

Style on_terminal(int width, std::vector<std::string> fields = {}) {
  Style style = style_of(Format::table, std::move(fields));
  style.terminal = true;
  style.width = width;
  return style;
}

}  // namespace

TEST_CASE("tables are aligned in display cells") {
  std::vector<Row> const rows{a_row("T-1", "磁盘空间不足 😀", 2), a_row("T-22", "e\u0301 plain ①", 1234),
                              a_row("T-3", "\x1b]52;x\n", 7)};
  for (int ambiguous : {1, 2}) {
    Style style = style_of(Format::wide, {"number", "title", "count"});
    style.ambiguous_width = ambiguous;
    std::string const text = list(style, rows);
    CHECK(text.find('\x1b') == std::string::npos);
    std::set<std::size_t> ends;
    for (auto const& line : lines_of(text)) ends.insert(umsops::base::cell_width(line, ambiguous));
    CHECK(lines_of(text).size() == 4);
    CHECK(ends.size() == 1);
  }
}

TEST_CASE("a table off a terminal is whole and plain") {
  CHECK(list(style_of(Format::table), {a_row("T-1", "disk", 2), a_row("T-12", "d", 12)}) ==
        "NUMBER  TITLE  COUNT\n"
        "T-1     disk       2\n"
        "T-12    d         12\n");
  std::string const text = list(style_of(Format::table), {a_row("T-1", std::string(500, 'x'), 2)});
  CHECK_THAT(text, Catch::Contains(std::string(500, 'x')) && !Catch::Contains("…"));
  CHECK(list(style_of(Format::table), {}).empty());
  CHECK(list(style_of(Format::wide), {}).empty());
}

TEST_CASE("times are local, and the heading names the zone") {
  Style style = style_of(Format::table, {"at"});
  style.zone = umsops::base::TimeZone::load("Asia/Shanghai");
  CHECK(list(style, {a_row("T-1", "x", 1)}) == "AT (Asia/Shanghai)\n2023-11-15 06:13\n");
}

TEST_CASE("headings in Chinese") {
  Style style = style_of(Format::table);
  style.language = umsops::base::Language::zh;
  std::string const text = list(style, {a_row("T-1", "忘记密码", 1)});
  CHECK(lines_of(text) == std::vector<std::string>{"编号  标题      数量", "T-1   忘记密码     1"});
  style.header = false;
  CHECK(list(style, {a_row("T-1", "忘记密码", 1)}) == "T-1  忘记密码  1\n");
}

TEST_CASE("on a terminal the text gives way") {
  for (int width : {30, 31, 40, 79}) {
    for (std::string const& title :
         {std::string(200, 'x'), std::string("磁盘").append(300, 'y'), std::string(3, 'z')}) {
      for (auto const& line :
           lines_of(list(on_terminal(width), {a_row("T-1", title, 1), a_row("T-2", "short", 123456)}))) {
        CAPTURE(width, line);
        CHECK(umsops::base::cell_width(line) <= static_cast<std::size_t>(width));
      }
    }
  }
  std::string const wide = list(on_terminal(300), {a_row("T-1", std::string(200, 'x'), 1)});
  CHECK_THAT(wide, !Catch::Contains("…"));
}

TEST_CASE("numbers, times and words of ours are never cut") {
  Style style = on_terminal(20, {"title", "at", "count", "level"});
  style.zone = umsops::base::TimeZone::load("America/Argentina/ComodRivadavia");
  std::string const text = list(style, {a_row("T-1", std::string(80, 'x'), 123456789)});
  std::string const row = lines_of(text).at(1);
  CHECK_THAT(row, Catch::Contains("2023-11-14 19:13  123456789  HIGH"));
}

TEST_CASE("several long columns give way together") {
  Field const fields[] = {{"a", FieldType::text, "", kShown, "", "", ""},
                          {"b", FieldType::text, "", kShown, "", "", ""}};
  Text sink;
  auto const writer = umsops::format::list_writer(sink, on_terminal(62), "s", "thing", fields);
  writer->row({std::string(300, 'a'), std::string(100, 'b')});
  writer->end({});
  auto const line = lines_of(sink.text).at(1);
  CHECK(std::count(line.begin(), line.end(), 'a') == 29);
  CHECK(std::count(line.begin(), line.end(), 'b') == 29);
}

TEST_CASE("colour is on words of ours only, and only when asked for") {
  Style style = style_of(Format::table, {"title", "level"});
  style.color = true;
  std::string const text = list(style, {a_row("T-1", "HIGH", 1)});
  CHECK(lines_of(text).at(0).starts_with("\x1b[1mTITLE\x1b[0m"));
  CHECK(lines_of(text).at(1) == "HIGH   \x1b[31mHIGH\x1b[0m");
  style.color = false;
  CHECK(list(style, {a_row("T-1", "HIGH", 1)}).find('\x1b') == std::string::npos);
}

TEST_CASE("hostile text in a table stays one line") {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    std::string const text = list(style_of(Format::table), {a_row("T-1", hostile(random) + "\x9b\r\x07", 1)});
    CHECK(lines_of(text).size() == 2);
    for (char const c : text) CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
    CHECK(text.find("\u202e") == std::string::npos);
  }
}
