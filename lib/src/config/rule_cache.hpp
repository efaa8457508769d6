// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/rules/rule_set.hpp"

namespace umsops::config {

/// Identifies an unchanged file without reading it. Times in nanoseconds.
struct FileStamp {
  std::string path;
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t modified = 0, changed = 0;
  bool operator==(FileStamp const&) const = default;
};
/// Nullopt when there is no such file.
std::optional<FileStamp> stamp_of(std::string const& path);

/// A file younger than this at compile time may change again without a change of its times.
inline constexpr std::int64_t kSettleNanoseconds = 2'000'000'000;

/// Path of the stored compile of these files for that kind of record; empty if `directory` is.
std::string rule_cache_path(std::string const& directory, std::vector<std::string> const& files,
                            rules::Target const& target);

/// The rule set stored at `path`, if it is intact, ours, made by this program for that kind of record, and none of its
/// files has changed.
std::optional<rules::RuleSet> load_rule_cache(std::string const& path, rules::Target const& target);

/// A compile to be stored. Create it before reading the first file: a file that changes later is newer than this and
/// prevents storing. Failures only mean that nothing is stored.
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
