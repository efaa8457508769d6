// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/config/settings.hpp"

namespace umsops::config {

/// Where this run's files are (XDG base directories). Empty: there is no such place, or it is not to be trusted.
struct Places {
  std::string home;
  std::string data, cache, state;  ///< of this program
  std::string system_file, user_file, project_file;
};

/// The variable's value; empty when it is not set.
std::string variable(Surroundings const& surroundings, std::string const& name);

/// Only files that exist are named.
Places find_places(Surroundings const& surroundings);

}  // namespace umsops::config
