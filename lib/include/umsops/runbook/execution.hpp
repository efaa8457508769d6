// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/base/time.hpp"
#include "umsops/runbook/definition.hpp"

namespace umsops::runbook {

/// Where an execution stands. UNKNOWN: a step was cut off, and only a person can tell whether it took effect. FAILED
/// can be taken up again, unless its steps were rolled back.
enum class State { running, waiting_manual, waiting_approval, unknown, failed, succeeded, cancelled };
std::span<std::string_view const> state_names();
std::string_view to_string(State state);
/// It may go on, and no other one of its runbook may begin for the same incident.
bool is_live(State state);

enum class StepState { pending, running, waiting, unknown, succeeded, recovered, failed, timed_out, skipped };
std::span<std::string_view const> step_state_names();
std::string_view to_string(StepState state);

/// What of a step is performed.
enum class Part { main, on_error, probe, rollback };
std::string_view to_string(Part part);  ///< `main`, `on_error`, `check`, `rollback`

enum class Rollback { none, running, done, failed };
std::span<std::string_view const> rollback_names();

/// How a performed part ended.
struct Result {
  enum class How { exited, killed, timed_out, not_started } how = How::exited;
  bool ok = false;         ///< exit 0, or a status that was expected
  std::int64_t exit = 0;   ///< of `exited`: the exit code or HTTP status; of `killed`: the signal
  std::string output;      ///< sound text, masked; what the runbook wants to keep
  std::int64_t bytes = 0;  ///< of all it printed
  std::string sha256;      ///< of all it printed as it was logged, 64 hexadecimal digits; empty: nothing
  base::Milliseconds duration{};
  std::string note;  ///< why it failed, one line; empty: the exit code says all
};

struct StepRecord {
  StepState state = StepState::pending;
  Part part = Part::main;  ///< performed last
  Rollback rollback = Rollback::none;
  std::int64_t attempts = 0;
  std::optional<base::TimePoint> started_at, ended_at;
  bool ok = false;
  std::optional<std::int64_t> exit;
  std::string output;
  std::int64_t bytes = 0;
  std::string sha256;
  std::int64_t duration_ms = 0;
  std::string host, note;
  std::string by;            ///< who did or approved it, or gave his word on it
  bool passed_over = false;  ///< somebody went on behind it, however it stands
  bool before = false;       ///< it was done before somebody went back to it or to a step before it
};

/// A process that works on an execution.
struct Worker {
  std::string host;
  std::string process;  ///< what tells it from every other process of that host, now and later
  bool operator==(Worker const&) const = default;
};

struct Execution {
  std::int64_t n = 0;  ///< place in the store; R-`n` is its id
  std::string name;    ///< unique beyond the store: names its log folder
  std::string runbook, title;
  std::string incident;  ///< number; empty: it belongs to none
  std::string incident_id;
  State state = State::running;
  Pairs inputs, facts;     ///< `facts`: what of the incident the runbook speaks of, as it was at the start
  std::string text, file;  ///< of the runbook, as it was at the start
  std::string plan_hash;
  std::string resolution, root_cause;          ///< what an incident that it repaired is resolved with
  std::optional<Worker> worker;                ///< none: nobody is at work
  std::optional<base::TimePoint> lease_until;  ///< until then it is the worker's, however long nothing is heard
  std::string started_by, reason;
  base::TimePoint started_at{}, updated_at{};
  std::optional<base::TimePoint> ended_at;
  bool cancelling = false;  ///< steps are rolled back
  bool failing = false;     ///< because one failed
  bool as_it_is = false;    ///< cancelled without rollbacks
  std::vector<StepRecord> steps;
};
std::string execution_id(std::int64_t n);
/// R-3, r-3, #3, 3.
std::optional<std::int64_t> parse_execution_id(std::string_view text);

base::RecordType const& execution_type();
/// As `runbook log` lists it.
base::Row to_row(Execution const& execution);
/// All that is stored beside the columns of the table, without what is empty, and back. Throws `store.damaged`.
base::Value packed(Execution const& execution);
void unpack(base::Value const& value, Execution& into);
/// A step and how far it has come, as programs see it.
base::Value to_value(Step const& step, StepRecord const& record);

/// A new one: all steps wait.
Execution begun(Runbook const& runbook, Pairs inputs, Pairs facts);

/// What is to be done next.
struct Next {
  enum class What { perform, skip, wait, ask, end } what = What::end;
  std::size_t step = 0;  ///< of `end` with FAILED: the one that failed
  Part part = Part::main;
  base::Milliseconds after{0};  ///< to be waited for before
  State end = State::succeeded;
};
/// A step that is RUNNING here was cut off: whoever performs one does not ask.
Next next_of(Runbook const& runbook, Execution const& execution);

/// Each of these gives what the execution is from then on; they are pure.
Execution with_begin(Execution execution, Next const& next, Worker const& worker, base::TimePoint lease_until,
                     base::TimePoint now);
Execution with_result(Runbook const& runbook, Execution execution, Next const& next, Result const& result,
                      base::TimePoint now);
Execution with_skip(Execution execution, std::size_t step, base::TimePoint now);
/// It waits for a person, or ends, as `next` says.
Execution with_rest(Runbook const& runbook, Execution execution, Next const& next, base::TimePoint now);
/// A person did the step, approved it, or says whether the step that was cut off took effect.
Execution with_word(Execution execution, std::size_t step, bool done, std::string const& by, std::string const& note,
                    base::TimePoint now);
/// The step at which it failed is to be performed again, with all its attempts.
Execution with_retry(Runbook const& runbook, Execution execution);

/// Goes on at that step, whatever it has come to: it and those behind it are done anew, and those before it that have
/// not come to their end are passed over. `by` and `note`: who wants it, and why.
Execution with_start_at(Execution execution, std::size_t step, std::string const& by, std::string const& note,
                        base::TimePoint now);

/// What conditions and holes may look at: the incident, the inputs, and the steps so far.
rules::Facts facts_of(Runbook const& runbook, Execution const& execution);

}  // namespace umsops::runbook
