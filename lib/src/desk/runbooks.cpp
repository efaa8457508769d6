// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/runbook_desk.hpp"

#include "desk/change.hpp"
#include "desk/incident_steps.hpp"
#include "store/event_log.hpp"
#include "store/executions.hpp"
#include "store/record_ref.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/rule_desk.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;
using runbook::Execution;
using runbook::Worker;

constexpr char const* kNoun = "execution";
constexpr std::size_t kLongestTold = 1000;

[[noreturn]] void refuse_unknown(std::string const& id) {
  throw Error(base::errors::execution_not_found, {{"id", base::shortened(id, 80)}});
}

std::int64_t incident_place(store::Connection& db, Execution const& execution) {
  if (execution.incident_id.empty()) return 0;
  return store::place_of(db, {std::string(model::incident_type().noun), execution.incident_id});
}

Execution stored(store::Connection& db, std::string const& id) {
  auto const number = runbook::parse_execution_id(id);
  auto found = number ? store::find_execution(db, *number) : std::nullopt;
  if (!found) refuse_unknown(id);
  return std::move(*found);
}

/// The event that vouches for what was stored; where there is an incident its timeline tells of it, too.
void tell(OpenDesk& desk, store::WriteTx& tx, Execution const& execution, ExecutionNews const& news) {
  std::vector<model::Change> changes{{"execution", {}, runbook::execution_id(execution.n)},
                                     {"runbook", {}, execution.runbook},
                                     {"state", {}, runbook::to_string(execution.state)}};
  if (!news.step.empty()) changes.push_back({"step", {}, news.step});
  if (!execution.incident_id.empty() && !news.text.empty()) {
    auto const incident = find_incident(desk, tx.connection(), execution.incident_id);
    auto entry = entry_of(desk, incident, model::TimelineKind::step, base::shortened(news.text, kLongestTold));
    Value::Object data{{"execution", runbook::execution_id(execution.n)}, {"runbook", execution.runbook}};
    data.insert(data.end(), news.data.begin(), news.data.end());
    entry.data = std::move(data);
    changes.push_back(write_entry(tx, entry));
    store_unhooked_step(desk, tx, incident, incident, "runbook", "", std::move(changes));
    return;
  }
  model::Event event = event_of(desk, {kNoun, {}}, 0, {news.kind, execution.reason, std::move(changes)});
  store::append_event(tx, event, {}, desk.ids());
}

std::string some_of(Execution const& execution) {
  return execution.incident.empty() ? "no incident" : execution.incident;
}

/// One at a time of a runbook for an incident.
void refuse_busy(store::Connection& db, Execution const& execution, std::int64_t incident) {
  auto const other = store::live_execution(db, incident, execution.runbook);
  if (!other || other->n == execution.n) return;
  throw Error(base::errors::runbook_busy, {{"runbook", execution.runbook},
                                           {"record", some_of(execution)},
                                           {"id", runbook::execution_id(other->n)},
                                           {"state", std::string(runbook::to_string(other->state))}});
}

}  // namespace

RunbookIncident RunbookDesk::incident(std::string const& typed) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(incidents(), typed);
  auto const found = find_incident(desk_, store->connection(), typed);
  RunbookIncident out{found.id, found.incident_number, std::string(model::to_string(found.type)), facts_of(found)};
  auto const add = [&](char const* name, std::string_view text) {
    if (!text.empty()) out.facts.emplace_back(name, std::string(text));
  };
  add("number", found.incident_number);
  add("type", out.type);
  add("severity", model::to_string(found.severity));
  if (found.urgency) add("urgency", model::to_string(*found.urgency));
  add("assigned_to", found.assigned_to);
  return out;
}

Execution RunbookDesk::begin(Execution execution, ExecutionNews const& news) {
  return desk_.write([&](store::WriteTx& tx) {
    tx.take_turn();  // two of them at the same time: the second finds the first
    Execution begun = execution;
    auto const incident = incident_place(tx.connection(), begun);
    refuse_busy(tx.connection(), begun, incident);
    begun.name = desk_.ids().next_id(desk_.now());
    begun.started_by = desk_.options().actor.name;
    begun.started_at = begun.updated_at = desk_.now();
    store::insert_execution(tx, begun, incident);
    tell(desk_, tx, begun, news);
    return begun;
  });
}

Execution RunbookDesk::store(Execution execution, Worker const& worker, ExecutionNews const& news) {
  return desk_.write([&](store::WriteTx& tx) {
    tx.take_turn();  // what is read here must hold until it is changed
    auto const before = store::find_execution(tx.connection(), execution.n);
    if (!before || before->worker != worker)
      throw Error(base::errors::runbook_lost, {{"id", runbook::execution_id(execution.n)}});
    Execution after = execution;
    after.updated_at = desk_.now();
    store::replace_execution(tx, after, incident_place(tx.connection(), after));
    tell(desk_, tx, after, news);
    return after;
  });
}

Execution RunbookDesk::take(std::string const& id, Worker const& worker, base::TimePoint lease_until,
                            std::function<void(Execution const&)> const& may_take) {
  if (desk_.absent_default()) refuse_unknown(id);
  return desk_.write([&](store::WriteTx& tx) {
    tx.take_turn();
    Execution execution = stored(tx.connection(), id);
    may_take(execution);
    auto const incident = incident_place(tx.connection(), execution);
    refuse_busy(tx.connection(), execution, incident);
    execution.worker = worker;
    execution.lease_until = lease_until;
    execution.state = runbook::State::running;
    execution.updated_at = desk_.now();
    store::replace_execution(tx, execution, incident);
    tell(desk_, tx, execution, {"taken", "", "", {}});
    return execution;
  });
}

Execution RunbookDesk::find(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_unknown(id);
  return stored(store->connection(), id);
}

ListEnd RunbookDesk::list(query::Query const& query, std::function<bool(Execution const&)> const& visit) {
  ListEnd end;
  auto* const store = desk_.reading();
  if (!store) return end;
  auto const rest = store::list_executions(store->connection(), query, [&](Execution const& execution) {
    ++end.count;
    return visit(execution);
  });
  end.truncated = rest.truncated;
  end.next = rest.next;
  return end;
}

std::int64_t RunbookDesk::count(query::Filter const& filter) {
  auto* const store = desk_.reading();
  return store ? store::count_executions(store->connection(), filter) : 0;
}

std::vector<Execution> RunbookDesk::of_incident(std::string const& typed) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(incidents(), typed);
  auto& db = store->connection();
  return store::executions_of(db, store::place_of(db, model::ref_of(find_incident(desk_, db, typed))));
}

}  // namespace umsops::desk
