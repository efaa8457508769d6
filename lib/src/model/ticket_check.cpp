// SPDX-License-Identifier: Apache-2.0
#include "model/record_check.hpp"
#include "model/ticket_text.hpp"
#include "model/word_list.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/limits.hpp"
#include "umsops/model/person.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {
namespace {

using base::TextShape;

/// What follows the filing does not precede it.
void check_order(std::vector<Problem>& out, Ticket const& ticket) {
  auto const follows = [&](char const* name, std::optional<TimePoint> const& at) {
    if (at && *at < ticket.created_at) out.push_back({name, "before created_at"});
  };
  follows("updated_at", ticket.updated_at);
  follows("resolved_at", ticket.resolved_at);
  follows("closed_at", ticket.closed_at);
  if (ticket.closed_at && ticket.status != TicketStatus::closed) out.push_back({"closed_at", "set, but not CLOSED"});
}

void check_numbers(std::vector<Problem>& out, Ticket const& ticket) {
  auto const negative = [](std::optional<std::int64_t> const& minutes) { return minutes && *minutes < 0; };
  if (negative(ticket.response_time_minutes)) out.push_back({"response_time_minutes", "negative"});
  if (negative(ticket.resolution_time_minutes)) out.push_back({"resolution_time_minutes", "negative"});
  if (negative(ticket.time_spent_minutes)) out.push_back({"time_spent_minutes", "negative"});
  if (ticket.rating && (*ticket.rating < kWorstRating || *ticket.rating > kBestRating))
    out.push_back({"rating", "not a number from 1 to 5"});
  if (ticket.rev < 1) out.push_back({"rev", "not a number from 1"});
}

}  // namespace

std::vector<Problem> check(Ticket const& ticket) {
  std::vector<Problem> out;
  check_texts(out, ticket_type(), [&](std::size_t field) { return text_of(ticket, field); });
  if (is_blank(ticket.title)) out.push_back({"title", "cannot be empty"});
  check_words(out, "tags", ticket.tags, kMostTags, kLongestTag);
  check_attributes(out, ticket.attributes);
  check_classification(out, ticket.classification);
  check_times(out, ticket_type(), [&](std::size_t field) { return get(ticket, field); });
  check_order(out, ticket);
  check_numbers(out, ticket);
  return out;
}

std::vector<Problem> check(Response const& response) {
  std::vector<Problem> out;
  check_text(out, "responder_id", response.responder_id, TextShape::line, kLongestPerson);
  check_text(out, "content", response.content, TextShape::block, kLongestText);
  if (response.time_spent_minutes && (*response.time_spent_minutes < 1 || *response.time_spent_minutes > kLongestSpent))
    out.push_back({"time_spent_minutes", "not from one minute to a week"});
  if (is_blank(response.content)) out.push_back({"content", "cannot be empty"});
  return out;
}

}  // namespace umsops::model
