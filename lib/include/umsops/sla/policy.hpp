// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/calendar/calendar.hpp"
#include "umsops/model/ticket.hpp"

/// Service levels: the targets of a ticket and the working time they are measured in. Pure values.
namespace umsops::sla {

using base::Milliseconds;
using base::TimePoint;

enum class ClockKind { response, resolution };
/// `response`, `resolution`: names of clocks in files and in JSON.
std::span<std::string_view const> clock_names();
std::string_view to_string(ClockKind kind);
std::optional<ClockKind> parse_clock(std::string_view text);

/// Conditions on a ticket's fields: accepted values by field; all fields must match. No field: every ticket.
struct Match {
  std::vector<std::pair<std::string, std::vector<std::string>>> fields;

  bool accepts(model::Ticket const& ticket) const;
};
/// The fields that a match may use, besides `attributes.NAME`.
std::span<std::string_view const> match_fields();

/// When a step is due, relative to the due time of its clock: a percentage of the target, or a span of time.
struct Percent {
  int value = 0;  ///< -25: when 75 % of the target is used; +50: half the target after it
  bool operator==(Percent const&) const = default;
};
using Offset = std::variant<Percent, Milliseconds>;

/// One step of an escalation ladder.
struct Step {
  ClockKind clock = ClockKind::resolution;
  Offset offset = Milliseconds{0};
  bool working = true;                      ///< the offset is working time; false: real time
  std::optional<int> level;                 ///< LEVEL_1..3
  std::string assign;                       ///< a person, `team:NAME` or `oncall:SCHEDULE`; empty: no change
  std::vector<std::string> notify;          ///< same form as `assign`
  std::optional<model::Priority> priority;  ///< raise to this
  Match when;                               ///< only for these tickets
  base::SourceSpot spot;

  /// `resolution:-25%`, `resolution:+2h`, `response:+0`, `resolution:+8h:real`: unique within a ladder.
  std::string id() const;
  /// How much of its clock's target must be used; not for steps in real time.
  Milliseconds used_at(Milliseconds target) const;
};
/// `1h30m`: hours, minutes, seconds; `0` for none. Never days: their length in working time is ambiguous.
std::string duration_text(Milliseconds amount);

/// Targets for the tickets that it matches.
struct Policy {
  std::string name;
  Match match;
  std::string calendar;                                ///< the targets are in its working time
  std::optional<Milliseconds> response, resolution;    ///< absent: that clock has no target
  int response_at_risk = 80, resolution_at_risk = 80;  ///< percent of the target
  std::vector<model::TicketStatus> counts_also;  ///< PENDING, RESOLVED: states in which its resolution clock runs too
  std::vector<Step> ladder;                      ///< by clock, then by due time
  base::SourceSpot spot;

  std::optional<Milliseconds> target(ClockKind clock) const {
    return clock == ClockKind::response ? response : resolution;
  }
  int at_risk(ClockKind clock) const { return clock == ClockKind::response ? response_at_risk : resolution_at_risk; }
};

/// Whose working hours a team has.
struct TeamCalendar {
  std::string team, calendar;
  base::SourceSpot spot = {};
};

/// Policies in the order they are tried, the calendars that they name, and those of teams. Cheap to copy.
class Book {
 public:
  /// No policies: no ticket has a target.
  Book() : Book({}, {}) {}
  /// Throws `config.invalid` for a policy or a team whose calendar is not among `calendars`.
  Book(std::vector<calendar::Calendar> calendars, std::vector<Policy> policies, std::vector<TeamCalendar> teams = {});

  std::span<Policy const> policies() const { return parts_->policies; }
  std::span<calendar::Calendar const> calendars() const { return parts_->calendars; }
  /// The first policy that matches; null: the ticket has no targets.
  Policy const* choose(model::Ticket const& ticket) const;
  Policy const* find(std::string_view policy) const;
  calendar::Calendar const* find_calendar(std::string_view name) const;
  std::span<TeamCalendar const> teams() const { return parts_->teams; }
  /// By which a policy of this book counts for a ticket of that team: the team's own, if it has one and the policy does
  /// not go around the clock; else the policy's.
  calendar::Calendar const& calendar(Policy const& policy, std::string_view team) const;
  /// A calendar of this book. Throws `internal` for an unknown name: a defect of the caller.
  calendar::Calendar const& calendar(std::string_view name) const;
  /// Hash of everything that affects due times: equal content has the same version, whatever its file.
  std::string version() const;

 private:
  struct Parts {
    std::vector<calendar::Calendar> calendars;
    std::vector<Policy> policies;
    std::vector<TeamCalendar> teams;
  };
  std::shared_ptr<Parts const> parts_;
};

/// The built-in policies, with the calendars `24x7` and `business` (Monday to Friday, 09:00 to 18:00 in `zone`). One
/// policy for each priority:  | priority | first response | resolution | calendar | at risk | steps after the
/// resolution is due | |---|---|---|---|---|---| | CRITICAL | 15 min | 4 h | 24x7 | 75 % | +0 LEVEL_1, +1h LEVEL_2, +2h
/// LEVEL_3 | | HIGH | 30 min | 8 h | business | 75 % | +0, +2h, +4h | | MEDIUM | 4 h | 24 h | business | 80 % | +0, +8h
/// | | LOW | 8 h | 48 h | business | 80 % | +0 |  4 h is the limit of the SOP for overdue tickets.
Book builtin(base::TimeZone const& zone);

}  // namespace umsops::sla
