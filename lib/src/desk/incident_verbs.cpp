// SPDX-License-Identifier: Apache-2.0
// The verbs of an incident as use cases: each on one incident or many.
#include "desk/assignees.hpp"
#include "desk/incident_batch.hpp"
#include "desk/incident_tickets.hpp"
#include "desk/review_steps.hpp"
#include "desk/sets.hpp"
#include "umsops/lifecycle/incident_acts.hpp"

namespace umsops::desk {
namespace {

using model::Incident;
using Ids = IncidentDesk::Ids;
using Outcomes = IncidentDesk::Outcomes;

/// Ends incidents; whoever asked about one that is over then hears of it in its transaction.
template <class Step>
Outcomes end_each(OpenDesk& desk, Ids const& ids, IncidentResolve const& resolution, ChangeOptions const& options,
                  Batch how, Step&& step) {
  return edit_each_incident<IncidentResult>(desk, ids, options, how, [&](store::WriteTx& tx, Incident const& incident) {
    IncidentResult result = result_of(step(tx, incident));
    if (model::is_open(result.incident.status)) return result;
    auto const waiting = waiting_tickets(tx.connection(), result.incident);
    result.waiting = waiting.size();
    if (!resolution.answer.empty())
      result.answered = answer_tickets(desk, tx, result.incident, waiting, resolution.answer, options.reason);
    if (!result.answered.empty()) result.result = Result::updated;
    return result;
  });
}

}  // namespace

Outcomes IncidentDesk::update(Ids const& ids, Sets const& sets, ChangeOptions const& options, Batch how) {
  refuse_unwritable(model::incident_type(), sets);
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, Incident const& before) {
    Incident after = before;
    for (auto const& [field, value] : sets) apply_set(model::incident_type(), after, field, value);
    return store_step(desk_, tx, before, std::move(after), "updated", options.reason);
  });
}

Outcomes IncidentDesk::assign(Ids const& ids, Hand hand, std::string const& to, ChangeOptions const& options,
                              Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, Incident const& incident) {
    return hand_over(desk_, tx, incident, hand, to, options.reason);
  });
}

Outcomes IncidentDesk::give_role(Ids const& ids, model::IncidentRole role, std::string const& to,
                                 ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, Incident const& before) -> IncidentStep {
    Incident after = before;
    std::string& person = model::holder(after, role);
    std::string const had = person;
    person = to.empty() ? "" : pick_assignee(desk_, tx, work_of(before), to).person;
    if (person == had) return {before, false};
    auto const name = [](std::string const& who) { return who.empty() ? std::string("-") : who; };
    auto entry = entry_of(desk_, before, model::TimelineKind::role,
                          std::string(model::to_string(role)) + ": " + name(had) + " -> " + name(person));
    entry.data = base::Value::Object{
        {"role", model::to_string(role)}, {"before", base::text_or_null(had)}, {"after", base::text_or_null(person)}};
    return store_step(desk_, tx, before, std::move(after), "role", options.reason, {write_entry(tx, entry)});
  });
}

Outcomes IncidentDesk::acknowledge(Ids const& ids, ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, Incident const& incident) {
    auto after = lifecycle::acknowledged(incident, desk_.options().actor.name, desk_.now(),
                                         acknowledgements_wanted(desk_, incident));
    return store_step(desk_, tx, incident, std::move(after), "acknowledged", options.reason);
  });
}

Outcomes IncidentDesk::start(Ids const& ids, ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, Incident const& incident) {
    return store_step(desk_, tx, incident, lifecycle::started(incident), "started", options.reason);
  });
}

Outcomes IncidentDesk::note(Ids const& ids, Note const& note, ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, Incident const& incident) {
    return write_note(desk_, tx, incident, note, options.reason);
  });
}

Outcomes IncidentDesk::verify(Ids const& ids, RecoveryWord const& word, ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, Incident const& incident) {
    return desk::verify(desk_, tx, incident, model::EvidenceKind::manual, word, options.reason);
  });
}

Outcomes IncidentDesk::resolve(Ids const& ids, IncidentResolve const& resolution, ChangeOptions const& options,
                               Batch how) {
  return end_each(desk_, ids, resolution, options, how, [&](store::WriteTx& tx, Incident const& incident) {
    return desk::resolve(desk_, tx, incident, resolution, options.reason);
  });
}

Outcomes IncidentDesk::close(Ids const& ids, IncidentResolve const& resolution, ChangeOptions const& options,
                             Batch how) {
  return end_each(desk_, ids, resolution, options, how, [&](store::WriteTx& tx, Incident const& incident) {
    bool const first = model::is_open(incident.status) && !resolution.text.empty();
    if (!resolution.force) refuse_unreviewed(tx.connection(), incident);
    Incident const done = first ? desk::resolve(desk_, tx, incident, resolution, options.reason).incident : incident;
    return store_step(desk_, tx, done, lifecycle::closed(done, desk_.now()), "closed", options.reason);
  });
}

Outcomes IncidentDesk::reopen(Ids const& ids, ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, Incident const& incident) {
    return desk::reopen(desk_, tx, incident, options.reason);
  });
}

}  // namespace umsops::desk
