// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/rules/rule_set.hpp"

namespace umsops::config {

/// What tells that a file is still the one that was read, without reading it. Times in nanoseconds.
struct FileStamp {
  std::string path;
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t modified = 0, changed = 0;
  bool operator==(FileStamp const&) const = default;
};
/// Nullopt when there is no such file.
std::optional<FileStamp> stamp_of(std::string const& path);

/// A file this much younger than the cache may change once more without its times showing it.
inline constexpr std::int64_t kSettleNanoseconds = 2'000'000'000;

/// Where the compile of these files is kept; empty when `directory` is.
std::string rule_cache_path(std::string const& directory, std::vector<std::string> const& files);

/// The set kept at `path`, if it is sound, ours, of this program, for that kind of record, and every file behind it is
/// unchanged.
std::optional<rules::RuleSet> load_rule_cache(std::string const& path, rules::Target const& target);

/// A compile on its way into the cache. Made before the first file is read: a file that changes from then on is younger
/// than this and spoils it. Every failure only means that nothing is kept.
class RuleCacheEntry {
 public:
  explicit RuleCacheEntry(std::string path, std::int64_t settle = kSettleNanoseconds);
  ~RuleCacheEntry();
  RuleCacheEntry(RuleCacheEntry const&) = delete;
  RuleCacheEntry& operator=(RuleCacheEntry const&) = delete;

  /// Notes a file that is about to be read.
  void about_to_read(std::string const& file);
  void keep(std::string_view image);

 private:
  bool settled() const;

  std::string path_, draft_;
  std::int64_t settle_, begun_ = 0;
  int fd_ = -1;
  bool complete_ = true;
  std::vector<FileStamp> stamps_;
};

}  // namespace umsops::config
