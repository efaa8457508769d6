// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "umsops/sla/urgency.hpp"

using namespace umsops;
using namespace umsops::sla;

namespace {

TimePoint time(char const* text) { return *base::parse_rfc3339(text); }

/// HIGH at 9 on a Monday: the answer is due at 9:30, the rest at 17:00.
model::Ticket high() {
  model::Ticket ticket;
  ticket.priority = model::Priority::high;
  ticket.sla_policy = "high";
  ticket.created_at = time("2026-11-23T09:00:00Z");
  ticket.response_due_at = ticket.sla_deadline = time("2026-11-23T09:30:00Z");
  ticket.resolution_due_at = time("2026-11-23T17:00:00Z");
  return ticket;
}

double share(std::string_view term, model::Ticket const& ticket, char const* now, bool blocking = false,
             bool blocked = false) {
  static Book const book = builtin(base::TimeZone());
  for (auto const& found : urgency(book, ticket, blocking, blocked, {}, time(now))) {
    if (found.name == term) return found.share;
  }
  return 0;
}

std::string refused(std::string_view text) {
  try {
    parse_urgency(text);
  } catch (base::Error const& error) {
    return error.message();
  }
  return "";
}

}  // namespace

TEST_CASE("what is due counts by working time") {
  CHECK(share("due", high(), "2026-11-23T09:00:00Z") == 0);
  CHECK(share("due", high(), "2026-11-23T09:15:00Z") == Approx(0.5));
  CHECK(share("due", high(), "2026-11-23T10:00:00Z") == 1);
  auto answered = high();
  answered.first_response_at = time("2026-11-23T09:10:00Z");
  answered.sla_deadline = answered.resolution_due_at;
  answered.status = model::TicketStatus::in_progress;
  CHECK(share("due", answered, "2026-11-23T13:00:00Z") == Approx(0.5));
  answered.sla_deadline = answered.resolution_due_at = time("2026-11-24T11:00:00Z");
  CHECK(share("due", answered, "2026-11-23T19:00:00Z") ==
        share("due", answered, "2026-11-24T08:00:00Z"));  // at night nothing passes
  answered.status = model::TicketStatus::pending;
  CHECK(share("due", answered, "2026-11-24T12:00:00Z") == 0);
  CHECK(share("waiting", answered, "2026-11-24T12:00:00Z") == 1);
}

TEST_CASE("the other terms") {
  auto ticket = high();
  CHECK(share("priority", ticket, "2026-11-23T09:00:00Z") == Approx(2.0 / 3));
  CHECK(share("blocking", ticket, "2026-11-23T09:00:00Z", true) == 1);
  CHECK(share("blocked", ticket, "2026-11-23T09:00:00Z", false, true) == 1);
  CHECK(share("age", ticket, "2027-11-23T09:00:00Z") == 1);
  CHECK(share("age", ticket, "2029-11-23T09:00:00Z") == 1);
  ticket.escalation_level = model::Level::level_2;
  CHECK(share("escalated", ticket, "2026-11-23T09:00:00Z") == Approx(2.0 / 3));
  CHECK(share("active", ticket, "2026-11-23T09:00:00Z") == 0);
}

TEST_CASE("coefficients are said by name") {
  CHECK(parse_urgency("").of == UrgencyWeights().of);
  CHECK(parse_urgency("due=1.5  blocked=-2").of[0] == 1.5);
  CHECK(parse_urgency("due=1.5  blocked=-2").of[7] == -2);
  CHECK(parse_urgency("due=1.5").of[1] == 6);
  CHECK(refused("du=1").find("no such term: du") != std::string::npos);
  CHECK(refused("due").find("has no number") != std::string::npos);
  CHECK(refused("due=x").find("has no number") != std::string::npos);
}
