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
  // Side by side they have no place: they stand below each other.
  CHECK(list(style, {a_row("T-1", std::string(30, 'x'), 123456789)}) ==
        "TITLE  xxxxxxxxxxxxxxxxxxxx\n"
        "       xxxxxxxxxx\n"
        "AT     2023-11-14 19:13\n"
        "COUNT  123456789\n"
        "LEVEL  HIGH\n");
  style.width = 50;
  std::string const row = lines_of(list(style, {a_row("T-1", std::string(80, 'x'), 123456789)})).at(1);
  CHECK_THAT(row, Catch::Contains("~  2023-11-14 19:13  123456789  HIGH"));
}

namespace {

/// As a desk's list has them: a number, a title, people and times, words of ours, and a text below.
constexpr std::string_view kLevels[] = {"LOW", "CRITICAL"};
constexpr Field kDesk[] = {{"thing_number", FieldType::text, "", kShown, "", "", "编号"},
                           {"title", FieldType::text, "", kShown, "", "", "标题"},
                           {"assignee_id", FieldType::text, "", kShown, "", "", "处理人"},
                           {"subcategory", FieldType::text, "", kShown, "", "", "子类别"},
                           {"priority", FieldType::choice, "", kShown, "", "", "优先级", kLevels},
                           {"response_time_minutes", FieldType::integer, "", kShown, "", "", "响应分钟"},
                           {"created_at", FieldType::time, "", kShown, "", "", "创建时间"},
                           {"due_at", FieldType::time, "", kShown | umsops::base::kAhead, "", "", "截止时间"},
                           {"why", FieldType::block, "", kShown, "", "", "原因"}};

std::string desk_list(Style const& style, bool with_category = true) {
  Text sink;
  auto const writer = umsops::format::list_writer(sink, style, "s", "thing", kDesk);
  umsops::base::TimePoint const at{umsops::base::Milliseconds{1'700'000'000'000}};
  writer->row({"T-000001", "VPN drops every ten minutes since the update", "wang.fang",
               with_category ? Value("网络接入") : Value(), "CRITICAL", std::int64_t{12}, at, at, "due 12.0; age 0.1"});
  writer->row({"T-000002", "用户无法登录统一认证平台，紧急处理", Value(), Value(), "LOW", Value(), at, at, Value()});
  writer->end({});
  return sink.text;
}

}  // namespace

TEST_CASE("no line is wider than the terminal, and what has no place is named") {
  for (int width = 40; width <= 220; ++width) {
    for (auto const language : {umsops::base::Language::en, umsops::base::Language::zh}) {
      for (int const ambiguous : {1, 2}) {
        for (auto const& fields :
             {std::vector<std::string>{}, {"thing_number", "title", "due_at", "created_at", "priority"}}) {
          Style style = on_terminal(width, fields);
          style.language = language;
          style.ambiguous_width = ambiguous;
          auto const text = desk_list(style);
          for (auto const& line : lines_of(text)) {
            CAPTURE(width, line);
            CHECK(umsops::base::cell_width(line, ambiguous) <= static_cast<std::size_t>(width));
          }
          CHECK_THAT(text, Catch::Contains("T-000001") && Catch::Contains("T-000002") && !Catch::Contains("…"));
        }
      }
    }
  }
}

TEST_CASE("a desk's list at the usual widths") {
  CHECK(desk_list(on_terminal(60), false) ==
        "NUMBER    TITLE                   PRIORITY  DUE\n"
        "T-000001  VPN drops every ten m~  CRITICAL  2023-11-14 22:13\n"
        "    due 12.0; age 0.1\n"
        "T-000002  用户无法登录统一认证~   LOW       2023-11-14 22:13\n"
        "times: UTC; not shown: ASSIGNEE, RESPONSE_TIME_MINUTES,\n"
        "CREATED (-o wide)\n");
  CHECK(desk_list(on_terminal(80), false) ==
        "                                                      RESPONSE\n"
        "                                                          TIME\n"
        "NUMBER    TITLE                             PRIORITY   MINUTES  DUE\n"
        "T-000001  VPN drops every ten minutes sin~  CRITICAL        12  2023-11-14 22:13\n"
        "    due 12.0; age 0.1\n"
        "T-000002  用户无法登录统一认证平台，紧急~   LOW                 2023-11-14 22:13\n"
        "times: UTC; not shown: ASSIGNEE, CREATED (-o wide)\n");
  // Wide enough, and each stands on one line, with all columns.
  CHECK(desk_list(on_terminal(200)).find("RESPONSE_TIME_MINUTES") != std::string::npos);
  CHECK(lines_of(desk_list(on_terminal(200))).size() == 5);
  Style zh = on_terminal(80);
  zh.language = umsops::base::Language::zh;
  CHECK(desk_list(zh) ==
        "                                        响应\n"
        "编号      标题                优先级    分钟  创建时间          截止时间\n"
        "T-000001  VPN drops every t~  CRITICAL    12  2023-11-14 22:13  2023-11-14 22:13\n"
        "    due 12.0; age 0.1\n"
        "T-000002  用户无法登录统一~   LOW             2023-11-14 22:13  2023-11-14 22:13\n"
        "时间：UTC；未显示：处理人、子类别（-o wide）\n");
  // Off a terminal, and in -o wide, nothing goes.
  Style wide = on_terminal(60);
  wide.format = Format::wide;
  CHECK_THAT(desk_list(wide),
             Catch::Contains("VPN drops every ten minutes since the update") && Catch::Contains("网络接入"));
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
