// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "umsops/base/time.hpp"
#include "umsops/format/output.hpp"

namespace umsops::format {

struct CalendarEvent {
  std::string uid;  ///< the same for the same event in every export
  base::TimePoint begin, end;
  std::string summary, description;  ///< any text; an empty description is left out
};

/// An iCalendar object (RFC 5545), all times in UTC, `stamp` is the time of the export. Milliseconds are dropped.
void write_calendar(Sink& sink, std::vector<CalendarEvent> const& events, base::TimePoint stamp);

}  // namespace umsops::format
