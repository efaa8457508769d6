// SPDX-License-Identifier: Apache-2.0
// The steps of a policy's ladder.
#include <algorithm>

#include "desk/announce.hpp"
#include "desk/assignees.hpp"
#include "desk/tick/job.hpp"
#include "desk/ticket_change.hpp"
#include "desk/ticket_steps.hpp"
#include "model/ticket_changes.hpp"
#include "store/escalations.hpp"
#include "umsops/base/error.hpp"
#include "umsops/lifecycle/acts.hpp"

namespace umsops::desk::tick {
namespace {

std::optional<Due> due(OpenDesk&, model::Ticket const&, SlaState const& state) {
  if (state.rungs.empty()) return std::nullopt;
  // Only the first: taking it changes the ticket, and with it when the others are due.
  auto const& rung = state.rungs.front();
  return Due{rung.at, rung.step->id(), rung};
}

/// The ticket after the step. A step only raises: a level or priority that somebody set higher by hand stays. What was
/// reopened and is late again is escalated again, at the level that it had.
model::Ticket stepped(model::Ticket ticket, ladder::Rung const& rung, std::string const& assignee) {
  sla::Step const& step = *rung.step;
  auto const level = step.level ? std::optional(static_cast<model::Level>(*step.level - 1)) : std::nullopt;
  bool const higher = level && (!ticket.escalation_level || *level > *ticket.escalation_level);
  bool const again = level && rung.generation > 1 && ticket.status != model::TicketStatus::escalated;
  if (higher || again) {
    auto const wanted = higher ? level : ticket.escalation_level;
    ticket = lifecycle::escalated(std::move(ticket), wanted, false);
  }
  if (!assignee.empty() && assignee != ticket.assignee_id) ticket = lifecycle::assigned(std::move(ticket), assignee);
  if (step.priority && *step.priority > ticket.priority) {
    ticket.priority = *step.priority;
    model::note_decision(ticket, "priority", model::to_string(ticket.priority), "ladder");
    for (auto& decision : ticket.classification.decisions) {
      if (decision.field == "priority") decision.rule = step.id();
    }
  }
  return ticket;
}

bool escalates(model::Ticket const& before, model::Ticket const& after) {
  bool const entered = after.status == model::TicketStatus::escalated && before.status != after.status;
  return after.escalation_level &&
         (entered || after.escalation_level != before.escalation_level || after.assignee_id != before.assignee_id);
}

std::string told(OpenDesk& desk, model::Ticket const& before, model::Ticket const& after,
                 std::vector<std::string> const& notified) {
  std::string words;
  auto const add = [&](std::string_view word) { words.append(words.empty() ? "" : ", ").append(word); };
  bool const entered = after.status == model::TicketStatus::escalated && before.status != after.status;
  if (after.escalation_level && (entered || after.escalation_level != before.escalation_level))
    add(model::to_string(*after.escalation_level));
  if (after.priority != before.priority) add(model::to_string(after.priority));
  if (after.assignee_id != before.assignee_id) add(after.assignee_id);
  for (auto const& name : notified) add((unknown_target(desk, {name}) ? "nobody is " : "told ") + name);
  return words;
}

/// Whom the step's assignment means. When that is nobody now, the step is taken all the same and the reason says so:
/// its level and its messages matter most when nobody is there.
Pick receiver(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, std::string const& target,
              std::string& problem) {
  if (target.empty()) return {};
  try {
    return pick_assignee(desk, tx, work_of(ticket), target);
  } catch (base::Error const& error) {
    if (!error.code().code.starts_with("people.")) throw;
    problem = error.message();
    return {};
  }
}

std::string perform(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Due const& due,
                    std::string const& reason) {
  sla::Step const& step = *due.rung.step;
  std::string problem;
  auto const pick = receiver(desk, tx, ticket, step.assign, problem);
  auto after = stepped(ticket, due.rung, pick.person);
  give_team(after, pick);
  // In the transaction of its effects. The primary key makes it happen once, even when two ticks run at the same time.
  store::insert_taken(tx, {model::ref_of(ticket), due.rung.generation, step.id(), due.at, desk.now()});
  std::string const why = problem.empty() ? reason : reason + "; " + problem;
  std::vector<model::Change> further{{"ladder_step", {}, step.id()}};
  if (escalates(ticket, after)) further.push_back(record_escalation(desk, tx, ticket, after, why));
  auto const stored = store_change(desk, tx, ticket, after, "escalated", why, std::move(further));
  // A hook may have chosen another person; then nobody of the pool had a turn.
  if (stored.assignee_id == pick.person) note_pick(desk, tx, pick);
  if (stored.assignee_id != ticket.assignee_id) announce(desk, tx, stored, "ticket.assigned", stored.assignee_id);
  for (auto const& name : step.notify) announce(desk, tx, stored, "ticket.escalated", name);
  std::string const words = told(desk, ticket, stored, step.notify);
  return problem.empty() ? words : words + (words.empty() ? "" : "; ") + problem;
}

}  // namespace

Act const kLadder{"ladder", due, perform};

}  // namespace umsops::desk::tick
