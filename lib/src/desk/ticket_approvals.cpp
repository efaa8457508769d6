// SPDX-License-Identifier: Apache-2.0
#include "desk/ticket_approvals.hpp"

#include <algorithm>

#include "desk/announce.hpp"
#include "desk/due_times.hpp"
#include "desk/requester_lookup.hpp"
#include "desk/teams.hpp"
#include "desk/ticket_change.hpp"
#include "store/event_log.hpp"
#include "store/tickets.hpp"
#include "store/timeline.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/ticket_desk.hpp"
#include "umsops/lifecycle/acts.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using model::Approval;
using model::Ticket;

constexpr std::string_view kManager = "manager", kOwner = "owner:";
constexpr char kAsked[] = "approval_asked", kPassed[] = "approval_passed_on";

[[noreturn]] void refuse(std::string const& target, std::string expected, std::string way) {
  throw Error(base::errors::usage_bad_value, {{"flag", "approval"},
                                              {"value", base::shortened(target, 80)},
                                              {"expected", std::move(expected)},
                                              {"suggestion", std::move(way)}});
}

std::string manager_of(store::Connection& db, Ticket const& ticket) {
  auto const person = person_called(db, ticket.requester_id);
  if (person && !person->manager.empty()) return person->manager;
  refuse("manager", "known: the directory names no manager of " + base::shortened(ticket.requester_id, 80),
         "name a person: --of NAME");
}

std::string owner_of(OpenDesk& desk, std::string const& service) {
  auto const& services = desk.services();
  auto const& known = services.at(services.require(service));
  if (!known.owner.empty()) return std::string(kTeam) + known.owner;
  refuse(std::string(kOwner) + service, "known: the service has no owner", "name a person: --of NAME");
}

/// The name, or the team, that a question means.
std::string whom(OpenDesk& desk, store::Connection& db, Ticket const& ticket, std::string const& target) {
  if (target == kManager) return manager_of(db, ticket);
  if (target.starts_with(kOwner)) return owner_of(desk, target.substr(kOwner.size()));
  if (target == "me") return desk.options().actor.name;
  if (target.starts_with(kTeam)) {
    refuse_unknown_team(desk, team_in(target));
    return target;
  }
  return base::person_name(target);
}

/// A roster is there, and nobody of that name is known: most likely no message will reach them.
bool is_stranger(OpenDesk& desk, store::Connection& db, std::string const& name) {
  if (name.empty() || name.find_first_of("@:") != std::string::npos) return false;
  auto const* const roster = desk.roster();
  return roster && !roster->person(name) && !person_called(db, name);
}

model::TicketStatus status_before(store::WriteTx& tx, Ticket const& ticket) {
  return state_before_pending(store::moves_of(tx.connection(), ticket.id));
}

/// One of these, by a name of the directory, the roster's address, or as a member of the team.
bool is_called(OpenDesk& desk, store::Connection& db, std::string const& asked, std::string const& person) {
  if (asked.empty() || person.empty()) return false;
  auto const* const roster = desk.roster();
  if (asked.starts_with(kTeam)) {
    auto const* const team = roster ? roster->team(team_in(asked)) : nullptr;
    return team && std::any_of(team->members.begin(), team->members.end(),
                               [&](std::string const& member) { return is_called(desk, db, member, person); });
  }
  if (is_same_requester(db, asked, person)) return true;
  auto const has_address = [&](std::string const& name, std::string const& address) {
    auto const* const known = roster ? roster->person(name) : nullptr;
    return known && !known->email.empty() && base::same_person(known->email, address);
  };
  return has_address(asked, person) || has_address(person, asked);
}

/// Who has to hear that it goes on: whoever works on it, or the team whose it is.
void tell_desk(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, char const* topic) {
  auto const to = !ticket.assignee_id.empty() ? ticket.assignee_id
                  : ticket.team.empty()       ? std::string()
                                              : std::string(kTeam) + ticket.team;
  announce(desk, tx, ticket, topic, to);
}

void keep_note(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, std::string const& text) {
  Reply note;
  note.internal = true;
  note.text = text;
  note.responder = ticket.approver;
  reply_to(desk, tx, ticket, note, "");
}

/// How long the question was to wait, and whether the deputy was asked in their turn.
struct Asked {
  std::optional<base::TimePoint> at;
  bool passed_on = false;
};
Asked asked_in(store::Connection& db, Ticket const& ticket) {
  Asked out;
  for (auto const& event : store::events_of(db, model::ticket_type().noun, ticket.id)) {
    if (event.kind == kAsked) out = {event.at, false};
    if (event.kind == kPassed) out.passed_on = true;
  }
  return out;
}

}  // namespace

Acted ask_approval(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, AskApproval const& question,
                   std::string const& reason) {
  auto& db = tx.connection();
  lifecycle::Question asked{whom(desk, db, ticket, question.of), {}, question.until};
  if (!question.deputy.empty()) asked.deputy = whom(desk, db, ticket, question.deputy);
  if (!asked.until && question.within.count() > 0) asked.until = desk.now() + question.within;
  bool const same = ticket.approval == Approval::waiting && ticket.approver == asked.of &&
                    ticket.approval_deputy == asked.deputy && !question.until;
  if (same) return {ticket, false, {}};
  Acted acted = store_act(desk, tx, ticket, lifecycle::asked(ticket, asked, desk.now()), kAsked, reason);
  announce(desk, tx, acted.ticket, "ticket.approval", asked.of);
  for (auto const& name : {asked.of, asked.deputy})
    if (is_stranger(desk, db, name))
      acted.warnings.push_back(name + " is in neither the directory nor the roster: a message may not reach them");
  return acted;
}

std::optional<base::TimePoint> question_asked_at(store::Connection& db, Ticket const& ticket) {
  return asked_in(db, ticket).at;
}

bool may_approve(OpenDesk& desk, store::Connection& db, Ticket const& ticket, std::string const& person) {
  return is_called(desk, db, ticket.approver, person) || is_called(desk, db, ticket.approval_deputy, person);
}

std::string name_asked(OpenDesk& desk, store::Connection& db, Ticket const& ticket, std::string const& person) {
  for (auto const& asked : {ticket.approver, ticket.approval_deputy})
    if (!asked.starts_with(kTeam) && is_called(desk, db, asked, person)) return asked;
  return person;
}

Acted answer_approval(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, AnswerApproval const& answer,
                      std::string const& reason, bool noted) {
  bool const waits = ticket.approval == Approval::waiting;
  auto const before = waits ? status_before(tx, ticket) : ticket.status;
  if (answer.withdraw)
    return store_act(desk, tx, ticket, lifecycle::withdrawn(ticket, before), "approval_withdrawn", reason);
  auto const outcome = answer.yes ? Approval::approved : Approval::declined;
  auto const by = base::person_name(answer.by.empty() ? desk.options().actor.name : answer.by);
  // The same word again changes nothing.
  if (!waits && ticket.approval == outcome && is_called(desk, tx.connection(), ticket.approver, by))
    return {ticket, false, {}};
  Ticket after = lifecycle::decided(ticket, outcome, by, before);
  if (!may_approve(desk, tx.connection(), ticket, by))
    throw Error(base::errors::approval_not_yours,
                {{"id", ticket.ticket_number}, {"approver", ticket.approver}, {"person", by}});
  Acted acted = store_act(desk, tx, ticket, std::move(after), answer.yes ? "approved" : "declined", reason);
  if (!answer.yes && !reason.empty() && !noted) {
    keep_note(desk, tx, acted.ticket, reason);
    acted.ticket = *store::find_ticket_by_id(tx.connection(), ticket.id);
  }
  if (answer.yes) {
    tell_desk(desk, tx, acted.ticket, "ticket.approved");
  } else {
    announce(desk, tx, acted.ticket, "ticket.declined", acted.ticket.requester_id);
    tell_desk(desk, tx, acted.ticket, "ticket.woken");
  }
  return acted;
}

Acted overdue_approval(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, std::string const& reason) {
  auto const asked = asked_in(tx.connection(), ticket);
  if (!ticket.approval_deputy.empty() && !asked.passed_on && asked.at && ticket.approval_due_at > *asked.at) {
    auto const until = desk.now() + (*ticket.approval_due_at - *asked.at);
    Acted acted = store_act(desk, tx, ticket, lifecycle::passed_on(ticket, until), kPassed, reason);
    announce(desk, tx, acted.ticket, "ticket.approval", acted.ticket.approval_deputy);
    return acted;
  }
  auto after = lifecycle::decided(ticket, Approval::expired, "", status_before(tx, ticket));
  Acted acted = store_act(desk, tx, ticket, std::move(after), "approval_expired", reason);
  tell_desk(desk, tx, acted.ticket, "ticket.approval_expired");
  return acted;
}

std::vector<ItemOutcome> TicketDesk::ask_approval(std::vector<std::string> const& ids, AskApproval const& question,
                                                  ChangeOptions const& options, Batch batch) {
  return change_each(desk_, ids, options, batch, [&](auto& tx, auto const& ticket) {
    return desk::ask_approval(desk_, tx, ticket, question, options.reason);
  });
}

std::vector<ItemOutcome> TicketDesk::answer_approval(std::vector<std::string> const& ids, AnswerApproval const& answer,
                                                     ChangeOptions const& options, Batch batch) {
  return change_each(desk_, ids, options, batch, [&](auto& tx, auto const& ticket) {
    return desk::answer_approval(desk_, tx, ticket, answer, options.reason);
  });
}

}  // namespace umsops::desk
