// SPDX-License-Identifier: Apache-2.0
#pragma once

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

enum class SettingType { text, path, duration, decimal, integer, boolean, choice, paths };

/// One setting, described once: the files' keys, `UMSOPS_*` names, `config list`, help and schema come from here.
struct Setting {
  std::string_view key;          ///< `number_format`
  SettingType type;
  std::string_view environment;  ///< `UMSOPS_NUMBER_FORMAT`
  std::string_view fallback;     ///< built-in default, as a file would write it; empty: none
  bool project_may_set;          ///< a project file may come with a foreign checkout
  std::string_view doc, doc_zh;
  std::span<std::string_view const> choices = {};
};

std::span<Setting const> settings();

/// One effective value and its origin.
struct Origin {
  std::string value;
  Level level = Level::builtin;
  base::SourceSpot spot;  ///< file and line, or the variable's name as file
};

/// What the process brings along; `main` reads it once.
struct Surroundings {
  std::function<std::optional<std::string>(std::string const&)> variable;
  std::string working_directory;
  bool elevated = false;  ///< set-id or sudo: HOME and XDG files are not trusted
};

/// The settings of one run. Relative paths in a file are relative to that file.
class Settings {
 public:
  /// Reads /etc/umsops/config.yaml, the user's file, the nearest umsops.yaml upwards (or only `config_file` when it is
  /// not empty), the environment, and `flags` (key → value). Throws `config.invalid`, `config.forbidden`, `yaml.invalid`.
  static Settings load(Surroundings const& surroundings, std::string const& config_file,
                       std::vector<std::pair<std::string, std::string>> const& flags);

  Origin const& origin(std::string_view key) const;
  std::string const& text(std::string_view key) const;
  std::vector<std::string> list(std::string_view key) const;
  base::Milliseconds duration(std::string_view key) const;
  double decimal(std::string_view key) const;
  bool boolean(std::string_view key) const;

  /// The files that were read, in order.
  std::vector<std::string> const& files() const { return files_; }
  /// Directories per XDG; empty when neither the variable nor HOME is set.
  std::string data_directory() const { return data_; }
  std::string cache_directory() const { return cache_; }
  std::string state_directory() const { return state_; }

 private:
  std::vector<Origin> values_;
  std::vector<std::string> files_;
  std::string data_, cache_, state_;
};

}  // namespace umsops::config
