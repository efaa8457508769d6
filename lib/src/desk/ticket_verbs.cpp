// SPDX-License-Identifier: Apache-2.0
// The acts of a ticket's life as use cases: each act in its transaction, on one ticket or many.
#include "desk/acts.hpp"
#include "desk/ticket_store_desk.hpp"
#include "store/links.hpp"
#include "umsops/base/error.hpp"
#include "umsops/lifecycle/acts.hpp"

namespace umsops::desk {

std::vector<ItemOutcome> TicketStoreDesk::act_on(std::vector<std::string> const& ids, ChangeOptions const& options,
                                                 Batch how, Act const& act) {
  return batch(ids, options, how,
               [&](store::WriteTx& tx, model::Ticket const& before) { return result_of(act(tx, before)); });
}

std::vector<ItemOutcome> TicketStoreDesk::assign(std::vector<std::string> const& ids, Hand hand, Receiver const& to,
                                                 ChangeOptions const& options, Batch how) {
  return act_on(ids, options, how, [&](auto& tx, auto const& ticket) {
    return hand_over(session_, tx, ticket, hand, to, options.reason);
  });
}

std::vector<ItemOutcome> TicketStoreDesk::reply(std::vector<std::string> const& ids, Reply const& reply,
                                                ChangeOptions const& options, Batch how) {
  return act_on(ids, options, how,
                [&](auto& tx, auto const& ticket) { return reply_to(session_, tx, ticket, reply, options.reason); });
}

std::vector<ItemOutcome> TicketStoreDesk::pend(std::vector<std::string> const& ids, Pend const& pend,
                                               ChangeOptions const& options, Batch how) {
  return act_on(ids, options, how,
                [&](auto& tx, auto const& ticket) { return desk::pend(session_, tx, ticket, pend, options.reason); });
}

std::vector<ItemOutcome> TicketStoreDesk::wake(std::vector<std::string> const& ids, ChangeOptions const& options,
                                               Batch how) {
  return act_on(ids, options, how,
                [&](auto& tx, auto const& ticket) { return desk::wake(session_, tx, ticket, options.reason); });
}

std::vector<ItemOutcome> TicketStoreDesk::escalate(std::vector<std::string> const& ids, Escalate const& escalation,
                                                   ChangeOptions const& options, Batch how) {
  return act_on(ids, options, how, [&](auto& tx, auto const& ticket) {
    return desk::escalate(session_, tx, ticket, escalation, options.reason);
  });
}

std::vector<ItemOutcome> TicketStoreDesk::resolve(std::vector<std::string> const& ids, Resolve const& resolution,
                                                  ChangeOptions const& options, Batch how) {
  return act_on(ids, options, how, [&](auto& tx, auto const& ticket) {
    return desk::resolve(session_, tx, ticket, resolution, options.reason);
  });
}

std::vector<ItemOutcome> TicketStoreDesk::close(std::vector<std::string> const& ids, Close const& closing,
                                                ChangeOptions const& options, Batch how) {
  return act_on(ids, options, how, [&](auto& tx, auto const& ticket) {
    return desk::close(session_, tx, ticket, closing, options.reason);
  });
}

std::vector<ItemOutcome> TicketStoreDesk::reopen(std::vector<std::string> const& ids, Reopen const& reopening,
                                                 ChangeOptions const& options, Batch how) {
  return batch(ids, options, how, [&](store::WriteTx& tx, model::Ticket const& ticket) {
    bool const too_long = ticket.closed_at && session_.now() - *ticket.closed_at > session_.options().reopen_window;
    if (!reopening.file_new || !too_long) return result_of(desk::reopen(session_, tx, ticket, options.reason));
    return follow_up(tx, ticket, options.reason);
  });
}

/// What was closed too long ago goes on as a new ticket that refers to it.
TicketResult TicketStoreDesk::follow_up(store::WriteTx& tx, model::Ticket const& ticket, std::string const& reason) {
  model::Ticket next;
  next.created_at = next.updated_at = session_.now();
  next.id = session_.ids().next_id(next.created_at);
  next.title = ticket.title;
  next.description = ticket.description;
  next.requester_id = ticket.requester_id;
  next.category = ticket.category;
  next.subcategory = ticket.subcategory;
  next.priority = ticket.priority;
  next.source = ticket.source;
  next.attributes = ticket.attributes;
  CreateOptions options;
  options.reason = reason;
  TicketResult result = store_new(tx, {}, options, std::move(next));
  store::insert_link(tx, {result.ticket.id, model::LinkKind::relates_to, "ticket", ticket.id, session_.now()});
  return result;
}

}  // namespace umsops::desk
