// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/problems.hpp"
#include "config/rule_reader.hpp"
#include "umsops/calendar/calendar.hpp"

namespace umsops::config {

/// The `calendars:` of an SLA file: names, each with zone, hours, holidays, holidays_ics, working_days, or always. What
/// is wrong goes to `problems`. A date that the file itself names goes before what a feed says of it.
std::vector<calendar::Calendar> read_calendars(Node const& node, ReadFile const& read, Problems& problems);

}  // namespace umsops::config
