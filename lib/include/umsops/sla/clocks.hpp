// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/calendar/calendar.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/sla/policy.hpp"

/// The clocks of a ticket, always derived from its history and never patched: a change of priority, policy or calendar
/// cannot lose a pause.
namespace umsops::sla {

/// The ticket entered this status.
struct StateChange {
  TimePoint at;
  model::TicketStatus status = model::TicketStatus::open;
};

/// The history of a ticket in recorded order; the first change creates it. A time before that of the previous change is
/// read as that time. Changes after the `now` of a question are ignored.
struct History {
  std::vector<StateChange> states;
  std::optional<TimePoint> first_response;  ///< first EXTERNAL response by staff
};

/// Real time during which a clock ran; `open`: still running, `end` is the `now` of the question.
struct Run {
  TimePoint begin, end;
  bool open = false;
};

/// One clock of one generation.
struct Clock {
  ClockKind kind = ClockKind::resolution;
  int generation = 1;  ///< of the resolution clock: one more with each reopening
  TimePoint started;
  std::optional<TimePoint> ended;       ///< answered; resolved or closed
  Milliseconds target{0};               ///< none: 0
  Milliseconds used{0};                 ///< working time until it ended, or until now (see Count)
  std::optional<TimePoint> due;         ///< when the target is used up; of an ended clock the time that applied. Absent
                                        ///< while paused, and without target
  std::optional<TimePoint> at_risk_at;  ///< when its share of the target is used; absent like `due`
  bool running = false, paused = false;  ///< neither: it ended
  bool breached = false;                 ///< it ran past its due time; exactly at the due time is in time
  bool settled = false;                  ///< `breached`, and at any `now`: decided by the history
  std::vector<Run> runs;
};

struct Clocks {
  std::vector<Clock> all;      ///< the response clock, then every generation of the resolution clock
  std::size_t resolution = 0;  ///< index of the current one
  model::TicketStatus status = model::TicketStatus::open;
  TimePoint now;  ///< what the question was asked for

  Clock const& response_clock() const { return all.front(); }
  Clock const& resolution_clock() const { return all[resolution]; }
};

/// The response clock runs in OPEN, ASSIGNED and ESCALATED until the first response, or until IN_PROGRESS, RESOLVED or
/// CLOSED is entered. The resolution clock runs in all states but PENDING, RESOLVED and CLOSED; leaving RESOLVED or
/// CLOSED starts a new generation. Where a policy counts PENDING too, nothing pauses it; where it counts RESOLVED, it
/// ends when the ticket is CLOSED. `due` is the instant at which the used working time reaches the target, counted
/// while the clock runs only: `advance(calendar, started, target + working time of the pauses)`. Throws `internal` for
/// an empty history: a defect of the caller.
/// Counting a run that is still open goes through every day of it; `closed_runs` leaves it out of `Clock::used`, on
/// which no due time and no breach depends.
enum class Count { all_runs, closed_runs };
Clocks derive(Policy const& policy, calendar::Calendar const& calendar, History const& history, TimePoint now,
              Count count = Count::all_runs);

/// Judges an ended clock by the due time that was recorded for it, whatever the policy says by now: the target becomes
/// what that time allowed.
void judge_by(Clock& clock, calendar::Calendar const& calendar, TimePoint due);
/// Takes the target away: nobody knows when the clock ended, so nothing is said of it.
void leave_open(Clock& clock);

/// The instant at which `used` working time of the clock is reached, in the past or, for a running clock, in the
/// future. An ended clock has only instants up to its end, a paused one only those up to the pause: nullopt beyond.
std::optional<TimePoint> reached(calendar::Calendar const& calendar, Clock const& clock, Milliseconds used);
/// When a step of the ladder comes due for this clock, by the same rule; by the wall clock when the step says so, and
/// then only if the clock still counts at that time. nullopt for a step of another clock or a clock without target.
std::optional<TimePoint> step_due(calendar::Calendar const& calendar, Clock const& clock, Step const& step);

/// RESOLUTION_BREACHED, RESPONSE_BREACHED, PAUSED (PENDING stops the resolution clock), MET (the resolution ended),
/// AT_RISK, ON_TRACK: the first that holds. The resolution clock is the current generation.
model::SlaStatus status(Clocks const& clocks);

/// Values stored beside the ticket so that lists need no history. A function of history and policy alone.
struct Derived {
  std::optional<TimePoint> response_due_at, resolution_due_at;  ///< of ended clocks the times that applied
  std::optional<TimePoint> sla_deadline;                        ///< earliest due time of the running clocks
  std::optional<TimePoint> sla_risk_at;                         ///< earliest at-risk time of the running clocks
  std::optional<model::SlaStatus> settled;                      ///< a breach that no later time can change
};
Derived derived(Clocks const& clocks);

/// Why a period of a clock counts or not.
enum class Reason { window, make_up, outside, holiday, paused };
/// `WINDOW`, `MAKE_UP`, `OUTSIDE`, `HOLIDAY`, `PAUSED`.
std::string_view to_string(Reason reason);

struct Explained {
  ClockKind clock = ClockKind::resolution;
  int generation = 1;
  TimePoint begin, end;
  Milliseconds working{0};  ///< by the calendar
  Milliseconds counted{0};  ///< by the clock: nothing while paused
  Milliseconds used{0};     ///< by the clock at the end of this stretch
  Reason reason = Reason::window;
  std::string label;   ///< name of the holiday or make-up day
  bool ahead = false;  ///< in the future, assuming that nothing happens until then
};
/// Every clock from its start to its end; a running one to its due time or `now`, whichever is later, a paused one to
/// `now`. Periods are cut at `now` and at the due time.
std::vector<Explained> explain(calendar::Calendar const& calendar, Clocks const& clocks);

}  // namespace umsops::sla
