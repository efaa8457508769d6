// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/record_table.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::store {

/// `support_tickets`.
RecordTable const& ticket_table();
/// Throws `store.damaged` when the columns are no ticket.
model::Ticket to_ticket(Columns const& columns);

/// `n` of the ticket; 0: there is none.
std::int64_t place_of_ticket(Connection& db, std::string_view id);
// `store/record_table.hpp` for tickets.
Columns columns_of(model::Ticket const& ticket);
std::string insert_ticket(WriteTx& tx, model::Ticket const& ticket, NewRecord const& brings = {});
std::string update_ticket(WriteTx& tx, model::Ticket const& ticket, std::int64_t known);
void update_ticket_due_times(WriteTx& tx, model::Ticket const& ticket, std::int64_t known);
std::optional<model::Ticket> find_ticket_by_id(Connection& db, std::string_view id);
std::optional<model::Ticket> ticket_at(Connection& db, std::int64_t n);
std::optional<model::Ticket> find_ticket_by_number(Connection& db, std::string_view number);
std::vector<model::Ticket> find_tickets_by_prefix(Connection& db, std::string_view prefix, std::size_t most);
Rest list_tickets(Connection& db, query::Query const& query, std::function<bool(model::Ticket&)> const& visit);
std::int64_t count_tickets(Connection& db, query::Filter const& filter);

/// Number, title, category and status of the requester's tickets since a time, newest first: duplicate candidates.
struct TitleRow {
  std::string ticket_number, title, category;
  model::TicketStatus status;
};
std::vector<TitleRow> recent_titles(Connection& db, std::string_view requester, base::TimePoint since,
                                    std::size_t most);

/// Who asked about what since a time, newest first: of a flood of requests. Ends when `visit` gives false.
struct RecentRow {
  std::string id, ticket_number, requester_id, service, category;
  base::TimePoint created_at{};
};
void recent_requests(Connection& db, base::TimePoint since, std::size_t most,
                     std::function<bool(RecentRow const&)> const& visit);

}  // namespace umsops::store
