// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/problems.hpp"
#include "config/rule_reader.hpp"
#include "umsops/calendar/calendar.hpp"

namespace umsops::config {

/// The `calendars:` of an SLA file: names, each with zone, hours, holidays, holidays_ics, working_days, or always.
/// Errors go to `problems`. Dates of the file itself take precedence over those of a feed.
std::vector<calendar::Calendar> read_calendars(Node const& node, ReadFile const& read, Problems& problems);

}  // namespace umsops::config
