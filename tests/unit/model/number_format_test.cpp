// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "model/number_format.hpp"
#include "umsops/base/error.hpp"

using namespace umsops::model;
using umsops::base::parse_rfc3339;

TEST_CASE("numbers as the format writes and people type them") {
  NumberFormat const plain("T-{seq:6}");
  CHECK(plain.render(123, *parse_rfc3339("2026-11-23T00:00:00Z")) == "T-000123");
  CHECK(plain.render(12345678, {}) == "T-12345678");
  CHECK(plain.normalise("t-123") == "T-000123");
  CHECK(plain.normalise("T-000123") == "T-000123");
  CHECK(plain.normalise("t123") == "T-000123");
  CHECK(!plain.normalise("123"));
  CHECK(!plain.normalise("T-12x"));
  CHECK(plain.counter("T-000123") == 123);
  CHECK(!plain.counter("T-123"));
  NumberFormat const dated("UMS-{yyyy}{mm}-{seq:3}");
  CHECK(dated.render(7, *parse_rfc3339("2026-03-01T00:00:00Z")) == "UMS-202603-007");
  CHECK(dated.normalise("ums-202603-7") == "UMS-202603-007");
  CHECK(NumberFormat("{seq:3}{yyyy}").counter("0072026") == 7);
}

TEST_CASE("formats that could not tell two tickets apart are refused") {
  for (auto const* bad :
       {"T-", "T-{seq}{seq}", "T {seq}", "T-{seq:0}", "T-{seq:99}", "T-{year}{seq}", "T-{seq", "$(x){seq}"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(NumberFormat{bad}, umsops::base::Error);
    CHECK_FALSE(is_number_format(bad));
  }
}
