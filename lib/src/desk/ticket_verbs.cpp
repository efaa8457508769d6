// SPDX-License-Identifier: Apache-2.0
// The verbs of a ticket as use cases: each on one ticket or many.
#include "desk/assignees.hpp"
#include "desk/declared.hpp"
#include "desk/given_files.hpp"
#include "desk/sets.hpp"
#include "desk/teams.hpp"
#include "desk/ticket_change.hpp"
#include "desk/ticket_create.hpp"
#include "desk/ticket_steps.hpp"
#include "model/ticket_changes.hpp"
#include "store/links.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {

namespace {

/// What was closed too long ago goes on as a new ticket that refers to it.
TicketResult follow_up(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, std::string const& reason) {
  model::Ticket next;
  next.created_at = next.updated_at = desk.now();
  next.id = desk.ids().next_id(next.created_at);
  next.title = ticket.title;
  next.description = ticket.description;
  next.requester_id = ticket.requester_id;
  next.category = ticket.category;
  next.subcategory = ticket.subcategory;
  next.service = ticket.service;
  next.team = ticket.team;
  next.priority = ticket.priority;
  next.source = ticket.source;
  next.tags = ticket.tags;
  next.attributes = ticket.attributes;
  CreateOptions options;
  options.reason = reason;
  Beside beside;
  beside.parts = [&](store::WriteTx& write, model::Ticket const& stored) {
    store::insert_link(write, {model::ref_of(stored), model::LinkKind::relates_to, model::ref_of(ticket), desk.now()});
  };
  return store_new(desk, tx, {}, options, next, beside);
}

}  // namespace

std::vector<ItemOutcome> TicketDesk::update(std::vector<std::string> const& ids, Sets const& sets,
                                            ChangeOptions const& options, Batch how) {
  refuse_unwritable(model::ticket_type(), sets);
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, model::Ticket const& before) -> Acted {
    model::Ticket after = before;
    for (auto const& [field, value] : sets) apply_set(model::ticket_type(), after, field, value);
    if (model::changes_between(before, after).empty()) return {before, false, {}};
    if (after.assignee_id != before.assignee_id) refuse_stranger(desk_, after.assignee_id);
    if (after.team != before.team) refuse_unknown_team(desk_, after.team);
    for (auto const& [field, value] : sets) {
      model::note_decision(after, model::ticket_type().fields[field].name, model::get(after, field).text(), "caller");
    }
    if (after.category != before.category) give_default_team(desk_, after);
    auto told = settle_fields(desk_, after, Strictness::refuse, &before);
    return {store_change(desk_, tx, before, std::move(after), "updated", options.reason), true, std::move(told)};
  });
}

std::vector<ItemOutcome> TicketDesk::assign(std::vector<std::string> const& ids, Hand hand, Receiver const& to,
                                            ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](auto& tx, auto const& ticket) {
    return hand_over(desk_, tx, ticket, hand, to, options.reason);
  });
}

std::vector<ItemOutcome> TicketDesk::reply(std::vector<std::string> const& ids, Reply const& reply,
                                           ChangeOptions const& options, Batch how) {
  refuse_unfit(desk_, reply.files);
  return change_each(desk_, ids, options, how,
                     [&](auto& tx, auto const& ticket) { return reply_to(desk_, tx, ticket, reply, options.reason); });
}

std::vector<ItemOutcome> TicketDesk::pend(std::vector<std::string> const& ids, Pend const& pend,
                                          ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how,
                     [&](auto& tx, auto const& ticket) { return desk::pend(desk_, tx, ticket, pend, options.reason); });
}

std::vector<ItemOutcome> TicketDesk::wake(std::vector<std::string> const& ids, ChangeOptions const& options,
                                          Batch how) {
  return change_each(desk_, ids, options, how,
                     [&](auto& tx, auto const& ticket) { return desk::wake(desk_, tx, ticket, options.reason); });
}

std::vector<ItemOutcome> TicketDesk::escalate(std::vector<std::string> const& ids, Escalate const& escalation,
                                              ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](auto& tx, auto const& ticket) {
    return desk::escalate(desk_, tx, ticket, escalation, options.reason);
  });
}

std::vector<ItemOutcome> TicketDesk::resolve(std::vector<std::string> const& ids, Resolve const& resolution,
                                             ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](auto& tx, auto const& ticket) {
    return desk::resolve(desk_, tx, ticket, resolution, options.reason);
  });
}

std::vector<ItemOutcome> TicketDesk::close(std::vector<std::string> const& ids, Close const& closing,
                                           ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](auto& tx, auto const& ticket) {
    return desk::close(desk_, tx, ticket, closing, options.reason);
  });
}

std::vector<ItemOutcome> TicketDesk::reopen(std::vector<std::string> const& ids, Reopen const& reopening,
                                            ChangeOptions const& options, Batch how) {
  return edit_each(desk_, ids, options, how, [&](store::WriteTx& tx, model::Ticket const& ticket) {
    bool const too_long = ticket.closed_at && desk_.now() - *ticket.closed_at > desk_.options().reopen_window;
    if (!reopening.file_new || !too_long) return result_of(desk::reopen(desk_, tx, ticket, options.reason));
    return follow_up(desk_, tx, ticket, options.reason);
  });
}

}  // namespace umsops::desk
