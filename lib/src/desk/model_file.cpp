// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/model_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "desk/descriptor.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

[[noreturn]] void fail(std::string const& path) {
  throw base::Error(base::errors::output_failed, {{"where", path}, {"problem", std::strerror(errno)}});
}

[[noreturn]] void unfit(std::string const& path, std::string const& problem) {
  throw base::Error(base::errors::classifier_unfit, {{"path", path}, {"problem", problem}});
}

/// Null: there is no such file.
std::shared_ptr<learn::Model const> mapped(std::string const& path, ModelFile::Check check) {
  Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open() && (errno == ENOENT || errno == ENOTDIR)) return nullptr;
  if (!file.is_open()) unfit(path, std::strerror(errno));
  struct stat status {};
  bool const known = ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode);
  if (known && check) check(file.get(), path);
  auto const size = static_cast<std::size_t>(status.st_size);
  void* const at = known && size > 0 ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0) : MAP_FAILED;
  if (at == MAP_FAILED) unfit(path, "no file, or an empty one");
  std::shared_ptr<void const> keep(at, [size](void const* p) { ::munmap(const_cast<void*>(p), size); });
  return learn::Model::open({static_cast<char const*>(at), size}, std::move(keep), path);
}

void sync_folder(std::string const& path) {
  auto const folder = std::filesystem::path(path).parent_path();
  Descriptor const opened(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.is_open()) ::fsync(opened.get());
}

/// Written and synced, whole or not at all.
void write_file(std::string const& path, std::string_view bytes) {
  int const fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) fail(path);
  bool good = true;
  while (good && !bytes.empty()) {
    auto const written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    good = written > 0;
    if (good) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  good = good && ::fsync(fd) == 0;
  int const problem = errno;
  if (::close(fd) == 0 && good) return;
  ::unlink(path.c_str());
  errno = problem;
  fail(path);
}

/// A second name for the file, in place of whatever had that name.
void name_also(std::string const& path, std::string const& other) {
  std::string const passing = other + ".passing";
  ::unlink(passing.c_str());
  if (::link(path.c_str(), passing.c_str()) != 0 || ::rename(passing.c_str(), other.c_str()) != 0) fail(other);
}

}  // namespace

std::shared_ptr<learn::Model const> ModelFile::open(std::string const& path) const { return mapped(path, check_); }

std::optional<base::TimePoint> ModelFile::written_at(std::string const& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return base::TimePoint(
      base::Milliseconds(std::int64_t{status.st_mtim.tv_sec} * 1000 + status.st_mtim.tv_nsec / 1'000'000));
}

ModelFile::Lock::Lock(ModelFile const& file) {
  std::string const path = path_of(file);
  if (auto const folder = std::filesystem::path(path).parent_path(); !folder.empty()) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
  }
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor_ < 0) fail(path);
  try {
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0)
      throw base::Error(base::errors::classifier_busy, {{"path", file.path()}});
    if (file.check_) file.check_(descriptor_, path);
  } catch (base::Error const&) {
    ::close(descriptor_);
    throw;
  }
}

ModelFile::Lock::~Lock() { ::close(descriptor_); }

void ModelFile::Lock::note_look(base::TimePoint at) const {
  constexpr std::int64_t kSecond = 1000, kMillisecond = 1'000'000;
  auto const since = at.time_since_epoch().count();
  timespec const time{since / kSecond, since % kSecond * kMillisecond};
  timespec const both[] = {time, time};
  ::futimens(descriptor_, both);  // where that fails it is looked again sooner
}

void ModelFile::install(std::string_view bytes) const {
  std::string const draft = path_ + ".new";
  write_file(draft, bytes);
  try {
    mapped(draft, check_)->verify();
    if (::access(path_.c_str(), F_OK) == 0) name_also(path_, previous_path());
    if (::rename(draft.c_str(), path_.c_str()) != 0) fail(path_);
  } catch (base::Error const&) {
    ::unlink(draft.c_str());
    throw;
  }
  sync_folder(path_);
}

void ModelFile::roll_back() const {
  auto const before = previous();
  if (!before) throw base::Error(base::errors::classifier_none, {{"path", previous_path()}});
  before->verify();
  std::string const aside = path_ + ".new";
  ::unlink(aside.c_str());
  bool const had_one = ::link(path_.c_str(), aside.c_str()) == 0;
  if (::rename(previous_path().c_str(), path_.c_str()) != 0) fail(path_);
  if (had_one && ::rename(aside.c_str(), previous_path().c_str()) != 0) fail(previous_path());
  sync_folder(path_);
}

}  // namespace umsops::desk
