// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <random>
#include <string>

#include "umsops/base/number.hpp"
#include "unit/calendar/builders.hpp"

/// Random calendars, and the slow truth about them: a walk over every minute that asks the clock on the wall.
namespace property {

using umsops::calendar::Calendar;
using umsops::calendar::CalendarSource;
using umsops::calendar::Date;
using umsops::calendar::Milliseconds;
using umsops::calendar::TimePoint;
using umsops::calendar::Window;

constexpr std::chrono::minutes kMinute{1};

/// Cases of one run, and the seed of the first: UMSOPS_PROPERTY_CASES and UMSOPS_PROPERTY_SEED, else `usual` and
/// 20261126.
inline std::int64_t setting(char const* name, std::int64_t usual) {
  char const* const text = std::getenv(name);
  return text ? umsops::base::parse_integer(text, 0, INT64_MAX).value() : usual;
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  int roll(int least, int most) {
    return least + static_cast<int>(engine_() % static_cast<unsigned>(most - least + 1));
  }
  bool one_in(int n) { return roll(1, n) == 1; }

 private:
  std::mt19937_64 engine_;
};

/// A zone and days around which its clock is changed.
struct Place {
  char const* zone;
  int year;
  unsigned month, day;
};

inline Place place(Dice& dice) {
  static constexpr Place kPlaces[] = {
      {"UTC", 2026, 3, 1},
      {"Asia/Shanghai", 2026, 2, 14},
      {"Europe/Berlin", 2026, 3, 29},
      {"Europe/Berlin", 2026, 10, 25},
      {"America/New_York", 2026, 3, 8},
      {"America/New_York", 2026, 11, 1},
      {"Australia/Lord_Howe", 2026, 4, 5},
      {"Australia/Lord_Howe", 2026, 10, 4},
      {"America/Havana", 2026, 3, 8},
      {"America/Havana", 2026, 11, 1},
      {"Pacific/Apia", 2011, 12, 30},
      {"America/St_Johns", 2010, 11, 7},
      {"Asia/Kathmandu", 2026, 5, 1},
      {"Africa/Casablanca", 2026, 2, 15},
      {"America/Sao_Paulo", 2018, 11, 4},
      {"America/Sao_Paulo", 2018, 2, 18},
  };
  return kPlaces[dice.roll(0, static_cast<int>(std::size(kPlaces)) - 1)];
}

inline std::vector<Window> windows(Dice& dice) {
  std::vector<int> edges;
  for (int i = 2 * dice.roll(1, 3); i > 0; --i)
    edges.push_back(dice.one_in(4) ? 30 * dice.roll(0, 48) : dice.roll(0, 1440));
  std::sort(edges.begin(), edges.end());
  std::vector<Window> out;
  for (std::size_t i = 0; i + 1 < edges.size(); i += 2) {
    if (edges[i] < edges[i + 1]) out.push_back({edges[i], edges[i + 1]});
  }
  return out.empty() ? std::vector<Window>{{0, 1}} : out;
}

inline Calendar calendar(Dice& dice, Place const& where) {
  CalendarSource out;
  out.name = "random";
  out.zone = umsops::base::TimeZone::load(where.zone);
  for (auto& weekday : out.week) {
    if (!dice.one_in(3)) weekday = windows(dice);
  }
  out.week[static_cast<std::size_t>(dice.roll(0, 6))] = windows(dice);
  Date const middle = day(where.year, where.month, where.day);
  for (int away = -4; away <= 4; ++away) {
    if (!dice.one_in(4)) continue;
    bool const working = dice.one_in(2);
    out.exceptions.push_back({middle + std::chrono::days(away), working, working ? "make-up" : "holiday",
                              working ? windows(dice) : std::vector<Window>{}});
  }
  return Calendar::make(std::move(out));
}

inline TimePoint instant(Dice& dice, Place const& where, int hours_around) {
  auto const middle = std::chrono::sys_days(std::chrono::year(where.year) / std::chrono::month(where.month) /
                                            std::chrono::day(where.day));
  return TimePoint(middle) + kMinute * dice.roll(-hours_around * 60, hours_around * 60);
}

/// Walks minute by minute and remembers the latest time that the clock has shown: a clock that is turned back says
/// nothing new until it has caught up.
class Walk {
 public:
  Walk(Calendar const& calendar, TimePoint from) : calendar_(calendar), at_(from - std::chrono::hours(30)) {
    while (at_ < from) step();
    look();
  }
  TimePoint at() const { return at_; }
  bool working() const { return working_; }
  void step() {
    at_ += kMinute;
    look();
  }

 private:
  void look() {
    auto const civil = calendar_.zone().to_civil(at_);
    Date const date = day(civil.year, static_cast<unsigned>(civil.month), static_cast<unsigned>(civil.day));
    auto const shown = std::make_pair(date, civil.hour * 60 + civil.minute);
    if (shown <= latest_) return;
    latest_ = shown;
    working_ = false;
    for (Window const window : calendar_.windows(date)) {
      working_ = working_ || (window.from <= shown.second && shown.second < window.to);
    }
  }

  Calendar const& calendar_;
  TimePoint at_;
  std::pair<Date, int> latest_{Date(std::chrono::days(-1'000'000)), 0};
  bool working_ = false;
};

}  // namespace property
