// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "umsops/base/time_zone.hpp"

namespace umsops::model {

/// Reads a time by a strptime form (`%d/%m/%Y %H:%M`), in English whatever the locale; `zone` counts where the text
/// says no offset, and the first reading of a local time that occurs twice. nullopt: the text has another form, or
/// names no day of the calendar.
///
/// Understood: %Y %y %m %d %e %b %B %h %a %A %H %k %I %l %p %M %S %f (a fraction) %z %s %T %R %D %F %n %t %%.
std::optional<base::TimePoint> read_time_form(std::string_view text, std::string_view form, base::TimeZone const& zone);

/// What is wrong with a form itself: an unknown conversion, or one without year, month or day. nullopt: nothing.
std::optional<std::string> time_form_problem(std::string_view form);

}  // namespace umsops::model
