// SPDX-License-Identifier: Apache-2.0
#include "desk/find.hpp"
#include "desk/record_search.hpp"
#include "desk/requester_lookup.hpp"
#include "store/record_ref.hpp"
#include "store/tickets.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {

SimilarTickets TicketDesk::similar(std::string const& id, std::size_t most, double least) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(tickets(), id);
  store::ReadTx const view(*store);
  auto& db = store->connection();
  SimilarTickets out;
  out.ticket = find_ticket(desk_, db, id);
  std::int64_t const own = store::place_of(db, model::ref_of(out.ticket));
  for (auto const& alike : alike_records(db, model::ticket_type(), own, most, &out.unsearched)) {
    auto ticket = alike.text < least ? std::nullopt : store::ticket_at(db, alike.n);
    if (!ticket) continue;
    bool const same_requester =
        !ticket->requester_id.empty() && is_same_requester(db, ticket->requester_id, out.ticket.requester_id);
    bool const same_category = !ticket->category.empty() && ticket->category == out.ticket.category;
    out.found.push_back({*std::move(ticket), alike.text, same_requester, same_category});
  }
  return out;
}

}  // namespace umsops::desk
