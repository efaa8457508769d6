// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/settings.hpp"

#include <algorithm>
#include <filesystem>

#include "config/locations.hpp"
#include "config/setting_value.hpp"
#include "umsops/base/number.hpp"
#include "umsops/config/trusted_file.hpp"

namespace umsops::config {
namespace {

constexpr std::string_view kNoFile = "/dev/null";

/// One settings file into the values; the files' own order decides what wins.
void read_into(std::vector<Origin>& values, std::vector<std::string>& files, std::string const& file, Level level,
               std::string const& home) {
  if (file.empty() || file == kNoFile) return;
  std::string text;
  try {
    text = read_trusted_file(file);
  } catch (base::Error const& error) {
    if (&error.code() == &base::errors::file_untrusted) throw;
    throw invalid({file, 0, 0}, error.message(), "make it readable, or name another with --config");
  }
  Problems problems(base::errors::config_invalid);
  auto said = read_settings_text(text, file, level, home, problems);
  problems.raise();
  for (auto& [setting, origin] : said) values[setting] = std::move(origin);
  files.push_back(file);
}

void read_environment(std::vector<Origin>& values, Surroundings const& surroundings, PathBase const& base) {
  for (std::size_t i = 0; i < settings().size(); ++i) {
    Setting const& setting = settings()[i];
    std::string const name(setting.environment);
    if (name.empty()) continue;
    // Under sudo, a program named by the caller's environment must not run with raised rights.
    if (surroundings.elevated && (setting.key == "pager" || setting.key == "hooks")) continue;
    std::string const text = variable(surroundings, name);
    if (text.empty()) continue;
    try {
      values[i] = {setting_value(setting, text, base), Level::environment, {name, 0, 0}};
    } catch (base::Error const& error) {
      throw invalid({name, 0, 0}, error.message(), error.hint());
    }
  }
}

base::Error bad_flag(std::string_view key, std::string_view value, std::string expected, std::string suggestion) {
  return base::Error(base::errors::usage_bad_value, {{"flag", std::string(key)},
                                                     {"value", echo(value)},
                                                     {"expected", std::move(expected)},
                                                     {"suggestion", std::move(suggestion)}});
}

std::string expected_of(Setting const& setting) {
  switch (setting.type) {
    case SettingType::text:
    case SettingType::command:
      return setting.key.ends_with("number_format") ? "a number format" : "one line of text";
    case SettingType::path:
    case SettingType::paths:
      return "a path";
    case SettingType::duration:
      return "a duration";
    case SettingType::decimal:
      return "a number from 0 to 1";
    case SettingType::integer:
      return "a whole number";
    case SettingType::size:
      return "a size";
    case SettingType::boolean:
      return "true or false";
    case SettingType::choice:
      return "a value of it";
  }
  return "";
}

void read_flags(std::vector<Origin>& values, std::vector<std::pair<std::string, std::string>> const& flags,
                PathBase const& base) {
  for (auto const& [key, text] : flags) {
    auto const index = find_setting(key);
    if (!index) throw bad_flag("-c", key, "a setting", suggest(key, setting_keys()));
    Setting const& setting = settings()[*index];
    if (setting.environment.empty())
      throw bad_flag("-c", key, "a setting for flags", "put it in the user's or the system's file");
    try {
      values[*index] = {setting_value(setting, text, base), Level::flag, {}};
    } catch (base::Error const& error) {
      throw bad_flag(setting.key, text, expected_of(setting), error.hint());
    }
  }
}

std::string explicit_file(Surroundings const& surroundings, std::string const& config_file, std::string const& home) {
  std::string const named =
      !config_file.empty() || surroundings.elevated ? config_file : variable(surroundings, "UMSOPS_CONFIG");
  if (named.empty()) return "";
  std::string path = named;
  if (named.starts_with("~/") && !home.empty()) path = home + named.substr(1);
  return (std::filesystem::path(surroundings.working_directory) / path).lexically_normal().string();
}

std::vector<Origin> builtin_values(Locations const& locations) {
  std::vector<Origin> values;
  for (auto const& setting : settings()) values.push_back({std::string(setting.fallback), Level::builtin, {}});
  if (!locations.data.empty()) values[*find_setting("store")].value = locations.data + "/desk.db";
  return values;
}

}  // namespace

Settings Settings::load(Surroundings const& surroundings, std::string const& config_file,
                        std::vector<std::pair<std::string, std::string>> const& flags) {
  Locations const locations = find_locations(surroundings);
  Settings out;
  out.data_ = locations.data;
  out.cache_ = locations.cache;
  out.state_ = locations.state;
  out.values_ = builtin_values(locations);
  read_into(out.values_, out.files_, locations.system_file, Level::system_file, locations.home);
  if (std::string const file = explicit_file(surroundings, config_file, locations.home); !file.empty()) {
    read_into(out.values_, out.files_, file, Level::user_file, locations.home);
  } else {
    read_into(out.values_, out.files_, locations.user_file, Level::user_file, locations.home);
    read_into(out.values_, out.files_, locations.project_file, Level::project_file, locations.home);
  }
  PathBase const base{surroundings.working_directory, locations.home};
  read_environment(out.values_, surroundings, base);
  read_flags(out.values_, flags, base);
  return out;
}

Origin const& Settings::origin(std::string_view key) const {
  auto const index = find_setting(key);
  if (!index || *index >= values_.size()) {
    throw base::Error(base::errors::internal, {{"problem", "no setting " + std::string(key)}});
  }
  return values_[*index];
}

std::string const& Settings::text(std::string_view key) const { return origin(key).value; }

std::vector<std::string> Settings::list(std::string_view key) const {
  std::vector<std::string> out;
  std::string_view rest = origin(key).value;
  while (!rest.empty()) {
    std::size_t const end = std::min(rest.find('\n'), rest.size());
    out.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

base::Milliseconds Settings::duration(std::string_view key) const {
  return base::parse_duration(origin(key).value).value_or(base::Milliseconds{0});
}
std::int64_t Settings::size(std::string_view key) const { return parse_size(text(key)).value_or(0); }

std::int64_t Settings::integer(std::string_view key) const {
  return base::parse_integer(origin(key).value, 0, kMostInteger).value_or(0);
}
double Settings::decimal(std::string_view key) const { return base::parse_decimal(origin(key).value).value_or(0); }
bool Settings::boolean(std::string_view key) const { return origin(key).value == "true"; }

}  // namespace umsops::config
