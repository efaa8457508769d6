// SPDX-License-Identifier: Apache-2.0
#include "config/locations.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "umsops/config/trusted_file.hpp"

namespace umsops::config {
namespace {

/// A folder without read permission counts as empty: HOME often is one after `su`.
bool exists(std::string const& path) {
  struct stat ignored;
  return ::stat(path.c_str(), &ignored) == 0;
}

/// XDG: relative values are ignored, empty ones mean the default.
std::string xdg(Surroundings const& surroundings, std::string const& name, std::string const& home,
                std::string const& fallback) {
  std::string base = variable(surroundings, name);
  if (base.empty() || base[0] != '/') base = home.empty() ? "" : home + fallback;
  return base.empty() ? "" : base + "/umsops";
}

/// Upwards as far as files are the user's business: not above HOME, not beyond a mount point, and through no folder
/// that others may put one into. In the working folder itself whatever is found is looked at, and refused if need be.
std::string project_file(std::string const& from, std::string const& home) {
  if (from.empty() || from[0] != '/') return "";
  struct stat start = {}, here = {}, top = {};
  if (::stat(from.c_str(), &start) != 0) return "";
  bool const has_top = !home.empty() && ::stat(home.c_str(), &top) == 0;
  here = start;
  std::string folder = from;
  while (true) {
    std::string candidate = folder + (folder.ends_with('/') ? "" : "/") + "umsops.yaml";
    if (exists(candidate)) return candidate;
    bool const at_top = has_top && here.st_dev == top.st_dev && here.st_ino == top.st_ino;
    if (folder == "/" || at_top || !is_own_folder(folder)) return "";
    folder.erase(std::max<std::size_t>(folder.rfind('/'), 1));
    if (::stat(folder.c_str(), &here) != 0 || here.st_dev != start.st_dev || !is_own_folder(folder)) return "";
  }
}

}  // namespace

std::string variable(Surroundings const& surroundings, std::string const& name) {
  if (!surroundings.variable) return "";
  return surroundings.variable(name).value_or("");
}

std::string settings_folder(Surroundings const& surroundings) {
  std::string home = surroundings.elevated ? "" : variable(surroundings, "HOME");
  if (!home.starts_with('/')) home.clear();
  return surroundings.elevated ? "" : xdg(surroundings, "XDG_CONFIG_HOME", home, "/.config");
}

Locations find_locations(Surroundings const& surroundings) {
  Locations out;
  bool const skip_system = !surroundings.elevated && !variable(surroundings, "UMSOPS_NO_SYSTEM_CONFIG").empty();
  if (!skip_system && exists(surroundings.system_file)) out.system_file = surroundings.system_file;
  if (surroundings.elevated) return out;
  out.home = variable(surroundings, "HOME");
  if (!out.home.empty() && out.home[0] != '/') out.home.clear();
  out.data = xdg(surroundings, "XDG_DATA_HOME", out.home, "/.local/share");
  out.cache = xdg(surroundings, "XDG_CACHE_HOME", out.home, "/.cache");
  out.state = xdg(surroundings, "XDG_STATE_HOME", out.home, "/.local/state");
  std::string const config = settings_folder(surroundings);
  if (!config.empty() && exists(config + "/config.yaml")) out.user_file = config + "/config.yaml";
  out.project_file = project_file(surroundings.working_directory, out.home);
  return out;
}

}  // namespace umsops::config
