// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace umsops::tests;
using Lines = std::vector<std::string>;

namespace {

/// Only `line:column code` of errors.
Lines places(std::string text, InputFormat format, std::size_t piece = 1 << 20) {
  Lines out = read(std::move(text), format, piece);
  for (auto& line : out) {
    if (line.starts_with('{')) continue;
    line = line.substr(0, line.find(' ', line.find(' ') + 1));
  }
  return out;
}

}  // namespace

TEST_CASE("JSON lines") {
  for (std::size_t piece : {1u, 7u, 1000u}) {
    CHECK(places("{\"a\":1}\n\n  \r\n{\"a\":2}", InputFormat::jsonl, piece) == Lines{R"({"a":1})", R"({"a":2})"});
    CHECK(places("\xEF\xBB\xBF{\"a\":1}\r\n", InputFormat::jsonl, piece) == Lines{R"({"a":1})"});
    CHECK(places("{\"a\":1}\n{\"a\":\n[1]\n{\"a\" 3}\n{\"a\":4}", InputFormat::jsonl, piece) ==
          Lines{R"({"a":1})", "2:6 json.invalid", "3:1 json.invalid", "4:6 json.invalid", R"({"a":4})"});
  }
  CHECK(places(std::string(2 << 20, ' ') + "\n{\"a\":3}\n", InputFormat::jsonl) ==
        Lines{"1:0 input.too_large", R"({"a":3})"});
  CHECK(places("{\"a\":1,\"a\":2}\n{\"b\":18446744073709551616}\n", InputFormat::jsonl).size() == 2);
}

TEST_CASE("line ends of other systems are one character, in members at any depth") {
  CHECK(read(R"({"a":"x\r\ny","b":[{"c":"\u000d\u000a\r"}]})", InputFormat::jsonl) ==
        Lines{R"({"a":"x\ny","b":[{"c":"\n\r"}]})"});
  CHECK(read(R"([{"a":"x\r\ny"}])", InputFormat::json) == Lines{R"({"a":"x\ny"})"});
}

TEST_CASE("bytes that are not UTF-8 are named by their place in the file") {
  auto const got = read("{\"a\":1}\n{\"a\":\"\xb1\xea\"}\n", InputFormat::jsonl);
  REQUIRE(got.size() == 2);
  CHECK_THAT(got[1], Catch::StartsWith("2:0 text.invalid") && Catch::Contains("at byte 14"));
  umsops::base::Error const error(umsops::base::errors::text_invalid);
  CHECK_THAT(error.hint(), Catch::Contains("--encoding"));
}

TEST_CASE("JSON lists, item by item") {
  for (std::size_t piece : {1u, 7u, 1000u}) {
    CAPTURE(piece);
    CHECK(places(" [ {\"a\":\"],}\\\"\\\\\"} ,\n {\"a\":[{}]} ] ", InputFormat::json, piece) ==
          Lines{R"({"a":"],}\"\\"})", R"({"a":[{}]})"});
    CHECK(places("[]", InputFormat::json, piece).empty());
    CHECK(places(R"({"schema":"x","items":[{"a":1}],"count":1,"next":null})", InputFormat::json, piece) ==
          Lines{R"({"a":1})"});
    CHECK(places("[{\"a\":1},\n  {\"a\" 2},5,{\"a\":3}]", InputFormat::json, piece) ==
          Lines{R"({"a":1})", "2:8 json.invalid", "2:11 json.invalid", R"({"a":3})"});
  }
}

TEST_CASE("a broken JSON list ends") {
  for (auto const* bad : {"[{\"a\":1}",
                          "[{\"a\":1} {\"a\":2}]",
                          "{\"x\":1",
                          "{\"x\":1} x",
                          "{\"x\":1,}",
                          "5",
                          "",
                          "[] x",
                          "[1",
                          "[{\"a\":1},]",
                          "[,]",
                          "[}",
                          "[\"",
                          "{",
                          "{\"items\"",
                          "{\"items\":[]",
                          "{\"items\":[],}",
                          "{\"items\":[],\"x\"}",
                          "{\"items\":[]} x",
                          "{\"items\":{}}",
                          "{\"items\":[],\"items\":[]}",
                          "{\"x\":nonsense,\"items\":[]}",
                          "{\"items\":[],\"x\":nonsense}",
                          "{x:1,\"items\":[]}"}) {
    CAPTURE(bad);
    auto const got = places(bad, InputFormat::json);
    REQUIRE(!got.empty());
    CHECK_THAT(got.back(), Catch::Contains("json.invalid"));
  }
  CHECK(read(std::string(100'000, '['), InputFormat::json).size() <= 2);
  CHECK(places("[\"" + std::string(2 << 20, 'x') + "\"]", InputFormat::json).back() == "1:0 input.too_large");
}

TEST_CASE("an item is an object, no deeper than 64") {
  CHECK(places("[[1]]", InputFormat::json) == Lines{"1:2 json.invalid"});
  std::string deep;
  for (int i = 0; i < 70; ++i) deep += "{\"a\":";
  CHECK(places("[" + deep + "1" + std::string(70, '}') + "]", InputFormat::json).size() == 1);
}

TEST_CASE("memory does not grow with the list") {
  std::size_t left = 200'000;
  auto const source = [&](char* into, std::size_t) -> std::size_t {
    if (left == 0) return 0;
    std::string const piece = left == 200'000 ? "[{\"a\":1}" : left == 1 ? "]" : ",{\"a\":1}";
    --left;
    std::copy(piece.begin(), piece.end(), into);
    return piece.size();
  };
  auto const reader = umsops::format::record_reader(source, InputFormat::json, "in");
  std::size_t count = 0, ahead = 0;
  while (auto next = reader->next()) {
    REQUIRE(!next->error);
    ++count;
    ahead = std::max(ahead, 200'000 - left - count);
  }
  CHECK(count == 199'999);
  CHECK(ahead < 10);
}

TEST_CASE("an input that is no record at all ends") {
  auto const endless = [](std::string piece) {
    return [piece = std::move(piece)](char* into, std::size_t most) {
      std::size_t size = 0;
      while (size + piece.size() <= most) size += piece.copy(into + size, piece.size());
      return size;
    };
  };
  // One endless line, lines that are no JSON, no lines with anything on them.
  for (auto const& [piece, problem] : {std::pair<std::string, std::string>{std::string(1, '\0'), "a record is over"},
                                       {"x", "a record is over"},
                                       {"{broken\n", "the number of unreadable records in a row is over"},
                                       {"\n", "the number of blank lines in a row is over"}}) {
    for (auto const format : {InputFormat::jsonl, InputFormat::csv}) {
      if (format == InputFormat::csv && piece == "\n") continue;  // a header without a name
      auto const reader = record_reader(endless(piece), format, "f");
      std::string ended;
      try {
        for (int i = 0; i < 3000 && reader->next(); ++i) {
        }
      } catch (umsops::base::Error const& error) {
        ended = error.message();
      }
      INFO(piece << ": " << ended);
      if (format == InputFormat::jsonl) CHECK(ended.starts_with(problem));
      if (piece != "{broken\n") CHECK_FALSE(ended.empty());  // of a CSV a header and its records
    }
  }
  auto const list = record_reader(endless(" "), InputFormat::json, "f")->next();
  REQUIRE(list);
  CHECK(list->error->code().code == "input.too_large");
}

TEST_CASE("an object without a list is one record, and a list may lie further inside") {
  auto const read_with = [](std::string const& text, umsops::format::ReadOptions const& options) {
    std::string out;
    auto const reader = record_reader(bytes_of(text, 3), InputFormat::json, "f", options);
    while (auto const record = reader->next()) {
      out += record->error ? record->error->code().code : umsops::base::to_json(record->object);
      out += ' ';
    }
    return out;
  };
  CHECK(read_with(R"( {"a": 1, "b": {"items": 2}} )", {}) == R"({"a":1,"b":{"items":2}} )");
  CHECK(read_with("{}", {}) == "{} ");
  CHECK(read_with(R"({"n":2,"page":{"x":[],"rows":[{"a":1},{"a":2}],"y":0},"z":1})", {.list = "page.rows"}) ==
        R"({"a":1} {"a":2} )");
  CHECK(read_with(R"({"a":1})", {.list = "rows"}) == "json.invalid ");
  CHECK(read_with(R"({"page":{"rows":[{"a":1}]},"page":1})", {.list = "page.rows"}) == R"({"a":1} json.invalid )");
}
