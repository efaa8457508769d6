// SPDX-License-Identifier: Apache-2.0
#include "cli/new_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/output.hpp"
#include "cli/signals.hpp"
#include "umsops/config/trusted_file.hpp"

namespace umsops::cli {

namespace {

[[noreturn]] void fail(std::string const& path, int number) {
  throw base::Error(base::errors::output_failed, {{"where", path}, {"problem", std::strerror(number)}});
}

/// An opened file that is removed with this object, whatever became of it: the other name stays.
struct Part {
  std::string path;
  int descriptor = -1;
  ~Part() {
    if (descriptor < 0) return;
    close(descriptor);
    unlink(path.c_str());
  }
};

}  // namespace

void make_trusted_folder(std::string const& folder, unsigned mode) {
  for (auto at = folder.find('/', 1);; at = folder.find('/', at + 1)) {
    auto const part = folder.substr(0, at);
    // A name too many is no mistake: somebody else may have made it meanwhile.
    if (!part.empty() && mkdir(part.c_str(), mode) != 0 && errno != EEXIST) fail(part, errno);
    if (at == std::string::npos) break;
  }
  config::TrustedFile const looked_at(folder, config::TrustedFile::For::listing);
}

bool create_file(std::string const& path, std::string_view text, unsigned mode) {
  auto const slash = path.rfind('/');
  auto const split = slash == std::string::npos ? 0 : slash + 1;
  Part part{path.substr(0, split) + "." + path.substr(split) + "." + std::to_string(getpid()) + ".part"};
  part.descriptor = open(part.path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (part.descriptor < 0) fail(path, errno);
  write_all(part.descriptor, text, path);
  if (fchmod(part.descriptor, mode) != 0 || fsync(part.descriptor) != 0) fail(path, errno);
  if (link(part.path.c_str(), path.c_str()) == 0) return true;
  if (errno != EEXIST) fail(path, errno);
  return false;
}

FolderLock::FolderLock(std::string const& folder) {
  config::TrustedFile const opened(folder, config::TrustedFile::For::listing);
  descriptor_ = fcntl(opened.descriptor(), F_DUPFD_CLOEXEC, 3);
  while (descriptor_ >= 0 && flock(descriptor_, LOCK_EX) != 0) {
    if (errno == EINTR) signals::check();
    // A file system without locks: then two at once are the user's own business.
    if (errno != EINTR) break;
  }
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace umsops::cli
