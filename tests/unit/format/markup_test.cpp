// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"
#include "umsops/config/yaml.hpp"

using namespace umsops::tests;
using umsops::config::Node;
using umsops::config::parse_yaml;

TEST_CASE("YAML quotes whatever could be read as anything else") {
  for (auto const* text : {"no",   "Yes",  "OFF", "y",    "null", "~",  "0123", "1e3", "0x1F", "12:30:45", "2026-11-23",
                           ".inf", "a: b", "- a", "a #b", "",     " a", "a ",   "*a",  "&a",   "!a",       "%a",
                           "@a",   "`a",   "?",   "|",    ">",    "<<", "[",    "{",   "'",    "\"",       "\\"}) {
    CAPTURE(text);
    std::string const yaml = list(style_of(Format::yaml, {"title"}), {a_row("T-1", text, 1)});
    Node const node = parse_yaml(yaml, "y");
    Node const& title = *node.find("items")->items.at(0).find("title");
    CHECK(title.quoted);
    CHECK(title.scalar == text);
  }
  CHECK_THAT(list(style_of(Format::yaml, {"title"}), {a_row("T-1", "plain", 1)}), Catch::Contains("- title: plain\n"));
}

TEST_CASE("the strict reader takes our YAML back") {
  std::mt19937 random(5);
  for (int round = 0; round < 400; ++round) {
    std::string const title = hostile(random);
    Row row = a_row("T-1", title, 1);
    row[5] = Value::Object{{"host", title}, {"x: y", "z"}};
    std::string const yaml = list(style_of(Format::yaml), {row, row}, {true, "cursor", {{"n", 1}}});
    CAPTURE(yaml);
    Node const node = parse_yaml(yaml, "y");
    REQUIRE(node.find("items")->items.size() == 2);
    Node const& item = node.find("items")->items[1];
    CHECK(item.find("title")->scalar == title);
    CHECK(item.find("attributes")->find("host")->scalar == title);
    CHECK(item.find("attributes")->find("x: y")->scalar == "z");
    CHECK(node.find("truncated")->scalar == "true");
    CHECK(parse_yaml(record(style_of(Format::yaml), row), "y").find("title")->scalar == title);
  }
}

TEST_CASE("a YAML list says how it ends") {
  CHECK(list(style_of(Format::yaml, {"number", "count"}), {a_row("T-1", "x", 1)}) ==
        "schema: \"test.list/v1\"\nitems:\n  - number: T-1\n    count: 1\ncount: 1\ntruncated: false\nnext: null\n");
  CHECK(list(style_of(Format::yaml), {}) ==
        "schema: \"test.list/v1\"\nitems: []\ncount: 0\ntruncated: false\nnext: null\n");
}

TEST_CASE("Markdown shows text as it is") {
  CHECK(list(style_of(Format::md, {"title", "count"}), {a_row("T-1", "a|b <script> `x` *y*\nz", 1)}) ==
        "| title | count |\n| --- | ---: |\n| a\\|b &lt;script&gt; \\`x\\` \\*y\\*<br>z | 1 |\n");
  CHECK_THAT(list(style_of(Format::md, {"title"}), {a_row("T-1", "[a](javascript:x) ![i](y) &lt; $x$ \x1b", 1)}),
             Catch::Contains("\\[a\\](javascript:x) \\!\\[i\\](y) &amp;lt; \\$x\\$ \\\\x1B"));
}

TEST_CASE("no text opens markup or leaves its cell") {
  std::mt19937 random(9);
  for (int round = 0; round < 300; ++round) {
    std::string const text = list(style_of(Format::md, {"title"}), {a_row("T-1", hostile(random), 1)});
    std::string const cell = text.substr(text.rfind('\n', text.size() - 2) + 3);
    bool escaped = false;
    for (std::size_t i = 0; i + 3 < cell.size(); ++i) {
      if (!escaped) {
        CHECK_THAT(std::string(1, cell[i]), !Catch::Matches("[`*_|\\[]"));
        if (cell[i] == '<') CHECK(cell.substr(i, 4) == "<br>");
      }
      escaped = !escaped && cell[i] == '\\';
    }
  }
}
