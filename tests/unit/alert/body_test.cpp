// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/alert/event.hpp"
#include "umsops/alert/reader.hpp"
#include "umsops/base/json.hpp"

using namespace umsops;

namespace {

std::string read(std::string_view text) { return base::to_json(alert::read_body(text, "-")); }

std::string thrown(std::string_view text) {
  try {
    alert::read_body(text, "in.json");
  } catch (base::Error const& error) {
    return std::string(error.code().code) + " " + std::to_string(error.spot().line) + ":" +
           std::to_string(error.spot().column);
  }
  return "";
}

}  // namespace

TEST_CASE("a body is JSON, or a form") {
  CHECK(read("{\"a\":1}\n") == R"({"a":1})");
  CHECK(read("a=b+c%20d&e=%e4%b8%ad&a=again") == R"({"a":"b c d","e":"中"})");
  CHECK(read("payload=%7B%22a%22%3A1%7D&x=y") == R"({"a":1})");
  CHECK(read("a=%zz%4") == R"({"a":"%zz%4"})");
}

TEST_CASE("integers that 64 bits do not hold are texts") {
  CHECK(read(R"({"groupKey":43434343434343434343,"n":9223372036854775808,"m":9223372036854775807})") ==
        R"({"groupKey":"43434343434343434343","n":"9223372036854775808","m":9223372036854775807})");
}

TEST_CASE("broken bodies are refused, with the place") {
  CHECK(thrown("{\"a\":\n  }") == "json.invalid 2:3");
  CHECK(thrown("") == "json.invalid 1:1");
  CHECK(thrown(std::string(100, '[')) == "json.invalid 1:65");
  CHECK(thrown("\"a\":1}") == "json.invalid 1:4");
  CHECK(thrown(std::string(alert::kLargestBody + 1, ' ')) == "input.too_large 0:0");
}
