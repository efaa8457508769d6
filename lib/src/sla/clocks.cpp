// SPDX-License-Identifier: Apache-2.0
#include "umsops/sla/clocks.hpp"

#include <algorithm>
#include <utility>

#include "umsops/base/error.hpp"

namespace umsops::sla {
namespace {

using model::TicketStatus;

constexpr Milliseconds kNothing{0};

enum class Mode { run, pause, end };

Mode response_mode(TicketStatus status) {
  switch (status) {
    case TicketStatus::open:
    case TicketStatus::assigned:
    case TicketStatus::escalated:
      return Mode::run;
    case TicketStatus::pending:
      return Mode::pause;
    case TicketStatus::in_progress:
    case TicketStatus::resolved:
    case TicketStatus::closed:
    case TicketStatus::spam:
      break;
  }
  return Mode::end;
}

Mode resolution_mode(Policy const& policy, TicketStatus status) {
  auto const& also = policy.counts_also;
  if (std::find(also.begin(), also.end(), status) != also.end()) return Mode::run;
  if (!model::is_open(status)) return Mode::end;
  return status == TicketStatus::pending ? Mode::pause : Mode::run;
}

/// What has happened until `now`, with times that never fall.
std::vector<StateChange> past(History const& history, TimePoint now) {
  if (history.states.empty()) throw base::Error(base::errors::internal, {{"problem", "a ticket without a birth"}});
  std::vector<StateChange> out;
  out.reserve(history.states.size());
  for (auto change : history.states) {
    if (!out.empty() && change.at > now) continue;
    if (!out.empty()) change.at = std::max(change.at, out.back().at);
    out.push_back(change);
  }
  return out;
}

Clock begin_clock(ClockKind kind, int generation, TimePoint at) {
  Clock clock;
  clock.kind = kind;
  clock.generation = generation;
  clock.started = at;
  clock.paused = true;
  return clock;
}

void turn(Clock& clock, TimePoint at, Mode mode) {
  if (clock.running && mode != Mode::run) {
    clock.runs.back().end = at;
    clock.runs.back().open = false;
  }
  if (!clock.running && mode == Mode::run) clock.runs.push_back({at, at, true});
  if (mode == Mode::end) clock.ended = at;
  clock.running = mode == Mode::run;
  clock.paused = mode == Mode::pause;
}

Clock response_of(std::vector<StateChange> const& states, std::optional<TimePoint> answered, TimePoint now) {
  Clock clock = begin_clock(ClockKind::response, 1, states.front().at);
  if (answered) answered = std::max(*answered, clock.started);
  for (auto const& [at, status] : states) {
    if (clock.ended || (answered && *answered < at)) break;
    turn(clock, at, response_mode(status));
  }
  if (!clock.ended && answered && *answered <= now) turn(clock, *answered, Mode::end);
  return clock;
}

void add_resolutions(Policy const& policy, std::vector<StateChange> const& states, std::vector<Clock>& out) {
  out.push_back(begin_clock(ClockKind::resolution, 1, states.front().at));
  for (auto const& [at, status] : states) {
    Mode const mode = resolution_mode(policy, status);
    if (out.back().ended && mode == Mode::end) continue;  // from RESOLVED to CLOSED
    if (out.back().ended) out.push_back(begin_clock(ClockKind::resolution, out.back().generation + 1, at));
    turn(out.back(), at, mode);
  }
}

bool runs_past(Run const& run, TimePoint due) { return run.begin < run.end && run.end > due; }

/// Closes the open run at `now` and works out all that depends on the calendar.
void measure(Clock& clock, Policy const& policy, calendar::Calendar const& calendar, TimePoint now, Count count) {
  if (clock.running) clock.runs.back().end = now;
  for (auto const& run : clock.runs) {
    if (!run.open || count == Count::all_runs) clock.used += working_between(calendar, run.begin, run.end);
  }
  clock.target = policy.target(clock.kind).value_or(kNothing);
  if (clock.target == kNothing) return;
  Milliseconds const share = clock.target * policy.at_risk(clock.kind) / 100;
  auto due = reached(calendar, clock, clock.target);
  clock.at_risk_at = reached(calendar, clock, share);
  for (auto const& run : clock.runs) {
    if (!due || !runs_past(run, *due)) continue;
    clock.breached = true;
    clock.settled = clock.settled || !run.open;
  }
  if (clock.ended && !due) due = try_advance(calendar, *clock.ended, clock.target - clock.used);
  if (clock.ended && !clock.at_risk_at) clock.at_risk_at = try_advance(calendar, *clock.ended, share - clock.used);
  clock.due = due;
  if (clock.paused) clock.due = clock.at_risk_at = std::nullopt;
}

bool at_risk(Clock const& clock, TimePoint now) {
  return clock.running && clock.at_risk_at && *clock.at_risk_at <= now;
}

void lower(std::optional<TimePoint>& least, std::optional<TimePoint> const& at) {
  if (at && (!least || *at < *least)) least = at;
}

}  // namespace

Clocks derive(Policy const& policy, calendar::Calendar const& calendar, History const& history, TimePoint now,
              Count count) {
  auto const states = past(history, now);
  Clocks out;
  out.now = std::max(now, states.back().at);
  out.status = states.back().status;
  out.all.push_back(response_of(states, history.first_response, out.now));
  add_resolutions(policy, states, out.all);
  out.resolution = out.all.size() - 1;
  for (auto& clock : out.all) measure(clock, policy, calendar, out.now, count);
  return out;
}

std::optional<TimePoint> reached(calendar::Calendar const& calendar, Clock const& clock, Milliseconds used) {
  for (auto const& run : clock.runs) {
    if (run.open) return try_advance(calendar, run.begin, used);
    Milliseconds const worked = working_between(calendar, run.begin, run.end);
    if (worked >= used) return try_advance(calendar, run.begin, used);
    used -= worked;
  }
  return std::nullopt;
}

void judge_by(Clock& clock, calendar::Calendar const& calendar, TimePoint due) {
  Milliseconds used{0};
  TimePoint counted = clock.started;
  for (auto const& run : clock.runs) {
    if (run.begin >= due) break;
    used += working_between(calendar, run.begin, std::min(run.end, due));
    counted = run.end;
  }
  if (counted < due) used += working_between(calendar, std::max(counted, clock.ended.value_or(counted)), due);
  clock.due = due;
  clock.target = used;
  clock.breached = clock.settled = false;
  for (auto const& run : clock.runs) {
    if (!runs_past(run, due)) continue;
    clock.breached = true;
    clock.settled = clock.settled || !run.open;
  }
}

void leave_open(Clock& clock) {
  clock.target = kNothing;
  clock.due = clock.at_risk_at = std::nullopt;
  clock.breached = clock.settled = false;
}

std::optional<TimePoint> step_due(calendar::Calendar const& calendar, Clock const& clock, Step const& step) {
  if (step.clock != clock.kind || clock.target == kNothing) return std::nullopt;
  if (step.working) return reached(calendar, clock, step.used_at(clock.target));
  auto const due = reached(calendar, clock, clock.target);
  if (!due) return std::nullopt;
  TimePoint const at = *due + (step.used_at(clock.target) - clock.target);
  return clock.running || at <= clock.runs.back().end ? std::optional(at) : std::nullopt;
}

model::SlaStatus status(Clocks const& clocks) {
  Clock const& response = clocks.response_clock();
  Clock const& resolution = clocks.resolution_clock();
  if (resolution.breached) return model::SlaStatus::resolution_breached;
  if (response.breached) return model::SlaStatus::response_breached;
  if (resolution.paused) return model::SlaStatus::paused;
  if (resolution.ended) return model::SlaStatus::met;
  bool const risky = at_risk(response, clocks.now) || at_risk(resolution, clocks.now);
  return risky ? model::SlaStatus::at_risk : model::SlaStatus::on_track;
}

Derived derived(Clocks const& clocks) {
  Derived out;
  Clock const& response = clocks.response_clock();
  Clock const& resolution = clocks.resolution_clock();
  out.response_due_at = response.due;
  out.resolution_due_at = resolution.due;
  for (Clock const* const clock : {&response, &resolution}) {
    if (!clock->running) continue;
    lower(out.sla_deadline, clock->due);
    lower(out.sla_risk_at, clock->at_risk_at);
  }
  if (response.settled) out.settled = model::SlaStatus::response_breached;
  if (resolution.settled) out.settled = model::SlaStatus::resolution_breached;
  return out;
}

}  // namespace umsops::sla
