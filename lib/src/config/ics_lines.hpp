// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "config/problems.hpp"

namespace umsops::config {

/// One property of an iCalendar text, unfolded: `DTSTART;VALUE=DATE:20260101`.
struct IcsLine {
  std::string name;        ///< in capitals
  std::string parameters;  ///< in capitals, as written: `VALUE=DATE`
  std::string value;
  std::int64_t number = 0;
};

/// Splits a text into its properties and passes them on one by one. Other lines go to `problems`.
void each_ics_line(std::string_view text, std::string const& file, Problems& problems,
                   std::function<void(IcsLine const&)> const& take);

/// A text value without its escapes; line breaks become blanks.
std::string ics_text(std::string_view value);

}  // namespace umsops::config
