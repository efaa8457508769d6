// SPDX-License-Identifier: Apache-2.0
#include "desk/callbacks.hpp"

#include <algorithm>

#include "desk/find.hpp"
#include "desk/ticket_change.hpp"
#include "store/callbacks.hpp"
#include "store/tickets.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using model::Callback;
using model::CallbackState;

constexpr std::size_t kShortestPrefix = 4;

void refuse_unsound(Callback const& callback) {
  auto const problems = model::check(callback);
  if (problems.empty()) return;
  Error error(base::errors::record_invalid, {{"field", problems.front().field}, {"problem", problems.front().what}});
  for (auto const& problem : problems)
    error.detail(base::Value::Object{{"field", problem.field}, {"problem", problem.what}});
  throw error;
}

[[noreturn]] void ambiguous(std::string const& id, std::vector<Callback> found) {
  std::sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.due_at < b.due_at; });
  std::string names;
  base::Value::List ids;
  for (auto const& callback : found) {
    names += (names.empty() ? "" : ", ") + callback.id + " (" +
             (callback.contact.empty() ? "" : callback.contact + " ") +
             base::format_rfc3339(std::chrono::floor<std::chrono::seconds>(callback.due_at)) + ")";
    ids.emplace_back(callback.id);
  }
  throw Error(base::errors::callback_ambiguous, {{"id", id}, {"candidates", names}})
      .detail(base::Value::Object{{"candidates", std::move(ids)}});
}

/// The call-back by its own id, if it is one.
std::optional<Callback> by_own_id(store::Connection& db, std::string id) {
  std::transform(id.begin(), id.end(), id.begin(), [](char c) { return base::ascii_lower(c); });
  if (id.size() < kShortestPrefix || id.size() > 26) return std::nullopt;
  auto found = store::find_callbacks(db, id, 5);
  if (found.size() > 1) ambiguous(id, found);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

/// The open one of a ticket; without one the last that was done.
Callback of_ticket(store::Connection& db, std::string const& id, model::Ticket const& ticket) {
  auto const all = store::callbacks_of(db, ticket.id);
  std::vector<Callback> open;
  std::copy_if(all.begin(), all.end(), std::back_inserter(open),
               [](Callback const& c) { return c.state == CallbackState::open; });
  if (open.size() > 1) ambiguous(id, open);
  if (open.size() == 1) return open.front();
  if (all.empty()) throw Error(base::errors::callback_not_found, {{"id", id.substr(0, 80)}});
  return *std::max_element(all.begin(), all.end(),
                           [](Callback const& a, Callback const& b) { return a.done_at < b.done_at; });
}

Callback find(OpenDesk& desk, store::Connection& db, std::string const& id) {
  if (auto own = by_own_id(db, id)) return std::move(*own);
  try {
    return of_ticket(db, id, find_ticket(desk, db, id));
  } catch (Error const& error) {
    if (&error.code() != &base::errors::ticket_not_found) throw;
    throw Error(base::errors::callback_not_found, {{"id", id.substr(0, 80)}});
  }
}

/// What is to be called for, in the words of the history.
std::string reason_of(Callback const& callback) {
  return "call back " + (callback.contact.empty() ? "" : callback.contact + " ") + "at " +
         base::format_rfc3339(callback.due_at);
}

void take_from(model::Ticket const& ticket, Callback& callback) {
  callback.ticket_number = ticket.ticket_number;
  callback.title = ticket.title;
  callback.requester_id = ticket.requester_id;
}

}  // namespace

Callback add_callback(OpenDesk& desk, store::WriteTx& tx, model::Ticket& ticket, NewCallback const& wanted) {
  Callback callback;
  callback.id = desk.ids().next_id(desk.now());
  callback.ticket_id = ticket.id;
  callback.contact = wanted.contact;
  callback.note = wanted.note;
  callback.due_at = wanted.due_at;
  callback.created_at = desk.now();
  callback.created_by = desk.options().actor.name;
  refuse_unsound(callback);
  store::insert_callback(tx, callback);
  ticket = store_unhooked(desk, tx, ticket, ticket, "callback_added", reason_of(callback), {});
  take_from(ticket, callback);
  return callback;
}

void finish_callback(OpenDesk& desk, store::WriteTx& tx, model::Ticket& ticket, Callback& callback,
                     std::string const& outcome) {
  callback.state = CallbackState::done;
  callback.done_at = std::max(desk.now(), callback.created_at);
  callback.done_by = desk.options().actor.name;
  callback.outcome = outcome;
  refuse_unsound(callback);
  store::replace_callback(tx, callback);
  ticket = store_unhooked(desk, tx, ticket, ticket, "callback_done", outcome, {});
}

CallbackResult CallbackDesk::add(std::string const& id, NewCallback const& wanted, bool dry_run) {
  if (desk_.absent_default()) refuse_absent(tickets(), id);
  return desk_.write([&](store::WriteTx& tx) {
    auto ticket = find_ticket(desk_, tx.connection(), id);
    CallbackResult result;
    result.callback = add_callback(desk_, tx, ticket, wanted);
    result.dry_run = dry_run;
    if (dry_run) tx.discard();
    return result;
  });
}

CallbackResult CallbackDesk::done(std::string const& id, std::string const& outcome, bool dry_run) {
  if (desk_.absent_default()) throw Error(base::errors::callback_not_found, {{"id", id.substr(0, 80)}});
  return desk_.write([&](store::WriteTx& tx) {
    tx.take_turn();  // what is read here must hold until it is changed
    CallbackResult result;
    result.callback = find(desk_, tx.connection(), id);
    result.dry_run = dry_run;
    result.result = Result::unchanged;
    if (result.callback.state == CallbackState::done || dry_run) tx.discard();
    if (result.callback.state == CallbackState::done) return result;
    auto ticket = store::find_ticket_by_id(tx.connection(), result.callback.ticket_id);
    if (!ticket) {
      throw Error(base::errors::store_damaged,
                  {{"problem", "call-back " + result.callback.id + " belongs to no ticket"}});
    }
    finish_callback(desk_, tx, *ticket, result.callback, outcome);
    result.result = Result::updated;
    return result;
  });
}

ListEnd CallbackDesk::list(std::optional<CallbackState> state, std::optional<base::TimePoint> due_by,
                           std::function<bool(Callback const&)> const& visit) {
  ListEnd end;
  auto* const store = desk_.reading();
  if (!store) return end;
  store::list_callbacks(store->connection(), {state, due_by}, [&](Callback const& callback) {
    ++end.count;
    return visit(callback);
  });
  return end;
}

}  // namespace umsops::desk
