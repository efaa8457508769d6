// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "cli/find_command.hpp"
#include "cli/parser.hpp"

using umsops::base::Error;
using umsops::base::Language;

namespace {

std::string hint_of(std::vector<std::string> const& words) {
  try {
    umsops::cli::parse_call(words, Language::en);
  } catch (Error const& error) {
    return error.hint();
  }
  return "";
}

}  // namespace

TEST_CASE("a typing error gets the nearest word") {
  CHECK(hint_of({"tickt", "list"}) == "did you mean: umsops ticket list?");
  CHECK(hint_of({"ticket", "lst"}) == "did you mean: umsops ticket list?");
  CHECK(hint_of({"tickt", "lst"}) == "did you mean: umsops ticket list?");
  CHECK(hint_of({"ticket", "intke"}) == "did you mean: umsops ticket intake?");
  CHECK(hint_of({"ticket", "intake", "chta"}) == "did you mean: umsops ticket intake chat?");
  CHECK(hint_of({"tickt", "calback", "lst", "x"}) == "did you mean: umsops ticket callback list?");
  CHECK(hint_of({"docter"}) == "did you mean: umsops doctor?");
  CHECK(hint_of({"ticket", "list", "--statsu", "OPEN"}) == "did you mean: --status?");
  CHECK(hint_of({"ticket", "list", "--status", "opne"}) == "did you mean: OPEN?");
  CHECK(hint_of({"ticket", "list", "-o", "jsn"}) == "did you mean: json?");
}

TEST_CASE("where nothing is near, the way to the help is told") {
  CHECK(hint_of({"ticket", "qqqqqqq"}) == "see: umsops help ticket");
  CHECK(hint_of({"ticket", "intake", "qqqqqqq"}) == "see: umsops help ticket intake");
  CHECK(hint_of({"qqqqqqq"}) == "see: umsops help");
  CHECK(hint_of({"ticket", "list", "--qqqqqqqq"}) == "see: umsops help ticket list");
}
