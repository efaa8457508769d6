// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/config/settings.hpp"

namespace umsops::config {

/// Where this run's files and folders are (XDG base directories). Empty: there is none, or it is not to be trusted.
struct Locations {
  std::string home;
  std::string data, cache, state;  ///< of this program
  std::string system_file, user_file, project_file;
};

/// The variable's value; empty when it is not set.
std::string variable(Surroundings const& surroundings, std::string const& name);

/// The user's folder of settings, whether it is there or not; empty: there is none.
std::string settings_folder(Surroundings const& surroundings);

/// Names only settings files that exist.
Locations find_locations(Surroundings const& surroundings);

}  // namespace umsops::config
