// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "umsops/base/time_zone.hpp"

namespace umsops::dialogue {

/// When somebody wants to be called, from now on and within 31 days: `now`, `15:00`, `1500`, `3pm`, `tomorrow 9:30`,
/// `in 2 hours`, 尽快, 下午3点, 明天上午9点半, 半小时后, and what `base::parse_time` reads. A time that has passed
/// today is meant tomorrow. An hour from 1 to 6 alone is in the afternoon, and a day alone is its 9 o'clock: nobody
/// asks to be called at night without saying so. Nothing: not understood, or not within the 31 days.
std::optional<base::TimePoint> read_callback_time(std::string_view text, base::TimePoint now,
                                                  base::TimeZone const& zone);

}  // namespace umsops::dialogue
