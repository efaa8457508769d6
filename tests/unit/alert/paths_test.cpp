// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "alert/walk.hpp"
#include "umsops/base/json.hpp"

using namespace umsops;
using namespace umsops::alert;

namespace {

std::string problem_of(std::string_view text) {
  Path path;
  return parse_path(text, path);
}

std::string problem_of_template(std::string_view text) {
  Template out;
  return parse_template(text, out);
}

/// What the template becomes on this body; `-` where it is absent.
std::string filled(std::string_view text, std::string_view json) {
  Template out;
  REQUIRE(parse_template(text, out) == "");
  auto const body = base::parse_json(json);
  std::string found;
  return fill(out, Scope{&body, &body, &body}, found) ? found : "-";
}

}  // namespace

TEST_CASE("a path names members, items and all items") {
  CHECK(filled("{a.b}", R"({"a":{"b":1}})") == "1");
  CHECK(filled("{\"a.b\".c}", R"({"a.b":{"c":"x"}})") == "x");
  CHECK(filled("{a.\"x} |y\"}", R"({"a":{"x} |y":"z"}})") == "z");
  CHECK(filled("{a[1].b}", R"({"a":[{"b":1},{"b":2}]})") == "2");
  CHECK(filled("{a[-1]}", R"({"a":["x","y"]})") == "y");
  CHECK(filled("{a[5]}", R"({"a":["x","y"]})") == "-");
  CHECK(filled("{a[].b}", R"({"a":[{"b":"x"},{"c":1},{"b":null},{"b":"y"}]})") == "x, y");
  CHECK(filled("{$.a}", R"({"a":true})") == "true");
  CHECK(filled("{extract.a}", R"({"a":"found"})") == "found");
}

TEST_CASE("a text is absent where one of its values is null or empty") {
  CHECK(filled("x {a} y", R"({"a":0})") == "x 0 y");
  for (auto const* json : {R"({})", R"({"a":null})", R"({"a":""})", R"({"a":{}})", R"({"a":[]})"}) {
    CHECK(filled("x {a} y", json) == "-");
  }
  CHECK(filled("{{{a}}}", R"({"a":1})") == "{1}");
  CHECK(filled("{a|lower}", R"({"a":"ABC"})") == "abc");
  CHECK(filled("{a|first_line}", R"({"a":"one\ntwo"})") == "one");
  CHECK(filled("{a}", R"({"a":{"b":[1,"x"]}})") == R"({"b":[1,"x"]})");
}

TEST_CASE("a fingerprint is Alertmanager's: FNV-1a over sorted names and values") {
  CHECK(filled("{a|fingerprint}", R"({"a":{"alertname":"X","job":"y"}})") ==
        filled("{a|fingerprint}", R"({"a":{"job":"y","alertname":"X"}})"));
  CHECK(filled("{a|fingerprint}", R"({"a":{"a":"b"}})").size() == 16);
  CHECK(filled("{a|fingerprint}", R"({"a":{"a":"b"}})") != filled("{a|fingerprint}", R"({"a":{"ab":""}})"));
  CHECK(filled("{a|fingerprint}", R"({"a":{}})") == "-");
}

TEST_CASE("what is no path or text is said") {
  CHECK(problem_of("") == "an empty path");
  CHECK(problem_of("a..b") == "a name is missing in the path");
  CHECK(problem_of("a.") == "a path ends in a dot");
  CHECK(problem_of("a[x]") == "brackets hold a number, or nothing for all");
  CHECK(problem_of("a[") == "a bracket is not closed");
  CHECK(problem_of("\"a") == "a quote is not closed");
  CHECK(problem_of("extract.a.b") == "extract takes one name: extract.host");
  CHECK(problem_of(std::string(301, 'a')) == "a path has at most 300 bytes");
  CHECK(problem_of("a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a") == "a path has at most 16 steps");
  CHECK(problem_of_template("{a") == "a brace is not closed; write {{ for the character");
  CHECK(problem_of_template("a}") == "a brace that was not opened; write }} for the character");
  CHECK(problem_of_template("{a|upper}") == "a filter is one of lower, first_line, fingerprint, list");
  CHECK(problem_of_template("") == "an empty text");
}
