// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/yaml.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "unit/config/scratch.hpp"

using namespace umsops;
using config::Node;
using config::parse_yaml;
using tests::thrown;

TEST_CASE("a document becomes nodes with their places") {
  Node const root = parse_yaml("title: 无法登录\nlist: [a, '引', \"q\"]\nnone:\nmap: {k: v}\n", "f.yaml");
  REQUIRE(root.kind == Node::Kind::map);
  CHECK(root.spot.file() == "f.yaml");
  CHECK(config::text_of(*root.find("title")) == "无法登录");
  Node const& list = *root.find("list");
  REQUIRE(list.items.size() == 3);
  CHECK(list.spot.line == 2);
  CHECK(list.spot.column == 7);
  CHECK_FALSE(list.items[0].quoted);
  CHECK(list.items[1].quoted);
  CHECK(list.items[2].spot.column == 16);  // in code points, not in bytes
  CHECK(root.find("none")->kind == Node::Kind::null);
  CHECK(root.find("map")->members[0].first.spot.column == 7);
  CHECK(root.find("absent") == nullptr);
}

TEST_CASE("empty files, marks, line ends and comments") {
  CHECK(parse_yaml("", "f").kind == Node::Kind::null);
  CHECK(parse_yaml("\n\n# only a comment\n", "f").kind == Node::Kind::null);
  CHECK(parse_yaml("---\na: 1\n...\n", "f").members.size() == 1);
  Node const marked = parse_yaml(
      "\xEF\xBB\xBF"
      "a: 1\r\nb: 2\r\n",
      "f");
  CHECK(marked.find("a")->spot.column == 4);
  CHECK(marked.find("b")->scalar == "2");
  CHECK(parse_yaml("a: |\n  one\n  two\n", "f").find("a")->scalar == "one\ntwo\n");
  CHECK(parse_yaml("a: |\n  one\nb: |\n  one", "f").find("b")->scalar == "one\n");
  CHECK(parse_yaml("a: >-\n  one\n  two\n\n\n", "f").find("a")->scalar == "one two");
}

TEST_CASE("scalars stay as written") {
  Node const root = parse_yaml("[no, 0123, 1e3, 0x1F, +5, ~, null, 'null', \"\\u7d27\"]", "f");
  CHECK(root.items[0].scalar == "no");
  CHECK(root.items[1].scalar == "0123");
  CHECK(root.items[2].scalar == "1e3");
  CHECK(root.items[5].kind == Node::Kind::null);
  CHECK(root.items[6].kind == Node::Kind::null);
  CHECK(root.items[7].kind == Node::Kind::scalar);
  CHECK(root.items[8].scalar == "紧");
}

TEST_CASE("typed readers accept one spelling only") {
  Node const root = parse_yaml("[5, 010, 0x1F, +5, '5', true, yes, 'true', -3, 0.6, nan]", "f");
  CHECK(config::integer_of(root.items[0], 0, 10) == 5);
  for (std::size_t const i : {std::size_t{2}, std::size_t{3}, std::size_t{4}, std::size_t{5}}) {
    CHECK(thrown([&] { config::integer_of(root.items[i], 0, 100); }).starts_with("config.invalid 1:"));
  }
  CHECK(thrown([&] { config::integer_of(root.items[0], 6, 10); }) ==
        "config.invalid 1:2 expected a whole number from 6 to 10, found \"5\"");
  CHECK(config::boolean_of(root.items[5]));
  CHECK(thrown([&] { config::boolean_of(root.items[6]); }) ==
        "config.invalid 1:31 expected true or false, found \"yes\"");
  CHECK_FALSE(thrown([&] { config::boolean_of(root.items[7]); }).empty());
  CHECK(config::integer_of(root.items[8], -5, 5) == -3);
  CHECK(config::decimal_of(root.items[9]) == Approx(0.6));
  CHECK_FALSE(thrown([&] { config::decimal_of(root.items[10]); }).empty());
  CHECK_FALSE(thrown([&] { config::text_of(root); }).empty());
  CHECK(config::texts_of(root.items[0]) == std::vector<std::string>{"5"});
  CHECK(thrown([] { config::texts_of(parse_yaml("{a: [x, [y]]}", "f").members[0].second); }) ==
        "config.invalid 1:9 expected a text, found a list");
}

TEST_CASE("unknown keys name the nearest") {
  Node const root = parse_yaml("title: x\n\npriorty: y\n", "f.yaml");
  try {
    config::require_keys(root, {"title", "priority"});
    FAIL("accepted");
  } catch (base::Error const& error) {
    CHECK(error.code().code == "config.invalid");
    CHECK(error.message() == "unknown key \"priorty\"");
    CHECK(error.hint() == "did you mean priority?");
    CHECK(error.spot().line == 3);
    REQUIRE(error.details().size() == 1);
    CHECK(error.details()[0].find("suggestion")->text() == "priority");
  }
}

TEST_CASE("files: regular ones of bounded size") {
  tests::Scratch const scratch;
  CHECK(config::read_file(scratch.write("a", "text")) == "text");
  CHECK(thrown([&] { config::read_file(scratch.path("absent")); }).starts_with("file.unreadable "));
  CHECK(thrown([&] { config::read_file(scratch.path()); }).starts_with("file.unreadable "));
  CHECK(thrown([&] { config::read_file("/dev/zero"); }).starts_with("file.unreadable "));
  CHECK(thrown([&] { config::read_file(scratch.path("a"), 3); }).starts_with("input.too_large "));
  REQUIRE(::mkfifo(scratch.path("pipe").c_str(), 0600) == 0);
  CHECK(thrown([&] { config::read_file(scratch.path("pipe")); }).starts_with("file.unreadable "));
}
