// SPDX-License-Identifier: Apache-2.0
#include "desk/decisions.hpp"
#include "desk/due_times.hpp"
#include "desk/export_record.hpp"
#include "desk/find.hpp"
#include "desk/links.hpp"
#include "desk/record_search.hpp"
#include "desk/requester_lookup.hpp"
#include "desk/ticket_watchers.hpp"
#include "store/attachments.hpp"
#include "store/callbacks.hpp"
#include "store/escalations.hpp"
#include "store/event_log.hpp"
#include "store/mails.hpp"
#include "store/responses.hpp"
#include "store/tickets.hpp"
#include "umsops/desk/rule_desk.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {

ExportedTicket exported(store::Connection& db, model::Ticket ticket) {
  ExportedTicket out;
  out.responses = store::responses_of(db, ticket.id);
  out.history = store::events_of(db, "ticket", ticket.id);
  out.escalations = store::escalations_of(db, model::ref_of(ticket));
  out.links = desk::links_from(db, model::ref_of(ticket));
  out.attachments = stored_attachments(db, model::ref_of(ticket));
  out.callbacks = store::callbacks_of(db, ticket.id);
  out.ladder_steps = ladder_steps_of(db, model::ref_of(ticket));
  out.mails = store::mails_of(db, model::ref_of(ticket));
  out.keys = change_keys_of(db, model::ref_of(ticket));
  out.watchers = watchers_of(db, model::ref_of(ticket));
  out.ticket = std::move(ticket);
  return out;
}

ListEnd TicketDesk::list(query::Query const& query, std::function<bool(model::Ticket const&)> const& visit) {
  ListEnd end;
  auto* const store = desk_.reading();
  if (!store) return end;
  auto const now = desk_.now();
  auto& db = store->connection();
  auto const found = with_found(db, model::ticket_type(), query, &end.unsearched);
  auto const rest = store::list_tickets(db, found, [&](model::Ticket& ticket) {
    ++end.count;
    ticket.sla = model::sla_status_at(ticket, now);
    return visit(ticket);
  });
  end.truncated = rest.truncated;
  end.next = rest.next;
  return end;
}

std::int64_t TicketDesk::count(query::Filter const& filter) {
  auto* const store = desk_.reading();
  if (!store) return 0;
  return store::count_tickets(store->connection(), with_found(store->connection(), model::ticket_type(), filter));
}

WholeTicket TicketDesk::show(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(tickets(), id);
  store::ReadTx tx(*store);
  WholeTicket file;
  file.ticket = find_ticket(desk_, store->connection(), id);
  file.ticket.sla = model::sla_status_at(file.ticket, desk_.now());
  know_requester(store->connection(), file.ticket);
  restore_reasons(desk_, file.ticket);
  file.responses = store::responses_of(store->connection(), file.ticket.id);
  file.escalations = store::escalations_of(store->connection(), model::ref_of(file.ticket));
  file.links = shown_links(store->connection(), model::ref_of(file.ticket));
  file.history = store::events_of(store->connection(), "ticket", file.ticket.id);
  file.attachments = store::attachments_of(store->connection(), model::ref_of(file.ticket));
  file.mails = store::mails_of(store->connection(), model::ref_of(file.ticket));
  file.watchers = watchers_of(store->connection(), model::ref_of(file.ticket));
  return file;
}

std::vector<model::Event> TicketDesk::history(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(tickets(), id);
  store::ReadTx tx(*store);
  auto const ticket = find_ticket(desk_, store->connection(), id);
  return store::events_of(store->connection(), "ticket", ticket.id);
}

/// The clocks by what is stored of them, which is what lists, filters and tick go by. Gives whether the policies of
/// today would have other times for one that still runs.
static bool as_recorded(model::Ticket const& ticket, calendar::Calendar const& calendar, umsops::sla::Clocks& clocks) {
  if (ticket.sla_policy.empty()) return false;
  bool renewed = false;
  auto const take = [&](umsops::sla::Clock& clock, std::optional<base::TimePoint> const& due) {
    if (clock.paused || clock.due == due) return;
    renewed = renewed || clock.running;
    due ? judge_by(clock, calendar, *due) : leave_open(clock);
  };
  take(clocks.all.front(), ticket.response_due_at);
  take(clocks.all[clocks.resolution], ticket.resolution_due_at);
  return renewed;
}

TicketSla TicketDesk::sla(std::string const& id, Judged judged) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(tickets(), id);
  store::ReadTx tx(*store);
  auto& db = store->connection();
  TicketSla out;
  out.ticket = find_ticket(desk_, db, id);
  // Filed before there were policies, or under one that is gone: seen as the next change would see it.
  if (!desk_.book().find(out.ticket.sla_policy)) {
    if (auto const* policy = desk_.book().choose(out.ticket)) out.ticket.sla_policy = policy->name;
  }
  auto state =
      sla_state_of(desk_, db, out.ticket, store::moves_of(db, out.ticket.id), desk_.now(), sla::Count::all_runs);
  if (!state.policy) return out;
  auto const& calendar = desk_.book().calendar(*state.policy, out.ticket.team);
  if (judged == Judged::recorded) out.renewed = as_recorded(out.ticket, calendar, state.clocks);
  out.policy = *state.policy;
  out.policy->calendar = calendar.name();
  out.clocks = state.clocks;
  out.segments = umsops::sla::explain(calendar, state.clocks);
  out.ticket.sla = umsops::sla::status(state.clocks);
  auto const taken = store::taken_steps_of(db, model::ref_of(out.ticket));
  for (auto const& step : state.policy->ladder) {
    auto const& clock = step.clock == umsops::sla::ClockKind::response ? state.clocks.response_clock()
                                                                       : state.clocks.resolution_clock();
    TicketSla::Rung rung{step.id(), clock.generation, umsops::sla::step_due(calendar, clock, step), std::nullopt};
    for (auto const& done : taken) {
      if (done.step == rung.step && done.generation == rung.generation) rung.taken_at = done.fired_at;
    }
    out.ladder.push_back(std::move(rung));
  }
  return out;
}

ListEnd TicketDesk::export_all(query::Query const& query, std::function<bool(ExportedTicket const&)> const& visit) {
  ListEnd end;
  auto* const store = desk_.reading();
  if (!store) return end;
  store::ReadTx tx(*store);
  auto& db = store->connection();
  auto const now = desk_.now();
  auto const found = with_found(db, model::ticket_type(), query, &end.unsearched);
  auto const rest = store::list_tickets(db, found, [&](model::Ticket& ticket) {
    desk_.check_interrupted();
    ++end.count;
    ticket.sla = model::sla_status_at(ticket, now);
    return visit(exported(db, std::move(ticket)));
  });
  end.truncated = rest.truncated;
  end.next = rest.next;
  return end;
}

rules::Verdict TicketDesk::explain(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(tickets(), id);
  auto ticket = find_ticket(desk_, store->connection(), id);
  know_requester(store->connection(), ticket);
  return desk_.rules().classify(facts_of(ticket));
}

std::vector<std::pair<std::string, std::string>> TicketDesk::complete(std::string const& prefix, std::size_t most) {
  std::vector<std::pair<std::string, std::string>> out;
  auto* const store = desk_.reading();
  if (!store) return out;
  for (auto& ticket : store::find_tickets_by_prefix(store->connection(), prefix, most)) {
    out.emplace_back(std::move(ticket.ticket_number), std::move(ticket.title));
  }
  return out;
}

}  // namespace umsops::desk
