// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "umsops/base/time_zone.hpp"

namespace umsops::base {

/// A span of time, [begin, end).
struct TimeRange {
  TimePoint begin, end;
};

/// Reads a time as people write it, as a span. An instant is an empty span; `today`, `last week`, `2026-W45`,
/// `2026-11`, `2026-11-23` and 昨天 are spans in `zone`.
///
/// Understood: RFC 3339; `YYYY-MM-DD[ HH:MM[:SS]]`; `now`; `-7d`, `+2h`; `2h ago`, `in 2h`; `@epoch-seconds`; `today`,
/// `yesterday`, `tomorrow`, `this|last|next week|month|year`; ISO weeks; 今天 昨天 前天 明天, 本周 上周 下周, 本月 上月
/// 下月, 今年 去年, 3天前, 2小时前, 30分钟前. Weeks begin on Monday (ISO 8601). Throws `time.unreadable`;
/// `time.ambiguous` (with both readings) for a local time in a DST gap or overlap.
TimeRange parse_time_range(std::string_view text, TimePoint now, TimeZone const& zone);

/// The beginning of that span.
TimePoint parse_time(std::string_view text, TimePoint now, TimeZone const& zone);

}  // namespace umsops::base
