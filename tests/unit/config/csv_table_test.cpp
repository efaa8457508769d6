// SPDX-License-Identifier: Apache-2.0
#include "config/csv_table.hpp"

#include <catch2/catch.hpp>

#include "unit/config/scratch.hpp"

using namespace umsops;
using tests::thrown;

TEST_CASE("a table of RFC 4180") {
  auto const table = config::read_csv_table(
      "\xEF\xBB\xBFkey,category,\"attributes.team\"\r\n"
      "zhang.wei,\"sign, in\",\"the \"\"a\"\" team\"\r\n\n"
      "li.na,,运维",
      "t.csv");
  CHECK(table.header == std::vector<std::string>{"key", "category", "attributes.team"});
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].cells == std::vector<std::string>{"zhang.wei", "sign, in", "the \"a\" team"});
  CHECK(table.rows[1].cells == std::vector<std::string>{"li.na", "", "运维"});
  CHECK(table.rows[1].line == 4);
}

TEST_CASE("tables that are none") {
  auto const refusal = [](std::string const& text) { return thrown([&] { config::read_csv_table(text, "t.csv"); }); };
  CHECK(refusal("") == "config.invalid 1:0 the table needs a key column and at least one more");
  CHECK(refusal("a,b\n1\n") == "config.invalid 2:0 1 cells, but the header has 2");
  CHECK(refusal("a,b\n\"open,1\n") == "config.invalid 2:0 a quote is never closed");
  CHECK(refusal("a,b\n\"x\"y,1\n") == "config.invalid 2:0 text after a closing quote");
  CHECK(refusal("a,b\nx\"y,1\n") == "config.invalid 2:0 a quote inside a cell that is not quoted");
  CHECK(refusal("a,b\nx,\x1b\n").starts_with("config.invalid 2:0 "));
  CHECK(refusal("a,b\nx,\xff\n").starts_with("config.invalid 2:0 "));
}
