// SPDX-License-Identifier: Apache-2.0
// Which ticket comes next.
#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "desk/open_desk.hpp"
#include "desk/record_search.hpp"
#include "store/links.hpp"
#include "store/tickets.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {
namespace {

constexpr double kDigits = 1000;  ///< of a score: more would tell equals apart by the millisecond

NextTicket scored(OpenDesk& desk, model::Ticket ticket, bool blocking, bool blocked,
                  sla::UrgencyWeights const& weights) {
  NextTicket next;
  auto terms = sla::urgency(desk.book(), ticket, blocking, blocked, weights, desk.now());
  for (auto const& term : terms) {
    next.score += term.coefficient * term.share;
    next.terms.push_back({std::string(term.name), term.coefficient, std::round(term.share * kDigits) / kDigits});
  }
  next.score = std::round(next.score * kDigits) / kDigits;
  next.ticket = std::move(ticket);
  return next;
}

/// Of equals the older one.
bool before(NextTicket const& a, NextTicket const& b) {
  return std::tuple(-a.score, a.ticket.created_at, a.ticket.id) <
         std::tuple(-b.score, b.ticket.created_at, b.ticket.id);
}

}  // namespace

std::vector<NextTicket> TicketDesk::next(query::Query const& query, sla::UrgencyWeights const& weights,
                                         std::size_t most) {
  std::vector<NextTicket> best;
  auto* const store = desk_.reading();
  if (!store) return best;
  store::ReadTx tx(*store);
  auto& db = store->connection();
  std::set<std::string> blocking, blocked;
  for (auto const& link : store::unfinished_blocks(db)) {
    blocked.insert(link.from.id);
    blocking.insert(link.to.id);
  }
  query::Query all = with_found(db, model::ticket_type(), query);
  all.sort.clear();
  all.limit.reset();
  store::list_tickets(db, all, [&](model::Ticket& ticket) {
    desk_.check_interrupted();
    if (!model::is_open(ticket.status)) return true;
    ticket.sla = model::sla_status_at(ticket, desk_.now());
    bool const blocks = blocking.contains(ticket.id), waits = blocked.contains(ticket.id);
    best.push_back(scored(desk_, std::move(ticket), blocks, waits, weights));
    return true;
  });
  auto const end = best.begin() + static_cast<std::ptrdiff_t>(std::min(most, best.size()));
  std::partial_sort(best.begin(), end, best.end(), before);
  best.erase(end, best.end());
  return best;
}

}  // namespace umsops::desk
