// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/announce.hpp"
#include "desk/assignees.hpp"
#include "desk/due_times.hpp"
#include "desk/duplicates.hpp"
#include "desk/history.hpp"
#include "desk/ticket_store_desk.hpp"
#include "store/event_log.hpp"
#include "store/keys.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/rule_desk.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;

/// Hash of all that the caller said: what must be the same when a key comes again.
std::string content_hash(NewTicket const& wanted) {
  auto const said = [](std::optional<std::string> const& text) { return text ? Value(*text) : Value(); };
  Value::Object attributes;
  for (auto const& [name, text] : wanted.attributes) attributes.emplace_back(name, text);
  std::sort(attributes.begin(), attributes.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
  return base::sha256_hex(base::to_json(Value::List{
      wanted.title, wanted.description, wanted.requester_id, said(wanted.assignee_id), said(wanted.category),
      said(wanted.subcategory), wanted.priority ? Value(model::to_string(*wanted.priority)) : Value(),
      model::to_string(wanted.source), std::move(attributes)}));
}

model::Ticket draft(Session& session, NewTicket const& wanted) {
  model::Ticket ticket;
  ticket.created_at = ticket.updated_at = wanted.created_at.value_or(session.now());
  ticket.id = session.ids().next_id(ticket.created_at);
  ticket.title = wanted.title;
  ticket.description = wanted.description;
  ticket.requester_id = wanted.requester_id;
  ticket.assignee_id = wanted.assignee_id.value_or("");
  refuse_stranger(session, ticket.assignee_id);
  ticket.category = wanted.category.value_or("");
  ticket.subcategory = wanted.subcategory.value_or("");
  ticket.priority = wanted.priority.value_or(model::Priority::medium);
  ticket.source = wanted.source;
  ticket.key = wanted.key;
  ticket.attributes = wanted.attributes;
  std::sort(ticket.attributes.begin(), ticket.attributes.end());
  return ticket;
}

std::vector<std::string> said_fields(NewTicket const& wanted) {
  std::vector<std::string> said;
  if (wanted.priority) said.emplace_back("priority");
  if (wanted.category) said.emplace_back("category");
  if (wanted.subcategory) said.emplace_back("subcategory");
  if (wanted.assignee_id) said.emplace_back("assignee_id");
  return said;
}

/// Whoever is named gets it.
model::Ticket with_first_status(model::Ticket ticket) {
  if (!ticket.assignee_id.empty()) ticket.status = model::TicketStatus::assigned;
  return ticket;
}

/// A retry with an imported key, whose first call nobody hashed, is judged by its text.
bool same_content(store::KeyRow const& row, NewTicket const& wanted, model::Ticket const& stored) {
  if (!row.content_hash.empty()) return row.content_hash == content_hash(wanted);
  return stored.title == wanted.title && stored.description == wanted.description;
}

TicketResult as_found(model::Ticket ticket, bool dry_run) {
  TicketResult result;
  result.ticket = std::move(ticket);
  result.result = Result::existing;
  result.dry_run = dry_run;
  return result;
}

}  // namespace

model::Ticket TicketStoreDesk::drafted(NewTicket const& wanted) {
  model::Ticket ticket = draft(session_, wanted);
  refuse_unsound(ticket);
  classify(ticket, session_.rules(), said_fields(wanted));
  ticket = with_first_status(std::move(ticket));
  refuse_unsound(ticket);  // what rules extract is text from outside, too
  return ticket;
}

TicketResult TicketStoreDesk::create(NewTicket const& wanted, CreateOptions const& options, Beside const& beside) {
  model::Ticket const ticket = drafted(wanted);
  if (options.dry_run && session_.absent_default()) return preview_first(options, ticket);
  return session_.write([&](store::WriteTx& tx) {
    TicketResult result = file(tx, wanted, options, ticket, beside);
    if (options.dry_run || result.result == Result::existing) tx.discard();
    return result;
  });
}

TicketResult TicketStoreDesk::file(store::WriteTx& tx, NewTicket const& wanted, CreateOptions const& options,
                                   model::Ticket const& draft, Beside const& beside) {
  auto const known = wanted.key.empty() ? std::nullopt : store::find_key(tx.connection(), "ticket", wanted.key);
  TicketResult result = known ? known_key(tx, wanted, options, *known, beside) : store_new(tx, wanted, options, draft);
  if (!known && beside.new_ticket) result.ticket = beside.new_ticket(tx, std::move(result.ticket));
  result.dry_run = options.dry_run;
  result.ticket.sla = model::sla_status_at(result.ticket, session_.now());
  result.warnings = session_.hooks().take_feedback();
  return result;
}

/// A dry run makes no store: the first ticket is told as it would be.
TicketResult TicketStoreDesk::preview_first(CreateOptions const& options, model::Ticket ticket) {
  TicketResult result;
  Hooked hooked = session_.hooks().run(kOnAdd, nullptr, ticket);
  result.ticket = with_first_status(std::move(hooked.ticket));
  result.warnings = std::move(hooked.feedback);
  result.ticket.ticket_number = session_.numbers().render(1, ticket.created_at);
  set_first_due_times(session_, result.ticket, {});
  result.ticket.sla = model::sla_status_at(result.ticket, session_.now());
  result.dry_run = options.dry_run;
  return result;
}

TicketResult TicketStoreDesk::store_new(store::WriteTx& tx, NewTicket const& wanted, CreateOptions const& options,
                                        model::Ticket ticket) {
  TicketResult result;
  model::Ticket const drafted = ticket;
  Hooked hooked = session_.hooks().on_add(drafted);
  ticket = with_first_status(std::move(hooked.ticket));
  auto by_hook = model::changes_between(drafted, ticket);
  result.duplicates = find_duplicates(session_, tx.connection(), ticket);
  if (options.fail_on_duplicate && !result.duplicates.empty()) {
    auto const& best = result.duplicates.front();
    throw Error(base::errors::ticket_duplicate,
                {{"id", best.ticket_number}, {"score", base::to_json(Value(best.score))}});
  }
  std::int64_t const counter = store::next_number(tx, store::ticket_table());
  ticket.ticket_number = session_.numbers().render(counter, ticket.created_at);
  set_first_due_times(session_, ticket, {});
  std::string const state = store::insert_ticket(tx, ticket, session_.ids().next_salt());
  model::Event event = first_event(session_, ticket, "created", options.reason);
  if (!options.actor.empty()) event.actor.name = options.actor;
  store::append_event(tx, event, state, session_.ids());
  if (!hooked.ran.is_null()) {
    model::Event by_hooks = ticket_event(session_, ticket, "hooked", "", std::move(by_hook));
    by_hooks.actor = event.actor;
    by_hooks.changes.push_back(hooks_change(std::move(hooked.ran)));
    store::append_event(tx, by_hooks, state, session_.ids());
  }
  if (!wanted.key.empty()) {
    store::insert_key(tx, "ticket", wanted.key, {ticket.id, content_hash(wanted)}, ticket.created_at);
  }
  if (options.confirm) announce(session_, tx, ticket, "ticket.confirmation", ticket.requester_id, options.answers);
  announce(session_, tx, ticket, "ticket.assigned", ticket.assignee_id);
  result.ticket = std::move(ticket);
  return result;
}

TicketResult TicketStoreDesk::known_key(store::WriteTx& tx, NewTicket const& wanted, CreateOptions const& options,
                                        store::KeyRow const& row, Beside const& beside) {
  auto stored = store::find_ticket_by_id(tx.connection(), row.record_id);
  if (!stored) throw Error(base::errors::store_damaged, {{"problem", "key " + wanted.key + " names no ticket"}});
  if (options.on_duplicate == OnDuplicate::fail) {
    throw Error(base::errors::ticket_key_exists, {{"key", wanted.key}, {"id", stored->ticket_number}});
  }
  if (options.on_duplicate == OnDuplicate::reopen && !model::is_open(stored->status)) {
    return result_of(desk::reopen(session_, tx, *stored, options.reason.empty() ? wanted.title : options.reason));
  }
  if (options.on_duplicate == OnDuplicate::comment) {
    Reply note;
    note.internal = true;
    note.text = wanted.description.empty() ? wanted.title : wanted.title + "\n\n" + wanted.description;
    if (base::code_points(note.text) > 65'536) note.text = wanted.description;
    return result_of(reply_to(session_, tx, *stored, note, options.reason));
  }
  if (options.on_duplicate == OnDuplicate::give_back && !same_content(row, wanted, *stored)) {
    if (beside.other_content) {
      TicketResult result;
      result.result = Result::updated;
      result.ticket = beside.other_content(tx, std::move(*stored));
      return result;
    }
    throw Error(base::errors::ticket_key_content, {{"key", wanted.key}, {"id", stored->ticket_number}});
  }
  return as_found(std::move(*stored), options.dry_run);
}

}  // namespace umsops::desk
