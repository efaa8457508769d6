// SPDX-License-Identifier: Apache-2.0
// The response to an incident, phase by phase.
#include <algorithm>
#include <array>

#include "desk/announce.hpp"
#include "desk/assignees.hpp"
#include "desk/incident_links.hpp"
#include "desk/incident_steps.hpp"
#include "desk/member_text.hpp"
#include "desk/review_steps.hpp"
#include "store/executions.hpp"
#include "store/outbox.hpp"
#include "store/record_ref.hpp"
#include "store/timeline_entries.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/incident_desk.hpp"
#include "umsops/desk/response_desk.hpp"
#include "umsops/lifecycle/incident_acts.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;
using model::Incident;
using model::TimelineEntry;
using model::TimelineKind;

constexpr std::array<std::string_view, 6> kPhases{"ASSESS", "NOTIFY", "ACTIVATE", "HANDLE", "VERIFY", "REVIEW"};
constexpr std::array<std::string_view, 4> kStates{"DONE", "FORCED", "CURRENT", "AHEAD"};
constexpr std::string_view kAlert = "incident.alert";
constexpr std::size_t kMostWaiting = 10'000;

std::int64_t number_in(Value const& value, std::string_view name) {
  auto const* const found = value.find(name);
  auto const* const number = found ? found->get_if<std::int64_t>() : nullptr;
  return number ? *number : 0;
}

bool flag_in(Value const& value, std::string_view name) {
  auto const* const found = value.find(name);
  auto const* const flag = found ? found->get_if<bool>() : nullptr;
  return flag && *flag;
}

/// All that the conditions look at.
struct Known {
  Incident incident;
  std::vector<TimelineEntry> timeline;
  std::vector<runbook::Execution> executions;
  bool told = false;                   ///< the audiences are
  bool reviewed = false;               ///< its review was begun
  std::vector<std::string> unreached;  ///< who of them is not
  std::vector<std::string> failovers;  ///< runbooks of the critical services that are hit
};

std::vector<std::string> failovers_of(service::Catalogue const& catalogue, Incident const& incident) {
  std::vector<std::string> out;
  for (auto const& name : incident.affected_services) {
    auto const found = catalogue.find(name);
    if (!found) continue;
    auto const& one = catalogue.at(*found);
    if (one.tier == 1 && !one.failover.empty()) out.push_back(one.failover);
  }
  return out;
}

/// Whether somebody is told as a part of an audience, or a message to them all is about to be routed; and who was not
/// reached.
void look_at_messages(store::Connection& db, base::TimePoint now, std::int64_t record, Known& out) {
  auto const noun = model::incident_type().noun;
  for (auto const& one : store::waiting_messages(db, now, kMostWaiting))
    out.told = out.told || (one.topic == kAlert && one.noun == noun && one.record == record);
  for (auto const& one : store::deliveries_about(db, noun, record)) {
    if (one.audience.empty()) continue;
    out.told = true;
    if (one.state == model::DeliveryState::dead)
      out.unreached.push_back(one.audience + " by " + one.channel + " " + one.address + ": " + one.note);
  }
}

Known known_of(OpenDesk& desk, store::Connection& db, std::string const& id) {
  Known out;
  out.incident = find_incident(desk, db, id);
  auto const record = model::ref_of(out.incident);
  out.timeline = store::timeline_of(db, record);
  out.executions = store::executions_of(db, store::place_of(db, record));
  look_at_messages(db, desk.now(), store::place_of(db, record), out);
  out.reviewed = review_of(db, out.incident).has_value();
  out.failovers = failovers_of(desk.services(), out.incident);
  return out;
}

bool has(std::vector<TimelineEntry> const& timeline, TimelineKind kind, std::string_view name = {}) {
  return std::any_of(timeline.begin(), timeline.end(), [&](TimelineEntry const& entry) {
    return entry.kind == kind && (name.empty() || entry.data.find(name) != nullptr);
  });
}

using Missing = std::vector<std::string>;

Missing missing_assess(Known const& known) {
  Missing out;
  if (!has(known.timeline, TimelineKind::assessment)) out.emplace_back("it was not assessed");
  return out;
}

Missing missing_notify(Known const& known) {
  if (model::is_muted(known.incident)) return {};  // nobody is to be told
  Missing out;
  if (!known.told) out.emplace_back("nobody was told");
  for (auto const& one : known.unreached) out.push_back("not reached: " + one);
  return out;
}

runbook::Execution const* last_of(Known const& known, std::string const& runbook) {
  runbook::Execution const* out = nullptr;
  for (auto const& one : known.executions)
    if (one.runbook == runbook) out = &one;
  return out;
}

Missing missing_activate(Known const& known) {
  Missing out;
  if (known.incident.assigned_to.empty() && !known.incident.acknowledged_at) out.emplace_back("nobody has it");
  for (auto const& failover : known.failovers) {
    auto const* const last = last_of(known, failover);
    if (!last) {
      out.push_back("the fail-over " + failover + " was not run");
    } else if (last->state != runbook::State::succeeded) {
      out.push_back("the fail-over " + failover + " (" + runbook::execution_id(last->n) + ") is " +
                    std::string(to_string(last->state)));
    }
  }
  return out;
}

bool is_failover(Known const& known, std::string const& runbook) {
  return std::find(known.failovers.begin(), known.failovers.end(), runbook) != known.failovers.end();
}

/// What was done before the incident was reopened has not repaired it.
std::optional<base::TimePoint> last_round(Known const& known) {
  std::optional<base::TimePoint> out;
  for (auto const& entry : known.timeline) {
    bool const handled = entry.kind == TimelineKind::phase && text_in(entry.data, "phase") == to_string(Phase::handle);
    if (handled && number_in(entry.data, "reopened") != known.incident.reopen_count) out = entry.at;
  }
  return out;
}

Missing missing_handle(Known const& known) {
  runbook::Execution const* last = nullptr;
  auto const before = last_round(known);
  for (auto const& one : known.executions) {
    if (is_failover(known, one.runbook) || (before && one.started_at <= *before)) continue;
    if (one.state == runbook::State::succeeded) return {};
    last = &one;
  }
  if (!model::is_active(known.incident.status)) return {};  // it was repaired in another way
  if (!last) return {"no runbook was run for it"};
  return {"runbook " + last->runbook + " (" + runbook::execution_id(last->n) + ") is " +
          std::string(to_string(last->state))};
}

Missing missing_verify(Known const& known) {
  if (!model::is_active(known.incident.status)) return {};
  return {"there is no evidence that service is back: it is " + std::string(to_string(known.incident.status))};
}

Missing missing_review(Known const& known) {
  Missing out;
  if (model::is_open(known.incident.status)) out.emplace_back("it is not resolved");
  if (known.incident.severity >= model::Priority::high && !known.reviewed) out.emplace_back("its review was not begun");
  return out;
}

Missing missing_of(Known const& known, Phase phase) {
  switch (phase) {
    case Phase::assess:
      return missing_assess(known);
    case Phase::notify:
      return missing_notify(known);
    case Phase::activate:
      return missing_activate(known);
    case Phase::handle:
      return missing_handle(known);
    case Phase::verify:
      return missing_verify(known);
    case Phase::review:
      break;
  }
  return missing_review(known);
}

/// The record of a phase. Those from HANDLE on begin anew when the incident is reopened.
TimelineEntry const* record_of(Known const& known, Phase phase) {
  TimelineEntry const* out = nullptr;
  for (auto const& entry : known.timeline) {
    bool const fits = entry.kind == TimelineKind::phase && text_in(entry.data, "phase") == to_string(phase);
    bool const anew = phase >= Phase::handle && number_in(entry.data, "reopened") != known.incident.reopen_count;
    if (fits && !anew) out = &entry;
  }
  return out;
}

Response standing(Known const& known) {
  Response out{known.incident, {}, std::nullopt, last_round(known)};
  for (std::size_t i = 0; i < kPhases.size(); ++i) {
    PhaseStanding one;
    one.phase = static_cast<Phase>(i);
    one.missing = missing_of(known, one.phase);
    if (auto const* const record = record_of(known, one.phase)) {
      one.state = flag_in(record->data, "forced") ? PhaseState::forced : PhaseState::done;
      one.at = record->at;
      one.by = record->author;
      one.reason = text_in(record->data, "reason");
    } else if (!out.current) {
      one.state = PhaseState::current;
      out.current = one.phase;
    }
    out.phases.push_back(std::move(one));
  }
  return out;
}

[[noreturn]] void refuse(Incident const& incident, Phase phase, Missing const& missing) {
  std::string text;
  for (auto const& one : missing) text += (text.empty() ? "" : "; ") + one;
  throw Error(base::errors::incident_phase, {{"id", incident.incident_number},
                                             {"phase", std::string(to_string(phase))},
                                             {"missing", base::shortened(text, 500)}});
}

/// Writes one entry, with the event `kind` that vouches for it.
void write(OpenDesk& desk, store::WriteTx& tx, Incident const& incident, TimelineEntry const& entry, char const* kind,
           std::string const& reason) {
  store_unhooked_step(desk, tx, incident, incident, kind, reason, {write_entry(tx, entry)});
}

template <class Body>
void change(OpenDesk& desk, std::string const& id, Body const& body) {
  if (desk.absent_default()) refuse_absent(incidents(), id);
  desk.write([&](store::WriteTx& tx) {
    tx.take_turn();
    body(tx, find_incident(desk, tx.connection(), id));
    return true;
  });
}

Value time_value(base::TimePoint at) { return base::format_rfc3339(at); }

std::string text_of(CheckEvidence const& evidence) {
  std::string const what = evidence.access ? "access checks" : "checks";
  if (!evidence.passed) return what + " failed: " + evidence.problem;
  return what + " passed " + std::to_string(evidence.passes) + " times in a row, " +
         base::format_rfc3339(evidence.from) + " to " + base::format_rfc3339(evidence.to);
}

TimelineEntry entry_of(OpenDesk& desk, Incident const& incident, CheckEvidence const& evidence) {
  auto entry = entry_of(desk, incident, TimelineKind::evidence, base::shortened(text_of(evidence), 1000));
  entry.data = Value::Object{{"evidence", model::to_string(model::EvidenceKind::check)},
                             {"passed", evidence.passed},
                             {"of", evidence.access ? "access" : "service"},
                             {"passes", evidence.passes},
                             {"from", time_value(evidence.from)},
                             {"to", time_value(evidence.to)},
                             {"checks", Value::List(evidence.checks.begin(), evidence.checks.end())}};
  return entry;
}

/// Those who are on call and there: who has a skill that is asked for, else all of them.
std::vector<std::string> present(std::vector<OnCall> const& on_call) {
  std::vector<std::string> all, fit;
  for (auto const& one : on_call) {
    if (one.person.empty() || one.absent || std::find(all.begin(), all.end(), one.person) != all.end()) continue;
    all.push_back(one.person);
    if (!one.skills.empty()) fit.push_back(one.person);
  }
  return fit.empty() ? all : fit;
}

}  // namespace

std::span<std::string_view const> phase_names() { return kPhases; }
std::string_view to_string(Phase phase) { return kPhases[static_cast<std::size_t>(phase)]; }
std::string_view to_string(PhaseState state) { return kStates[static_cast<std::size_t>(state)]; }

Response ResponseDesk::look(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(incidents(), id);
  store::ReadTx const view(*store);
  return standing(known_of(desk_, store->connection(), id));
}

Response ResponseDesk::close(std::string const& id, Phase phase, bool force, std::string const& reason) {
  Response out;
  change(desk_, id, [&](store::WriteTx& tx, Incident const& incident) {
    auto const known = known_of(desk_, tx.connection(), incident.id);
    auto const now = standing(known);
    if (now.current && *now.current < phase) refuse(incident, *now.current, {"it comes first"});
    auto const& missing = now.phases[static_cast<std::size_t>(phase)].missing;
    if (!missing.empty() && !force) refuse(incident, phase, missing);
    bool const forced = !missing.empty();
    auto entry = entry_of(desk_, incident, TimelineKind::phase,
                          std::string(to_string(phase)) + (forced ? " passed over: " + reason : " is over"));
    entry.data = Value::Object{{"phase", to_string(phase)},
                               {"forced", forced},
                               {"reason", base::text_or_null(forced ? reason : "")},
                               {"missing", Value::List(missing.begin(), missing.end())},
                               {"reopened", incident.reopen_count}};
    write(desk_, tx, incident, entry, "phase", forced ? reason : "");
    out = standing(known_of(desk_, tx.connection(), incident.id));
  });
  return out;
}

void ResponseDesk::notify(std::string const& id) {
  change(desk_, id, [&](store::WriteTx& tx, Incident const& incident) {
    if (known_of(desk_, tx.connection(), incident.id).told) return tx.discard();
    announce(desk_, tx, incident, "incident.alert", "audiences");
    auto const entry = entry_of(desk_, incident, TimelineKind::update, "the audiences are told");
    write(desk_, tx, incident, entry, "told", "");
  });
}

std::vector<std::string> ResponseDesk::call_out(std::string const& id) {
  std::vector<std::string> called;
  auto const assessed = IncidentDesk(desk_).assess({id}, {.reason = "", .if_rev = {}, .dry_run = true}, Batch::atomic);
  for (auto const& one : assessed) {
    if (one.failed) throw *one.failed;
    called = present(one.done->assessment.on_call);
  }
  change(desk_, id, [&](store::WriteTx& tx, Incident const& incident) {
    if (called.empty()) return tx.discard();
    auto current = incident;
    if (incident.assigned_to.empty())
      current = hand_over(desk_, tx, incident, Hand::give, called.front(), "on call").incident;
    for (std::size_t i = current.assigned_to == called.front() ? 1 : 0; i < called.size(); ++i)
      announce(desk_, tx, current, "incident.assigned", called[i]);
    std::string names;
    for (auto const& name : called) names += (names.empty() ? "" : ", ") + name;
    write(desk_, tx, current, entry_of(desk_, current, TimelineKind::role, "called: " + names), "called", "");
  });
  return called;
}

void ResponseDesk::open_channel(std::string const& id, std::string const& address) {
  change(desk_, id, [&](store::WriteTx& tx, Incident const& incident) {
    auto entry = entry_of(desk_, incident, TimelineKind::decision, "people talk about it at " + address);
    entry.data = Value::Object{{"channel", address}};
    write(desk_, tx, incident, entry, "channel", "");
  });
}

void ResponseDesk::start(std::string const& id) {
  change(desk_, id, [&](store::WriteTx& tx, Incident const& incident) {
    bool const waits = model::is_active(incident.status) && incident.status != model::IncidentStatus::in_progress;
    if (!waits) return tx.discard();
    store_step(desk_, tx, incident, lifecycle::started(incident), "started", "");
  });
}

void ResponseDesk::verify(std::string const& id, std::vector<CheckEvidence> const& evidence) {
  change(desk_, id, [&](store::WriteTx& tx, Incident const& incident) {
    std::vector<model::Change> told;
    bool service = false, access = false, failed = false;
    for (auto const& one : evidence) {
      told.push_back(write_entry(tx, entry_of(desk_, incident, one)));
      failed = failed || !one.passed;
      (one.access ? access : service) = true;
    }
    if (told.empty()) return tx.discard();
    auto after = failed || (service && access) ? lifecycle::verified(incident, !failed, desk_.now()) : incident;
    bool const back = !failed && service && access;
    store_step(desk_, tx, incident, std::move(after),
               back     ? "recovered"
               : failed ? "failed"
                        : "checked",
               "", std::move(told));
  });
}

}  // namespace umsops::desk
