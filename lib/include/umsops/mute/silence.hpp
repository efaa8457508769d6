// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/mute/matcher.hpp"
#include "umsops/mute/time_interval.hpp"

namespace umsops::mute {

enum class SilenceState { pending, active, expired };
std::span<std::string_view const> silence_state_names();  ///< `PENDING`, `ACTIVE`, `EXPIRED`
std::string_view to_string(SilenceState state);

/// Mutes what all its matchers match, from `starts_at` up to `ends_at`.
struct Silence {
  std::string id;  ///< `S-3`; of one in a file its name
  Matchers matchers;
  base::TimePoint starts_at{};
  std::optional<base::TimePoint> ends_at;  ///< none: until its incident is resolved, or for good
  std::string incident;                    ///< ends when that is resolved
  std::vector<TimeInterval> intervals;     ///< mutes only inside one of them; empty: all the time
  std::string comment, created_by;
  base::TimePoint created_at{};

  SilenceState state(base::TimePoint now) const;
  /// It is active, and inside its intervals.
  bool mutes_at(base::TimePoint now) const;
};

base::RecordType const& silence_type();
/// State and whether it mutes are those at `now`.
base::Row to_row(Silence const& silence, base::TimePoint now);

/// Throws `record.invalid` for what no silence may be: without matchers, with none that needs a label, without comment,
/// an end that is not behind its start, unsound texts.
void refuse_unsound(Silence const& silence);

/// `S-3` for 3, and back: `S-3`, `s-3`, `#3`, `3`.
std::string silence_id(std::int64_t number);
std::optional<std::int64_t> parse_silence_id(std::string_view text);

}  // namespace umsops::mute
