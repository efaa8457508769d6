// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"
#include "format/record_block.hpp"
#include "umsops/base/cells.hpp"

using namespace umsops::tests;
using umsops::format::wrap_cells;

TEST_CASE("one record as JSON") {
  Row const row = a_row("T-1", "x", 1);
  CHECK(record(style_of(Format::json, {"title"}), row, {{"result", "created"}}, {{"more", 1}}) ==
        "{\"schema\":\"test.one/v1\",\"result\":\"created\",\"title\":\"x\",\"more\":1}\n");
  CHECK(record(style_of(Format::jsonl, {"title"}), row, {{"result", "created"}}, {{"more", 1}}) ==
        "{\"result\":\"created\",\"title\":\"x\",\"more\":1}\n");
}

TEST_CASE("one record for people") {
  Row row = a_row("T-1", "two\nlines\x1b", 1);
  row[3] = Value();
  CHECK(record(style_of(Format::table), row, {}, {{"why", Value::List{"a", "b\nc"}}, {"none", Value::List{}}}) ==
        "NUMBER      T-1\n"
        "TITLE       two\n"
        "            lines\\x1B\n"
        "COUNT       1\n"
        "AT (UTC)    2023-11-14 22:13\n"
        "ATTRIBUTES  host=db01\n"
        "why         a\n"
        "            b\n"
        "            c\n");
}

TEST_CASE("one record as CSV, Markdown, shell and id") {
  Row row = a_row("T-1", "a|b", 1);
  row[2] = Value();
  CHECK(record(style_of(Format::csv, {"number", "attributes"}), row) ==
        "number,attributes\r\nT-1,\"{\"\"host\"\":\"\"db01\"\"}\"\r\n");
  CHECK(record(style_of(Format::md, {"number", "title", "count"}), row, {{"result", "created"}}) ==
        "| field | value |\n| --- | --- |\n| result | created |\n| number | T-1 |\n| title | a\\|b |\n");
  CHECK(record(style_of(Format::env, {"number", "count"}), row, {{"dry_run", false}}) ==
        "dry_run='false'\nnumber='T-1'\ncount=''\n");
  CHECK(record(style_of(Format::id), row) == "T-1\n");
}

TEST_CASE("labels that a caller asked for are safe too") {
  std::string const text = record(style_of(Format::table, {"attributes.host"}), a_row("T-1", "x", 1));
  CHECK(text == "ATTRIBUTES.HOST  db01\n");
  Row row = a_row("T-1", "x", 1);
  row[5] = Value::Object{{"\x1b[2J", "y"}};
  CHECK(record(style_of(Format::table, {"attributes.\x1b[2J"}), row).find('\x1b') == std::string::npos);
}

TEST_CASE("long text is wrapped on a terminal only") {
  Style style = style_of(Format::table, {"title"});
  style.width = 40;
  std::string words;
  for (int i = 0; i < 40; ++i) words += "word" + std::to_string(i) + " ";
  Row const row = a_row("T-1", words, 1);
  CHECK(record(style, row) == "TITLE  " + words + "\n");
  style.terminal = true;
  std::string const text = record(style, row);
  for (std::size_t begin = 0, end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    CHECK(umsops::base::cell_width(text.substr(begin, end - begin)) <= 40);
  }
  std::string joined;
  for (char const c : text) joined += c == '\n' ? ' ' : c;
  for (int i = 0; i < 40; ++i) CHECK_THAT(joined, Catch::Contains(" word" + std::to_string(i) + " "));
}

TEST_CASE("where a line may be broken") {
  using Lines = std::vector<std::string>;
  CHECK(wrap_cells("", 10, 1) == Lines{""});
  CHECK(wrap_cells("one two three", 8, 1) == Lines{"one two", "three"});
  CHECK(wrap_cells("abcdefghij", 4, 1) == Lines{"abcd", "efgh", "ij"});
  CHECK(wrap_cells("无法登录系统", 5, 1) == Lines{"无法", "登录", "系统"});
  CHECK(wrap_cells("LDAP认证失败", 8, 1) == Lines{"LDAP认证", "失败"});
  CHECK(wrap_cells("e\u0301e\u0301e\u0301", 2, 1) == Lines{"e\u0301e\u0301", "e\u0301"});
  CHECK(wrap_cells("👩‍👩‍👧👩‍👩‍👧", 3, 1) == Lines{"👩‍👩‍👧", "👩‍👩‍👧"});
  CHECK(wrap_cells("🇨🇳🇨🇳", 3, 1) == Lines{"🇨🇳", "🇨🇳"});
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    std::string line = hostile(random);
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::string all;
    for (auto const& part : wrap_cells(line, 5, 1)) all += part;
    std::erase(all, ' ');
    std::erase(line, ' ');
    CHECK(all == line);
  }
}
