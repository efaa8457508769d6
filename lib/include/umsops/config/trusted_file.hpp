// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace umsops::config {

/// Why a file is not to be run or believed, and what to do about it.
struct Distrust {
  std::string problem, suggestion;
};

/// Whoever could change or exchange that file, or a folder above it, would act as this user: each must belong to this
/// user or to root and be writable by nobody else. In a folder with the sticky bit others may add files, and exchange
/// none. A group of the user's own number is the user's (the system makes one for each). Links are followed; `named` is
/// the path that led there, whose folders count, too. nullopt: it can be trusted.
std::optional<Distrust> distrust(int descriptor, std::string const& named);

/// The same of a folder's own owner and mode: whether a search for files may go through it.
bool is_own_folder(std::string const& path);

/// What is run, or names what is run, or is believed without having been asked for, goes through here: it is opened
/// once, and what was checked is what is read or run.
class TrustedFile {
 public:
  enum class For { reading, running, listing };  ///< listing: a folder
  /// What is done about a file that is not to be trusted; where it throws nothing, the file stays open all the same.
  using Refuse = void (*)(std::string const& path, Distrust const& why);
  /// Throws `file.unreadable`, `file.untrusted`.
  TrustedFile(std::string path, For what, Refuse refuse = refuse_untrusted);
  ~TrustedFile();
  TrustedFile(TrustedFile const&) = delete;
  TrustedFile& operator=(TrustedFile const&) = delete;

  int descriptor() const { return descriptor_; }
  std::optional<Distrust> const& distrusted() const { return distrusted_; }
  /// At most `limit` bytes of a regular file: `input.too_large`.
  std::string read(std::size_t limit) const;

  static void bear_untrusted(std::string const&, Distrust const&) {}
  [[noreturn]] static void refuse_untrusted(std::string const& path, Distrust const& why);

 private:
  std::string path_;
  int descriptor_;
  std::optional<Distrust> distrusted_;
};

/// As `read_file`, of a file that can be trusted.
std::string read_trusted_file(std::string const& path, std::size_t limit = 1 << 20);

}  // namespace umsops::config
