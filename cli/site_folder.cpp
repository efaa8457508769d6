// SPDX-License-Identifier: Apache-2.0
#include "cli/site_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <thread>

#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/signals.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::cli {

namespace {

namespace fs = std::filesystem;
using base::Error;

/// Digests and names, as sha256sum writes and checks them.
constexpr std::string_view kMarker = ".umsops-site";
constexpr std::string_view kMarkerHead = "# site of umsops; sha256sum -c .umsops-site checks it\n";
constexpr std::size_t kLargestMarker = 64u << 20, kLargestFile = 1u << 30;
constexpr int kMostTurns = 200;  ///< of 50 ms, for another export beside this one

[[noreturn]] void unwritable(fs::path const& path, int number) {
  throw Error(base::errors::output_failed, {{"where", path.string()}, {"problem", std::strerror(number)}});
}
[[noreturn]] void not_ours(fs::path const& folder, std::string problem) {
  throw Error(base::errors::site_not_ours, {{"folder", folder.string()}, {"problem", std::move(problem)}});
}

/// A descriptor that is closed when it goes.
class Opened {
 public:
  Opened(fs::path const& path, int flags, mode_t mode = 0) : number_(open(path.c_str(), flags | O_CLOEXEC, mode)) {
    if (number_ < 0) unwritable(path, errno);
  }
  ~Opened() { close(number_); }
  Opened(Opened const&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

/// Where the site is to stand: a link to a folder stays, and leads to it.
struct Target {
  fs::path folder, parent;
  std::string name;
  bool exists = false;
};

Target target_of(std::string const& given) {
  std::error_code problem;
  fs::path path = fs::absolute(given, problem).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  Target target;
  target.exists = fs::symlink_status(path, problem).type() != fs::file_type::not_found;
  if (target.exists) {
    path = fs::canonical(path, problem);
    if (problem) unwritable(given, problem.value());
    if (!fs::is_directory(path, problem)) not_ours(path, "it is no folder");
  }
  target.folder = path;
  target.parent = path.parent_path();
  target.name = path.filename().string();
  if (target.name.empty()) not_ours(path, "it is the root");
  return target;
}

/// The names of all that stands in the folder but folders; what is no plain file is `not_ours`.
std::set<std::string> files_in(fs::path const& folder) {
  std::set<std::string> names;
  std::error_code problem;
  auto entry = fs::recursive_directory_iterator(folder, problem);
  for (; !problem && entry != fs::recursive_directory_iterator(); entry.increment(problem)) {
    signals::check();
    auto const type = entry->symlink_status().type();
    auto const name = entry->path().lexically_relative(folder).string();
    if (type == fs::file_type::directory) continue;
    if (type != fs::file_type::regular) not_ours(folder, name + " is no plain file");
    names.insert(name);
  }
  if (problem) {
    throw Error(base::errors::file_unreadable, {{"file", folder.string()}, {"problem", problem.message()}});
  }
  return names;
}

/// What an earlier export put there, by the marker.
std::set<std::string> marked_files(fs::path const& folder) {
  std::string const text = read_whole((folder / kMarker).string(), kLargestMarker);
  if (!text.starts_with(kMarkerHead)) not_ours(folder, std::string(kMarker) + " is of another kind");
  std::set<std::string> names{std::string(kMarker)};
  constexpr std::size_t kDigest = 64 + 2;
  for (std::size_t at = kMarkerHead.size(); at < text.size();) {
    std::size_t const end = std::min(text.find('\n', at), text.size());
    if (end - at > kDigest) names.insert(text.substr(at + kDigest, end - at - kDigest));
    at = end + 1;
  }
  return names;
}

/// The names of the files there, all of them ours.
std::set<std::string> own_files(Target const& target) {
  if (!target.exists) return {};
  auto names = files_in(target.folder);
  if (names.empty()) return {};
  if (!names.contains(std::string(kMarker))) not_ours(target.folder, "it holds " + *names.begin());
  auto const marked = marked_files(target.folder);
  for (auto const& name : names) {
    if (!marked.contains(name)) not_ours(target.folder, "it holds " + name + ", too");
  }
  return names;
}

std::string marker_of(std::vector<site::File> const& files) {
  std::string text(kMarkerHead);
  for (auto const& file : files) text += base::sha256_hex(file.bytes) + "  " + file.path + "\n";
  return text;
}

SiteChange compare(Target const& target, std::vector<site::File> const& files) {
  auto left = own_files(target);
  left.erase(std::string(kMarker));
  SiteChange change;
  change.files = static_cast<std::int64_t>(files.size());
  for (auto const& file : files) {
    if (left.erase(file.path) == 0) {
      ++change.added;
    } else if (read_whole((target.folder / file.path).string(), kLargestFile) != file.bytes) {
      ++change.changed;
    }
  }
  change.removed = static_cast<std::int64_t>(left.size());
  return change;
}

/// The parent's lock, so that two exports do not meet; nothing where its file system has none.
class Turn {
 public:
  explicit Turn(fs::path const& parent) : folder_(parent, O_RDONLY | O_DIRECTORY) {
    for (int turns = 0; flock(folder_.number(), LOCK_EX | LOCK_NB) != 0; ++turns) {
      if (errno != EWOULDBLOCK && errno != EINTR) return;
      if (turns == kMostTurns) unwritable(parent, EBUSY);
      signals::check();
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    held_ = true;
  }
  bool held() const { return held_; }
  void sync() const {
    if (fsync(folder_.number()) != 0 && errno != EINVAL) unwritable("the folder above", errno);
  }

 private:
  Opened folder_;
  bool held_ = false;
};

/// What the names of a site's drafts begin with.
std::string draft_start(Target const& target) { return "." + target.name + ".umsops-"; }

/// Drafts of exports that were killed, also of one that had all but removed what it replaced.
void remove_left(Target const& target) {
  std::error_code ignored;
  for (auto const& entry : fs::directory_iterator(target.parent, ignored)) {
    if (entry.path().filename().string().starts_with(draft_start(target))) fs::remove_all(entry.path(), ignored);
  }
}

/// The new folder beside its place. What is left of it when it goes is removed.
class Draft {
 public:
  explicit Draft(Target const& target)
      : target_(target), path_(target.parent / (draft_start(target) + std::to_string(getpid()))) {
    if (mkdir(path_.c_str(), 0777) != 0) unwritable(path_, errno);
  }
  ~Draft() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Draft(Draft const&) = delete;

  void write(std::string const& name, std::string_view bytes) {
    signals::check();
    auto const path = path_ / name;
    std::error_code problem;
    if (auto const folder = path.parent_path(); folders_.insert(folder.string()).second) {
      fs::create_directories(folder, problem);
    }
    if (problem) unwritable(path, problem.value());
    Opened const file(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    write_all(file.number(), bytes, path.string());
  }

  /// On the disk, with all its files.
  void sync() const {
    Opened const folder(path_, O_RDONLY | O_DIRECTORY);
    struct stat before = {};
    if (target_.exists && stat(target_.folder.c_str(), &before) == 0) {
      if (fchmod(folder.number(), before.st_mode & 07777) != 0) unwritable(path_, errno);
    }
    if (syncfs(folder.number()) != 0) unwritable(path_, errno);
  }

  /// Into its place; what was there is then where the draft was.
  void take_place() {
    auto const rename_with = [&](unsigned how) {
      return renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.folder.c_str(), how) == 0;
    };
    if (rename_with(target_.exists ? RENAME_EXCHANGE : RENAME_NOREPLACE)) return;
    if (errno != EINVAL && errno != ENOSYS) unwritable(target_.folder, errno);
    take_place_in_two_steps();
  }

 private:
  /// File systems that cannot exchange: for a moment there is none.
  void take_place_in_two_steps() {
    fs::path aside = path_;
    aside += "-old";
    if (target_.exists && rename(target_.folder.c_str(), aside.c_str()) != 0) unwritable(target_.folder, errno);
    if (rename(path_.c_str(), target_.folder.c_str()) != 0) {
      int const why = errno;
      if (target_.exists && rename(aside.c_str(), target_.folder.c_str()) != 0) unwritable(aside, errno);
      unwritable(target_.folder, why);
    }
    path_ = aside;
  }

  Target const& target_;
  fs::path path_;
  std::set<std::string> folders_;
};

}  // namespace

SiteChange compare_site(std::string const& folder, std::vector<site::File> const& files) {
  return compare(target_of(folder), files);
}

SiteChange write_site(std::string const& folder, std::vector<site::File> const& files) {
  auto target = target_of(folder);
  Turn const turn(target.parent);
  target = target_of(folder);
  if (turn.held()) remove_left(target);
  auto const change = compare(target, files);
  if (target.exists && change.added + change.changed + change.removed == 0) return change;
  Draft draft(target);
  draft.write(std::string(kMarker), marker_of(files));
  for (auto const& file : files) draft.write(file.path, file.bytes);
  draft.sync();
  draft.take_place();
  turn.sync();
  return change;
}

}  // namespace umsops::cli
