// SPDX-License-Identifier: Apache-2.0
// What people do to reviews as use cases.
#include <algorithm>

#include "desk/announce.hpp"
#include "desk/article_steps.hpp"
#include "desk/change.hpp"
#include "desk/history.hpp"
#include "desk/incident_links.hpp"
#include "desk/review_steps.hpp"
#include "desk/sets.hpp"
#include "desk/ticket_create.hpp"
#include "desk/ticket_links.hpp"
#include "store/event_log.hpp"
#include "store/incidents.hpp"
#include "store/reviews.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/review/due.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using model::Incident;
using model::Review;
using model::ReviewAction;
using Outcomes = ReviewDesk::Outcomes;

Review begun(OpenDesk& desk, Incident const& incident, Sets const& sets) {
  Review review;
  review.created_at = review.updated_at = desk.now();
  review.created_by = review.updated_by = desk.options().actor.name;
  review.id = desk.ids().next_id(review.created_at);
  review.incident = incident.incident_number;
  review.title = incident.title;
  review.type = incident.type;
  review.severity = incident.severity;
  review.owner = incident.commander.empty() ? incident.assigned_to : incident.commander;
  auto const ended = incident.resolved_at ? incident.resolved_at : incident.recovered_at;
  review.due_at = review::due_for(incident.severity, ended.value_or(desk.now()), desk.book().find_calendar("business"));
  for (auto const& [field, value] : sets) model::set(review, field, value);
  return review;
}

ReviewResult store_new_review(OpenDesk& desk, store::WriteTx& tx, Incident const& incident,
                              ReviewDesk::CreateOptions const& options) {
  Review review = begun(desk, incident, options.sets);
  std::int64_t const n = store::place_of(tx.connection(), store::incident_table(), incident.id);
  review.review_number = desk.review_numbers().render(n, review.created_at);
  refuse_unsound(review);
  std::string const state = store::insert_review(tx, review, n);
  auto event = event_of(desk, model::ref_of(review), review.rev, {"created", options.reason});
  event.first = true;
  store::append_event(tx, event, state, desk.ids());
  announce(desk, tx, incident, "review.assigned", review.owner, review.review_number);
  return {std::move(review)};
}

/// Runs `edit` on each of the reviews that the ids name, as `run_batch` does.
template <class Edit>
Outcomes edit_each(OpenDesk& desk, ReviewDesk::Ids const& ids, ChangeOptions const& options, Batch how, Edit&& edit) {
  // A desk that does not exist yet has no review to change.
  if (!ids.empty() && desk.absent_default()) refuse_absent(reviews(), ids.front());
  return run_batch<ReviewResult>(desk, ids, options, how, [&](store::WriteTx& tx, std::string const& id) {
    Review const review = find_review(desk, tx.connection(), id);
    refuse_stale(reviews(), review.review_number, review.rev, options);
    return edit(tx, review);
  });
}

/// The same with one, whose error is thrown.
template <class Edit>
ReviewResult edit_one(OpenDesk& desk, std::string const& id, ChangeOptions const& options, Edit&& edit) {
  auto outcomes = edit_each(desk, {id}, options, Batch::atomic, [&](store::WriteTx& tx, Review const& review) {
    tx.take_turn();  // further records come with it: what is read here must hold until they are stored
    return edit(tx, review);
  });
  return *std::move(outcomes.front().done);
}

bool is_done(review::ActionState const& state) {
  return state.status.empty() || state.status == "RESOLVED" || state.status == "CLOSED";
}

void refuse_open_actions(OpenDesk& desk, store::Connection& db, Review const& review) {
  std::string open;
  for (auto const& state : action_states(desk, db, review)) {
    if (!is_done(state)) open.append(open.empty() ? "" : ", ").append(state.action.ticket);
  }
  if (!open.empty()) throw Error(base::errors::review_actions_open, {{"id", review.review_number}, {"open", open}});
}

review::Finding finding_named(OpenDesk& desk, store::Connection& db, Review const& review, std::string const& name) {
  auto const all = review::findings(facts_of(desk, db, review));
  auto const place = base::parse_integer(name, 1, static_cast<std::int64_t>(all.size()));
  if (place) return all[static_cast<std::size_t>(*place) - 1];
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.code == name; });
  if (found != all.end()) return *found;
  throw Error(base::errors::review_no_finding, {{"id", review.review_number}, {"finding", name.substr(0, 80)}});
}

/// What an article says, as an action remembers it.
std::string text_hash(model::Article const& article) {
  return base::sha256_hex(article.title + "\n\n" + article.content);
}

ReviewAction drafted_action(OpenDesk& desk, store::Connection& db, Review const& review, NewAction const& wanted,
                            std::string& evidence) {
  ReviewAction action;
  action.title = wanted.title;
  action.created_at = desk.now();
  action.due_at = wanted.due_at;
  auto target = wanted.target;
  if (!wanted.finding.empty()) {
    auto const finding = finding_named(desk, db, review, wanted.finding);
    action.finding = finding.code;
    if (action.title.empty()) action.title = base::first_code_points(finding.title, 200);
    if (!target && !wanted.name.empty()) target = finding.target;
    evidence = finding.evidence;
  }
  action.target = target.value_or(model::ActionTarget::task);
  action.name = wanted.name;
  action.before = wanted.text_hash;
  if (action.target == model::ActionTarget::article) {
    auto const article = find_article(desk, db, wanted.name);
    action.name = article.kb_number;
    action.before = text_hash(article);
  }
  return action;
}

/// The history tells of each action by itself, and not of all that are there.
model::Change told_action(base::Value before, ReviewAction const& after) {
  return {"action", std::move(before), to_value(after), true};
}

/// The ticket for the work, related to the incident.
model::Ticket file_work(OpenDesk& desk, store::WriteTx& tx, Review const& review, ReviewAction const& action,
                        std::string const& evidence, NewAction const& wanted) {
  NewTicket ticket;
  ticket.title = action.title;
  ticket.description = review.review_number + " (" + review.incident + ")";
  if (!evidence.empty()) ticket.description += ": " + evidence;
  if (!action.name.empty())
    ticket.description += "\n" + std::string(model::to_string(action.target)) + ": " + action.name;
  ticket.requester_id = desk.options().actor.name;
  if (!wanted.assignee.empty()) ticket.assignee_id = wanted.assignee;
  ticket.attributes = {{"review", review.review_number}};
  CreateOptions options;
  options.confirm = false;
  auto filed = store_new(desk, tx, ticket, options, drafted(desk, ticket)).ticket;
  auto const incident = reviewed_incident(tx.connection(), review);
  model::Link const link{model::ref_of(filed), model::LinkKind::relates_to, model::ref_of(incident), desk.now()};
  return add_link(desk, tx, filed, link, incident.incident_number, "").ticket;
}

}  // namespace

ReviewResult ReviewDesk::create(std::string const& id, CreateOptions const& options) {
  refuse_unwritable(model::review_type(), options.sets);
  if (desk_.absent_default()) refuse_absent(incidents(), id);
  return desk_.write([&](store::WriteTx& tx) {
    tx.take_turn();  // there is one for each incident
    if (options.dry_run) tx.discard();
    auto const incident = behind_merges(tx.connection(), find_incident(desk_, tx.connection(), id));
    if (auto there = review_of(tx.connection(), incident)) {
      tx.discard();
      return ReviewResult{*std::move(there), Result::existing, options.dry_run};
    }
    if (model::is_active(incident.status))
      throw Error(base::errors::review_incident_active,
                  {{"id", incident.incident_number}, {"status", std::string(model::to_string(incident.status))}});
    auto result = store_new_review(desk_, tx, incident, options);
    result.dry_run = options.dry_run;
    return result;
  });
}

Outcomes ReviewDesk::update(Ids const& ids, Sets const& sets, std::optional<Section> const& section,
                            ChangeOptions const& options, Batch how) {
  refuse_unwritable(model::review_type(), sets);
  return edit_each(desk_, ids, options, how, [&](store::WriteTx& tx, Review const& before) {
    Review after = before;
    for (auto const& [field, value] : sets) model::set(after, field, value);
    if (section) model::set_section(after, section->first, section->second);
    auto result = store_step(desk_, tx, before, std::move(after), "updated", options.reason);
    if (result.review.owner != before.owner)
      announce(desk_, tx, reviewed_incident(tx.connection(), before), "review.assigned", result.review.owner,
               before.review_number);
    return result;
  });
}

Outcomes ReviewDesk::move(Ids const& ids, lifecycle::ReviewAct act, bool force, ChangeOptions const& options,
                          Batch how) {
  using Act = lifecycle::ReviewAct;
  return edit_each(desk_, ids, options, how, [&](store::WriteTx& tx, Review const& before) {
    switch (act) {
      case Act::submit:
        return store_step(desk_, tx, before, lifecycle::submitted(before), "submitted", options.reason);
      case Act::approve:
        return store_step(desk_, tx, before, lifecycle::approved(before, desk_.options().actor.name, desk_.now()),
                          "approved", options.reason);
      case Act::rework:
        return store_step(desk_, tx, before, lifecycle::reworked(before), "reworked", options.reason);
      case Act::close:
        break;
    }
    auto after = lifecycle::closed(before, desk_.now());
    if (!force) refuse_open_actions(desk_, tx.connection(), before);
    return store_step(desk_, tx, before, std::move(after), "closed", options.reason);
  });
}

ReviewResult ReviewDesk::add_action(std::string const& id, NewAction const& wanted, ChangeOptions const& options) {
  return edit_one(desk_, id, options, [&](store::WriteTx& tx, Review const& before) {
    std::string evidence;
    auto action = drafted_action(desk_, tx.connection(), before, wanted, evidence);
    auto const same = [&](ReviewAction const& other) {
      return !action.finding.empty() && other.finding == action.finding;
    };
    if (std::any_of(before.actions.begin(), before.actions.end(), same)) return ReviewResult{before, Result::unchanged};
    if (before.status == model::ReviewStatus::closed)
      throw Error(base::errors::review_closed, {{"id", before.review_number}});
    Review after = before;
    after.actions.push_back(action);
    refuse_unsound(after);
    after.actions.back().ticket = file_work(desk_, tx, before, action, evidence, wanted).ticket_number;
    auto told = told_action({}, after.actions.back());
    return store_step(desk_, tx, before, std::move(after), "action", options.reason, {std::move(told)});
  });
}

ReviewResult ReviewDesk::apply_action(std::string const& id, std::int64_t place, std::string const& hash,
                                      ChangeOptions const& options) {
  return edit_one(desk_, id, options, [&](store::WriteTx& tx, Review const& before) {
    if (place < 1 || place > static_cast<std::int64_t>(before.actions.size()))
      throw Error(base::errors::review_no_action, {{"id", before.review_number}, {"action", std::to_string(place)}});
    Review after = before;
    ReviewAction& action = after.actions[static_cast<std::size_t>(place) - 1];
    if (action.target == model::ActionTarget::task)
      throw Error(base::errors::review_task, {{"id", before.review_number}, {"ticket", action.ticket}});
    action.after = action.target == model::ActionTarget::article
                       ? text_hash(find_article(desk_, tx.connection(), action.name))
                       : hash;
    if (action.after == action.before)
      throw Error(base::errors::review_unchanged, {{"id", before.review_number}, {"name", action.name}});
    if (action.after == before.actions[static_cast<std::size_t>(place) - 1].after)
      return ReviewResult{before, Result::unchanged};
    action.applied_at = desk_.now();
    auto told = told_action(to_value(before.actions[static_cast<std::size_t>(place) - 1]), action);
    return store_step(desk_, tx, before, std::move(after), "applied", options.reason, {std::move(told)});
  });
}

}  // namespace umsops::desk
