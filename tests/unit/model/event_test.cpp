// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/event.hpp"

using namespace umsops::model;
using umsops::base::Error;
using umsops::base::parse_json;
using umsops::base::to_json;
using umsops::base::Value;

TEST_CASE("an event in the order of its fields") {
  Event event;
  event.seq = 7;
  event.at = *umsops::base::parse_rfc3339("2026-11-23T09:30:00Z");
  event.actor = {"li.na", "root", "ticket update"};
  event.noun = "ticket";
  event.record_id = "01a";
  event.kind = "updated";
  event.rev = 2;
  event.changes = {{"status", "OPEN", "ASSIGNED"}};
  event.hash = "ff";
  CHECK(to_json(Value(Value::List(to_row(event)))) ==
        R"([7,"2026-11-23T09:30:00Z","li.na","root","ticket update","ticket","01a","updated",2,null,null,)"
        R"({"status":["OPEN","ASSIGNED"]},null,"ff"])");
  CHECK(to_row(event).size() == event_type().fields.size());
  for (auto const& field : event_type().fields) {
    CAPTURE(field.name);
    CHECK(((field.traits & umsops::base::kFilter) != 0) == !field.column.empty());
  }
}

TEST_CASE("a response in the order of its fields") {
  Response const response{"01a", "01t", "", "two\nlines", "EXTERNAL", false, umsops::base::TimePoint()};
  CHECK(to_json(Value(Value::List(to_row(response)))) ==
        R"(["01a",null,"two\nlines","EXTERNAL",false,"1970-01-01T00:00:00Z"])");
  CHECK(to_row(response).size() == response_type().fields.size());
}

TEST_CASE("changes go to a value and back") {
  std::vector<Change> const changes{{"title", Value(), "new\nline"},
                                    {"rev", 1, 2},
                                    {"attributes", Value::Object{{"a", "1"}}, Value()},
                                    {"requester_id", {}, {}, false, true}};
  Value const value = changes_to_value(changes);
  CHECK(to_json(value) ==
        R"({"title":[null,"new\nline"],"rev":[1,2],"attributes":[{"a":"1"},null],"requester_id":{"erased":true}})");
  auto const back = changes_from_value(value);
  REQUIRE(back.size() == changes.size());
  for (std::size_t i = 0; i < back.size(); ++i) {
    CHECK(back[i].field == changes[i].field);
    CHECK(back[i].before == changes[i].before);
    CHECK(back[i].after == changes[i].after);
    CHECK(back[i].erased == changes[i].erased);
    CHECK(!back[i].personal);
  }
  CHECK(changes_from_value(Value(Value::Object())).empty());
}

TEST_CASE("changes of another shape are refused") {
  for (char const* text : {R"("x")", "null", "[]", R"({"a":1})", R"({"a":[1]})", R"({"a":[1,2,3]})", R"({"a":{}})",
                           R"({"a":{"erased":false}})", R"({"a":{"erased":true,"digest":"x"}})", R"({"A b":[1,2]})",
                           R"({"":[1,2]})", R"({"a":[null,"x\u001b"]})", R"({"a":[null,["x\u0007"]]})",
                           R"({"a":[null,{"k\u001b":1}]})"}) {
    CAPTURE(text);
    try {
      changes_from_value(parse_json(text));
      FAIL("accepted");
    } catch (Error const& error) {
      CHECK(&error.code() == &umsops::base::errors::record_invalid);
      CHECK(error.details().at(0).find("field")->text() == "changes");
    }
  }
}
