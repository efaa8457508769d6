// SPDX-License-Identifier: Apache-2.0
#include "desk/spool_file.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

[[noreturn]] void fail(std::string const& path, int number) {
  throw base::Error(base::errors::output_failed, {{"where", path}, {"problem", std::strerror(number)}});
}

/// What stands there instead of a plain file.
char const* kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "it is a folder";
  if (S_ISLNK(mode)) return "it is a symbolic link";
  if (S_ISFIFO(mode)) return "it is a FIFO";
  return "it is no plain file";
}

[[noreturn]] void refuse_kind(std::string const& path, mode_t mode) {
  throw base::Error(base::errors::spool_unfit, {{"path", path}, {"problem", kind_of(mode)}});
}

/// A plain file's descriptor. What is none is refused without waiting for whoever is at its other end.
int open_plain(std::string const& path, int flags) {
  int const number = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);
  int const problem = errno;
  struct stat facts {};
  bool const known = number < 0 ? ::lstat(path.c_str(), &facts) == 0 : ::fstat(number, &facts) == 0;
  if (known && !S_ISREG(facts.st_mode)) {
    if (number >= 0) ::close(number);
    refuse_kind(path, facts.st_mode);
  }
  if (number < 0) fail(path, problem);
  return number;
}

class Descriptor {
 public:
  Descriptor(std::string path, int flags) : path_(std::move(path)), number_(open_plain(path_, flags)) {}
  ~Descriptor() { ::close(number_); }
  Descriptor(Descriptor const&) = delete;
  int get() const { return number_; }

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      ssize_t const written = ::write(number_, bytes.data(), bytes.size());
      if (written < 0 && errno != EINTR) fail(path_, errno);
      if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void sync() const {
    if (::fsync(number_) != 0) fail(path_, errno);
  }
  off_t size() const {
    struct stat facts {};
    if (::fstat(number_, &facts) != 0) fail(path_, errno);
    return facts.st_size;
  }
  bool ends_a_line() const {
    off_t const bytes = size();
    char last = '\n';
    if (bytes > 0 && ::pread(number_, &last, 1, bytes - 1) != 1) fail(path_, errno);
    return last == '\n';
  }

 private:
  std::string path_;
  int number_;
};

void sync_folder(std::string const& folder) {
  int const number = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (number < 0) fail(folder, errno);
  int const problem = ::fsync(number) == 0 ? 0 : errno;
  ::close(number);
  if (problem != 0) fail(folder, problem);
}

void make_folders(std::string const& folder) {
  if (folder.empty() || ::access(folder.c_str(), F_OK) == 0) return;
  std::string const above = std::filesystem::path(folder).parent_path().string();
  make_folders(above);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail(folder, errno);
  sync_folder(above);
}

constexpr int kTries = 1000;
constexpr timespec kPause{0, 10'000'000};

}  // namespace

SpoolLock::SpoolLock(std::string const& path, Wait wait) : descriptor_(open_plain(path, O_RDWR | O_CREAT)) {
  int number = 0;
  for (int tries = wait == Wait::yes ? kTries : 1; tries > 0; --tries) {
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    number = errno;
    if (number != EWOULDBLOCK && number != EINTR) break;
    // The holder writes one line, or the file; only one that was stopped takes long.
    if (tries > 1) ::nanosleep(&kPause, nullptr);
  }
  ::close(descriptor_);
  if (number != EWOULDBLOCK && number != EINTR) fail(path, number);
  bool const waited = wait == Wait::yes;
  throw base::Error(base::errors::store_locked,
                    {{"seconds", waited ? "10" : "0"}, {"holder", waited ? "a writer of the spool" : "another flush"}});
}

SpoolLock::~SpoolLock() { ::close(descriptor_); }

bool SpoolFile::exists() const {
  struct stat facts {};
  return ::lstat(path().c_str(), &facts) == 0;
}

void SpoolFile::append(std::string const& line) const {
  make_folders(folder_);
  SpoolLock const alone(lock(), SpoolLock::Wait::yes);
  Descriptor const file(path(), O_RDWR | O_CREAT | O_APPEND);
  off_t const before = file.size();
  try {
    file.write((file.ends_a_line() ? "" : "\n") + line + "\n");
    file.sync();
  } catch (base::Error const&) {
    // Half a line would have to be explained later; if it stays, it harms nobody.
    (void)!::ftruncate(file.get(), before);
    throw;
  }
  sync_folder(folder_);
}

std::string SpoolFile::read() const {
  if (!exists()) return {};
  Descriptor const file(path(), O_RDONLY);
  std::string text(1 << 16, '\0');
  std::size_t size = 0;
  while (true) {
    ssize_t const got = ::read(file.get(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(path(), errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size == text.size()) text.resize(2 * size);
  }
  text.resize(size);
  return text;
}

void SpoolFile::replace(std::size_t size, std::string const& kept) const {
  SpoolLock const alone(lock(), SpoolLock::Wait::yes);
  std::string const all = read();
  std::string const rest = kept + all.substr(std::min(size, all.size()));
  if (rest.empty()) {
    if (::unlink(path().c_str()) != 0) fail(path(), errno);
  } else {
    std::string const next = path() + ".new";
    {
      Descriptor const file(next, O_WRONLY | O_CREAT | O_TRUNC);
      file.write(rest);
      file.sync();
    }
    if (::rename(next.c_str(), path().c_str()) != 0) fail(path(), errno);
  }
  sync_folder(folder_);
}

}  // namespace umsops::desk
