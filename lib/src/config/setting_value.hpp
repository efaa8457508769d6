// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"
#include "umsops/config/settings.hpp"
#include "umsops/config/yaml.hpp"

namespace umsops::config {

inline constexpr std::int64_t kMostInteger = 1'000'000;

/// The base of relative paths, and the folder for `~/` (empty: none).
struct PathBase {
  std::string directory;
  std::string home;
};

/// The value of one setting from one source.
struct Said {
  std::size_t setting;  ///< index into settings()
  Origin origin;
};

std::optional<std::size_t> find_setting(std::string_view key);
std::vector<std::string_view> setting_keys();

/// The value as `Origin` keeps it. Throws `config.invalid` without a place, saying what is expected.
std::string setting_value(Setting const& setting, std::string_view text, PathBase const& base);

/// `500`, `500K`, `1M`: bytes, at most 16 MiB.
std::optional<std::int64_t> parse_size(std::string_view text);

/// Reads one settings file; all errors go to `problems`.
std::vector<Said> read_settings_text(std::string_view text, std::string const& file, Level level,
                                     std::string const& home, Problems& problems);

}  // namespace umsops::config
