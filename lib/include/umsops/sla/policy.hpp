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

/// Service levels: which targets a ticket has, and in which working time. Pure values.
namespace umsops::sla {

using base::Milliseconds;
using base::TimePoint;

enum class ClockKind { response, resolution };
/// `response`, `resolution`: names of clocks in files and in JSON.
std::span<std::string_view const> clock_names();
std::string_view to_string(ClockKind kind);
std::optional<ClockKind> parse_clock(std::string_view text);

/// Conditions on a ticket's fields: for each field the values that are accepted, and all fields must hold. No field:
/// every ticket.
struct Match {
  std::vector<std::pair<std::string, std::vector<std::string>>> fields;

  bool accepts(model::Ticket const& ticket) const;
};
/// The fields that a match may look at, beside `attributes.NAME`.
std::span<std::string_view const> match_fields();

/// When a step is due, relative to the due time of its clock: a percentage of the target, or a span of time.
struct Percent {
  int value = 0;  ///< -25: when 75 % of the target is used; +50: half the target after it
  bool operator==(Percent const&) const = default;
};
using Offset = std::variant<Percent, Milliseconds>;

/// One rung of a ladder: what happens when.
struct Step {
  ClockKind clock = ClockKind::resolution;
  Offset offset = Milliseconds{0};
  bool working = true;              ///< the offset counts while the clock counts; false: by the clock on the wall
  std::optional<int> level;         ///< LEVEL_1..3
  std::string assign;               ///< a person, `team:NAME` or `oncall:SCHEDULE`; empty: nobody new
  std::vector<std::string> notify;  ///< the same words
  std::optional<model::Priority> priority;  ///< raise to this
  Match when;                               ///< only for these tickets
  base::SourceSpot spot;

  /// `resolution:-25%`, `resolution:+2h`, `response:+0`, `resolution:+8h:real`: tells the steps of a ladder apart.
  std::string id() const;
  /// How much of its clock's target must be used; not for steps by the clock on the wall.
  Milliseconds used_at(Milliseconds target) const;
};
/// `1h30m`: hours, minutes, seconds; `0` for none. Never days, which mean something else in working time.
std::string duration_text(Milliseconds amount);

/// The targets of the tickets that it matches.
struct Policy {
  std::string name;
  Match match;
  std::string calendar;                                ///< in whose working time the targets are
  std::optional<Milliseconds> response, resolution;    ///< absent: that clock has no target
  int response_at_risk = 80, resolution_at_risk = 80;  ///< percent of the target
  std::vector<model::TicketStatus> counts_also;        ///< PENDING, RESOLVED: its resolution clock runs there, too
  std::vector<Step> ladder;                            ///< in the order in which the steps come due, clock by clock
  base::SourceSpot spot;

  std::optional<Milliseconds> target(ClockKind clock) const {
    return clock == ClockKind::response ? response : resolution;
  }
  int at_risk(ClockKind clock) const { return clock == ClockKind::response ? response_at_risk : resolution_at_risk; }
};

/// Policies in the order in which they are asked, and the calendars that they name. Cheap to copy.
class Book {
 public:
  /// No policies: no ticket has a target.
  Book() : Book({}, {}) {}
  /// Throws `config.invalid` for a policy whose calendar is not among `calendars`.
  Book(std::vector<calendar::Calendar> calendars, std::vector<Policy> policies);

  std::span<Policy const> policies() const { return parts_->policies; }
  std::span<calendar::Calendar const> calendars() const { return parts_->calendars; }
  /// The first policy that matches; null: the ticket has no targets.
  Policy const* choose(model::Ticket const& ticket) const;
  Policy const* find(std::string_view policy) const;
  calendar::Calendar const* find_calendar(std::string_view name) const;
  /// The calendar of a policy of this book. An unknown name is a defect of the caller: throws `internal`.
  calendar::Calendar const& calendar(std::string_view name) const;
  /// Hash of all that decides: the same content has the same version, whatever file it came from.
  std::string version() const;

 private:
  struct Parts {
    std::vector<calendar::Calendar> calendars;
    std::vector<Policy> policies;
  };
  std::shared_ptr<Parts const> parts_;
};

/// The policies that the program brings along, with the calendars `24x7` and `business` (Monday to Friday, 09:00 to
/// 18:00 in `zone`). One policy for each priority:
///
/// | priority | first response | resolution | calendar | at risk | steps after the resolution is due |
/// |---|---|---|---|---|---|
/// | CRITICAL | 15 min | 4 h | 24x7 | 75 % | +0 LEVEL_1, +1h LEVEL_2, +2h LEVEL_3 |
/// | HIGH | 30 min | 8 h | business | 75 % | +0, +2h, +4h |
/// | MEDIUM | 4 h | 24 h | business | 80 % | +0, +8h |
/// | LOW | 8 h | 48 h | business | 80 % | +0 |
///
/// 4 h is the SOP's line between tickets in time and overdue ones.
Book builtin(base::TimeZone const& zone);

}  // namespace umsops::sla
