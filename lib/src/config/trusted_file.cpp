// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/trusted_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <filesystem>
#include <system_error>
#include <utility>

#include "config/file.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

using std::filesystem::path;

bool is_trusted_owner(uid_t owner) { return owner == 0 || owner == ::geteuid(); }

bool others_may_write(struct stat const& status) {
  bool const own_group = status.st_gid != 0 && status.st_gid == ::geteuid() && status.st_uid == ::geteuid();
  return (status.st_mode & S_IWOTH) != 0 || ((status.st_mode & S_IWGRP) != 0 && !own_group);
}

std::string shown(std::string const& name) { return base::terminal_text(name, base::TextShape::line); }

std::optional<Distrust> look_at(struct stat const& status, std::string const& name, std::string const& subject,
                                bool sticky_suffices) {
  if (!is_trusted_owner(status.st_uid)) {
    return Distrust{subject + " belongs to another user",
                    "look at it first, then: chown " + std::to_string(::geteuid()) + " " + shown(name)};
  }
  bool const sticky = sticky_suffices && (status.st_mode & S_ISVTX) != 0;
  if (others_may_write(status) && !sticky) return Distrust{"others may write " + subject, "chmod go-w " + shown(name)};
  return std::nullopt;
}

/// What is wrong with the folders above.
std::optional<Distrust> look_above(path const& file) {
  for (path folder = file.parent_path();; folder = folder.parent_path()) {
    struct stat status = {};
    if (::stat(folder.c_str(), &status) != 0) {
      return Distrust{"the folder " + shown(folder.string()) + ": " + std::generic_category().message(errno), ""};
    }
    if (auto found = look_at(status, folder.string(), "the folder " + shown(folder.string()), true)) return found;
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

/// Where the opened file lies, links and all that happened since aside.
std::string place_of(int descriptor) {
  std::array<char, PATH_MAX> place;
  auto const size = ::readlink(("/proc/self/fd/" + std::to_string(descriptor)).c_str(), place.data(), place.size());
  return size > 0 && place[0] == '/' ? std::string(place.data(), static_cast<std::size_t>(size)) : std::string();
}

int open_for(std::string const& path, TrustedFile::For what) {
  // Without O_NONBLOCK the open of a named pipe would wait for its other end. What is run need not be readable.
  int const flags = what == TrustedFile::For::reading   ? O_RDONLY | O_NONBLOCK | O_NOCTTY
                    : what == TrustedFile::For::running ? O_PATH
                                                        : O_RDONLY | O_DIRECTORY;
  if (path.find('\0') != std::string::npos) throw unreadable(path, "NUL in the name");
  int const descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) throw unreadable(path, std::generic_category().message(errno));
  return descriptor;
}

}  // namespace

std::optional<Distrust> distrust(int descriptor, std::string const& named) {
  struct stat status = {};
  if (::fstat(descriptor, &status) != 0) return Distrust{std::generic_category().message(errno), ""};
  std::string const place = place_of(descriptor);
  if (place.empty()) return Distrust{"it cannot be told where it lies: is /proc there?", ""};
  if (auto found = look_at(status, place, "it", false)) return found;
  if (auto found = look_above(place)) return found;
  std::error_code failed;
  path const asked = std::filesystem::absolute(named, failed).lexically_normal();
  return failed || asked == place ? std::nullopt : look_above(asked);
}

bool is_own_folder(std::string const& path) {
  struct stat status = {};
  return ::stat(path.c_str(), &status) == 0 && is_trusted_owner(status.st_uid) && !others_may_write(status);
}

TrustedFile::TrustedFile(std::string path, For what, Refuse refuse)
    : path_(std::move(path)), descriptor_(open_for(path_, what)) {
  try {
    distrusted_ = distrust(descriptor_, path_);
    if (distrusted_) refuse(path_, *distrusted_);
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

void TrustedFile::refuse_untrusted(std::string const& path, Distrust const& why) {
  throw base::Error(base::errors::file_untrusted,
                    {{"file", path}, {"problem", why.problem}, {"suggestion", why.suggestion}});
}

TrustedFile::~TrustedFile() { ::close(descriptor_); }

std::string TrustedFile::read(std::size_t limit) const { return read_descriptor(descriptor_, path_, limit); }

std::string read_trusted_file(std::string const& path, std::size_t limit) {
  return TrustedFile(path, TrustedFile::For::reading).read(limit);
}

}  // namespace umsops::config
