// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/due_times.hpp"
#include "desk/ticket_store_desk.hpp"
#include "store/attachments.hpp"
#include "store/escalations.hpp"
#include "store/event_log.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/rule_desk.hpp"

namespace umsops::desk {
namespace {

using base::Error;

constexpr std::size_t kShortestPrefix = 4;

[[noreturn]] void not_found(std::string const& id) {
  base::Value detail;
  detail.add("id", id.substr(0, 80));
  throw Error(base::errors::ticket_not_found, {{"id", id.substr(0, 80)}}).detail(std::move(detail));
}

model::Ticket by_prefix(store::Connection& db, std::string const& typed, std::string const& prefix) {
  auto found = store::find_tickets_by_prefix(db, prefix, 6);
  if (found.empty()) not_found(typed);
  if (found.size() == 1) return std::move(found.front());
  std::string names;
  base::Value::List numbers;
  for (std::size_t i = 0; i < found.size(); ++i) {
    numbers.emplace_back(found[i].ticket_number);
    if (i < 5) names += (i ? ", " : "") + found[i].ticket_number;
  }
  if (found.size() > 5) names += ", ...";
  base::Value detail;
  detail.add("candidates", std::move(numbers));
  throw Error(base::errors::ticket_ambiguous, {{"id", typed}, {"candidates", names}}).detail(std::move(detail));
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

model::Ticket find_ticket(Session& session, store::Connection& db, std::string const& id) {
  if (id.empty() || id.size() > 64) not_found(id);
  if (id == "@last") {
    auto const record = store::last_record_of(db, "ticket", session.options().actor.name);
    auto ticket = record ? store::find_ticket_by_id(db, *record) : std::nullopt;
    if (!ticket) not_found(id);
    return std::move(*ticket);
  }
  if (auto const number = session.numbers().normalise(id)) {
    if (auto ticket = store::find_ticket_by_number(db, *number)) return std::move(*ticket);
    // T-12 means ticket 12 and never 123; only a number with its leading zeros may be a beginning.
    if (!session.numbers().counter(*number) || number->size() <= id.size() || id.find('0') == std::string::npos)
      not_found(id);
    return by_prefix(db, id, id);
  }
  if (auto ticket = store::find_ticket_by_number(db, id)) return std::move(*ticket);
  std::string const internal = lower(id);
  if (auto ticket = store::find_ticket_by_id(db, internal)) return std::move(*ticket);
  if (internal.size() < kShortestPrefix) not_found(id);
  return by_prefix(db, id, internal);
}

ListEnd TicketStoreDesk::list(query::Query const& query, std::function<bool(model::Ticket const&)> const& visit) {
  ListEnd end;
  auto* const store = session_.reading();
  if (!store) return end;
  auto const now = session_.now();
  auto const rest = store::list_tickets(store->connection(), query, [&](model::Ticket& ticket) {
    ++end.count;
    ticket.sla = model::sla_status_at(ticket, now);
    return visit(ticket);
  });
  end.truncated = rest.truncated;
  end.next = rest.next;
  return end;
}

std::int64_t TicketStoreDesk::count(query::Filter const& filter) {
  auto* const store = session_.reading();
  return store ? store::count_tickets(store->connection(), filter) : 0;
}

WholeTicket TicketStoreDesk::show(std::string const& id) {
  auto* const store = session_.reading();
  if (!store) not_found(id);
  store::ReadTx tx(*store);
  WholeTicket file;
  file.ticket = find_ticket(session_, store->connection(), id);
  file.ticket.sla = model::sla_status_at(file.ticket, session_.now());
  file.responses = store::responses_of(store->connection(), file.ticket.id);
  file.escalations = store::escalations_of(store->connection(), file.ticket.id);
  file.links = shown_links(store->connection(), file.ticket);
  file.history = store::events_of(store->connection(), "ticket", file.ticket.id);
  file.attachments = store::attachments_of(store->connection(), file.ticket.id);
  return file;
}

std::vector<model::Event> TicketStoreDesk::history(std::string const& id) {
  auto* const store = session_.reading();
  if (!store) not_found(id);
  store::ReadTx tx(*store);
  auto const ticket = find_ticket(session_, store->connection(), id);
  return store::events_of(store->connection(), "ticket", ticket.id);
}

TicketSla TicketStoreDesk::sla(std::string const& id) {
  auto* const store = session_.reading();
  if (!store) not_found(id);
  store::ReadTx tx(*store);
  auto& db = store->connection();
  TicketSla out;
  out.ticket = find_ticket(session_, db, id);
  // Filed before there were policies, or under one that is gone: seen as the next change would see it.
  if (!session_.book().find(out.ticket.sla_policy)) {
    if (auto const* policy = session_.book().choose(out.ticket)) out.ticket.sla_policy = policy->name;
  }
  auto const standing = standing_of(session_, db, out.ticket, store::moves_of(db, out.ticket.id), session_.now());
  if (!standing.policy) return out;
  auto const& calendar = session_.book().calendar(standing.policy->calendar);
  out.policy = *standing.policy;
  out.clocks = standing.clocks;
  out.segments = umsops::sla::explain(calendar, standing.clocks);
  out.ticket.sla = umsops::sla::status(standing.clocks);
  auto const taken = store::taken_steps_of(db, out.ticket.id);
  for (auto const& step : standing.policy->ladder) {
    auto const& clock = step.clock == umsops::sla::ClockKind::response ? standing.clocks.response_clock()
                                                                       : standing.clocks.resolution_clock();
    TicketSla::Rung rung{step.id(), clock.generation, umsops::sla::step_due(calendar, clock, step), std::nullopt};
    for (auto const& done : taken) {
      if (done.step == rung.step && done.generation == rung.generation) rung.taken_at = done.fired_at;
    }
    out.ladder.push_back(std::move(rung));
  }
  return out;
}

ListEnd TicketStoreDesk::export_all(query::Query const& query, std::function<bool(WholeTicket const&)> const& visit) {
  ListEnd end;
  auto* const store = session_.reading();
  if (!store) return end;
  store::ReadTx tx(*store);
  auto& db = store->connection();
  auto const now = session_.now();
  auto const rest = store::list_tickets(db, query, [&](model::Ticket& ticket) {
    session_.check_interrupted();
    ++end.count;
    ticket.sla = model::sla_status_at(ticket, now);
    return visit({ticket, store::responses_of(db, ticket.id), store::escalations_of(db, ticket.id),
                  shown_links(db, ticket), store::events_of(db, "ticket", ticket.id)});
  });
  end.truncated = rest.truncated;
  end.next = rest.next;
  return end;
}

rules::Verdict TicketStoreDesk::explain(std::string const& id) {
  auto* const store = session_.reading();
  if (!store) not_found(id);
  return session_.rules().classify(facts_of(find_ticket(session_, store->connection(), id)));
}

std::vector<std::pair<std::string, std::string>> TicketStoreDesk::complete(std::string const& prefix,
                                                                           std::size_t most) {
  std::vector<std::pair<std::string, std::string>> out;
  auto* const store = session_.reading();
  if (!store) return out;
  for (auto& ticket : store::find_tickets_by_prefix(store->connection(), prefix, most)) {
    out.emplace_back(std::move(ticket.ticket_number), std::move(ticket.title));
  }
  return out;
}

}  // namespace umsops::desk
