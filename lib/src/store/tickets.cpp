// SPDX-License-Identifier: Apache-2.0
#include "store/tickets.hpp"

#include "model/packed_classification.hpp"
#include "model/ticket_changes.hpp"
#include "store/record_row.hpp"
#include "store/ticket_days.hpp"
#include "umsops/base/error.hpp"
#include "umsops/model/key_nouns.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kTitles =
    "SELECT ticket_number, title, category, status FROM support_tickets "
    "WHERE requester_id = $1 AND created_at >= $2 ORDER BY created_at DESC, n DESC LIMIT $3";

constexpr std::string_view kRequests =
    "SELECT id, ticket_number, requester_id, service, category, created_at FROM support_tickets "
    "WHERE created_at >= $1 AND requester_id IS NOT NULL AND status <> 'SPAM' ORDER BY created_at DESC, n DESC LIMIT "
    "$2";

constexpr std::string_view kKeyNouns[] = {model::kTicketReplyKeys};

/// `model::sla_status_at` as SQL; `$now` stands for the parameter that holds the time. It is computed at each question,
/// since it changes by the passing of time alone: stored, it would be wrong within a minute.
constexpr std::string_view kSlaStatus =
    "(CASE WHEN sla_policy IS NULL THEN NULL"
    " WHEN sla_breach = 'RESOLUTION_BREACHED' OR ((sla_deadline IS NOT NULL"
    " OR status NOT IN ('PENDING', 'RESOLVED', 'CLOSED')) AND resolution_due_at < $now) THEN 'RESOLUTION_BREACHED'"
    " WHEN sla_breach = 'RESPONSE_BREACHED' OR (first_response_at IS NULL"
    " AND status IN ('OPEN', 'ASSIGNED', 'ESCALATED') AND response_due_at < $now) THEN 'RESPONSE_BREACHED'"
    " WHEN status = 'PENDING' AND sla_deadline IS NULL THEN 'PAUSED'"
    " WHEN status IN ('RESOLVED', 'CLOSED') AND sla_deadline IS NULL THEN 'MET'"
    " WHEN sla_risk_at <= $now THEN 'AT_RISK' ELSE 'ON_TRACK' END)";

std::string computed_sql(Schema const&, base::Field const& field) {
  return field.name == "sla" ? std::string(kSlaStatus) : std::string();
}

constexpr std::string_view kFinished[] = {"RESOLVED", "CLOSED"};

std::optional<model::Ticket> find(Connection& db, By by, std::string_view key) {
  auto const columns = find_record(db, ticket_table(), by, key);
  return columns ? std::optional(to_ticket(*columns)) : std::nullopt;
}

}  // namespace

RecordTable const& ticket_table() {
  static RecordTable const kTable =
      RecordTable::made({.type = model::ticket_type(),
                         .name = "support_tickets",
                         .not_found = base::errors::ticket_not_found,
                         .created = "created_at",
                         .keyed = true,
                         .derives = true,
                         .key_nouns = kKeyNouns,
                         .newest_first = true,
                         .split = {"status", "status NOT IN ('RESOLVED', 'CLOSED')", kFinished},
                         .narrow = {"id", "ticket_number", "requester_id", "assignee_id"},
                         .computed = computed_sql,
                         .packed = {"classification", model::packed_classification, model::unpacked_classification},
                         .follows = follow_ticket_days});
  return kTable;
}

model::Ticket to_ticket(Columns const& columns) {
  model::Ticket ticket;
  each_field(ticket_table(), columns,
             [&](std::size_t field, base::Value const& value) { model::set(ticket, field, value); });
  for (auto& decision : ticket.classification.decisions) {
    // Not stored again: the ticket itself says what it carries.
    if (decision.value.empty()) decision.value = model::carried_value(ticket, decision.field);
    if (decision.origin == "rule" && decision.suggested.empty()) decision.suggested = decision.value;
  }
  return ticket;
}

std::int64_t place_of_ticket(Connection& db, std::string_view id) { return place_of(db, ticket_table(), id); }

Columns columns_of(model::Ticket const& ticket) { return to_columns(ticket_table(), model::to_row(ticket)); }

std::string insert_ticket(WriteTx& tx, model::Ticket const& ticket, NewRecord const& brings) {
  return insert_record(tx, ticket_table(), columns_of(ticket), brings);
}

void update_ticket_due_times(WriteTx& tx, model::Ticket const& ticket, std::int64_t known) {
  update_derived(tx, ticket_table(), columns_of(ticket), known);
}

std::string update_ticket(WriteTx& tx, model::Ticket const& ticket, std::int64_t known) {
  return update_record(tx, ticket_table(), columns_of(ticket), known);
}

std::optional<model::Ticket> find_ticket_by_id(Connection& db, std::string_view id) { return find(db, By::id, id); }

std::optional<model::Ticket> ticket_at(Connection& db, std::int64_t n) {
  auto const columns = record_at(db, ticket_table(), n);
  return columns ? std::optional(to_ticket(*columns)) : std::nullopt;
}

std::optional<model::Ticket> find_ticket_by_number(Connection& db, std::string_view number) {
  return find(db, By::number, number);
}

std::vector<model::Ticket> find_tickets_by_prefix(Connection& db, std::string_view prefix, std::size_t most) {
  std::vector<model::Ticket> found;
  for (Columns const& columns : find_by_prefix(db, ticket_table(), prefix, most)) found.push_back(to_ticket(columns));
  return found;
}

Rest list_tickets(Connection& db, query::Query const& query, std::function<bool(model::Ticket&)> const& visit) {
  return list_records(db, ticket_table(), query, [&](Columns const& columns) {
    model::Ticket ticket = to_ticket(columns);
    return visit(ticket);
  });
}

std::int64_t count_tickets(Connection& db, query::Filter const& filter) {
  return count_records(db, ticket_table(), filter);
}

std::vector<TitleRow> recent_titles(Connection& db, std::string_view requester, base::TimePoint since,
                                    std::size_t most) {
  std::vector<TitleRow> found;
  if (requester.empty()) return found;
  Reading rows(db.prepare(kTitles));
  rows->bind(1, requester).bind(2, since).bind(3, static_cast<std::int64_t>(most));
  while (rows->step()) {
    auto const status = model::parse_status(rows->text(3));
    if (!status)
      throw base::Error(base::errors::store_damaged, {{"problem", "ticket " + rows->text(0) + " has no status"}});
    found.push_back({rows->text(0), rows->text(1), rows->text(2), *status});
  }
  return found;
}

void recent_requests(Connection& db, base::TimePoint since, std::size_t most,
                     std::function<bool(RecentRow const&)> const& visit) {
  Reading rows(db.prepare(kRequests));
  rows->bind(1, since).bind(2, static_cast<std::int64_t>(most));
  while (rows->step()) {
    if (!visit({rows->text(0), rows->text(1), rows->text(2), rows->text(3), rows->text(4), rows->time_at(5)})) break;
  }
}

}  // namespace umsops::store
