// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <random>

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/query/query.hpp"

using namespace umsops::query;
using umsops::base::Error;

namespace {

FilterContext context() {
  return {&umsops::model::ticket_type(), *umsops::base::parse_rfc3339("2026-11-23T09:30:00Z"), {}};
}

/// The tree as a short text.
std::string show(Filter const& f) {
  switch (f.kind) {
    case Filter::Kind::everything:
      return "*";
    case Filter::Kind::none:
      return "not(" + show(f.children[0]) + ")";
    case Filter::Kind::text: {
      std::string out = "text~";
      for (std::size_t i = 0; i < f.condition.values.size(); ++i)
        out += (i ? "," : "") + umsops::base::to_json(f.condition.values[i]);
      return out;
    }
    case Filter::Kind::rows:
      return "rows";
    case Filter::Kind::condition: {
      static char const* const kNames[] = {"=", "!=", "<", "<=", ">", ">=", "~", "!~"};
      std::string out(umsops::model::ticket_type().fields[f.condition.field].name);
      if (!f.condition.member.empty()) out += "." + f.condition.member;
      out += kNames[static_cast<int>(f.condition.op)];
      for (std::size_t i = 0; i < f.condition.values.size(); ++i) {
        out += (i ? "," : "") + umsops::base::to_json(f.condition.values[i]);
      }
      return out;
    }
    default:
      break;
  }
  std::string out = f.kind == Filter::Kind::all ? "all(" : "any(";
  for (std::size_t i = 0; i < f.children.size(); ++i) out += (i ? " " : "") + show(f.children[i]);
  return out + ")";
}

}  // namespace

TEST_CASE("the filter language") {
  struct Case {
    char const* text;
    char const* tree;
  };
  for (Case const& c :
       {Case{"", "*"},
        Case{"status=open", R"(status="OPEN")"},
        Case{"status:open", R"(status="OPEN")"},
        Case{"status=open priority>=HIGH", R"(all(status="OPEN" priority>="HIGH"))"},
        Case{"status = open and priority >= HIGH", R"(all(status="OPEN" priority>="HIGH"))"},
        Case{"status=OPEN,ASSIGNED", R"(status="OPEN","ASSIGNED")"},
        Case{"title~登录", R"(title~"登录")"},
        Case{"登录", R"(any(title~"登录" description~"登录"))"},
        Case{"\"two words\"", R"(any(title~"two words" description~"two words"))"},
        Case{"assignee=none", "assignee_id=null"},
        Case{"assignee!=none", "assignee_id!=null"},
        Case{"not status=OPEN", R"(not(status="OPEN"))"},
        Case{"! vpn", R"(not(any(title~"vpn" description~"vpn")))"},
        Case{"(status=OPEN or priority=LOW) title~x", R"(all(any(status="OPEN" priority="LOW") title~"x"))"},
        Case{"created>=-7d", R"(created_at>="2026-11-16T09:30:00Z")"},
        Case{"created=today", R"(all(created_at>="2026-11-23T00:00:00Z" created_at<"2026-11-24T00:00:00Z"))"},
        Case{"created<=昨天", R"(created_at<"2026-11-23T00:00:00Z")"},
        Case{"created>2026-11-01T10:00:00Z", R"(created_at>"2026-11-01T10:00:00Z")"},
        Case{"created>'last week'", R"(created_at>="2026-11-23T00:00:00Z")"},
        Case{"due=none", "sla_deadline=null"},
        Case{"attributes.host=db01", R"(attributes.host="db01")"},
        Case{"rev>2", "rev>2"},
        Case{"title!~'a \\' b'", R"(title!~"a ' b")"}}) {
    CAPTURE(c.text);
    CHECK(show(parse_filter(c.text, context())) == c.tree);
  }
}

TEST_CASE("a filter that is wrong points at its spot") {
  struct Case {
    char const* text;
    char const* says;
    std::int64_t offset;
  };
  for (Case const& c :
       {Case{"status=opne", "did you mean OPEN?", 7}, Case{"titel~x", "did you mean title?", 0},
        Case{"status=OPEN or priority=LOW title~x", "parentheses", 28}, Case{"priority>=", "expected a value", 10},
        Case{"(status=OPEN", "not closed", 0}, Case{"status=OPEN)", "never opened", 11},
        Case{"title~\"open", "not closed", 6}, Case{"title>x", "no order", 5}, Case{"rev~1", "searches text", 3},
        Case{"created>=someday", "not a time", 9}, Case{"rev=abc", "whole number", 4}, Case{"classification=x", "", 0},
        Case{"attributes=x", "member", 0}, Case{"a and", "expected a condition", 5},
        Case{"=x", "expected a condition", 0}}) {
    CAPTURE(c.text);
    try {
      parse_filter(c.text, context());
      FAIL("accepted");
    } catch (Error const& error) {
      CHECK(&error.code() == &umsops::base::errors::filter_syntax);
      CHECK_THAT(error.message(), Catch::Contains(c.says));
      CHECK(*error.details().at(0).find("offset")->get_if<std::int64_t>() == c.offset);
    }
  }
}

TEST_CASE("the caret counts display cells") {
  try {
    parse_filter("title~登录 status=opne", context());
    FAIL("accepted");
  } catch (Error const& error) {
    CHECK_THAT(error.message(), Catch::Contains("\n  title~登录 status=opne\n  " + std::string(18, ' ') + "^"));
  }
}

TEST_CASE("flags and orders") {
  CHECK(show(make_condition(context(), "status", Op::eq, "open,closed")) == R"(status="OPEN","CLOSED")");
  CHECK_THROWS_WITH(make_condition(context(), "status", Op::eq, "opne"), Catch::Contains("OPEN"));
  auto const keys = parse_sort("-priority,created", umsops::model::ticket_type());
  REQUIRE(keys.size() == 2);
  CHECK(keys[0].descending);
  CHECK_THROWS_AS(parse_sort("nonsense", umsops::model::ticket_type()), Error);
  CHECK_THROWS_AS(parse_sort("attributes", umsops::model::ticket_type()), Error);
}

TEST_CASE("no text of tokens crashes or hangs the parser") {
  static char const* const kPieces[] = {
      "status", "=", "OPEN", "(",  ")",    " ",       "and", "or", "not",          "!",    "~",  "登录", "\"", "'",
      ",",      ":", "<",    ">=", "none", "created", "-7d", "\\", "attributes.x", "\xff", "!=", "rev"};
  std::mt19937 random(4711);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (unsigned n = random() % 12; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
    try {
      parse_filter(text, context());
      ++accepted;
    } catch (Error const& error) {
      if (&error.code() != &umsops::base::errors::filter_syntax) FAIL(text << ": " << error.what());
    }
  }
  CHECK(accepted > 1000);
  CHECK_THROWS_AS(parse_filter(std::string(100'000, '('), context()), Error);
  CHECK_THROWS_AS(parse_filter(std::string(4000, '('), context()), Error);
  CHECK_THROWS_WITH(parse_filter(std::string(17, '(') + "vpn" + std::string(17, ')'), context()),
                    Catch::Contains("16 levels"));
}

TEST_CASE("not not is nothing") {
  CHECK(show(parse_filter("!!rev=1", context())) == "rev=1");
  CHECK(show(parse_filter("not (not (not rev=1))", context())) == "not(rev=1)");
}

TEST_CASE("words of the whole text stand beside other conditions") {
  CHECK(show(parse_filter("text~登录,\"reset link\"", context())) == "text~\"登录\",\"reset link\"");
  CHECK(show(parse_filter("not text~VPN", context())) == "not(text~\"VPN\")");
  CHECK(show(parse_filter("text!~VPN", context())) == "not(text~\"VPN\")");
  for (auto const* text : {"text=VPN", "text~", "text~\"\"", "text<VPN", "text~a,"})
    CHECK_THROWS_AS(parse_filter(text, context()), umsops::base::Error);
}
