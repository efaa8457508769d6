// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "tree.hpp"
#include "umsops/base/error.hpp"

using namespace umsops::query;
using umsops::base::Error;
using umsops::model::ticket_type;

TEST_CASE("conditions from flags") {
  struct Case {
    char const* field;
    Op op;
    char const* values;
    char const* tree;
  };
  for (Case const& c : {Case{"status", Op::eq, "open, Closed", R"(status="OPEN","CLOSED")"},
                        Case{"assignee", Op::eq, "none", "assignee_id=null"},
                        Case{"assignee", Op::eq, "li.na,none", R"(assignee_id="li.na",null)"},
                        Case{"category", Op::ne, "mfa", R"(category!="mfa")"},
                        Case{"title", Op::contains, "not a=b (c)", R"(title~"not a=b (c)")"},
                        Case{"priority", Op::ge, "high", R"(priority>="HIGH")"},
                        Case{"attributes.host", Op::eq, "db01", R"(attributes.host="db01")"},
                        Case{"created", Op::le, "today", R"(created_at<"2026-11-24T00:00:00Z")"},
                        Case{"due", Op::eq, "none", "sla_deadline=null"}}) {
    CAPTURE(c.field, c.values);
    CHECK(show(make_condition(ticket_context(), c.field, c.op, c.values)) == c.tree);
  }
}

TEST_CASE("flags that are wrong") {
  struct Case {
    char const* field;
    Op op;
    char const* values;
    umsops::base::ErrorCode const* code;
    char const* message;
    char const* hint;
  };
  namespace errors = umsops::base::errors;
  for (Case const& c :
       {Case{"status", Op::eq, "opne", &errors::usage_bad_value, "status: 'opne' is not one of OPEN", "did you mean OPEN?"},
        Case{"status", Op::eq, "OPEN,", &errors::usage_bad_value, "status: ''", ""},
        Case{"assignee", Op::eq, "", &errors::usage_bad_value, "none says: has no value", ""},
        Case{"rev", Op::eq, "x", &errors::usage_bad_value, "rev: 'x' is not a whole number", ""},
        Case{"rev", Op::contains, "1", &errors::usage_bad_value, "searches text", ""},
        Case{"rev", Op::lt, "1,2", &errors::usage_bad_value, "an order takes one value", ""},
        Case{"statsu", Op::eq, "OPEN", &errors::field_unknown, "no field statsu", "did you mean status?"},
        Case{"", Op::eq, "x", &errors::field_unknown, "no field", "umsops fields ticket"},
        Case{"classification", Op::eq, "x", &errors::field_unknown, "to filter by", ""},
        Case{"created", Op::ge, "someday", &errors::time_unreadable, "someday", ""}}) {
    CAPTURE(c.field, c.values);
    try {
      make_condition(ticket_context(), c.field, c.op, c.values);
      FAIL("accepted");
    } catch (Error const& error) {
      CHECK(&error.code() == c.code);
      CHECK_THAT(error.message(), Catch::Contains(c.message));
      CHECK_THAT(error.hint(), Catch::Contains(c.hint));
    }
  }
}

TEST_CASE("all of several filters") {
  auto const parse = [](char const* text) { return parse_filter(text, ticket_context()); };
  CHECK(show(all_of({})) == "*");
  CHECK(show(all_of({Filter{}, Filter{}})) == "*");
  CHECK(show(all_of({Filter{}, parse("rev=1")})) == "rev=1");
  CHECK(show(all_of({parse("rev=1"), parse("rev=2 or rev=3")})) == "all(rev=1 any(rev=2 rev=3))");
}

TEST_CASE("orders") {
  auto const keys = parse_sort("-priority, created,+number", ticket_type());
  REQUIRE(keys.size() == 3);
  CHECK(ticket_type().fields[keys[0].field].name == "priority");
  CHECK(keys[0].descending);
  CHECK(ticket_type().fields[keys[1].field].name == "created_at");
  CHECK(!keys[1].descending);
  CHECK(ticket_type().fields[keys[2].field].name == "ticket_number");
  CHECK(parse_sort("", ticket_type()).empty());
  CHECK(parse_sort("  ", ticket_type()).empty());
  for (char const* text : {"nonsense", "attributes", "classification", "priority,", ",", "-", "status.x", "--status"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(parse_sort(text, ticket_type()), Error);
  }
  CHECK_THROWS_WITH(parse_sort("-attributes", ticket_type()), Catch::Contains("attributes to sort by"));
}

TEST_CASE("every field goes by its name, most by a shorter one") {
  auto const& type = ticket_type();
  for (std::size_t i = 0; i < type.fields.size(); ++i) CHECK(resolve_field(type.fields[i].name, type) == i);
  struct Case {
    char const *said, *meant;
  };
  for (Case const& c : {Case{"created", "created_at"}, Case{"updated", "updated_at"}, Case{"resolved", "resolved_at"},
                        Case{"closed", "closed_at"}, Case{"assignee", "assignee_id"}, Case{"requester", "requester_id"},
                        Case{"number", "ticket_number"}, Case{"due", "sla_deadline"}, Case{"body", "description"}}) {
    CAPTURE(c.said);
    CHECK(type.fields[resolve_field(c.said, type)].name == c.meant);
  }
  CHECK_THROWS_AS(resolve_field("", type), Error);
  CHECK_THROWS_AS(resolve_field("stat", type), Error);
}
