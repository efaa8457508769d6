// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/time_zone.hpp"
#include "umsops/calendar/calendar.hpp"
#include "umsops/prepared/template.hpp"

/// Tickets that are filed again and again. Pure functions of values.
namespace umsops::prepared {

using calendar::Date;

enum class Every { day, week, month, quarter, year };
/// What becomes of a date that is no working day of the calendar.
enum class Shift { none, next, previous };
std::string_view to_string(Every every);  ///< `month`

inline constexpr int kLastDay = -1;

/// The days that come again. A day that a month does not have is its last one.
struct Rhythm {
  Every every = Every::month;
  int interval = 1;           ///< each second, third, ...: counted from the period of `from`
  std::vector<int> weekdays;  ///< of a week: 1 is Monday; none: Monday
  std::vector<int> days;      ///< of the month: 1 to 31, or kLastDay; none: 1
  std::vector<int> months;    ///< of a quarter 1 to 3, of a year 1 to 12; none: 1
  int minute = 9 * 60;        ///< of the local day
};

struct Recurring {
  std::string name;
  BothTexts doc;
  Rhythm rhythm;
  base::TimeZone zone;
  Shift shift = Shift::none;
  calendar::Calendar calendar;  ///< whose working days count, where they are shifted
  base::Milliseconds lead{};    ///< it is filed so long before its time
  std::optional<Date> from, until;
  base::Language language = base::Language::en;
  TicketForm form;               ///< what it says itself
  std::optional<Template> base;  ///< what it takes the rest from
  Pairs inputs;                  ///< of that; their texts have holes, too
  std::string file;
  std::int64_t line = 0;
};

/// The names that its texts may use: date, year, month, day, quarter, week, and previous_year, previous_month and
/// previous_quarter for what a review looks back at.
std::vector<std::string_view> date_names();

struct Occurrence {
  Date nominal{};  ///< by the rhythm: what it is known by
  Date date{};     ///< a working day, where that is asked for
  base::TimePoint due_at{}, files_at{};
};

/// Those that are filed behind `after` and not behind `to`, in order, at most so many.
std::vector<Occurrence> occurrences(Recurring const& recurring, base::TimePoint after, base::TimePoint to,
                                    std::size_t most);
/// `2026-12-01`.
std::string date_text(Date date);
/// The same occurrence is filed once under it: `recurring:NAME:2026-12-01`.
std::string key_of(Recurring const& recurring, Occurrence const& occurrence);
/// `every month on 31, the last day of shorter ones, at 09:00 Asia/Shanghai`: in that language.
std::string schedule_text(Recurring const& recurring, base::Language language);
/// Why it is on that day: where it was shifted, or the month is shorter; empty: it is as the rhythm says.
std::string why(Recurring const& recurring, Occurrence const& occurrence, base::Language language);

/// What it and its template say together, with its holes filled.
struct RecurringTicket {
  TicketForm form;  ///< without texts
  FilledTicket words;
};
RecurringTicket ticket_of(Recurring const& recurring, Occurrence const& occurrence);

}  // namespace umsops::prepared
