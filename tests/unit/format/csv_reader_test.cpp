// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace umsops::tests;
using Lines = std::vector<std::string>;

TEST_CASE("CSV as it comes") {
  for (std::size_t piece : {1u, 2u, 3u, 1000u}) {
    CAPTURE(piece);
    CHECK(read("a,b\n1,2\n", InputFormat::csv, piece) == Lines{R"({"a":"1","b":"2"})"});
    CHECK(read("\xEF\xBB\xBF"
               "a,b\r\n\"x\r\ny\",\"\"\"q\"\"\"\r\n\r\n3,4",
               InputFormat::csv, piece) == Lines{R"({"a":"x\ny","b":"\"q\""})", R"({"a":"3","b":"4"})"});
    CHECK(read("a\n中\n", InputFormat::csv, piece) == Lines{R"({"a":"中"})"});
    CHECK(read("a,b\n1,2\r", InputFormat::csv, piece) == Lines{R"({"a":"1","b":"2"})"});
    CHECK(read("a,b\n,\n\"\",\"\"\n,x\n", InputFormat::csv, piece) == Lines{R"({"a":"","b":"x"})"});
    CHECK(read("a,b\n1,", InputFormat::csv, piece) == Lines{R"({"a":"1","b":""})"});
    CHECK(read("", InputFormat::csv, piece).empty());
    CHECK(read("a,b\n", InputFormat::csv, piece).empty());
    CHECK(read("a,b", InputFormat::csv, piece).empty());
  }
}

TEST_CASE("CSV that is broken says where and goes on") {
  std::string const good = R"({"a":"3","b":"4"})";
  struct Case {
    char const* text;
    std::string wanted;
  };
  for (std::size_t piece : {1u, 5u, 1000u}) {
    for (Case const& c :
         {Case{"a,b\n1\n3,4\n", "2:0 csv.invalid not acceptable CSV: 1 cells where the header has 2"},
          Case{"a,b\n1,2,3\n3,4\n", "2:0 csv.invalid not acceptable CSV: 3 cells where the header has 2"},
          Case{"a,b\n中1\"x,2\n3,4\n", "2:3 csv.invalid not acceptable CSV: a quote inside a cell that is not quoted"},
          Case{"a,b\n0,\"1\"x\n3,4\n", "2:6 csv.invalid not acceptable CSV: text behind a closing quote"},
          Case{"a,b\n\"1\n2\"x,2\n3,4\n", "3:3 csv.invalid not acceptable CSV: text behind a closing quote"}}) {
      CAPTURE(c.text, piece);
      CHECK(read(c.text, InputFormat::csv, piece) == Lines{c.wanted, good});
    }
    CHECK(read("a,b\n1,\"open\n3,4\n", InputFormat::csv, piece) ==
          Lines{"2:3 csv.invalid not acceptable CSV: a quoted cell is not closed"});
  }
}

TEST_CASE("a fault in the text is named by its byte in the file") {
  struct Case {
    std::string text, what;
    std::size_t offset;
  };
  std::string const long_cell(100'000, 'x');
  for (Case const& c :
       {Case{"a,b\n1,\xff\n", "invalid UTF-8", 6}, Case{std::string("a,b\n1,\0\n", 8), "NUL", 6},
        Case{"\xEF\xBB\xBF"
             "a,b\r\n\"\"\"\r\n\xff\",2\r\n",
             "invalid UTF-8", 13},
        Case{"a,b\n1,x\x1by\n", "control character U+001B", 7}, Case{"a,b\n1,x\ry\n", "control character U+000D", 7},
        Case{"a,b\n" + long_cell + ",y\xe4\xb8\n", "invalid UTF-8", 4 + 100'000 + 2}}) {
    auto const got = read(c.text, InputFormat::csv);
    REQUIRE(got.size() == 1);
    CHECK_THAT(got[0], Catch::StartsWith("2:0 text.invalid") &&
                           Catch::Contains(c.what + " at byte " + std::to_string(c.offset)));
    CHECK(read(c.text + "3,4\n", InputFormat::csv).size() == 2);
  }
  auto const tsv = read("a\tb\n\\t\\\\\\n\xff\t2\n", InputFormat::tsv);
  REQUIRE(tsv.size() == 1);
  CHECK_THAT(tsv[0], Catch::Contains("at byte 10"));
}

TEST_CASE("TSV knows four escapes and no quotes") {
  CHECK(read("a\tb\n\"x\\ty\t\\\\\\n\n", InputFormat::tsv) == Lines{R"({"a":"\"x\ty","b":"\\\n"})"});
  auto const got = read("a\tb\nCORP\\user\tx\n1\t2\n", InputFormat::tsv);
  REQUIRE(got.size() == 2);
  CHECK_THAT(got[0], Catch::StartsWith("2:6 csv.invalid"));
}

TEST_CASE("a CSV header that says nothing is refused") {
  for (auto const* bad : {"a,a\n1,2\n", "a,,b\n1,2,3\n", "\n1\n", "\"a\n", "a\"b\n", "a,\xff\n",
                          "\xFF\xFE"
                          "a",
                          "\xFE\xFF"
                          "a"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(read(bad, InputFormat::csv), umsops::base::Error);
  }
  CHECK_THROWS_WITH(read("\xFF\xFE"
                         "a",
                         InputFormat::csv),
                    Catch::Contains("--encoding utf-16"));
  std::string wide = "c0";
  for (int i = 1; i < 3000; ++i) wide += ",c" + std::to_string(i);
  CHECK_THROWS_WITH(read(wide + "\n", InputFormat::csv), Catch::Contains("columns"));
}

TEST_CASE("no record of a CSV takes more than its share") {
  std::string const good = R"({"a":"y"})";
  for (std::string const& flood :
       {std::string(3 << 20, 'x'), std::string(3 << 20, ','), "\"" + std::string(3 << 20, 'x') + "\""}) {
    auto const got = read("a\n" + flood + "\ny\n", InputFormat::csv);
    REQUIRE(got.size() == 2);
    CHECK_THAT(got[0], Catch::StartsWith("2:0 input.too_large"));
    CHECK(got[1] == good);
  }
  CHECK_THROWS(read(std::string(3 << 20, ','), InputFormat::csv));
  std::string line_ends = "a\n\"";
  for (int i = 0; i < 500'000; ++i) line_ends += "\r\n";
  CHECK(read(line_ends + "\"\n", InputFormat::csv).size() == 1);
}

TEST_CASE("any bytes end, and no record is lost behind them") {
  std::mt19937 random(1);
  static char const kBytes[] = {'a', ',', '"', '\n', '\r', '\\', '\t', '\0', '\xff', '\xe4', ' '};
  for (int round = 0; round < 3000; ++round) {
    std::string text = "a,b\n";
    for (unsigned n = random() % 40; n > 0; --n) text += kBytes[random() % sizeof kBytes];
    for (auto const format : {InputFormat::csv, InputFormat::tsv, InputFormat::jsonl, InputFormat::json}) {
      std::string const input = format == InputFormat::tsv ? "a\tb\n" + text : text;
      CHECK(read(input, format, 1 + random() % 5) == read(input, format));
    }
  }
}
