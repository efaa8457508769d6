// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "store/event_log.hpp"
#include "store/maintenance.hpp"
#include "store/restore.hpp"
#include "store/sqlite/sqlite_engine.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;

/// `desk.db.replaced-20261129T163000Z`.
std::string kept_name(std::string const& path, base::TimePoint now) {
  std::string time = base::format_rfc3339(now).substr(0, 19) + "Z";
  std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
  return free_name(path + ".replaced-" + time);
}

std::string hash_at(Connection& db, std::int64_t seq) {
  Reading row(db.prepare("SELECT hash FROM events WHERE seq = $1"));
  row->bind(1, seq);
  return row->step() ? row->bytes(0) : std::string();
}

/// The last entry that both histories have. Hashes are chained: where two are equal, all before them are.
std::int64_t last_common(Connection& one, Connection& other) {
  std::int64_t low = 0, high = std::min(chain_head(one).seq, chain_head(other).seq);
  while (low < high) {
    std::int64_t const middle = low + (high - low + 1) / 2;
    if (hash_at(one, middle) == hash_at(other, middle)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/// A store that no program can open any more. What is no store is one if writers have queued for it: its lock file lies
/// beside it, so somebody else's file is not taken for a broken store.
bool is_wreck(Error const& error, std::string const& path) {
  if (error.kind() == base::ErrorKind::damaged || &error.code() == &errors::store_foreign_log) return true;
  struct stat facts {};
  return &error.code() == &errors::store_not_ours && ::lstat(path.c_str(), &facts) == 0 && S_ISREG(facts.st_mode) &&
         (facts.st_size == 0 || sqlite_exists(path + ".lock"));
}

[[noreturn]] void fail(std::string const& path, int error) {
  throw Error(errors::store_unavailable, {{"problem", path + ": " + std::strerror(error)}});
}

class Restore {
 public:
  explicit Restore(RestoreOptions const& options)
      : options_(options),
        backup_({.path = options.backup, .lock_wait = options.lock_wait, .audit_key = options.audit_key}) {}

  RestoreSummary run() {
    // The view that was checked is the one that is restored.
    ReadTx const view(backup_);
    if (std::string const flaw = first_flaw(backup_, options_.audit_key); !flaw.empty()) {
      throw Error(errors::store_damaged, {{"problem", "the backup is not sound: " + flaw}});
    }
    Figures const figures = store::figures(backup_);
    summary_.store_id = figures.store_id;
    summary_.events = figures.events;
    summary_.records = figures.records;
    summary_.head = chain_head(backup_.connection());
    summary_.replaced = sqlite_exists(options_.path);
    if (summary_.replaced) {
      replace();
    } else if (!options_.dry_run) {
      make_room(options_.path);
      backup_.copy_to(options_.path);
    }
    return summary_;
  }

 private:
  void replace() {
    std::unique_ptr<SqliteStore> target;
    try {
      target = std::make_unique<SqliteStore>(OpenOptions{.path = options_.path,
                                                         .access = OpenOptions::Access::write,
                                                         .lock_wait = options_.lock_wait,
                                                         .accept = OpenOptions::Accept::any});
    } catch (Error const& error) {
      if (!is_wreck(error, options_.path)) throw;
    }
    if (!target || !overwrite(*target)) {
      target.reset();
      exchange_files();
    }
  }

  /// Writes the backup into the store as one transaction; false: the engine cannot do that with what is there.
  bool overwrite(SqliteStore& target) {
    if (target.is_same_file(backup_)) {
      throw Error(errors::store_not_empty, {{"path", options_.path}, {"problem", "it is the backup itself"}});
    }
    SqliteStore::Turn const turn(target);
    compare(target);
    if (options_.dry_run) return true;
    if (target.page_size() != backup_.page_size()) return false;
    std::string const kept = kept_name(target.path(), options_.now);
    try {
      target.keep_as(kept);
    } catch (Error const& error) {
      if (error.kind() != base::ErrorKind::damaged) throw;
      return false;
    }
    summary_.kept = kept;
    target.become(backup_);
    return true;
  }

  /// What would be lost, and whether that is wanted.
  void compare(SqliteStore& target) {
    std::string id;
    try {
      id = stored_info(target.connection(), "store_id");
      if (target.schema_version() == backup_.schema_version()) {
        summary_.lost = chain_head(target.connection()).seq - last_common(target.connection(), backup_.connection());
      }
    } catch (Error const& error) {
      if (error.kind() != base::ErrorKind::damaged) throw;
    }
    if (options_.other_desk) return;
    if (!id.empty() && id != summary_.store_id) {
      throw Error(errors::store_other_desk, {{"path", options_.path}, {"actual", id}, {"backup", summary_.store_id}});
    }
    if (summary_.lost.value_or(0) > 0 && !options_.older && !options_.dry_run) {
      throw Error(errors::store_backup_older, {{"path", options_.path}, {"count", std::to_string(*summary_.lost)}});
    }
  }

  /// Puts a new file in the place of one that no program can open. At each moment a file has the name.
  void exchange_files() {
    if (options_.dry_run) return;
    DraftFile draft(options_.path, DraftFile::Over::existing);
    backup_.copy_into(draft);
    LockFile lock(options_.path + ".lock");
    lock.acquire(options_.lock_wait);
    lock.renew();
    std::string const kept = kept_name(options_.path, options_.now);
    if (::link(options_.path.c_str(), kept.c_str()) != 0) fail(kept, errno);
    // Its log may hold what is missing in it, and would be taken for that of the new file.
    for (char const* ending : {"-wal", "-shm"}) {
      if (::rename((options_.path + ending).c_str(), (kept + ending).c_str()) != 0 && errno != ENOENT) {
        fail(options_.path + ending, errno);
      }
    }
    draft.publish();
    lock.release();
    summary_.kept = kept;
  }

  RestoreOptions const& options_;
  SqliteStore backup_;
  RestoreSummary summary_;
};

}  // namespace

RestoreSummary sqlite_restore(RestoreOptions const& options) { return Restore(options).run(); }

}  // namespace umsops::store
