// SPDX-License-Identifier: Apache-2.0
// Tickets that have been kept long enough.
#include <algorithm>

#include "desk/open_desk.hpp"
#include "desk/privacy_erase.hpp"
#include "desk/record_search.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using Places = std::vector<std::int64_t>;

query::Filter kept_since(std::string_view status, std::string_view field, base::TimePoint before) {
  auto const& type = model::ticket_type();
  return query::all_of({query::condition_on(type.require("status"), query::Op::eq, {status}),
                        query::condition_on(type.require(field), query::Op::lt, {before})});
}

bool says_nothing(model::Ticket const& ticket, RetentionOptions const& options) {
  return ticket.title == model::kErasedText && ticket.requester_id.empty() &&
         (options.keep_statistics || ticket.attributes.empty());
}

/// Those that still say something, the oldest first.
Places old_tickets(store::Connection& db, RetentionOptions const& options) {
  auto const& type = model::ticket_type();
  query::Filter either;
  either.kind = query::Filter::Kind::any;
  either.children = {kept_since("CLOSED", "closed_at", options.before),
                     kept_since("SPAM", "updated_at", options.before)};
  query::Query query;
  query.filter = with_found(db, type, query::all_of({options.filter, std::move(either)}));
  query.sort = {{type.require("created_at"), false}};
  query.details = false;
  Places places;
  store::list_tickets(db, query, [&](model::Ticket const& ticket) {
    if (!says_nothing(ticket, options)) places.push_back(store::place_of_ticket(db, ticket.id));
    return true;
  });
  return places;
}

/// Somebody may have reopened one since it was looked for.
Places still_finished(store::Connection& db, Places places) {
  std::erase_if(places, [&](std::int64_t place) {
    auto const ticket = store::ticket_at(db, place);
    return !ticket || (ticket->status != model::TicketStatus::closed && ticket->status != model::TicketStatus::spam);
  });
  return places;
}

struct Portion {
  std::vector<PlaceCount> places;
  std::int64_t tickets = 0;
  Erased erased;
};

Portion erase_portion(OpenDesk& desk, store::WriteTx& tx, Places const& some, RetentionOptions const& options,
                      Vouching& vouching) {
  tx.take_turn();
  auto const places = still_finished(tx.connection(), some);
  Portion portion{{}, static_cast<std::int64_t>(places.size()), {}};
  if (places.empty()) {
    tx.discard();
    return portion;
  }
  auto const found = find_tickets(tx.connection(), places);
  model::PersonNames const nobody;
  portion.erased =
      erase_found(desk, tx, found, {nobody, {}, options.keep_statistics, {}, {}, options.reason}, vouching);
  portion.places = places_of(found);
  return portion;
}

}  // namespace

Retention PrivacyDesk::retain(RetentionOptions const& options, std::function<void(std::int64_t tickets)> const& done) {
  Retention out;
  auto* const reading = desk_.reading();
  if (!reading) return out;
  Places all;
  {
    store::ReadTx const view(*reading);
    all = old_tickets(reading->connection(), options);
    if (!options.apply) {
      out.tickets = static_cast<std::int64_t>(all.size());
      if (!all.empty()) out.places = places_of(find_tickets(reading->connection(), all));
      return out;
    }
  }
  Vouching vouching;
  for (std::size_t at = 0; at < all.size();) {
    auto const end = std::min(all.size(), at + static_cast<std::size_t>(options.chunk));
    Places const some(all.begin() + static_cast<std::ptrdiff_t>(at), all.begin() + static_cast<std::ptrdiff_t>(end));
    Portion portion;
    try {
      portion = desk_.write([&](store::WriteTx& tx) { return erase_portion(desk_, tx, some, options, vouching); });
    } catch (base::Error& error) {
      throw error.stored(out.tickets);
    }
    add_counts(out.places, portion.places);
    out.erased_values += portion.erased.values;
    for (auto const& [event, count] : portion.erased.withdrawn) vouching.rows[event] -= count;
    out.tickets += portion.tickets;
    at = end;
    done(out.tickets);
  }
  out.beyond = clear_remains();  // also of a run before that was cut off
  return out;
}

}  // namespace umsops::desk
