// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/config/settings.hpp"

namespace umsops::config {

/// Where the files of settings lie, or would lie, whether they are there or not; empty: nowhere (no HOME that is to be
/// trusted). The project's: the nearest one upwards, else umsops.yaml in the working directory.
struct SettingsPlaces {
  std::string system, user, project;
};
SettingsPlaces settings_places(Surroundings const& surroundings);

/// Whose file it is decides what it may say, and what `~/` means there.
struct SettingsText {
  std::string_view text;
  std::string file;  ///< the path, for relative values and messages
  Level level = Level::user_file;
  std::string home;
};

/// The text with one setting changed; comments, order and layout stay as they are. `values`: the words of a command or
/// a list, one for every other setting; paths are relative to `working_directory`, and written relative to the file
/// where they lie beside it. Throws `usage.bad_value` for an unknown key or a bad value, `config.forbidden`, and what
/// is wrong with the file as it is, or could not be changed in it.
std::string with_setting(SettingsText const& file, std::string_view key, std::vector<std::string> const& values,
                         std::string const& working_directory);
/// The text without it; the same text where it is not set.
std::string without_setting(SettingsText const& file, std::string_view key);

/// A YAML scalar that reads as this text and as nothing else: plain where that is plain, otherwise in double quotes.
std::string yaml_scalar(std::string_view text);

}  // namespace umsops::config
