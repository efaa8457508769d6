// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "config/problems.hpp"
#include "umsops/base/time_zone.hpp"
#include "umsops/calendar/calendar.hpp"

namespace umsops::config {

/// A date, or a time of day on it, of the calendar's zone.
struct IcsMoment {
  calendar::Date date{};
  std::chrono::minutes of_day{0};
  bool timed = false;
};

/// `20260101`; nullopt when it is no date.
std::optional<calendar::Date> ics_date(std::string_view text);
/// `20260101`, `20260101T090000`, or in UTC with a Z behind it. Throws `config.invalid` at `spot`.
IcsMoment ics_moment(std::string_view text, base::SourceSpot const& spot, base::TimeZone const& zone);
/// `P1D`, `P1W`, `PT24H`. Throws `config.invalid` at `spot`.
std::chrono::minutes ics_duration(std::string_view text, base::SourceSpot const& spot);

}  // namespace umsops::config
