// SPDX-License-Identifier: Apache-2.0
#include "cli/privacy/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "cli/configured.hpp"
#include "umsops/desk/spool.hpp"

namespace umsops::cli::privacy {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string const& path) {
  throw base::Error(base::errors::output_failed, {{"where", path}, {"problem", std::strerror(errno)}});
}

/// An open file that nobody else writes meanwhile.
class LockedFile {
 public:
  explicit LockedFile(std::string const& path)
      : path_(path), number_(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {
    struct stat facts {};
    plain_ = number_ >= 0 && ::fstat(number_, &facts) == 0 && S_ISREG(facts.st_mode);
    free_ = plain_ && ::flock(number_, LOCK_EX | LOCK_NB) == 0;
  }
  ~LockedFile() {
    if (number_ >= 0) ::close(number_);
  }
  LockedFile(LockedFile const&) = delete;
  bool is_plain() const { return plain_; }
  bool is_free() const { return free_; }

  std::string read() const {
    std::string text;
    char block[64 << 10];
    for (ssize_t got = 0; (got = ::pread(number_, block, sizeof block, static_cast<off_t>(text.size()))) != 0;) {
      if (got < 0) fail(path_);
      text.append(block, static_cast<std::size_t>(got));
    }
    return text;
  }
  /// In place: whoever has it open goes on in this very file. What is behind the new end was there before.
  void write(std::string_view text) const {
    for (std::size_t at = 0; at < text.size();) {
      auto const put = ::pwrite(number_, text.data() + at, text.size() - at, static_cast<off_t>(at));
      if (put < 0 && errno != EINTR) fail(path_);
      if (put > 0) at += static_cast<std::size_t>(put);
    }
    if (::ftruncate(number_, static_cast<off_t>(text.size())) != 0 || ::fsync(number_) != 0) fail(path_);
  }

 private:
  std::string const& path_;
  int number_;
  bool plain_ = false, free_ = false;
};

class Cleaner {
 public:
  Cleaner(Env& env, desk::Erasure const& erasure, bool dry_run)
      : env_(env), erasure_(erasure), names_(erasure.person.names), tickets_(erasure.tickets), dry_run_(dry_run) {}

  CleanedFiles run() {
    for (auto const& channel : configured_channels(env_).channels) {
      if (channel.type == notify::ChannelType::file)
        clean(channel.path, [&](std::string_view text) { return without_lines(text); });
    }
    clean_logs();
    clean_model();
    return std::move(out_);
  }

 private:
  template <class Without>
  void clean(std::string const& path, Without&& without) {
    LockedFile const file(path);
    if (!file.is_plain()) return;
    if (!file.is_free()) {
      out_.busy.push_back(path);
      return;
    }
    auto const text = file.read();
    auto const rest = without(text);
    if (rest == text) return;
    if (!dry_run_) file.write(rest);
    out_.cleaned.push_back(path);
  }

  /// A line is a message: one about a ticket of theirs says what they wrote.
  std::string without_lines(std::string_view text) const {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      auto const end = std::min(text.find('\n', at), text.size() - 1) + 1;
      auto const line = text.substr(at, end - at);
      if (!tickets_.in(line)) out += names_.in(line) ? names_.without(line) : std::string(line);
      at = end;
    }
    return out;
  }

  void clean_logs() {
    auto const state = env_.settings().state_directory();
    std::error_code problem;
    for (fs::recursive_directory_iterator file(state + "/runbooks", problem), end;
         !state.empty() && !problem && file != end; file.increment(problem)) {
      if (!file->is_regular_file(problem) || file->path().extension() != ".log") continue;
      clean(file->path().string(),
            [&](std::string_view text) { return names_.in(text) ? names_.without(text) : std::string(text); });
    }
  }

  bool knows_them(learn::Model const& model) const {
    for (auto const digest : erasure_.digests) {
      if (model.has_seen(digest)) return true;
    }
    for (std::size_t target = 0; target < model.targets(); ++target) {
      for (std::size_t label = 0; label < model.classes(target); ++label) {
        auto const number = static_cast<std::int32_t>(label);
        if (names_.in(model.label(target, number)) || names_.in(model.strongest(target, number))) return true;
      }
    }
    return false;
  }
  /// It was learned from the desk's texts, and is learned anew from what is left of them.
  void clean_model() {
    auto const file = configured_model(env_);
    if (file.path().empty()) return;
    bool known = false;
    for (bool const previous : {false, true}) {
      try {
        auto const model = previous ? file.previous() : file.open();
        known = known || (model && knows_them(*model));
      } catch (base::Error const&) {
        known = true;  // nobody can say what is in it
      }
    }
    if (!known) return;
    out_.model = file.path();
    for (auto const& path : {file.path(), file.previous_path()}) {
      if (!dry_run_ && ::unlink(path.c_str()) != 0 && errno != ENOENT) fail(path);
    }
  }

  Env& env_;
  desk::Erasure const& erasure_;
  model::PersonNames const& names_;
  model::PersonNames tickets_;
  bool dry_run_;
  CleanedFiles out_;
};

}  // namespace

void refuse_waiting(Env& env) {
  auto const folder = env.settings().state_directory();
  if (folder.empty()) return;
  std::int64_t waiting = 0;
  desk::list_spool(folder, env.spool_target(), [&](desk::SpoolEntry const& entry) {
    waiting += entry.place != desk::SpoolPlace::elsewhere ? 1 : 0;
  });
  if (waiting > 0)
    throw base::Error(base::errors::privacy_waiting,
                      {{"count", std::to_string(waiting)}, {"path", folder + "/spool.jsonl"}});
}

CleanedFiles clean_files(Env& env, desk::Erasure const& erasure, bool dry_run) {
  return Cleaner(env, erasure, dry_run).run();
}

}  // namespace umsops::cli::privacy
