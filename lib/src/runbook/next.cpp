// SPDX-License-Identifier: Apache-2.0
// The state machine: what comes next, and what each act makes of an execution.
#include <algorithm>

#include "umsops/base/text.hpp"
#include "umsops/runbook/execution.hpp"

namespace umsops::runbook {
namespace {

using What = Next::What;

constexpr base::Milliseconds kLongestBackoff{300'000};

bool holds(Runbook const& runbook, Step const& step, Execution const& execution) {
  if (!step.conditional || !runbook.conditions) return true;
  auto const verdict = runbook.conditions->classify(facts_of(runbook, execution));
  return std::any_of(verdict.hits.begin(), verdict.hits.end(), [&](auto const& hit) { return hit.rule == step.id; });
}

base::Milliseconds backoff_of(Step const& step, std::int64_t attempts) {
  auto wait = step.backoff;
  for (std::int64_t i = 1; i < attempts && wait < kLongestBackoff; ++i) wait *= 2;
  return std::min(wait, kLongestBackoff);
}

bool is_person(Step const& step) { return step.kind == StepKind::manual || step.kind == StepKind::approve; }

/// It asks and changes nothing, so it may be asked again.
bool only_asks(Step const& step) { return step.kind == StepKind::check || step.kind == StepKind::verify; }

Next pending(Runbook const& runbook, Execution const& execution, std::size_t at) {
  Step const& step = runbook.steps[at];
  if (!holds(runbook, step, execution)) return {What::skip, at};
  return {is_person(step) ? What::wait : What::perform, at};
}

Next cut_off(Step const& step, std::size_t at) {
  if (only_asks(step)) return {What::perform, at};
  return step.probe ? Next{What::perform, at, Part::probe} : Next{What::ask, at};
}

/// nullopt: the step behind it follows.
std::optional<Next> failed(Step const& step, StepRecord const& record, std::size_t at) {
  // The retries of verify are passes that may fail within its one attempt.
  bool const tries = step.kind != StepKind::verify && record.part == Part::main;
  if (tries && record.attempts <= step.retries)
    return Next{What::perform, at, Part::main, backoff_of(step, record.attempts)};
  if (step.kind == StepKind::check) return std::nullopt;
  if (record.part == Part::main && step.on_error) return Next{What::perform, at, Part::on_error};
  if (step.goes_on) return std::nullopt;
  return Next{What::end, at, Part::main, {}, State::failed};
}

std::optional<Next> next_at(Runbook const& runbook, Execution const& execution, std::size_t at) {
  Step const& step = runbook.steps[at];
  StepRecord const& record = execution.steps[at];
  if (record.passed_over) return std::nullopt;
  switch (record.state) {
    case StepState::pending:
      return pending(runbook, execution, at);
    case StepState::waiting:
      return Next{What::wait, at};
    case StepState::running:
      return cut_off(step, at);
    case StepState::unknown:
      return Next{What::ask, at};
    case StepState::failed:
    case StepState::timed_out:
      return failed(step, record, at);
    case StepState::succeeded:
      // The answer of a check may be no; where it may be asked again it is.
      if (step.kind == StepKind::check && !record.ok) return failed(step, record, at);
      return std::nullopt;
    case StepState::recovered:
    case StepState::skipped:
      break;
  }
  return std::nullopt;
}

bool is_begun(StepState state) {
  return state != StepState::pending && state != StepState::skipped && state != StepState::waiting;
}

/// It may have left something to take back, if only half of it.
bool has_effect(StepRecord const& record) { return record.before || is_begun(record.state); }

Next next_rollback(Runbook const& runbook, Execution const& execution) {
  for (std::size_t at = execution.as_it_is ? 0 : runbook.steps.size(); at-- > 0;) {
    StepRecord const& record = execution.steps[at];
    if (!runbook.steps[at].rollback || !has_effect(record)) continue;
    if (record.rollback == Rollback::none) return {What::perform, at, Part::rollback};
    if (record.rollback == Rollback::running) return {What::ask, at, Part::rollback};
  }
  return {What::end, 0, Part::rollback, {}, execution.failing ? State::failed : State::cancelled};
}

void take(StepRecord& record, Result const& result) {
  record.ok = result.ok;
  record.exit = result.how == Result::How::exited ? std::optional(result.exit) : std::nullopt;
  record.output = result.output;
  record.bytes = result.bytes;
  record.sha256 = result.sha256;
  record.duration_ms = result.duration.count();
  record.note = result.note;
}

StepState state_after(Step const& step, Part part, Result const& result) {
  if (part == Part::probe) {
    bool const answered = result.how == Result::How::exited;
    return result.ok ? StepState::succeeded : answered ? StepState::pending : StepState::unknown;
  }
  if (result.ok) return part == Part::on_error ? StepState::recovered : StepState::succeeded;
  if (result.how == Result::How::timed_out) return StepState::timed_out;
  bool const answered = step.kind == StepKind::check && result.how == Result::How::exited;
  return answered ? StepState::succeeded : StepState::failed;
}

}  // namespace

bool is_live(State state) { return state != State::succeeded && state != State::cancelled && state != State::failed; }

Execution begun(Runbook const& runbook, Pairs inputs, Pairs facts) {
  Execution out;
  out.runbook = runbook.id;
  out.title = runbook.title;
  out.inputs = std::move(inputs);
  out.facts = std::move(facts);
  out.text = runbook.text;
  out.file = runbook.file;
  out.resolution = runbook.resolution;
  out.root_cause = runbook.root_cause;
  out.steps.resize(runbook.steps.size());
  return out;
}

Next next_of(Runbook const& runbook, Execution const& execution) {
  if (execution.cancelling) return next_rollback(runbook, execution);
  for (std::size_t at = 0; at < runbook.steps.size(); ++at) {
    if (auto const next = next_at(runbook, execution, at)) return *next;
  }
  return {What::end};
}

Execution with_begin(Execution execution, Next const& next, Worker const& worker, base::TimePoint lease_until,
                     base::TimePoint now) {
  StepRecord& record = execution.steps[next.step];
  execution.state = State::running;
  execution.worker = worker;
  execution.lease_until = lease_until;
  if (next.part == Part::rollback) {
    record.rollback = Rollback::running;
  } else {
    record.state = StepState::running;
    record.part = next.part;
    if (next.part == Part::main) ++record.attempts;
    if (!record.started_at) record.started_at = now;
  }
  record.host = worker.host;
  return execution;
}

Execution with_result(Runbook const& runbook, Execution execution, Next const& next, Result const& result,
                      base::TimePoint now) {
  StepRecord& record = execution.steps[next.step];
  if (next.part == Part::rollback) {
    record.rollback = result.ok ? Rollback::done : Rollback::failed;
    if (!result.ok)
      record.note = "rollback: " + (result.note.empty() ? "exit " + std::to_string(result.exit) : result.note);
    return execution;
  }
  take(record, result);
  record.state = state_after(runbook.steps[next.step], next.part, result);
  if (next.part == Part::probe && result.ok) record.note = "its check says that it took effect";
  record.ended_at = now;
  return execution;
}

Execution with_skip(Execution execution, std::size_t step, base::TimePoint now) {
  execution.steps[step].state = StepState::skipped;
  execution.steps[step].ended_at = now;
  return execution;
}

Execution with_rest(Runbook const& runbook, Execution execution, Next const& next, base::TimePoint now) {
  execution.worker.reset();
  execution.lease_until.reset();
  if (next.what == What::end) {
    execution.state = next.end;
    execution.ended_at = now;
    return execution;
  }
  StepRecord& record = execution.steps[next.step];
  if (next.what == What::ask) {
    execution.state = State::unknown;
    if (next.part != Part::rollback) record.state = StepState::unknown;
    return execution;
  }
  bool const approval = runbook.steps[next.step].kind == StepKind::approve;
  execution.state = approval ? State::waiting_approval : State::waiting_manual;
  record.state = StepState::waiting;
  if (!record.started_at) record.started_at = now;
  return execution;
}

Execution with_word(Execution execution, std::size_t step, bool done, std::string const& by, std::string const& note,
                    base::TimePoint now) {
  StepRecord& record = execution.steps[step];
  record.by = by;
  if (!note.empty()) record.note = note;
  if (execution.cancelling) {
    record.rollback = done ? Rollback::done : Rollback::none;
    return execution;
  }
  record.state = done ? StepState::succeeded : StepState::pending;
  record.ok = done;
  if (done) record.ended_at = now;
  return execution;
}

Execution with_retry(Runbook const& runbook, Execution execution) {
  Next const next = next_of(runbook, execution);
  if (next.what == What::end && next.end == State::failed) {
    StepRecord& record = execution.steps[next.step];
    record.state = StepState::pending;
    record.part = Part::main;
    record.attempts = 0;
  }
  execution.state = State::running;
  execution.ended_at.reset();
  return execution;
}

Execution with_start_at(Execution execution, std::size_t step, std::string const& by, std::string const& note,
                        base::TimePoint now) {
  for (std::size_t at = 0; at < execution.steps.size(); ++at) {
    StepRecord& record = execution.steps[at];
    if (at >= step) {
      StepRecord anew;
      anew.before = has_effect(record);
      record = std::move(anew);
      continue;
    }
    bool const over = record.state == StepState::succeeded || record.state == StepState::recovered ||
                      record.state == StepState::skipped || record.passed_over;
    if (over) continue;
    if (record.state == StepState::running) record.state = StepState::unknown;
    if (!is_begun(record.state)) record.state = StepState::skipped;
    record.passed_over = true;
    record.by = by;
    record.note = "passed over" + (note.empty() ? "" : ": " + note);
    if (!record.ended_at) record.ended_at = now;
  }
  execution.state = State::running;
  execution.ended_at.reset();
  return execution;
}

rules::Facts facts_of(Runbook const& runbook, Execution const& execution) {
  rules::Facts facts;
  for (auto const& [name, value] : execution.facts) facts.emplace_back("incident." + name, value);
  for (auto const& [name, value] : execution.inputs) facts.emplace_back("inputs." + name, value);
  for (std::size_t at = 0; at < execution.steps.size() && at < runbook.steps.size(); ++at) {
    auto const& record = execution.steps[at];
    std::string const step = "steps." + runbook.steps[at].id;
    facts.emplace_back(step + ".state", std::string(to_string(record.state)));
    if (record.ended_at) facts.emplace_back(step + ".ok", record.ok ? "true" : "false");
    if (record.exit) facts.emplace_back(step + ".exit", std::to_string(*record.exit));
    auto const output = base::trimmed(record.output);
    if (!output.empty()) facts.emplace_back(step + ".output", std::string(output));
  }
  return facts;
}

}  // namespace umsops::runbook
