// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <cmath>

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
  CHECK_FALSE(std::signbit(real("-1e-400")));  // too small: nothing, without a sign
  CHECK(std::signbit(real("-0.0")));
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
                                         {"01", 1, 2},
                                         {"\xEF\xBB\xBF\xEF\xBB\xBF{}", 1, 0},  // one mark may be, not two
                                         {"\"\\ude00\"", 1, 2},
                                         {"[1e2,1e999 ]", 1, 6},
                                         {"[12,-9223372036854775809]", 1, 5},
                                         {"9223372036854775808", 1, 1},
                                         {std::string(400, '9'), 1, 1},
                                         {"{\"k\":1,\n \"k\":2}", 2, 5},  // behind the name
                                         {"[1 \"x\"]", 1, 4},
                                         {"[1 true]", 1, 4},
                                         {"[1 }", 1, 4},
                                         {"{\"a\" 1}", 1, 6},
                                         {"{1:2}", 1, 2},
                                         {"[\"a\\x\"]", 1, 4},
                                         {std::string(64, '[') + "[", 1, 65}}) {
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

TEST_CASE("what is wrong with a JSON text, in a few words") {
  auto const problem = [](std::string const& text) -> std::string {
    try {
      parse_json(text);
    } catch (Error const& error) {
      return error.message().substr(std::string("not acceptable JSON: ").size());
    }
    return "nothing";
  };
  CHECK(problem("") == "the text is empty");
  CHECK(problem("\n ") == "the text is empty");
  CHECK(problem("1 2") == "text after the value");
  CHECK(problem("1 x") == "text after the value");
  CHECK(problem(std::string("1\0x", 3)) == "NUL");
  CHECK(problem("[1") == "Missing a comma or ']' after an array element");
  CHECK(problem("{\"a\":1") == "Missing a comma or '}' after an object member");
  CHECK(problem("{\"a\"") == "Missing a colon after the name of an object member");
  CHECK(problem("{a") == "Missing a name for object member");
  CHECK(problem("[\"; expected end of input\", x") == "Invalid value");
  CHECK(problem("[\"parsing array \"") == "Missing a comma or ']' after an array element");
  CHECK(problem("\"a") == "a string is not closed");
  CHECK(problem("\"\\x\"") == "unknown escape in a string");
  CHECK(problem("\"\\u12\"") == "\\u without four hex digits");
  CHECK(problem("\"\\ud800x\"") == "half of a surrogate pair in a string");
  CHECK(problem("\"\t\"") == "a control character in a string; write it as an escape");
  CHECK(problem("[1.]") == "a digit is missing in a number");
  CHECK(problem("1e999") == "number out of range");
  CHECK(problem("99999999999999999999") == "integer out of range");
  CHECK(problem("\"\xff\"") == "invalid UTF-8");
  CHECK(problem("[[1,2],\n\"\xff\"") == "invalid UTF-8");
}
