// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/store_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;

constexpr std::size_t kHeaderBytes = 100;
constexpr std::size_t kReadVersion = 19;
constexpr unsigned char kWithoutLog = 1;
constexpr std::string_view kMagic("SQLite format 3\0", 16);

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(Descriptor const&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

[[noreturn]] void refuse(std::string const& path, std::string problem) {
  throw Error(errors::store_not_ours, {{"path", path}, {"problem", std::move(problem)}});
}

[[noreturn]] void refuse_by_errno(std::string const& path, int error) {
  if (error == ENOENT || error == ENOTDIR) throw Error(errors::store_absent, {{"path", path}});
  if (error == EACCES || error == EPERM) throw Error(errors::store_permission, {{"path", path}});
  throw Error(errors::store_unavailable, {{"problem", path + ": " + std::strerror(error)}});
}

std::string resolve_link(std::string const& path) {
  if (::geteuid() == 0) refuse(path, "a symbolic link, which the superuser does not follow");
  std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  if (!real) refuse_by_errno(path, errno);
  return real.get();
}

void refuse_other_kinds(std::string const& path, mode_t mode) {
  if (S_ISREG(mode)) return;
  if (S_ISDIR(mode)) refuse(path, "it is a directory");
  if (S_ISFIFO(mode)) refuse(path, "it is a named pipe");
  if (S_ISSOCK(mode)) refuse(path, "it is a socket");
  refuse(path, "it is a device");
}

std::uint64_t big_endian(std::array<unsigned char, kHeaderBytes> const& header, std::size_t at, std::size_t bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) value = value << 8 | header[at + i];
  return value;
}

std::uint64_t size_of(int fd) {
  struct stat facts {};
  return ::fstat(fd, &facts) == 0 ? static_cast<std::uint64_t>(facts.st_size) : 0;
}

bool has_log(std::string const& path) {
  struct stat log {};
  return ::stat((path + "-wal").c_str(), &log) == 0 && log.st_size > 0;
}

/// Gives whether the store has a write-ahead log.
bool check_header(std::string const& path, int fd, std::uint64_t size) {
  std::array<unsigned char, kHeaderBytes> header{};
  bool const log_before = has_log(path);
  ssize_t const got = ::pread(fd, header.data(), header.size(), 0);
  if (got < 0) refuse_by_errno(path, errno);
  if (size == 0) refuse(path, "the file is empty");
  if (static_cast<std::size_t>(got) < kHeaderBytes || std::memcmp(header.data(), kMagic.data(), kMagic.size()) != 0) {
    refuse(path, "it is not an SQLite file");
  }
  if (big_endian(header, 68, 4) != kApplicationId) refuse(path, "it belongs to another program");
  // A backup says that it has no log, until its first writer gives it one; so the log must have been there before we
  // looked. The engine would take it for the file's own, and the backup would read as the store before it.
  bool const logless = header[kReadVersion] == kWithoutLog;
  if (logless && log_before && has_log(path)) {
    throw Error(errors::store_foreign_log, {{"path", path}});
  }
  std::uint64_t const raw_page = big_endian(header, 16, 2);
  std::uint64_t const page = raw_page == 1 ? 65536 : raw_page;
  // A checkpoint writes the header first and then lets the file grow, and the log goes when all is written. So the file
  // must be as long as it says only when there is no log; and as a checkpoint may have begun and ended between two of
  // our looks, the length that counts is the one seen after the log was gone.
  std::uint64_t const wanted = page * big_endian(header, 28, 4);
  if (size < wanted && !has_log(path) && size_of(fd) < wanted) {
    throw Error(errors::store_damaged, {{"problem", path + " is cut short"}});
  }
  return !logless;
}

std::mutex open_marks_guard;
std::map<FileId, int>& open_marks() {
  static std::map<FileId, int> marks;
  return marks;
}

}  // namespace

FileId file_at(std::string const& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) == 0 ? FileId{facts.st_dev, facts.st_ino} : FileId{};
}

std::string folder_of(std::string const& path) {
  auto const slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string_view network_file_system(std::uint64_t type) {
  struct Known {
    std::uint64_t type;
    std::string_view name;
  };
  // Write-ahead mode needs memory shared by all processes, and locks that hold: neither works across machines.
  static constexpr Known kKnown[] = {
      {0x6969, "nfs"},      {0x517b, "smb"},       {0xff534d42, "cifs"}, {0xfe534d42, "smb2"}, {0x01021997, "9p"},
      {0x5346414f, "afs"},  {0x6b414653, "afs"},   {0x73757245, "coda"}, {0x00c36400, "ceph"}, {0x0bd00bd0, "lustre"},
      {0x47504653, "gpfs"}, {0x7461636f, "ocfs2"}, {0x01161970, "gfs2"}, {0x564c, "ncp"}};
  for (Known const& known : kKnown) {
    if (known.type == type) return known.name;
  }
  return {};
}

void refuse_network_file_system(std::string const& path) {
  struct statfs facts {};
  if (::statfs(folder_of(path).c_str(), &facts) != 0) return;  // whatever is wrong there, opening will say
  auto const type = static_cast<std::uint64_t>(facts.f_type) & 0xffffffffu;
  if (auto const name = network_file_system(type); !name.empty()) {
    throw Error(errors::store_network, {{"path", path}, {"type", std::string(name)}});
  }
}

StoreFile inspect_store_file(std::string const& path) {
  StoreFile file{path, {}};
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) != 0) refuse_by_errno(path, errno);
  // Resolved once and used from then on: lock file, log and store must lie side by side whatever name was given.
  if (S_ISLNK(facts.st_mode)) {
    file.path = resolve_link(path);
    if (::lstat(file.path.c_str(), &facts) != 0) refuse_by_errno(path, errno);
  }
  refuse_other_kinds(path, facts.st_mode);
  file.id = {facts.st_dev, facts.st_ino};
  refuse_network_file_system(file.path);
  // Closing a descriptor of the file drops all POSIX locks that this process holds on it, those of SQLite too. With
  // the store open here, the header was checked before.
  if (!OpenMark::present(file.id)) {
    Descriptor const fd(::open(file.path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY));
    if (fd.get() < 0 || ::fstat(fd.get(), &facts) != 0) refuse_by_errno(path, errno);
    refuse_other_kinds(path, facts.st_mode);
    file.logless = !check_header(file.path, fd.get(), static_cast<std::uint64_t>(facts.st_size));
  }
  bool const folder_writable = ::faccessat(AT_FDCWD, folder_of(file.path).c_str(), W_OK, AT_EACCESS) == 0;
  file.writable = folder_writable && ::faccessat(AT_FDCWD, file.path.c_str(), W_OK, AT_EACCESS) == 0;
  file.unchanging = !folder_writable && ::access((file.path + "-wal").c_str(), F_OK) != 0;
  return file;
}

OpenMark::OpenMark(FileId id) : id_(id) {
  std::lock_guard const guard(open_marks_guard);
  ++open_marks()[id_];
}

OpenMark::~OpenMark() {
  std::lock_guard const guard(open_marks_guard);
  auto const mark = open_marks().find(id_);
  if (--mark->second == 0) open_marks().erase(mark);
}

bool OpenMark::present(FileId id) {
  std::lock_guard const guard(open_marks_guard);
  return open_marks().contains(id);
}

}  // namespace umsops::store
