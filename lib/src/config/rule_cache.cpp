// SPDX-License-Identifier: Apache-2.0
#include "config/rule_cache.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "config/builtin.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/config/trusted_file.hpp"

namespace umsops::config {
namespace {

constexpr std::string_view kMagic = "UMSRULE2";
constexpr std::size_t kAlignment = 16;
constexpr std::size_t kSumEnd = kMagic.size() + sizeof(std::uint64_t);

std::int64_t nanoseconds(struct timespec const& at) {
  return std::int64_t{at.tv_sec} * 1'000'000'000 + std::int64_t{at.tv_nsec};
}

/// Identifies the program that made the image: its version, and the headers of its built-in rules, which include their
/// checksums.
std::string const& program_mark() {
  constexpr std::size_t kHeader = 64;
  static std::string const mark = [] {
    std::string out = UMSOPS_VERSION;
    for (auto const* target : rules::targets()) out.append("/").append(builtin_rules_image(*target).substr(0, kHeader));
    return out;
  }();
  return mark;
}

void put(std::string& out, std::uint64_t number) { out.append(reinterpret_cast<char const*>(&number), sizeof number); }
void put(std::string& out, std::string_view text) {
  put(out, std::uint64_t{text.size()});
  out += text;
}

/// Reads what `put` wrote; a truncated text makes it bad for good.
class Scanner {
 public:
  explicit Scanner(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t number() {
    std::uint64_t out = 0;
    std::string_view const bytes = take(sizeof out);
    if (good_) std::memcpy(&out, bytes.data(), sizeof out);
    return out;
  }
  std::string_view text() { return take(number()); }
  bool good() const { return good_; }

 private:
  std::string_view take(std::uint64_t count) {
    if (count > rest_.size()) good_ = false;
    if (!good_) return {};
    std::string_view const out = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return out;
  }
  std::string_view rest_;
  bool good_ = true;
};

struct Mapped {
  std::shared_ptr<void const> keep;
  std::string_view bytes;
};

/// Maps only a file that is ours and that nobody else can write.
std::optional<Mapped> map_file(std::string const& path) {
  int const fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) return std::nullopt;
  struct stat status {};
  bool const fits = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == ::geteuid() &&
                    (status.st_mode & (S_IWGRP | S_IWOTH)) == 0 && status.st_size > 0 && !distrust(fd, path);
  auto const size = static_cast<std::size_t>(status.st_size);
  void* const at = fits ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
  ::close(fd);
  if (at == MAP_FAILED) return std::nullopt;
  std::shared_ptr<void const> keep(at, [size](void const* p) { ::munmap(const_cast<void*>(p), size); });
  return Mapped{keep, {static_cast<char const*>(at), size}};
}

bool unchanged(Scanner& scanner) {
  std::uint64_t const count = scanner.number();
  for (std::uint64_t i = 0; i < count && scanner.good(); ++i) {
    FileStamp kept;
    kept.path = scanner.text();
    kept.device = scanner.number();
    kept.inode = scanner.number();
    kept.size = scanner.number();
    kept.modified = static_cast<std::int64_t>(scanner.number());
    kept.changed = static_cast<std::int64_t>(scanner.number());
    if (!scanner.good() || stamp_of(kept.path) != kept) return false;
  }
  return scanner.good() && count > 0;
}

std::string header_of(std::vector<FileStamp> const& stamps) {
  std::string out;
  put(out, program_mark());
  put(out, std::uint64_t{stamps.size()});
  for (auto const& stamp : stamps) {
    put(out, stamp.path);
    for (std::uint64_t const number :
         {stamp.device, stamp.inode, stamp.size, static_cast<std::uint64_t>(stamp.modified),
          static_cast<std::uint64_t>(stamp.changed)}) {
      put(out, number);
    }
  }
  return out;
}

std::string file_of(std::vector<FileStamp> const& stamps, std::string_view image) {
  std::string body = header_of(stamps);
  std::size_t const before_image = kSumEnd + sizeof(std::uint64_t) + body.size();
  std::size_t const begin = (before_image + kAlignment - 1) / kAlignment * kAlignment;
  std::string summed;
  put(summed, std::uint64_t{begin});
  summed += body;
  summed.append(begin - before_image, '\0');
  summed += image;
  std::string out(kMagic);
  put(out, base::checksum(summed));
  return out += summed;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t const written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Makes the folder and those above it, for their owner alone.
bool make_folder(std::filesystem::path const& folder) {
  if (folder.empty() || ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return true;
  if (errno != ENOENT || !folder.has_parent_path() || folder.parent_path() == folder) return false;
  return make_folder(folder.parent_path()) && (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST);
}

}  // namespace

std::optional<FileStamp> stamp_of(std::string const& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return FileStamp{path,
                   std::uint64_t{status.st_dev},
                   std::uint64_t{status.st_ino},
                   static_cast<std::uint64_t>(status.st_size),
                   nanoseconds(status.st_mtim),
                   nanoseconds(status.st_ctim)};
}

std::string rule_cache_path(std::string const& directory, std::vector<std::string> const& files,
                            rules::Target const& target) {
  if (directory.empty()) return "";
  std::string names;
  put(names, target.type.noun);
  for (auto const& file : files) put(names, std::string_view(file));
  return directory + "/rules-" + base::sha256_hex(names).substr(0, 32);
}

std::optional<rules::RuleSet> load_rule_cache(std::string const& path, rules::Target const& target) {
  if (path.empty()) return std::nullopt;
  auto const file = map_file(path);
  if (!file || !file->bytes.starts_with(kMagic)) return std::nullopt;
  Scanner scanner(file->bytes.substr(kMagic.size()));
  std::uint64_t const sum = scanner.number();
  std::uint64_t const image = scanner.number();
  if (!scanner.good() || image > file->bytes.size() || image % kAlignment != 0) return std::nullopt;
  if (scanner.text() != program_mark() || !unchanged(scanner)) return std::nullopt;
  if (base::checksum(file->bytes.substr(kSumEnd)) != sum) return std::nullopt;
  try {
    return rules::RuleSet::from_image(file->bytes.substr(image), file->keep, rules::RuleSet::Sum::vouched, target);
  } catch (base::Error const&) {
    return std::nullopt;  // Reading the files will report any error.
  }
}

RuleCacheEntry::RuleCacheEntry(std::string path, std::int64_t settle) : path_(std::move(path)), settle_(settle) {
  if (path_.empty() || !make_folder(std::filesystem::path(path_).parent_path())) return;
  draft_ = path_ + ".XXXXXX";
  fd_ = ::mkostemp(draft_.data(), O_CLOEXEC);
  struct stat status {};
  if (fd_ >= 0 && ::fstat(fd_, &status) == 0) {
    begun_ = nanoseconds(status.st_mtim);
  } else {
    complete_ = false;
  }
}

RuleCacheEntry::~RuleCacheEntry() {
  if (fd_ < 0) return;
  ::close(fd_);
  if (!draft_.empty()) ::unlink(draft_.c_str());
}

void RuleCacheEntry::about_to_read(std::string const& file) {
  std::error_code failed;
  std::string const absolute = std::filesystem::absolute(file, failed).lexically_normal().string();
  auto stamp = failed ? std::nullopt : stamp_of(absolute);
  if (!stamp) {
    complete_ = false;
  } else {
    stamps_.push_back(std::move(*stamp));
  }
}

bool RuleCacheEntry::settled() const {
  return std::all_of(stamps_.begin(), stamps_.end(), [this](FileStamp const& stamp) {
    return std::max(stamp.modified, stamp.changed) <= begun_ - settle_;
  });
}

void RuleCacheEntry::keep(std::string_view image) {
  if (fd_ < 0 || !complete_ || stamps_.empty() || !settled()) return;
  if (write_all(fd_, file_of(stamps_, image)) && ::rename(draft_.c_str(), path_.c_str()) == 0) draft_.clear();
}

}  // namespace umsops::config
