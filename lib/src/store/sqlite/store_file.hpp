// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace umsops::store {

/// "umso": marks the file as ours in SQLite's header.
inline constexpr std::int64_t kApplicationId = 0x756d736f;

/// Which file a name stands for; zeros: none.
struct FileId {
  dev_t device = 0;
  ino_t inode = 0;
  auto operator<=>(FileId const&) const = default;
  explicit operator bool() const { return inode != 0; }
};
/// Follows links.
FileId file_at(std::string const& path);

/// What looking at a store's file tells before any engine opens it.
struct StoreFile {
  std::string path;  ///< symbolic links at its end resolved, so that all names share one lock file
  FileId id;
  bool writable = false;    ///< by this process: the file, and the folder for the log beside it
  bool logless = true;      ///< it has no write-ahead log yet, as a backup; also when its header was not looked at
  bool unchanging = false;  ///< it lies on a medium that nobody can write, and there is no log beside it
};

/// Refuses what is not ours: no file, a directory, a pipe, another program's file, a network file system, a short file.
/// Never touches the files that SQLite keeps beside the store: closing one would drop this process's locks on it.
StoreFile inspect_store_file(std::string const& path);

/// Name of a network file system's type from `statfs`, empty for all others.
std::string_view network_file_system(std::uint64_t type);
/// Throws `store.network_file_system` when the folder of `path` lies on one.
void refuse_network_file_system(std::string const& path);

/// While it lives, this process holds a connection to that file, so the file may not be opened and closed by hand.
class OpenMark {
 public:
  explicit OpenMark(FileId id);
  ~OpenMark();
  OpenMark(OpenMark const&) = delete;
  static bool present(FileId id);

 private:
  FileId id_;
};

/// `/a/b` of `/a/b/c`, `.` of `c`.
std::string folder_of(std::string const& path);

/// Makes what was written to a file, or the names in a folder (`O_DIRECTORY`), safe from a power cut. Throws `store.*`.
void sync_file(std::string const& path, int flags);

/// A new file of this process's own, 0600, beside `target`; removed at the end with what SQLite left beside it, unless
/// it was published under the target's name.
class DraftFile {
 public:
  enum class Over { nothing, existing };
  explicit DraftFile(std::string target, Over over = Over::nothing);
  ~DraftFile();
  DraftFile(DraftFile const&) = delete;
  std::string const& path() const { return path_; }
  /// Syncs the file and gives it the target's name. `store.exists` when the name is taken, unless the draft was made
  /// over an existing file.
  void publish();

 private:
  void take_over_rights();
  void rename();
  std::string target_, path_;
  Over over_;
};

}  // namespace umsops::store
