// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/mute/inhibition.hpp"
#include "umsops/mute/silence.hpp"

namespace umsops::config {

/// Time intervals under one name: a time inside one of them is inside the named one.
struct NamedIntervals {
  std::string name;
  std::vector<mute::TimeInterval> intervals;
};

/// What inhibition files say.
struct MuteRules {
  std::vector<mute::Inhibition> inhibitions;
  std::vector<NamedIntervals> intervals;
  std::vector<mute::Silence> silences;  ///< under their names; they have neither start nor end

  /// Throws `interval.invalid`, with the nearest name, when there are none of that name.
  std::vector<mute::TimeInterval> const& require_intervals(std::string_view name) const;
};

/// Reads inhibition files, in the order given; each may use the intervals of another. Throws `yaml.invalid` or
/// `config.invalid` with file and line (the first mistake; the others are its details), `file.unreadable`.
MuteRules read_mute_rules(std::vector<std::string> const& files);
/// Everything wrong with these files taken together. Empty: sound.
std::vector<base::Error> lint_mute_rules(std::vector<std::string> const& files);

/// Time intervals as one line of YAML: `{weekdays: [saturday, sunday]}`, a list of such maps, or the inside of one map.
/// Throws `interval.invalid` with the place.
std::vector<mute::TimeInterval> read_intervals(std::string_view text);

}  // namespace umsops::config
