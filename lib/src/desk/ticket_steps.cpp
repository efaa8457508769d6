// SPDX-License-Identifier: Apache-2.0
#include "desk/ticket_steps.hpp"

#include <algorithm>

#include "desk/announce.hpp"
#include "desk/article_steps.hpp"
#include "desk/assignees.hpp"
#include "desk/batch.hpp"
#include "desk/due_times.hpp"
#include "desk/escalations.hpp"
#include "desk/find.hpp"
#include "desk/given_files.hpp"
#include "desk/history.hpp"
#include "desk/requester_lookup.hpp"
#include "desk/teams.hpp"
#include "desk/ticket_change.hpp"
#include "desk/ticket_watchers.hpp"
#include "desk/ticket_words.hpp"
#include "model/ticket_changes.hpp"
#include "store/keys.hpp"
#include "store/links.hpp"
#include "store/responses.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/lifecycle/acts.hpp"
#include "umsops/model/key_nouns.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using model::Ticket;
using model::TicketStatus;

TicketStatus before_pending(store::WriteTx& tx, Ticket const& ticket) {
  if (ticket.status != TicketStatus::pending) return ticket.status;
  return state_before_pending(store::moves_of(tx.connection(), ticket.id));
}

std::string names_of(std::vector<Ticket> const& tickets) {
  std::string names;
  for (auto const& ticket : tickets) names += (names.empty() ? "" : ", ") + ticket.ticket_number;
  return names;
}

bool is_requester(store::Connection& db, Reply const& reply, std::string const& responder, Ticket const& ticket) {
  if (reply.side != Side::by_name) return reply.side == Side::requester;
  return responder != ticket.assignee_id && is_same_requester(db, responder, ticket.requester_id);
}

/// What a reply's key stands for. What a template makes of the facts may be other words at a second time, and the same
/// act.
std::string content_of(Reply const& reply) {
  auto const& words = reply.wording.make ? reply.wording.identity : reply.text;
  return reply.files.empty() ? words : words + base::to_json(content_of(reply.files));
}

/// Does the act to the unfinished children first. One that another of them took along is finished by then.
void cascade(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, bool wanted, char const* what,
             std::function<void(Ticket const&)> const& act) {
  auto const children = store::open_children(tx.connection(), ticket.id);
  if (!children.empty() && !wanted) {
    throw Error(base::errors::ticket_children,
                {{"id", ticket.ticket_number}, {"verb", what}, {"children", names_of(children)}});
  }
  for (auto const& child : children) {
    desk.check_interrupted();
    auto const current = store::find_ticket_by_id(tx.connection(), child.id);
    if (current && model::is_open(current->status)) act(*current);
  }
}

}  // namespace

std::string store_response(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, Reply const& reply,
                           std::string const& responder) {
  model::Response response;
  response.id = desk.ids().next_id(desk.now());
  response.ticket_id = ticket.id;
  response.responder_id = responder;
  response.content = reply.text;
  response.response_type = reply.internal ? "INTERNAL" : "EXTERNAL";
  response.is_private = reply.internal;
  response.created_at = desk.now();
  response.time_spent_minutes = reply.time_spent_minutes;
  refuse_unsound(response);
  store::insert_response(tx, response);
  store_files(desk, tx, model::ref_of(ticket), response.id, reply.files);
  return response.id;
}

TicketResult result_of(Acted acted) {
  TicketResult result;
  result.ticket = std::move(acted.ticket);
  result.result = acted.changed ? Result::updated : Result::unchanged;
  result.warnings = std::move(acted.warnings);
  result.candidates = std::move(acted.candidates);
  return result;
}

std::vector<ItemOutcome> edit_each(OpenDesk& desk, std::vector<std::string> const& ids, ChangeOptions const& options,
                                   Batch how, Edit const& edit) {
  // A desk that does not exist yet has no ticket to change.
  if (!ids.empty() && desk.absent_default()) refuse_absent(tickets(), ids.front());
  return run_batch<TicketResult>(desk, ids, options, how, [&](store::WriteTx& tx, std::string const& id) {
    Ticket const ticket = find_ticket(desk, tx.connection(), id);
    refuse_stale(tickets(), ticket.ticket_number, ticket.rev, options);
    TicketResult result = edit(tx, ticket);
    result.ticket.sla = model::sla_status_at(result.ticket, desk.now());
    return result;
  });
}

std::vector<ItemOutcome> change_each(OpenDesk& desk, std::vector<std::string> const& ids, ChangeOptions const& options,
                                     Batch how, Step const& step) {
  return edit_each(desk, ids, options, how,
                   [&](store::WriteTx& tx, Ticket const& ticket) { return result_of(step(tx, ticket)); });
}

Acted store_act(OpenDesk& desk, store::WriteTx& tx, Ticket const& before, Ticket after, char const* kind,
                std::string const& reason, std::vector<model::Change> further) {
  if (model::changes_between(before, after).empty() && further.empty()) return {before, false, {}};
  return {store_change(desk, tx, before, std::move(after), kind, reason, std::move(further)), true, {}};
}

bool is_known_act(store::WriteTx& tx, Ticket const& ticket, std::string const& key, std::string const& content) {
  if (key.empty()) return false;
  auto const row = store::find_key(tx.connection(), model::kTicketReplyKeys, key);
  if (!row) return false;
  if (row->record != store::place_of_ticket(tx.connection(), ticket.id) ||
      row->content_hash != store::content_hash(content)) {
    throw Error(base::errors::ticket_key_content, {{"key", key}, {"id", ticket.ticket_number}});
  }
  return true;
}

void keep_act_key(store::WriteTx& tx, Ticket const& ticket, std::string const& key, std::string const& content) {
  if (key.empty()) return;
  store::insert_key(tx, model::kTicketReplyKeys, key, model::ref_of(ticket), store::content_hash(content));
}

namespace {

struct Stored {
  Acted acted;
  std::string response;
  bool by_requester = false;
};

Stored store_reply(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, Reply const& reply,
                   std::string const& reason, Parts const& parts) {
  std::string const responder =
      base::person_name(reply.responder.empty() ? desk.options().actor.name : reply.responder);
  bool const by_requester = !reply.internal && is_requester(tx.connection(), reply, responder, ticket);
  Ticket before = ticket;
  if (reply.reopen && !reply.internal && ticket.status == TicketStatus::closed) {
    before = reopen(desk, tx, ticket, reason).ticket;
  }
  Ticket after = before;
  if (!reply.internal) {
    after =
        by_requester ? lifecycle::answered(before, before_pending(tx, before)) : lifecycle::replied(before, desk.now());
  }
  if (reply.time_spent_minutes)
    after.time_spent_minutes = after.time_spent_minutes.value_or(0) + *reply.time_spent_minutes;
  std::string const stored = store_response(desk, tx, ticket, reply, responder);
  if (parts) parts(stored);
  keep_act_key(tx, ticket, reply.key, content_of(reply));
  char const* const kind = reply.internal ? "noted" : by_requester ? "answered" : "replied";
  return {{store_change(desk, tx, before, std::move(after), kind, reason), true, {}}, stored, by_requester};
}

}  // namespace

Acted reply_to(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, Reply const& given, std::string const& reason,
               Parts const& parts) {
  if (is_known_act(tx, ticket, given.key, content_of(given))) return {ticket, false, {}};
  Reply reply = given;
  reply.text = words_for(desk, tx.connection(), ticket, given.wording, given.text);
  auto [acted, response, by_requester] = store_reply(desk, tx, ticket, reply, reason, parts);
  if (!reply.internal) {
    by_requester ? announce(desk, tx, acted.ticket, "ticket.answer", acted.ticket.assignee_id, {{}, response})
                 : tell_all(desk, tx, acted.ticket, "ticket.reply", {{}, response});
  }
  return acted;
}

Acted reply_on_the_line(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, Reply const& reply,
                        std::string const& reason) {
  return store_reply(desk, tx, ticket, reply, reason, {}).acted;
}

namespace {

Acted into_queue(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, std::string const& target,
                 std::string const& reason) {
  std::string const team = team_in(target);
  refuse_unknown_team(desk, team);
  Ticket after = lifecycle::queued(ticket, team, is_member(desk, team, ticket.assignee_id));
  if (after.team != ticket.team) model::note_decision(after, "team", team, "caller");
  Acted acted = store_act(desk, tx, ticket, std::move(after), "assigned", reason);
  if (acted.changed) announce(desk, tx, acted.ticket, "ticket.assigned", target);
  return acted;
}

}  // namespace

Acted hand_over(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, Hand hand, Receiver const& to,
                std::string const& reason) {
  if (hand == Hand::give && to.queue) return into_queue(desk, tx, ticket, to.target, reason);
  std::string const& actor = desk.options().actor.name;
  if (hand == Hand::release) {
    return store_act(desk, tx, ticket, lifecycle::released(ticket), "released", reason);
  }
  if (hand == Hand::claim && !ticket.assignee_id.empty() && ticket.assignee_id != actor) {
    throw Error(base::errors::ticket_claimed, {{"id", ticket.ticket_number}, {"assignee", ticket.assignee_id}});
  }
  if (hand != Hand::give) refuse_stranger(desk, actor);
  Pick const pick =
      hand == Hand::give ? pick_assignee(desk, tx, work_of(ticket), to.target, to.strategy) : Pick{actor, "", "", {}};
  Ticket after = lifecycle::assigned(ticket, pick.person);
  give_team(after, pick);
  Acted acted = store_act(desk, tx, ticket, std::move(after), "assigned", reason);
  acted.candidates = pick.candidates;
  if (!acted.changed) return acted;
  note_pick(desk, tx, pick);
  announce(desk, tx, acted.ticket, "ticket.assigned", pick.person);
  return acted;
}

Acted pend(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, Pend const& pend, std::string const& reason) {
  return store_act(desk, tx, ticket, lifecycle::pended(ticket, pend.until, pend.then, desk.now()), "pended", reason);
}

Acted wake(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, std::string const& reason) {
  Acted acted = store_act(desk, tx, ticket, lifecycle::woken(ticket, before_pending(tx, ticket)), "woken", reason);
  announce(desk, tx, acted.ticket, "ticket.woken", acted.ticket.assignee_id);
  return acted;
}

model::Change record_escalation(OpenDesk& desk, store::WriteTx& tx, Ticket const& before, Ticket const& after,
                                std::string const& reason) {
  return store_escalation(desk, tx,
                          {{},
                           model::ref_of(before),
                           {},
                           after.escalation_level.value_or(model::Level::level_1),
                           reason,
                           before.assignee_id,
                           after.assignee_id,
                           {}});
}

Acted escalate(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, Escalate const& escalation,
               std::string const& reason) {
  Ticket after = lifecycle::escalated(ticket, escalation.level, escalation.down);
  Pick pick;
  if (!escalation.to.empty()) {
    pick = pick_assignee(desk, tx, work_of(ticket), escalation.to);
    after.assignee_id = pick.person;
    give_team(after, pick);
  }
  auto const recorded = record_escalation(desk, tx, ticket, after, reason);
  Acted acted{store_change(desk, tx, ticket, std::move(after), "escalated", reason, {recorded}), true, {}};
  if (acted.ticket.assignee_id == pick.person) note_pick(desk, tx, pick);
  acted.candidates = std::move(pick.candidates);
  announce(desk, tx, acted.ticket, "ticket.escalated", acted.ticket.assignee_id);
  return acted;
}

Acted resolve(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, Resolve const& resolution,
              std::string const& reason) {
  auto const text = words_for(desk, tx.connection(), ticket, resolution.wording, resolution.text);
  Ticket after = lifecycle::resolved(ticket, {text, resolution.knowledge}, desk.now());
  if (model::changes_between(ticket, after).empty()) return {ticket, false, {}};
  auto const blockers = store::open_blockers(tx.connection(), ticket.id);
  if (!blockers.empty() && !resolution.force) {
    throw Error(base::errors::ticket_blocked, {{"id", ticket.ticket_number}, {"blockers", names_of(blockers)}});
  }
  cascade(desk, tx, ticket, resolution.cascade, "resolve",
          [&](Ticket const& child) { resolve(desk, tx, child, resolution, reason); });
  Acted acted = store_act(desk, tx, ticket, std::move(after), "resolved", reason);
  tell_all(desk, tx, acted.ticket, "ticket.resolved");
  if (!resolution.knowledge.empty()) note_used_for(desk, tx, resolution.knowledge, acted.ticket.ticket_number, true);
  return acted;
}

Acted close(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, Close const& closing, std::string const& reason) {
  if (closing.spam) return store_act(desk, tx, ticket, lifecycle::marked_spam(ticket), "spam", reason);
  Ticket before = ticket;
  if (model::is_open(ticket.status) && (!closing.resolution.empty() || closing.wording.make)) {
    Resolve const first{closing.resolution, closing.knowledge, closing.cascade, closing.force, closing.wording};
    before = resolve(desk, tx, ticket, first, reason).ticket;
  }
  Ticket after = lifecycle::closed(before, desk.now());
  cascade(desk, tx, ticket, closing.cascade, "close", [&](Ticket const& child) {
    Close all = closing;
    if (all.resolution.empty() && !all.wording.make) all.resolution = ticket.resolution;
    close(desk, tx, child, all, reason);
  });
  Acted acted = store_act(desk, tx, before, std::move(after), "closed", reason);
  // Who has just been told that it is resolved need not hear that it is closed, too.
  if (acted.changed && ticket.status == model::TicketStatus::resolved)
    tell_all(desk, tx, acted.ticket, "ticket.closed");
  return acted;
}

Acted reopen(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, std::string const& reason) {
  auto after = lifecycle::reopened(ticket, desk.now(), desk.options().reopen_window);
  Acted acted = store_act(desk, tx, ticket, std::move(after), "reopened", reason);
  if (acted.changed) announce(desk, tx, acted.ticket, "ticket.reopened", acted.ticket.assignee_id);
  return acted;
}

}  // namespace umsops::desk
