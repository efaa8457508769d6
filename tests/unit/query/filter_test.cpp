// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "tree.hpp"
#include "umsops/base/error.hpp"
#include "umsops/model/event.hpp"

using namespace umsops::query;

namespace {

struct Case {
  char const* text;
  char const* tree;
};

template <std::size_t N>
void check_trees(Case const (&cases)[N]) {
  for (Case const& c : cases) {
    CAPTURE(c.text);
    std::string tree;
    try {
      tree = show(parse_filter(c.text, ticket_context()));
    } catch (umsops::base::Error const& error) {
      tree = error.what();
    }
    CHECK(tree == c.tree);
  }
}

}  // namespace

TEST_CASE("conditions and their operators") {
  check_trees({{"", "*"},
               {" \t\n", "*"},
               {"status=open", R"(status="OPEN")"},
               {"status:open", R"(status="OPEN")"},
               {"status==Open", R"(status="OPEN")"},
               {"status = open", R"(status="OPEN")"},
               {"status!=in_progress", R"(status!="IN_PROGRESS")"},
               {"priority<high", R"(priority<"HIGH")"},
               {"priority <= high", R"(priority<="HIGH")"},
               {"priority>HIGH", R"(priority>"HIGH")"},
               {"priority>=HIGH", R"(priority>="HIGH")"},
               {"title~登录", R"(title~"登录")"},
               {"title!~登录", R"(title!~"登录")"},
               {"status=OPEN,assigned , PENDING", R"(status="OPEN","ASSIGNED","PENDING")"},
               {"title~vpn,sso", R"(title~"vpn","sso")"},
               {"rev>2", "rev>2"},
               {"rev=1,none", "rev=1,null"},
               {"response_time_minutes<=-5", "response_time_minutes<=-5"},
               {"attributes.host=db01", R"(attributes.host="db01")"},
               {"attributes.host=none", "attributes.host=null"},
               {"attributes.build_no~42", R"(attributes.build_no~"42")"}});
}

TEST_CASE("short names of fields") {
  check_trees({{"created>=2026-11-23T09:30:00Z", R"(created_at>="2026-11-23T09:30:00Z")"},
               {"updated>now", R"(updated_at>"2026-11-23T09:30:00Z")"},
               {"resolved=none", "resolved_at=null"},
               {"closed!=none", "closed_at!=null"},
               {"assignee=li.na", R"(assignee_id="li.na")"},
               {"requester=zhang.wei", R"(requester_id="zhang.wei")"},
               {"number=T-000007", R"(ticket_number="T-000007")"},
               {"due<now", R"(sla_deadline<"2026-11-23T09:30:00Z")"},
               {"body~x", R"(description~"x")"}});
}

TEST_CASE("joining, negation and parentheses") {
  check_trees({{"status=open priority>=HIGH", R"(all(status="OPEN" priority>="HIGH"))"},
               {"status=open AND priority>=HIGH", R"(all(status="OPEN" priority>="HIGH"))"},
               {"rev=1 rev=2 and rev=3", "all(rev=1 rev=2 rev=3)"},
               {"rev=1 or rev=2 OR rev=3", "any(rev=1 rev=2 rev=3)"},
               {"(status=OPEN or priority=LOW) title~x", R"(all(any(status="OPEN" priority="LOW") title~"x"))"},
               {"rev=1 or (rev=2 rev=3)", "any(rev=1 all(rev=2 rev=3))"},
               {"((rev=1))", "rev=1"},
               {"not status=OPEN", R"(not(status="OPEN"))"},
               {"NOT not rev=1", "not(not(rev=1))"},
               {"not rev=1 rev=2", "all(not(rev=1) rev=2)"},
               {"not(rev=1 rev=2)", "not(all(rev=1 rev=2))"},
               {"rev=1 or not(rev=2)", "any(rev=1 not(rev=2))"},
               {"!rev=1", "not(rev=1)"},
               {"!(rev=1 or rev=2)", "not(any(rev=1 rev=2))"},
               {"! vpn", R"(not(any(title~"vpn" description~"vpn")))"},
               {"!vpn", R"(not(any(title~"vpn" description~"vpn")))"},
               {"!!rev=1", "not(not(rev=1))"},
               {"rev=1 and !rev=2", "all(rev=1 not(rev=2))"},
               {"rev=1　rev=2", "all(rev=1 rev=2)"}});
}

TEST_CASE("bare words and quotes") {
  check_trees({{"登录", R"(any(title~"登录" description~"登录"))"},
               {"登录 失败", R"(all(any(title~"登录" description~"登录") any(title~"失败" description~"失败")))"},
               {"\"two words\"", R"(any(title~"two words" description~"two words"))"},
               {"'and'", R"(any(title~"and" description~"and"))"},
               {"-7d", R"(any(title~"-7d" description~"-7d"))"},
               {"\"!x\"", R"(any(title~"!x" description~"!x"))"},
               {"can't", R"(any(title~"can't" description~"can't"))"},
               {"title!~'a \\' b'", R"(title!~"a ' b")"},
               {R"(title~"say \"yes\" \\")", R"(title~"say \"yes\" \\")"},
               {"title~a:b", R"(title~"a:b")"},
               {"title~:b", R"(title~":b")"},
               {"title~!x", R"(title~"!x")"},
               {"title~\"a=b (c), d\"", R"(title~"a=b (c), d")"},
               {"category='a',b,\"c d\"", R"(category="a","b","c d")"},
               {"title~or", R"(title~"or")"},
               {"title=and and title=or", R"(all(title="and" title="or"))"}});
}

TEST_CASE("no value, and the word none") {
  check_trees({{"assignee=none", "assignee_id=null"},
               {"assignee!=None", "assignee_id!=null"},
               {"assignee=none,li.na", R"(assignee_id=null,"li.na")"},
               {"category=\"none\"", R"(category="none")"},
               {"title~none", R"(title~"none")"},
               {"priority=none", "priority=null"},
               {"due=none", "sla_deadline=null"},
               {"due=none,today",
                R"(any(sla_deadline=null all(sla_deadline>="2026-11-23T00:00:00Z" sla_deadline<"2026-11-24T00:00:00Z")))"}});
}

TEST_CASE("times: instants compare as they are, spans by their ends") {
  check_trees({{"created>=-7d", R"(created_at>="2026-11-16T09:30:00Z")"},
               {"created=-7d", R"(created_at="2026-11-16T09:30:00Z")"},
               {"created!=-7d", R"(created_at!="2026-11-16T09:30:00Z")"},
               {"created>2026-11-01T10:00:00+08:00", R"(created_at>"2026-11-01T02:00:00Z")"},
               {"created=today", R"(all(created_at>="2026-11-23T00:00:00Z" created_at<"2026-11-24T00:00:00Z"))"},
               {"created!=today", R"(not(all(created_at>="2026-11-23T00:00:00Z" created_at<"2026-11-24T00:00:00Z")))"},
               {"created>=2026-11", R"(created_at>="2026-11-01T00:00:00Z")"},
               {"created<2026-11", R"(created_at<"2026-11-01T00:00:00Z")"},
               {"created<=today", R"(created_at<"2026-11-24T00:00:00Z")"},
               {"created<=昨天", R"(created_at<"2026-11-23T00:00:00Z")"},
               {"created>'last week'", R"(created_at>="2026-11-23T00:00:00Z")"},
               {"created>2026-W45", R"(created_at>="2026-11-09T00:00:00Z")"},
               {"created!=2026-01-01,2026-01-02",
                R"(all(not(all(created_at>="2026-01-01T00:00:00Z" created_at<"2026-01-02T00:00:00Z")) )"
                R"(not(all(created_at>="2026-01-02T00:00:00Z" created_at<"2026-01-03T00:00:00Z"))))"}});
  auto context = ticket_context();
  context.zone = umsops::base::TimeZone::load("Asia/Shanghai");
  CHECK(show(parse_filter("created>=今天", context)) == R"(created_at>="2026-11-22T16:00:00Z")");
}

TEST_CASE("the history is filtered by the same language") {
  auto const& type = umsops::model::event_type();
  FilterContext const context{&type, ticket_context().now, {}};
  CHECK(show(parse_filter("kind=created seq>=5 actor=li.na", context), type) ==
        R"(all(kind="created" seq>=5 actor="li.na"))");
  CHECK(show(parse_filter("changes.status~RESOLVED hash=abc", context), type) ==
        R"(all(changes.status~"RESOLVED" hash="abc"))");
  CHECK_THROWS_WITH(parse_filter("word", context), Catch::Contains("kind=created"));
}

TEST_CASE("a filter of the greatest length and depth") {
  std::string deep;
  for (int i = 0; i < 63; ++i) deep += '(';
  deep += "rev=1";
  CHECK(show(parse_filter(deep + std::string(63, ')'), ticket_context())) == "rev=1");
  CHECK_THROWS_WITH(parse_filter("((" + deep + std::string(65, ')'), ticket_context()), Catch::Contains("deeper"));
  CHECK_THROWS_WITH(parse_filter(std::string(4000, '!') + "x", ticket_context()), Catch::Contains("deeper"));
  std::string wide = "rev=1";
  while (wide.size() < 4090) wide += ",1";
  CHECK(parse_filter(wide, ticket_context()).condition.values.size() > 2000);
  CHECK_THROWS_WITH(parse_filter(wide + std::string(20, ' '), ticket_context()), Catch::Contains("4 KiB"));
}
