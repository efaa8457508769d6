// SPDX-License-Identifier: Apache-2.0
#include "desk/spool_file.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

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

class Descriptor {
 public:
  Descriptor(std::string path, int flags)
      : path_(std::move(path)), number_(::open(path_.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (number_ < 0) fail(path_, errno);
  }
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

 private:
  std::string path_;
  int number_;
};

void sync_folder(std::string const& folder) { Descriptor(folder, O_RDONLY | O_DIRECTORY).sync(); }

void make_folders(std::string const& folder) {
  if (folder.empty() || ::access(folder.c_str(), F_OK) == 0) return;
  std::string const above = std::filesystem::path(folder).parent_path().string();
  make_folders(above);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail(folder, errno);
  sync_folder(above);
}

bool ends_a_line(int descriptor, std::string const& path) {
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0) fail(path, errno);
  char last = '\n';
  if (facts.st_size > 0 && ::pread(descriptor, &last, 1, facts.st_size - 1) != 1) fail(path, errno);
  return last == '\n';
}

}  // namespace

SpoolLock::SpoolLock(std::string const& path, Wait wait)
    : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
  if (descriptor_ < 0) fail(path, errno);
  int result = 0;
  do {
    result = ::flock(descriptor_, LOCK_EX | (wait == Wait::no ? LOCK_NB : 0));
  } while (result != 0 && errno == EINTR);
  if (result == 0) return;
  int const number = errno;
  ::close(descriptor_);
  if (number != EWOULDBLOCK) fail(path, number);
  throw base::Error(base::errors::store_locked, {{"seconds", "0"}, {"holder", "another flush"}});
}

SpoolLock::~SpoolLock() { ::close(descriptor_); }

SpoolFile::SpoolFile(std::string folder) : folder_(std::move(folder)) { make_folders(folder_); }

void SpoolFile::append(std::string const& line) {
  SpoolLock const lock(path() + ".lock", SpoolLock::Wait::yes);
  Descriptor const file(path(), O_RDWR | O_CREAT | O_APPEND);
  file.write((ends_a_line(file.get(), path()) ? "" : "\n") + line + "\n");
  file.sync();
  sync_folder(folder_);
}

std::string SpoolFile::read() const {
  if (::access(path().c_str(), F_OK) != 0) return {};
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

void SpoolFile::replace(std::size_t size, std::string const& kept) {
  SpoolLock const lock(path() + ".lock", SpoolLock::Wait::yes);
  std::string const rest = kept + read().substr(size);
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
