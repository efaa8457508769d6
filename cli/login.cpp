// SPDX-License-Identifier: Apache-2.0
#include "cli/login.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <memory>

#include "cli/process.hpp"

namespace umsops::cli {

namespace {

std::string local_name(uid_t user) {
  std::unique_ptr<FILE, decltype(&fclose)> const file(fopen("/etc/passwd", "re"), fclose);
  if (!file) return {};
  while (passwd const* entry = fgetpwent(file.get())) {
    if (entry->pw_uid == user) return entry->pw_name;
  }
  return {};
}

/// Users of a directory service: the name switch loads libraries, so the system's own program asks it.
std::string directory_name(uid_t user) {
  std::string const entry = output_of({"getent", "passwd", std::to_string(user)}).value_or("");
  return entry.substr(0, std::min(entry.find(':'), entry.find('\n')));
}

}  // namespace

std::string login_name() {
  uid_t const user = getuid();
  std::string name = local_name(user);
  if (name.empty()) name = directory_name(user);
  return name.empty() ? "uid:" + std::to_string(user) : name;
}

}  // namespace umsops::cli
