// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/assignees.hpp"
#include "desk/due_times.hpp"
#include "desk/history.hpp"
#include "desk/ticket_store_desk.hpp"
#include "store/event_log.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using base::Error;

std::vector<std::string> once_each(std::vector<std::string> const& ids) {
  std::vector<std::string> out;
  for (auto const& id : ids) {
    if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
  }
  return out;
}

void refuse_unwritable(Sets const& sets) {
  for (auto const& [field, value] : sets) {
    auto const& described = model::ticket_type().fields[field];
    if (described.traits & base::kWritable) continue;
    throw Error(base::errors::field_not_writable, {{"field", std::string(described.name)}, {"noun", "ticket"}});
  }
}

/// Named values are joined with those that are there; a null one goes away.
base::Value joined(model::Ticket const& ticket, std::size_t field, base::Value const& value) {
  auto const* given = value.get_if<base::Value::Object>();
  auto there = model::get(ticket, field);
  auto* members = there.get_if<base::Value::Object>();
  if (!given || !members) return value;
  for (auto const& [name, member] : *given) {
    std::erase_if(*members, [&name = name](auto const& old) { return old.first == name; });
    members->emplace_back(name, member);
  }
  return there;
}

TicketResult unchanged(model::Ticket ticket) {
  TicketResult result;
  result.ticket = std::move(ticket);
  result.result = Result::unchanged;
  return result;
}

TicketResult updated(model::Ticket ticket) {
  TicketResult result;
  result.ticket = std::move(ticket);
  result.result = Result::updated;
  return result;
}

}  // namespace

model::Ticket store_change(Session& session, store::WriteTx& tx, model::Ticket const& before, model::Ticket after,
                           std::string kind, std::string reason, std::vector<model::Change> further) {
  Hooked hooked = session.hooks().on_modify(before, after);
  if (!hooked.ran.is_null()) further.push_back(hooks_change(std::move(hooked.ran)));
  return store_unhooked(session, tx, before, std::move(hooked.ticket), std::move(kind), std::move(reason),
                        std::move(further));
}

model::Ticket store_unhooked(Session& session, store::WriteTx& tx, model::Ticket const& before, model::Ticket after,
                             std::string kind, std::string reason, std::vector<model::Change> further) {
  after.rev = before.rev + 1;
  after.updated_at = std::max(session.now(), after.created_at);
  refuse_unsound(after);
  set_due_times(session, tx.connection(), before, after);
  std::string const state = store::update_ticket(tx, after, before.rev);
  auto changes = model::changes_between(before, after);
  for (auto& change : further) changes.push_back(std::move(change));
  model::Event event = ticket_event(session, after, std::move(kind), std::move(reason), std::move(changes));
  store::append_event(tx, event, state, session.ids());
  return after;
}

TicketResult TicketStoreDesk::edit_one(store::WriteTx& tx, std::string const& id, ChangeOptions const& change,
                                       Edit const& edit) {
  model::Ticket ticket = find_ticket(session_, tx.connection(), id);
  if (change.if_rev && *change.if_rev != ticket.rev) {
    throw Error(base::errors::ticket_stale, {{"id", ticket.ticket_number},
                                             {"actual", std::to_string(ticket.rev)},
                                             {"expected", std::to_string(*change.if_rev)}});
  }
  TicketResult result = edit(tx, std::move(ticket));
  result.dry_run = change.dry_run;
  result.ticket.sla = model::sla_status_at(result.ticket, session_.now());
  for (auto& line : session_.hooks().take_feedback()) result.warnings.push_back(std::move(line));
  return result;
}

std::vector<ItemOutcome> TicketStoreDesk::batch(std::vector<std::string> const& ids, ChangeOptions const& change,
                                                Batch batch, Edit const& edit) {
  std::vector<ItemOutcome> outcomes;
  if (!ids.empty() && session_.absent_default()) {  // a desk that does not exist yet has no ticket to change
    throw Error(base::errors::ticket_not_found, {{"id", ids.front().substr(0, 80)}});
  }
  if (batch == Batch::atomic) {
    return session_.write([&](store::WriteTx& tx) {
      std::vector<ItemOutcome> done;
      for (auto const& id : once_each(ids)) {
        session_.check_interrupted();
        done.push_back({id, edit_one(tx, id, change, edit), std::nullopt});
      }
      if (change.dry_run) tx.discard();
      return done;
    });
  }
  for (auto const& id : once_each(ids)) {
    session_.check_interrupted();
    try {
      auto result = session_.write([&](store::WriteTx& tx) {
        if (change.dry_run) tx.discard();
        return edit_one(tx, id, change, edit);
      });
      outcomes.push_back({id, std::move(result), std::nullopt});
    } catch (Error const& error) {
      using Kind = base::ErrorKind;
      bool const of_the_item = error.kind() == Kind::not_found || error.kind() == Kind::conflict ||
                               error.kind() == Kind::invalid_input || error.kind() == Kind::usage;
      if (!of_the_item) throw;
      outcomes.push_back({id, std::nullopt, error});
    }
  }
  return outcomes;
}

std::vector<ItemOutcome> TicketStoreDesk::update(std::vector<std::string> const& ids, Sets const& sets,
                                                 ChangeOptions const& options, Batch how) {
  refuse_unwritable(sets);
  return batch(ids, options, how, [&](store::WriteTx& tx, model::Ticket before) {
    model::Ticket after = before;
    for (auto const& [field, value] : sets) model::set(after, field, joined(after, field, value));
    if (model::changes_between(before, after).empty()) return unchanged(std::move(before));
    if (after.assignee_id != before.assignee_id) refuse_stranger(session_, after.assignee_id);
    for (auto const& [field, value] : sets) {
      model::note_decision(after, model::ticket_type().fields[field].name, model::get(after, field).text(), "caller");
    }
    return updated(store_change(session_, tx, before, std::move(after), "updated", options.reason));
  });
}

}  // namespace umsops::desk
