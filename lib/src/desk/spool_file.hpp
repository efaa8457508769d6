// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace umsops::desk {

/// The file in which reports wait, a line each. Whoever changes it holds the lock beside it, for as long as that takes;
/// whoever takes lines away holds the lock of the flush, too. Nothing but a plain file is touched: `spool.unfit`.
class SpoolFile {
 public:
  explicit SpoolFile(std::string folder) : folder_(std::move(folder)) {}
  std::string path() const { return folder_ + "/spool.jsonl"; }
  std::string flush_lock() const { return path() + ".flush"; }

  /// Without one nothing waits.
  bool exists() const;
  /// One more line, on the disk when this returns. A line that a crash cut short stays a line of its own.
  void append(std::string const& line) const;
  /// Empty: nothing waits.
  std::string read() const;
  /// Puts `kept` in the place of the first `size` bytes; lines that came meanwhile stay.
  void replace(std::size_t size, std::string const& kept) const;

 private:
  std::string lock() const { return path() + ".lock"; }

  std::string folder_;
};

/// A lock that ends with it, or with its process.
class SpoolLock {
 public:
  enum class Wait { yes, no };
  /// Throws `store.locked` when it is taken, at once or after ten seconds.
  SpoolLock(std::string const& path, Wait wait);
  ~SpoolLock();
  SpoolLock(SpoolLock const&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace umsops::desk
