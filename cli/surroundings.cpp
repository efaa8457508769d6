// SPDX-License-Identifier: Apache-2.0
#include "cli/surroundings.hpp"

#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace umsops::cli {

bool is_elevated(Variable const& variable) {
  bool const raised = variable("SUDO_UID") || variable("DOAS_USER") || variable("PKEXEC_UID");
  return getauxval(AT_SECURE) != 0 || geteuid() != getuid() || (geteuid() == 0 && raised);
}

bool trusts_environment(Variable const& variable) {
  if (is_elevated(variable)) return false;
  struct stat home = {};
  auto const path = variable("HOME").value_or("");
  return path.empty() || stat(path.c_str(), &home) != 0 || home.st_uid == 0 || home.st_uid == geteuid();
}

config::Surroundings surroundings_of(Variable const& variable) {
  config::Surroundings out;
  out.variable = variable;
  std::error_code ignored;
  out.working_directory = std::filesystem::current_path(ignored).string();
  out.elevated = is_elevated(variable);
  return out;
}

}  // namespace umsops::cli
