// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/incident/incident.hpp"
#include "cli/outcome.hpp"
#include "cli/runbook/runbooks.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/runbook_files.hpp"
#include "umsops/format/output.hpp"

namespace umsops::cli::runbooks {

namespace {

using base::Value;
using runbook::Execution;
using runbook::Runbook;
using runbook::State;

std::string seconds(std::int64_t milliseconds) {
  auto const tenths = (milliseconds + 50) / 100;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

/// `restart  SUCCEEDED  exit 0  0.1 s`
std::string line_of(runbook::Step const& step, runbook::StepRecord const& record) {
  std::string out = step.id + "  " + std::string(to_string(record.state));
  if (record.exit) out += "  exit " + std::to_string(*record.exit);
  if (record.duration_ms > 0) out += "  " + seconds(record.duration_ms);
  if (!record.by.empty()) out += "  " + record.by;
  if (record.rollback != runbook::Rollback::none)
    out.append("  rollback ").append(runbook::rollback_names()[static_cast<std::size_t>(record.rollback)]);
  if (!record.note.empty()) out += "  (" + record.note + ")";
  return out;
}

/// The step at which it stands.
std::size_t step_at(Runbook const& runbook, Execution const& execution) { return next_of(runbook, execution).step; }

std::string problem_of(runbook::StepRecord const& record) {
  if (!record.note.empty()) return record.note;
  return record.exit ? "exit " + std::to_string(*record.exit) : std::string(to_string(record.state));
}

/// What a person is told, its holes filled where something fills them.
std::string text_of(Runbook const& runbook, Execution const& execution, runbook::Step const& step) {
  auto const facts = facts_of(runbook, execution);
  return filled(runbook, step.text, [&](std::string_view name) {
    for (auto const& [fact, value] : facts)
      if (fact == name) return std::optional(value);
    return std::optional(std::string("?"));
  });
}

[[noreturn]] void waits(Env& env, Runbook const& runbook, Execution const& execution) {
  auto const& step = runbook.steps[step_at(runbook, execution)];
  auto const id = runbook::execution_id(execution.n);
  std::string problem, way;
  switch (execution.state) {
    case State::waiting_manual:
      problem = text_of(runbook, execution, step);
      way = "--done";
      break;
    case State::waiting_approval:
      problem = text_of(runbook, execution, step);
      way = "--approve";
      break;
    default:
      problem =
          env.text({"it was cut off, and nothing tells whether it took effect", "步骤被中断，无法判断其是否生效"});
      way = "--assume done|not-done";
      break;
  }
  throw base::Error(base::errors::runbook_waiting, {{"id", id},
                                                    {"step", step.id},
                                                    {"problem", base::shortened(problem, 300)},
                                                    {"suggestion", "umsops runbook resume " + id + " " + way}});
}

}  // namespace

constinit record::Kind const kKind{.type = runbook::execution_type, .number = "id", .since = "started_at"};

std::vector<Runbook> configured(Env& env, Call const& call) {
  auto const given = call.all("file");
  return config::read_runbooks(given.empty() ? env.settings().list("runbooks") : given);
}

Runbook const& require(std::vector<Runbook> const& all, std::string_view id) {
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.id == id; });
  if (found != all.end()) return *found;
  std::vector<std::string> ids;
  for (auto const& one : all) ids.push_back(one.id);
  auto const near = base::nearest(id, ids);
  throw base::Error(base::errors::runbook_not_found,
                    {{"id", base::shortened(std::string(id), 80)},
                     {"suggestion", near.empty() ? "see: umsops runbook list" : "did you mean " + near + "?"}});
}

Runbook const* suited(std::vector<Runbook> const& all, std::string_view type) {
  auto const fits = [&](Runbook const& one) {
    return std::find(one.types.begin(), one.types.end(), type) != one.types.end();
  };
  auto const found = std::find_if(all.begin(), all.end(), fits);
  if (found != all.end()) return &*found;
  auto const general = std::find_if(all.begin(), all.end(), [](Runbook const& one) { return one.types.empty(); });
  return general == all.end() ? nullptr : &*general;
}

Prepared prepare(Env& env, Runbook const& runbook, std::string const& incident, runbook::Pairs const& given) {
  Prepared out;
  out.inputs = checked_inputs(runbook, given);
  if (!incident.empty()) out.incident = env.desk().runbooks().incident(incident);
  for (auto const& name : mentioned_facts(runbook)) {
    for (auto const& fact : out.incident.facts)
      if (fact.first == name) out.facts.push_back(fact);
  }
  out.plan = plan_of(runbook, out.inputs, out.incident.number, out.facts, &shown_word);
  return out;
}

Runbook runbook_of(Execution const& execution) { return config::read_runbook(execution.text, execution.file); }

Value steps_of(Env& env, Runbook const& runbook, Execution const& execution) {
  Value::List out;
  for (std::size_t i = 0; i < execution.steps.size() && i < runbook.steps.size(); ++i) {
    out.push_back(env.human() ? Value(line_of(runbook.steps[i], execution.steps[i]))
                              : to_value(runbook.steps[i], execution.steps[i]));
  }
  return out;
}

void write_execution(Env& env, Runbook const& runbook, Execution const& execution) {
  format::write_record(env.out(), env.style("id"), kExecutionSchema, "execution", runbook::execution_type().fields,
                       to_row(execution), {{"dry_run", env.dry_run()}},
                       {{"steps", steps_of(env, runbook, execution)},
                        {"resolution", base::text_or_null(execution.resolution)},
                        {"root_cause", base::text_or_null(execution.root_cause)}});
  env.out().flush();
}

void check_waiting(Env& env, Runbook const& runbook, Execution const& execution) {
  bool const waiting = execution.state == State::waiting_manual || execution.state == State::waiting_approval ||
                       execution.state == State::unknown;
  if (waiting) waits(env, runbook, execution);
}

void check_end(Env& env, Runbook const& runbook, Execution const& execution) {
  check_waiting(env, runbook, execution);
  if (execution.state != State::failed) return;
  auto const id = runbook::execution_id(execution.n);
  auto forward = execution;
  forward.cancelling = false;
  auto const at = step_at(runbook, forward);
  throw base::Error(execution.failing ? base::errors::runbook_rolled_back : base::errors::runbook_failed,
                    {{"id", id}, {"step", runbook.steps[at].id}, {"problem", problem_of(execution.steps[at])}});
}

void offer_runbooks(Candidates& out) {
  for (auto const& one : config::read_runbooks(out.env().settings().list("runbooks"))) out.add(one.id, one.title);
}

void offer_executions(Candidates& out) {
  query::Query query;
  query.limit = 50;
  out.env().desk().runbooks().list(query, [&](Execution const& one) {
    out.add(runbook::execution_id(one.n), one.runbook);
    return true;
  });
}

}  // namespace umsops::cli::runbooks
