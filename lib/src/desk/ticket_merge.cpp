// SPDX-License-Identifier: Apache-2.0
// What becomes of a ticket that is a duplicate: what was said in it, and all that is still to be done for it, goes over
// to the other.
#include <map>

#include "desk/find.hpp"
#include "desk/ticket_links.hpp"
#include "desk/ticket_steps.hpp"
#include "desk/ticket_watchers.hpp"
#include "store/attachments.hpp"
#include "store/callbacks.hpp"
#include "store/links.hpp"
#include "store/responses.hpp"
#include "store/tickets.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

using model::Link;
using model::LinkKind;
using model::Ticket;

/// What was said in one ticket, said in the other by the same people at the same times. Gives the new id of each
/// response by its old one.
std::map<std::string, std::string> copy_talk(OpenDesk& desk, store::WriteTx& tx, Ticket const& from,
                                             Ticket const& into) {
  std::vector<model::Response> talk = store::responses_of(tx.connection(), from.id);
  model::Response report;
  report.responder_id = from.requester_id;
  std::string const said =
      from.ticket_number + ": " + from.title + (from.description.empty() ? "" : "\n\n" + from.description);
  report.content = base::first_bytes(said, 65'000);
  report.response_type = "EXTERNAL";
  report.is_private = false;
  report.created_at = from.created_at;
  talk.insert(talk.begin(), std::move(report));
  std::map<std::string, std::string> ids;
  for (auto& response : talk) {
    std::string const old = response.id;
    response.id = desk.ids().next_id(desk.now());
    response.ticket_id = into.id;
    response.time_spent_minutes.reset();  // it was spent on the other one, and counts there
    store::insert_response(tx, response);
    ids.emplace(old, response.id);
  }
  return ids;
}

/// Whether a link says what is still to be done: who belongs to whom, and who waits for whom.
bool goes_over(Link const& link) { return link.kind == LinkKind::child_of || link.kind == LinkKind::blocked_by; }

/// In place of a link between two tickets one with `into`, unless that would be to itself or lead back to it.
void move_link(OpenDesk& desk, store::WriteTx& tx, Link const& old, Link moved, std::string const& reason) {
  auto const holder = store::find_ticket_by_id(tx.connection(), old.from.id);
  auto const other = store::find_ticket_by_id(tx.connection(), old.to.id);
  if (!holder || !other || !store::erase_link(tx, old)) return;
  store_act(desk, tx, *holder, *holder, "unlinked", reason, {link_change(old, other->ticket_number, true)});
  if (moved.from == moved.to || closes_cycle(tx.connection(), moved)) return;
  auto const from = store::find_ticket_by_id(tx.connection(), moved.from.id);
  auto const to = store::find_ticket_by_id(tx.connection(), moved.to.id);
  if (!from || !to || !store::insert_link(tx, moved)) return;
  store_act(desk, tx, *from, *from, "linked", reason, {link_change(moved, to->ticket_number, false)});
}

/// Children, and who waits for whom.
void move_links(OpenDesk& desk, store::WriteTx& tx, Ticket const& from, Ticket const& into, std::string const& reason) {
  for (Link const& link : store::links_to(tx.connection(), model::ref_of(from))) {
    if (goes_over(link)) move_link(desk, tx, link, {link.from, link.kind, model::ref_of(into), desk.now()}, reason);
  }
  for (Link const& link : store::links_from(tx.connection(), model::ref_of(from))) {
    if (goes_over(link)) move_link(desk, tx, link, {model::ref_of(into), link.kind, link.to, desk.now()}, reason);
  }
}

/// Calls that somebody waits for.
void move_callbacks(store::WriteTx& tx, Ticket const& from, Ticket const& into) {
  for (auto callback : store::callbacks_of(tx.connection(), from.id)) {
    if (callback.state != model::CallbackState::open) continue;
    callback.ticket_id = into.id;
    store::replace_callback(tx, callback);
  }
}

}  // namespace

std::vector<ItemOutcome> TicketDesk::merge(std::vector<std::string> const& ids, std::string const& into,
                                           ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, Ticket const& ticket) -> Acted {
    Ticket const target = behind_merges(tx.connection(), find_ticket(desk_, tx.connection(), into));
    Link const link{model::ref_of(ticket), LinkKind::duplicate_of, model::ref_of(target), desk_.now()};
    if (!add_link(desk_, tx, ticket, link, target.ticket_number, options.reason).changed) return {ticket, false, {}};
    move_links(desk_, tx, ticket, target, options.reason);
    auto const responses = copy_talk(desk_, tx, ticket, target);
    store::move_attachments(tx, model::ref_of(ticket), model::ref_of(target), [&](std::string const& response) {
      auto const found = responses.find(response);
      return found == responses.end() ? std::string() : found->second;
    });
    move_callbacks(tx, ticket, target);
    set_watching(desk_, tx, model::ref_of(target), watchers_of(tx.connection(), model::ref_of(ticket)), true);
    auto const now = [&](Ticket const& one) { return *store::find_ticket_by_id(tx.connection(), one.id); };
    Ticket const merged = now(target);
    store_act(desk_, tx, merged, merged, "merged", options.reason, {{"merged", {}, ticket.ticket_number}});
    Close closing;
    closing.resolution = "merged into " + target.ticket_number;
    return desk::close(desk_, tx, now(ticket), closing, options.reason);
  });
}

}  // namespace umsops::desk
