// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <functional>

#include "full_ticket.hpp"

using namespace umsops::model;
using std::chrono::hours;

namespace {

std::string text_of(std::vector<Problem> const& problems) {
  std::string out;
  for (auto const& problem : problems) out += (out.empty() ? "" : "; ") + problem.field + ": " + problem.what;
  return out;
}

std::string repeated(std::string const& text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

constexpr char const* kNameRule = "a name is lower-case letters, digits and _, beginning with a letter, at most 64";

}  // namespace

TEST_CASE("a sound ticket has no problems") {
  CHECK(text_of(check(full_ticket())).empty());
  Ticket bare;
  bare.title = "x";
  CHECK(text_of(check(bare)).empty());
}

TEST_CASE("each invariant of a ticket") {
  struct Case {
    std::function<void(Ticket&)> spoil;
    std::string problem;
  };
  std::vector<Case> const cases{
      {[](Ticket& t) { t.title.clear(); }, "title: cannot be empty"},
      {[](Ticket& t) { t.title = "   "; }, "title: cannot be empty"},
      {[](Ticket& t) { t.title = " 　\u00a0\u200b"; }, "title: cannot be empty"},
      {[](Ticket& t) { t.title = repeated("中", 201); }, "title: longer than 200 characters"},
      {[](Ticket& t) { t.title = "a\nb"; }, "title: control character U+000A at byte 1"},
      {[](Ticket& t) { t.title = "a\xff"; }, "title: invalid UTF-8 at byte 1"},
      {[](Ticket& t) { t.description = "a\x1b[31m"; }, "description: control character U+001B at byte 1"},
      {[](Ticket& t) { t.description = std::string("a\0b", 3); }, "description: NUL at byte 1"},
      {[](Ticket& t) { t.description = repeated("x", 65'537); }, "description: longer than 65536 characters"},
      {[](Ticket& t) { t.requester_id = repeated("x", 101); }, "requester_id: longer than 100 characters"},
      {[](Ticket& t) { t.assignee_id = repeated("x", 101); }, "assignee_id: longer than 100 characters"},
      {[](Ticket& t) { t.category = repeated("x", 65); }, "category: longer than 64 characters"},
      {[](Ticket& t) { t.subcategory = "a\tb"; }, "subcategory: control character U+0009 at byte 1"},
      {[](Ticket& t) { t.key = repeated("x", 201); }, "key: longer than 200 characters"},
      {[](Ticket& t) { t.attributes = {{"Host", "x"}}; }, "attributes.Host: " + std::string(kNameRule)},
      {[](Ticket& t) { t.attributes = {{"1a", "x"}}; }, "attributes.1a: " + std::string(kNameRule)},
      {[](Ticket& t) { t.attributes = {{"a", "1"}, {"a", "2"}}; }, "attributes.a: given twice"},
      {[](Ticket& t) { t.attributes = {{"a", repeated("x", 1001)}}; }, "attributes.a: longer than 1000 characters"},
      {[](Ticket& t) { t.attributes = {{"a", "\x07"}}; }, "attributes.a: control character U+0007 at byte 0"},
      {[](Ticket& t) { t.classification.decisions[0].words = {"a\x1b"}; },
       "classification: control character U+001B at byte 1 of a text"},
      {[](Ticket& t) { t.classification.rules_version = "\xff"; }, "classification: invalid UTF-8 at byte 0 of a text"},
      {[](Ticket& t) { t.classification.decisions[0].origin = "oracle"; },
       "classification: the origin oracle is not caller, rule, default or import"},
      {[](Ticket& t) { t.created_at = TimePoint(hours(-1)); }, "created_at: before 1970"},
      {[](Ticket& t) { t.sla_deadline = TimePoint(hours(-1)); }, "sla_deadline: before 1970"},
      {[](Ticket& t) { t.updated_at += hours(24 * 366 * 9000); }, "updated_at: after the year 9999"},
      {[](Ticket& t) { t.updated_at = t.created_at - hours(1); }, "updated_at: before created_at"},
      {[](Ticket& t) { t.resolved_at = t.created_at - hours(1); }, "resolved_at: before created_at"},
      {[](Ticket& t) { t.closed_at = t.created_at - hours(1); }, "closed_at: before created_at"},
      {[](Ticket& t) { t.status = TicketStatus::resolved; }, "closed_at: set, but not CLOSED"},
      {[](Ticket& t) { t.response_time_minutes = -1; }, "response_time_minutes: negative"},
      {[](Ticket& t) { t.resolution_time_minutes = -1; }, "resolution_time_minutes: negative"},
      {[](Ticket& t) { t.rev = 0; }, "rev: not a number from 1"}};
  for (auto const& c : cases) {
    Ticket ticket = full_ticket();
    c.spoil(ticket);
    CHECK(text_of(check(ticket)) == c.problem);
  }
}

TEST_CASE("the longest that is allowed is sound") {
  Ticket ticket = full_ticket();
  ticket.title = repeated("中", 200);
  ticket.description = repeated("中", 65'536);
  ticket.requester_id = repeated("x", 100);
  ticket.category = repeated("x", 64);
  ticket.key = repeated("x", 200);
  ticket.attributes.clear();
  for (int i = 0; i < 64; ++i) ticket.attributes.emplace_back("a" + std::to_string(i), repeated("y", 1000));
  CHECK(text_of(check(ticket)).empty());
  ticket.attributes.emplace_back("one_more", "");
  CHECK(text_of(check(ticket)) == "attributes: more than 64");
}

TEST_CASE("what old systems leave behind is let in") {
  Ticket ticket = full_ticket();
  ticket.closed_at.reset();
  CHECK(check(ticket).empty());  // closed without saying when
  ticket.status = TicketStatus::open;
  CHECK(check(ticket).empty());  // resolved once, open again
  ticket.sla_deadline = ticket.created_at - hours(1);
  CHECK(check(ticket).empty());
}

TEST_CASE("all that is wrong is said at once") {
  Ticket ticket = full_ticket();
  ticket.title = repeated("x", 201);
  ticket.description = "\x1b";
  ticket.closed_at = ticket.created_at - hours(1);
  ticket.rev = 0;
  CHECK(check(ticket).size() == 4);
}
