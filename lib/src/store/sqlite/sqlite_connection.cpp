// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_connection.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>

#include "store/migration.hpp"
#include "store/sqlite/sqlite_errors.hpp"
#include "store/sqlite/sqlite_memory.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/interruption.hpp"
#include "umsops/base/text.hpp"

namespace umsops::store {
namespace {

constexpr std::size_t kMostStatements = 200;
constexpr int kStepsToLook = 20'000;  ///< a few milliseconds

int is_interrupted(void*) { return base::interrupting_signal != 0 ? 1 : 0; }

void free_text(void* text) { delete static_cast<std::string*>(text); }

/// umsops_holds(TEXT, PART): the part is folded once for all rows of a statement.
void holds_function(sqlite3_context* context, int, sqlite3_value** arguments) try {
  auto const text_of = [](sqlite3_value* value) {
    auto const* const text = reinterpret_cast<char const*>(sqlite3_value_text(value));
    return text ? std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(value))) : std::string_view();
  };
  auto* folded = static_cast<std::string*>(sqlite3_get_auxdata(context, 1));
  std::unique_ptr<std::string> own;
  if (folded == nullptr) own = std::make_unique<std::string>(base::fold(text_of(arguments[1])));
  sqlite3_result_int(context, base::holds_folded(text_of(arguments[0]), folded ? *folded : *own) ? 1 : 0);
  if (own) sqlite3_set_auxdata(context, 1, own.release(), free_text);
} catch (std::bad_alloc const&) {
  sqlite3_result_error_nomem(context);
}

/// Of the table $1, but for the one on $2 alone: what drops each and what makes it again.
constexpr std::string_view kPlainIndexes =
    "SELECT format('DROP INDEX \"%w\"', name), sql FROM sqlite_schema AS s WHERE type = 'index' AND tbl_name = $1 "
    "AND sql LIKE 'CREATE INDEX %' "
    "AND (SELECT group_concat(i.name) FROM pragma_index_info(s.name) AS i) <> $2";

int busy_argument(std::chrono::milliseconds limit) {
  return static_cast<int>(std::clamp<std::int64_t>(limit.count(), 0, INT_MAX));
}

/// A file URI that tells SQLite that no other process can change the file: it then asks for no log and no lock.
std::string unchanging_uri(std::string const& path) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string uri = "file:";
  for (char const c : path) {
    if (c == '%' || c == '?' || c == '#') {
      uri.append({'%', kHex[static_cast<unsigned char>(c) >> 4], kHex[static_cast<unsigned char>(c) & 15]});
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

/// The superuser follows no link at the file's own name; links on the way there are the machine's. A name with a folder
/// never has a meaning of SQLite's own, as `:memory:` has.
std::string real_name(std::string const& path) {
  if (::geteuid() != 0) return path.find('/') == std::string::npos ? "./" + path : path;
  std::unique_ptr<char, decltype(&std::free)> folder(::realpath(folder_of(path).c_str(), nullptr), &std::free);
  if (!folder) return path;
  return std::string(folder.get()) + "/" + path.substr(path.rfind('/') + 1);
}

/// Counting bytes takes a lock at every allocation, and nobody reads the count. Too late when the program that we are
/// part of uses SQLite already; then it stays as it is.
void configure_once() {
  [[maybe_unused]] static bool const done = [] {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    pool_sqlite_memory();
    return true;
  }();
}

SQLite::Database open_database(std::string const& path, std::chrono::milliseconds busy_limit, bool unchanging) {
  configure_once();
  // A connection belongs to one thread. The superuser follows no links: others could plant one.
  int flags = SQLITE_OPEN_NOMUTEX | (::geteuid() == 0 ? SQLITE_OPEN_NOFOLLOW : 0);
  // Readers open for writing too: the log's index beside the store has to be written even for a read.
  flags |= unchanging ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE;
  std::string const name = real_name(path);
  try {
    return SQLite::Database(unchanging ? unchanging_uri(name) : name, flags, busy_argument(busy_limit));
  } catch (SQLite::Exception const& failure) {
    raise_sqlite(failure, nullptr, path);
  }
}

/// `$n` as the engine's own `?n`: it takes `$n` for a name, and looks it up at each use. A plain `?`, which needs no
/// look-up at all, where they come in the order of their numbers. Our SQL holds no `$` but these.
std::string numbered(std::string const& sql) {
  std::string in_order, by_number;
  int next = 1;
  bool ordered = true;
  for (std::size_t at = 0; at < sql.size();) {
    std::size_t const mark = std::min(sql.find('$', at), sql.size());
    in_order.append(sql, at, mark - at);
    by_number.append(sql, at, mark - at);
    if (mark == sql.size()) break;
    std::size_t const end = std::min(sql.find_first_not_of("0123456789", mark + 1), sql.size());
    std::string_view const number = std::string_view(sql).substr(mark + 1, end - mark - 1);
    ordered = ordered && number == std::to_string(next++);
    in_order += '?';
    by_number.append("?").append(number);
    at = end;
  }
  return ordered ? in_order : by_number;
}

}  // namespace

SqliteStatement::SqliteStatement(SQLite::Database const& db, std::string const& path, std::string const& sql)
    : db_(db),
      path_(path),
      statement_(db, numbered(sql)),
      texts_(static_cast<std::size_t>(statement_.getBindParameterCount()) + 1) {}

Statement& SqliteStatement::bind(int parameter, std::int64_t value) {
  translated(db_, path_, [&] { statement_.bind(parameter, value); });
  return *this;
}

Statement& SqliteStatement::bind(int parameter, std::string_view value) {
  // The engine uses our copy, whose memory is used again for the next row.
  std::string& kept = texts_[static_cast<std::size_t>(parameter)];
  kept = value;
  translated(db_, path_, [&] { statement_.bindNoCopy(parameter, kept); });
  return *this;
}

Statement& SqliteStatement::bind_kept(int parameter, std::string const& value) {
  translated(db_, path_, [&] { statement_.bindNoCopy(parameter, value); });
  return *this;
}

Statement& SqliteStatement::bind_bytes(int parameter, std::string_view bytes) {
  std::string& kept = texts_[static_cast<std::size_t>(parameter)];
  kept = bytes;
  translated(db_, path_, [&] { statement_.bindNoCopy(parameter, kept.data(), static_cast<int>(kept.size())); });
  return *this;
}

Statement& SqliteStatement::bind_null(int parameter) {
  translated(db_, path_, [&] { statement_.bind(parameter); });
  return *this;
}

bool SqliteStatement::step() {
  busy_ = true;
  bool const row = translated(db_, path_, [&] { return statement_.executeStep(); });
  busy_ = row;
  return row;
}

void SqliteStatement::reset() noexcept {
  statement_.tryReset();  // it repeats the error of the last step, which was thrown there
  busy_ = false;
}

bool SqliteStatement::is_null(int column) const {
  return translated(db_, path_, [&] { return statement_.isColumnNull(column); });
}

std::int64_t SqliteStatement::integer(int column) const {
  return translated(db_, path_, [&] { return statement_.getColumn(column).getInt64(); });
}

std::string SqliteStatement::text(int column) const {
  return translated(db_, path_, [&] { return statement_.getColumn(column).getString(); });
}

void SqliteStatement::make_ready() {
  reset();
  translated(db_, path_, [&] { statement_.clearBindings(); });
}

SqliteConnection::SqliteConnection(std::string path, Mode mode, std::chrono::milliseconds busy_limit, bool unchanging)
    : path_(std::move(path)), db_(open_database(path_, busy_limit, unchanging)) {
  harden(mode == Mode::draft);
  // A long statement looks now and then whether to go on. Never one that commits: that takes few steps.
  sqlite3_progress_handler(db_.getHandle(), kStepsToLook, is_interrupted, nullptr);
  if (mode == Mode::draft) {
    // Nobody sees a draft before it is published, and then it is synced as a whole.
    run_script("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF");
  } else if (mode == Mode::write) {
    // Also reads the schema, here where no other writer waits for it.
    // FULL: with less, a power cut can lose commits that were reported in write-ahead mode.
    run_script("PRAGMA cell_size_check=ON; PRAGMA cache_size=-65536; PRAGMA synchronous=FULL");
  } else {
    run_script("PRAGMA cell_size_check=ON");
  }
}

void SqliteConnection::harden(bool draft) {
  sqlite3* const handle = db_.getHandle();
  // A store file may come from anywhere. What its schema could make the engine do (triggers, views, functions) is off,
  // and a typing error in quotes is an error, not a string.
  struct Setting {
    int which, value;
  };
  for (Setting const setting :
       {Setting{SQLITE_DBCONFIG_DEFENSIVE, 1}, Setting{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        Setting{SQLITE_DBCONFIG_DQS_DDL, 0}, Setting{SQLITE_DBCONFIG_DQS_DML, 0},
        Setting{SQLITE_DBCONFIG_ENABLE_FKEY, 1}, Setting{SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, draft ? 0 : 1},
        Setting{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, Setting{SQLITE_DBCONFIG_ENABLE_VIEW, 0}}) {
    if (sqlite3_db_config(handle, setting.which, setting.value, nullptr) != SQLITE_OK) {
      throw base::Error(base::errors::store_unavailable,
                        {{"problem", "this SQLite lacks a safety switch: " + std::to_string(setting.which)}});
    }
  }
  // The log is copied back by a writer inside the lock file only; see SqliteStore.
  sqlite3_wal_autocheckpoint(handle, 0);
}

Statement& SqliteConnection::prepare(std::string_view sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end()) {
    if (statements_.size() >= kMostStatements) drop_oldest();
    std::string text(sql);
    auto statement = translated(db_, path_, [&] { return std::make_unique<SqliteStatement>(db_, path_, text); });
    found = statements_.emplace(std::move(text), std::move(statement)).first;
  } else {
    found->second->make_ready();
  }
  found->second->last_use = ++uses_;
  return *found->second;
}

void SqliteConnection::drop_oldest() {
  auto oldest = statements_.end();
  for (auto it = statements_.begin(); it != statements_.end(); ++it) {
    // Its user still reads rows from it.
    if (it->second->busy()) continue;
    if (oldest == statements_.end() || it->second->last_use < oldest->second->last_use) oldest = it;
  }
  if (oldest != statements_.end()) statements_.erase(oldest);
}

void SqliteConnection::run_script(std::string const& sql) {
  translated(db_, path_, [&] { db_.exec(sql); });
}

void SqliteConnection::run_step(std::string_view sql) { run_script(sqlite_dialect(sql)); }

std::vector<std::string> SqliteConnection::drop_indexes(std::string_view table, std::string_view kept) {
  std::vector<std::string> drops, made_by;
  {
    Reading rows(prepare(kPlainIndexes));
    rows->bind(1, table).bind(2, kept);
    while (rows->step()) {
      drops.push_back(rows->text(0));
      made_by.push_back(rows->text(1));
    }
  }
  for (std::string const& sql : drops) prepare(sql).step();
  return made_by;
}

std::string SqliteConnection::member_sql(std::string_view column, std::string_view parameter) const {
  return std::string("(").append(column).append(" ->> ").append(parameter).append(")");
}

/// The engine's own lower() and LIKE know ASCII alone. The function is made by the first statement that needs it.
std::string SqliteConnection::contains_sql(std::string_view column, std::string_view parameter, bool) const {
  auto* const handle = db_.getHandle();
  if (!folds_) {
    constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    sqlite3_create_function_v2(handle, "umsops_holds", 2, kFlags, nullptr, holds_function, nullptr, nullptr, nullptr);
    folds_ = true;
  }
  return std::string("umsops_holds(").append(column).append(", ").append(parameter).append(")");
}

std::string SqliteConnection::among_sql(std::string_view column, std::string_view parameter) const {
  return std::string(column).append(" IN (SELECT value FROM json_each(").append(parameter).append("))");
}

std::string SqliteConnection::member_key(std::string_view name) const { return "$.\"" + std::string(name) + "\""; }

void SqliteConnection::reset_statements() noexcept {
  for (auto& [sql, statement] : statements_) {
    if (statement->busy()) statement->reset();
  }
}

void SqliteConnection::set_busy_limit(std::chrono::milliseconds limit) {
  translated(db_, path_, [&] { db_.setBusyTimeout(busy_argument(limit)); });
}

bool SqliteConnection::read_only() const { return sqlite3_db_readonly(db_.getHandle(), "main") == 1; }

}  // namespace umsops::store
