// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"
#include "umsops/config/mute_files.hpp"

namespace umsops::config {

inline constexpr YamlLimits kMuteLimits{100'000, 4 << 20};

/// A name at its place.
struct MuteName {
  std::string what;  ///< `rule`, `time interval`, `silence`
  std::string name;
  NodeSpot spot;
};

/// One file. Names of intervals are resolved when all files are read.
struct MuteFile {
  MuteRules rules;
  std::vector<MuteName> given;
  /// Intervals that a silence names: the place of the silence in `rules.silences`.
  std::vector<std::pair<std::size_t, MuteName>> used;
};

MuteFile read_mute_text(std::string_view text, std::string const& file, Problems& problems);
/// Joins the files and resolves the names. A single file may be one of several: intervals of a file that names none of
/// its own are not looked up then.
MuteRules join_mute_files(std::vector<MuteFile> files, bool whole, Problems& problems);

/// One interval; also what --every takes.
mute::TimeInterval read_interval(Node const& node, Problems& problems);

}  // namespace umsops::config
