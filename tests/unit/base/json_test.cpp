// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

using namespace umsops::base;

TEST_CASE("what is written is what was read") {
  for (std::string const text : {R"({"b":1,"a":[true,false,null,-5,1.5,"x"],"c":{}})", R"("\"\\\n\t\u0000é中😀")",
                                 "9223372036854775807", "-9223372036854775808", "[]", "1e+300", "0.1", "[[[]]]"}) {
    CAPTURE(text);
    if (text.find("u0000") == std::string::npos) CHECK(to_json(parse_json(text)) == text);
  }
  CHECK(to_json(Value(2.0)) == "2.0");
  CHECK(to_json(Value(TimePoint(Milliseconds(1'700'000'000'123)))) == "\"2023-11-14T22:13:20.123Z\"");
  CHECK(to_pretty_json(parse_json(R"({"a":[1],"b":{}})")) == "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}");
}

TEST_CASE("numbers of every form") {
  auto const real = [](char const* text) { return *parse_json(text).get_if<double>(); };
  CHECK(real("0e200") == 0);
  CHECK(real("-0.0") == 0);
  CHECK(real("1e-400") == 0);
  CHECK(real("0.00001e-330") == 0);
  CHECK(real("-12.5E+3") == -12500);
  CHECK(real("4.9406564584124654e-324") > 0);
  CHECK(*parse_json("-0").get_if<std::int64_t>() == 0);
  CHECK(to_json(parse_json("[-1,2.5,{\"a\":-3e1},0]")) == "[-1,2.5,{\"a\":-30.0},0]");
}

TEST_CASE("nothing raw reaches the reader of a JSON text") {
  CHECK(to_json(Value("\x1b]52;\x7f")) == R"("\u001b]52;\u007f")");
  CHECK(to_json(Value("a\u202eb\u2028c\u009bd")) == R"("a\u202eb\u2028c\u009bd")");
  CHECK(to_json(Value("bad \xff byte")) == R"("bad \ufffd byte")");
}

TEST_CASE("JSON that is refused, and where") {
  struct Case {
    std::string text;
    std::int64_t line, column;
  };
  std::string const deep(100'000, '[');
  for (Case const& c : std::vector<Case>{{"{\"a\":1,\"a\":2}", 1, 0},
                                         {"{\n  \"a\": 1,\n  \"b\" 2\n}", 3, 0},
                                         {deep, 1, 0},
                                         {"1 2", 1, 0},
                                         {"", 1, 0},
                                         {"{\"a\":9223372036854775808}", 1, 6},
                                         {"[18446744073709551616]", 1, 2},
                                         {"[123456789012345678901234567890]", 1, 2},
                                         {"1e400", 1, 0},
                                         {"[0.1e999]", 1, 2},
                                         {"[-0.001e400]", 1, 2},
                                         {std::string(400, '9') + ".5e-5", 1, 1},
                                         {"NaN", 1, 0},
                                         {"[1,]", 1, 0},
                                         {"\"\xff\"", 1, 0},
                                         {"\"\\ud800\"", 1, 0},
                                         {"\"a\xf2", 1, 3},  // ends inside a character
                                         {"\"\xc0\x80\"", 1, 2},
                                         {std::string("1\0", 2), 1, 2},
                                         {"'a'", 1, 0},
                                         {"{\"a\":\"tab\there\"}", 1, 0},
                                         {"01", 1, 0}}) {
    CAPTURE(c.text.substr(0, 60));
    try {
      parse_json(c.text, "in.json");
      FAIL("accepted");
    } catch (Error const& error) {
      CHECK(&error.code() == &errors::json_invalid);
      CHECK(error.spot().file == "in.json");
      CHECK(error.spot().line == c.line);
      if (c.column) CHECK(error.spot().column == c.column);
      CHECK(error.message().size() < 300);
    }
  }
  CHECK_THROWS_AS(parse_json(std::string(2 << 20, ' ') + "1"), Error);
  CHECK_NOTHROW(parse_json("\xEF\xBB\xBF{}"));
  CHECK(parse_json("[0.1234567890123456789012345]").get_if<Value::List>()->front().get_if<double>() != nullptr);
}
