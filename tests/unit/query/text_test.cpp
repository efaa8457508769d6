// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/model/ticket.hpp"
#include "umsops/query/query.hpp"

using namespace umsops;

namespace {

query::FilterContext context() {
  query::FilterContext out{&model::ticket_type(), *base::parse_rfc3339("2026-11-23T09:30:00Z"), {}, "li.na"};
  out.is_attribute = [](std::string_view name) { return name == "asset"; };
  return out;
}

std::string text_of(std::string_view filter) {
  return query::to_text(query::parse_filter(filter, context()), model::ticket_type());
}

}  // namespace

TEST_CASE("a filter as a text says the same, whenever it is read", "[query]") {
  CHECK(text_of("").empty());
  CHECK(text_of("status:open") == "status=OPEN");
  CHECK(text_of("status:open,assigned assignee=me") == "status=OPEN,ASSIGNED and assignee_id=li.na");
  CHECK(text_of("created>=-7d") == "created_at>=2026-11-16T09:30:00Z");
  CHECK(text_of("a or (title~\"b c\" and not priority>=HIGH)") ==
        text_of(text_of("a or (title~\"b c\" and not priority>=HIGH)")));
  CHECK(text_of("assignee=none") == "assignee_id=none");
  CHECK(text_of("assignee=\"none\"") == "assignee_id=\"none\"");
  CHECK(text_of("title~\"a\\\"b\"") == "title~\"a\\\"b\"");
  CHECK(text_of("text~登录,vpn") == "text~登录,vpn");
  for (auto const* filter :
       {"status!=open", "tags=vpn", "tags!=vpn,net", "tags=none", "tags~vp", "attributes.host=db01", "asset=4711",
        "not (status=open or priority=LOW)", "due<2h", "title=none", "title=and"}) {
    CAPTURE(filter);
    CHECK(text_of(text_of(filter)) == text_of(filter));
  }
}

TEST_CASE("a word of a list is one of its words", "[query]") {
  CHECK(text_of("tags=vpn") == "tags=vpn");
  CHECK(text_of("tags=vpn,\"a b\"") == "tags=vpn or tags=\"a b\"");
  CHECK(text_of("tags!=vpn,net") == "tags!=vpn and tags!=net");
  CHECK(text_of("tags!=none") == "tags!=none");
}

TEST_CASE("names of declared fields need no prefix", "[query]") {
  CHECK(text_of("asset=4711") == "attributes.asset=4711");
  CHECK_THROWS(text_of("aset=4711"));
}
