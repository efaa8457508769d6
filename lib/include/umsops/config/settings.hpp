// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/time.hpp"

namespace umsops::config {

/// Where a value came from; later levels win.
enum class Level { builtin, system_file, user_file, project_file, environment, flag };
std::string_view to_string(Level level);

enum class SettingType { text, path, duration, decimal, integer, boolean, choice, paths, command, size };

/// One setting, described once: file keys, `UMSOPS_*` names, `config list`, help and schema are generated from it.
struct Setting {
  std::string_view key;  ///< `number_format`
  SettingType type;
  std::string_view environment;  ///< `UMSOPS_NUMBER_FORMAT`; empty: neither variable nor flag may set it
  std::string_view fallback;     ///< built-in default, as a file would write it; empty: none
  bool project_may_set;          ///< false: a project file may come with a foreign checkout
  std::string_view doc, doc_zh;
  std::span<std::string_view const> choices = {};
};

std::span<Setting const> settings();

/// One effective value and its origin. Paths are absolute; in a list of paths and in a command each item is a line.
struct Origin {
  std::string value;
  Level level = Level::builtin;
  base::SourceSpot spot;  ///< file and line, or the variable's name as file; nothing for a flag
};

/// The process's environment; `main` reads it once.
struct Surroundings {
  std::function<std::optional<std::string>(std::string const&)> variable;
  std::string working_directory;
  bool elevated = false;  ///< set-id or sudo: HOME, XDG, UMSOPS_CONFIG and project files are not trusted
  std::string system_file = "/etc/umsops/config.yaml";
};

/// The settings of one run. Relative paths in a file are relative to that file, others to the working directory; `~/`
/// means HOME. In variables and flags a list of paths is separated by `:`.
class Settings {
 public:
  /// Reads the system's file (unless UMSOPS_NO_SYSTEM_CONFIG is set), the user's file, the nearest umsops.yaml upwards,
  /// the environment, and `flags` (key → value). `config_file`, else UMSOPS_CONFIG, replaces the user's and the
  /// project's file; `/dev/null` means none. An empty variable counts as unset. Throws `config.invalid`,
  /// `config.forbidden`, `yaml.invalid`, and for a flag `usage.bad_value`.
  static Settings load(Surroundings const& surroundings, std::string const& config_file,
                       std::vector<std::pair<std::string, std::string>> const& flags);

  /// Throws `internal` for an unknown key: a defect of the caller.
  Origin const& origin(std::string_view key) const;
  std::string const& text(std::string_view key) const;
  std::vector<std::string> list(std::string_view key) const;
  base::Milliseconds duration(std::string_view key) const;
  double decimal(std::string_view key) const;
  std::int64_t integer(std::string_view key) const;
  std::int64_t size(std::string_view key) const;  ///< bytes
  bool boolean(std::string_view key) const;

  /// The files that were read, in order.
  std::vector<std::string> const& files() const { return files_; }
  /// Directories of this program per XDG; empty when neither the variable nor HOME is set, or neither is trusted. The
  /// built-in value of `store` is `desk.db` in the first, and empty without it.
  std::string data_directory() const { return data_; }
  std::string cache_directory() const { return cache_; }
  std::string state_directory() const { return state_; }

 private:
  std::vector<Origin> values_;
  std::vector<std::string> files_;
  std::string data_, cache_, state_;
};

}  // namespace umsops::config
