// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/declared_fields.hpp"

#include <catch2/catch.hpp>

#include "umsops/model/ticket.hpp"

using namespace umsops::model;
using Kind = FieldProblem::Kind;

namespace {

DeclaredField field(std::string name, DeclaredType type) {
  DeclaredField out;
  out.name = std::move(name);
  out.type = type;
  return out;
}

std::optional<std::string> normal(DeclaredType type, std::string_view value) {
  return DeclaredFields::normal(field("x", type), value);
}

}  // namespace

TEST_CASE("values of declared fields are stored in one form", "[model]") {
  CHECK(normal(DeclaredType::integer, "007") == "7");
  CHECK(normal(DeclaredType::integer, "-3") == "-3");
  CHECK_FALSE(normal(DeclaredType::integer, "3.5"));
  CHECK_FALSE(normal(DeclaredType::integer, "99999999999999999999"));
  CHECK(normal(DeclaredType::decimal, "3.5") == "3.5");
  CHECK_FALSE(normal(DeclaredType::decimal, "nan"));
  CHECK(normal(DeclaredType::boolean, "Yes") == "true");
  CHECK(normal(DeclaredType::boolean, "否") == "false");
  CHECK_FALSE(normal(DeclaredType::boolean, "maybe"));
  CHECK(normal(DeclaredType::date, "2028-02-29") == "2028-02-29");
  for (auto const* text : {"2026-02-29", "2026-13-01", "2026-1-1", "30.11.2026", "2026-11-30T00:00:00Z", "0000-01-01"})
    CHECK_FALSE(normal(DeclaredType::date, text));
  auto size = field("size", DeclaredType::choice);
  size.choices = {"Small", "大"};
  CHECK(DeclaredFields::normal(size, "small") == "Small");
  CHECK(DeclaredFields::normal(size, "大") == "大");
  CHECK_FALSE(DeclaredFields::normal(size, "smal"));
  auto seats = field("seats", DeclaredType::integer);
  seats.least = 1;
  seats.most = 50;
  CHECK_FALSE(DeclaredFields::normal(seats, "0"));
  CHECK_FALSE(DeclaredFields::normal(seats, "51"));
  CHECK(expected_of(seats) == "a whole number from 1 up to 50");
}

TEST_CASE("what is wrong with a ticket's fields", "[model]") {
  auto asset = field("asset", DeclaredType::text);
  asset.required_in = {"hardware"};
  auto size = field("size", DeclaredType::choice);
  size.choices = {"s", "l"};
  size.categories = {"hardware"};
  size.required = true;
  DeclaredFields const declared({asset, size});
  Ticket ticket;
  ticket.category = "vpn";
  CHECK(declared.settle(ticket).empty());
  ticket.category = "hardware";
  auto problems = declared.settle(ticket);
  REQUIRE(problems.size() == 2);
  CHECK((problems[0].kind == Kind::missing && problems[0].name == "asset"));
  CHECK((problems[1].kind == Kind::missing && problems[1].expected == "one of s l"));
  ticket.attributes = {{"aset", "1"}, {"asset", "4711"}, {"size", "L"}};
  problems = declared.settle(ticket);
  REQUIRE(problems.size() == 1);
  CHECK((problems[0].kind == Kind::undeclared && problems[0].suggestion == "asset"));
  CHECK(ticket.attributes[2].second == "l");
  ticket.category = "vpn";
  problems = declared.settle(ticket);
  REQUIRE(problems.size() == 2);
  CHECK((problems[1].kind == Kind::elsewhere && problems[1].expected == "hardware"));
}
