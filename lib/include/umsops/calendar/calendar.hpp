// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/time.hpp"
#include "umsops/base/time_zone.hpp"

/// Business time: which instants count as working time, and how far a span of it reaches. Pure functions of values.
///
/// A window is given in local time and is one span of real time: from the first instant at which a local clock shows
/// its beginning (or a later time) to the first instant at which it shows its end. A jump ahead inside a window makes
/// it shorter, a jump back longer. An edge inside an overlap has its earlier reading; an edge inside a gap is the jump.
namespace umsops::calendar {

using base::Milliseconds;
using base::TimePoint;

/// A day of the calendar's zone.
using Date = std::chrono::local_days;

inline constexpr int kMinutesOfDay = 1440;

/// Minutes of the local day, [from, to): 0 <= from < to <= 1440.
struct Window {
  int from = 0, to = 0;
  bool operator==(Window const&) const = default;
};

/// One date that differs from its weekday: a holiday, or a working day with its own windows.
struct DayRule {
  Date date{};
  bool working = false;         ///< false: a holiday, without windows
  std::string name;             ///< `春节`; may be empty
  std::vector<Window> windows;  ///< of a working day
  bool operator==(DayRule const&) const = default;
};

/// Windows by weekday, Monday first.
using Week = std::array<std::vector<Window>, 7>;

/// The parts of a calendar.
struct CalendarSource {
  std::string name;
  base::TimeZone zone;
  bool always = false;  ///< every instant is working time; then nothing else is given
  Week week;
  std::vector<DayRule> exceptions;
};

/// The windows in order, touching ones joined. Throws `calendar.invalid` for a window outside the day or an overlap.
std::vector<Window> in_order(std::vector<Window> windows);

/// A business calendar. Cheap to copy: its parts are shared and never change.
class Calendar {
 public:
  /// Every instant is working time.
  Calendar();
  /// Throws `calendar.invalid`: no window in the whole week, windows that overlap, two rules for one date, a working
  /// day without windows, or anything beside `always`.
  static Calendar make(CalendarSource source);

  std::string const& name() const { return source_->name; }
  base::TimeZone const& zone() const { return source_->zone; }
  bool always() const { return source_->always; }
  /// By weekday, Monday first.
  Week const& week() const { return source_->week; }
  /// By date.
  std::span<DayRule const> exceptions() const { return source_->exceptions; }
  /// The rule for a date that differs from its weekday; null for other dates.
  DayRule const* exception(Date date) const;
  /// The windows that hold on a date; an `always` calendar has one over the whole day.
  std::span<Window const> windows(Date date) const;

 private:
  std::shared_ptr<CalendarSource const> source_;
};

/// The last day whose holidays the calendar knows: the end of the year of its last dated rule, since these are
/// published by year. Nullopt: it lists none, so it claims nothing.
std::optional<Date> known_until(Calendar const& calendar);

/// The local date.
Date date_of(Calendar const& calendar, TimePoint at);
/// The instant of a minute (0..1440) of a local day, read as described above.
TimePoint instant_of(Calendar const& calendar, Date date, int minute);

/// Working time in [from, to); 0 when to <= from.
Milliseconds working_between(Calendar const& calendar, TimePoint from, TimePoint to);

/// The earliest instant at which `amount` of working time has passed since `from`: `from` itself for no amount, the end
/// of a window (and not the beginning of the next) when the amount is used up there. Throws `calendar.unreachable` when
/// ten years pass without any working time, or the year 9999 ends.
TimePoint advance(Calendar const& calendar, TimePoint from, Milliseconds amount);

/// The same, but nullopt instead of the error.
std::optional<TimePoint> try_advance(Calendar const& calendar, TimePoint from, Milliseconds amount);

/// The latest instant from which `amount` of working time passes until `to`: `advance` backwards, to the year 1.
TimePoint retreat(Calendar const& calendar, TimePoint to, Milliseconds amount);

/// Why a period counts or not.
enum class Why { window, outside, holiday, make_up };

struct Segment {
  TimePoint begin, end;
  bool working = false;
  Why why = Why::outside;  ///< `window` and `make_up` are working time
  std::string label;       ///< name of the holiday or make-up day
  bool operator==(Segment const&) const = default;
};

/// All of [from, to), in order and without gaps; neighbours with the same reason are one segment.
std::vector<Segment> segments(Calendar const& calendar, TimePoint from, TimePoint to);

}  // namespace umsops::calendar
