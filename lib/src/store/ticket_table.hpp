// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/query/query.hpp"

namespace umsops::store {

/// What a listing left out.
struct Rest {
  bool truncated = false;
  std::string next;
};

/// The next counter for ticket numbers: gap-free, since it is part of the transaction that uses it.
std::int64_t next_ticket_counter(WriteTx& tx);
/// After an import that brought its own numbers: the counter never falls back behind `used`.
void raise_ticket_counter(WriteTx& tx, std::int64_t used);
/// Part of every commit: writes the last number given, once.
void store_ticket_counter(WriteTx& tx);

/// Stores a new ticket; gives the hash of its state (all columns), which the history event of the change must carry.
std::string insert_ticket(WriteTx& tx, model::Ticket const& ticket, std::string const& salt);
/// Throws Conflict when what is stored is not at revision `known` any more.
std::string update_ticket(WriteTx& tx, model::Ticket const& ticket, std::int64_t known);

std::optional<model::Ticket> find_ticket_by_id(Connection& db, std::string_view id);
std::optional<model::Ticket> find_ticket_by_number(Connection& db, std::string_view number);
/// Tickets whose internal id or number begins so, newest first, at most `most`.
std::vector<model::Ticket> find_tickets_by_prefix(Connection& db, std::string_view prefix, std::size_t most);

/// Gives the tickets in the order asked (always made total by the internal order). Throws for a cursor of another
/// query.
Rest list_tickets(Connection& db, query::Query const& query, std::function<bool(model::Ticket&)> const& visit);
std::int64_t count_tickets(Connection& db, query::Filter const& filter);

/// Number, title, category and status of the requester's tickets since a time, newest first: duplicate candidates.
struct TitleRow {
  std::string ticket_number, title, category;
  model::TicketStatus status;
};
std::vector<TitleRow> recent_titles(Connection& db, std::string_view requester, base::TimePoint since,
                                    std::size_t most);

/// Changes the state of the response's ticket too, which must be stored; the event of the change comes after it.
void insert_response(WriteTx& tx, model::Response const& response, std::string const& salt);
std::vector<model::Response> responses_of(Connection& db, std::string_view ticket_id);

/// The idempotency key's record, when the key is known.
struct KeyRow {
  std::string record_id, content_hash;
};
std::optional<KeyRow> find_key(Connection& db, std::string_view noun, std::string_view key);
void insert_key(WriteTx& tx, std::string_view noun, std::string_view key, KeyRow const& row, base::TimePoint now);

/// Stores a message to be delivered later, in the transaction of its cause.
void insert_outbox(WriteTx& tx, model::OutboxMessage const& message, std::string const& id, base::TimePoint now);

}  // namespace umsops::store
