// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "store/sqlite/store_file.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;

[[noreturn]] void fail(std::string const& path, int error) {
  switch (error) {
    case EEXIST:
      throw Error(errors::store_exists, {{"path", path}});
    case EACCES:
    case EPERM:
      throw Error(errors::store_permission, {{"path", path}});
    case EROFS:
      throw Error(errors::store_read_only, {{"path", path}});
    case ENOSPC:
    case EDQUOT:
      throw Error(errors::store_full, {{"path", path}});
    default:
      throw Error(errors::store_unavailable, {{"problem", path + ": " + std::strerror(error)}});
  }
}

}  // namespace

void sync_file(std::string const& path, int flags) {
  int const fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags);
  if (fd < 0) fail(path, errno);
  int const error = ::fsync(fd) == 0 ? 0 : errno;
  ::close(fd);
  if (error != 0) fail(path, error);
}

DraftFile::DraftFile(std::string target, Over over) : target_(std::move(target)), over_(over) {
  // Before any work is done; `publish` makes sure of it.
  struct stat taken {};
  if (over_ == Over::nothing && ::lstat(target_.c_str(), &taken) == 0) fail(target_, EEXIST);
  for (int attempt = 0; attempt < 1000; ++attempt) {
    path_ = target_ + ".new-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
    // 0600 from the start: permissions set afterwards would leave a moment in which others can open it.
    int const fd = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd >= 0) {
      ::close(fd);
      return;
    }
    if (errno != EEXIST) fail(target_, errno);
  }
  fail(path_, EEXIST);
}

DraftFile::~DraftFile() {
  if (path_.empty()) return;
  for (char const* ending : {"", "-wal", "-shm", "-journal"}) ::unlink((path_ + ending).c_str());
}

void DraftFile::publish() {
  // The content first, then the name, then the folder that holds the name: after a power cut there is a whole store or
  // none.
  sync_file(path_, O_NOFOLLOW);
  rename();
  sync_file(folder_of(target_), O_DIRECTORY);
}

/// Whoever could open the file before can open the new one, as far as this process may give that right.
void DraftFile::take_over_rights() {
  struct stat facts {};
  if (::lstat(target_.c_str(), &facts) != 0) return;
  if (::lchown(path_.c_str(), facts.st_uid, facts.st_gid) == 0) ::chmod(path_.c_str(), facts.st_mode & 07777);
}

void DraftFile::rename() {
  if (over_ == Over::existing) {
    take_over_rights();
    if (::rename(path_.c_str(), target_.c_str()) != 0) fail(target_, errno);
    path_.clear();
  } else if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) == 0) {
    path_.clear();
  } else if (errno == EINVAL || errno == ENOSYS) {  // a file system without that flag; link never overwrites either
    // The draft's own name is removed by the destructor.
    if (::link(path_.c_str(), target_.c_str()) != 0) fail(target_, errno);
  } else {
    fail(target_, errno);
  }
}

}  // namespace umsops::store
