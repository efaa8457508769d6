// SPDX-License-Identifier: Apache-2.0
// The floor beside which umsops is measured: the fewest calls of SQLite's C interface that do the same durable work: a
// ticket, an event and an outbox row in one immediate transaction, five indexes, synchronous=FULL.
//   floor import DB FILE        a new store from JSON lines, one transaction
//   floor create DB TITLE [checkpoint]
//                               one ticket. Without `checkpoint` the log stays, and is truncated past 100 pages
//   floor list DB               the 20 newest open tickets
//   floor crowd PROCESSES EACH WORD...
//                               as many processes start that command so often; JSON with latencies in milliseconds
#include <fcntl.h>
#include <simdjson.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr char const* kSchema =
    "PRAGMA journal_mode=WAL;"
    "CREATE TABLE tickets(id INTEGER PRIMARY KEY, key TEXT, title TEXT NOT NULL, description TEXT, category TEXT NOT NULL,"
    " priority TEXT NOT NULL, status TEXT NOT NULL, requester TEXT, assignee TEXT, created_at TEXT NOT NULL, resolved_at TEXT,"
    " due_at INT NOT NULL);"
    "CREATE TABLE events(id INTEGER PRIMARY KEY, ticket INT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, data TEXT);"
    "CREATE TABLE outbox(id INTEGER PRIMARY KEY, ticket INT NOT NULL, channel TEXT NOT NULL, payload TEXT NOT NULL, sent_at INT);"
    "CREATE INDEX tickets_open ON tickets(created_at) WHERE resolved_at IS NULL;"
    "CREATE INDEX tickets_due ON tickets(due_at) WHERE resolved_at IS NULL;"
    "CREATE UNIQUE INDEX tickets_key ON tickets(key) WHERE key IS NOT NULL;"
    "CREATE INDEX events_ticket ON events(ticket);"
    "CREATE INDEX outbox_waiting ON outbox(id) WHERE sent_at IS NULL;";
constexpr int kMostLogPages = 100;

void must(int result, sqlite3* db) {
  if (result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW) return;
  std::fprintf(stderr, "floor: %s\n", sqlite3_errmsg(db));
  std::exit(1);
}
void run(sqlite3* db, char const* sql) { must(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), db); }
sqlite3* open_store(char const* path) {
  sqlite3* db = nullptr;
  must(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr), db);
  sqlite3_busy_timeout(db, 60'000);
  run(db, "PRAGMA synchronous=FULL");
  return db;
}
sqlite3_stmt* prepare(sqlite3* db, char const* sql) {
  sqlite3_stmt* statement = nullptr;
  must(sqlite3_prepare_v2(db, sql, -1, &statement, nullptr), db);
  return statement;
}
void bind(sqlite3_stmt* statement, int place, std::string_view text) {
  sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}
void step(sqlite3* db, sqlite3_stmt* statement) {
  must(sqlite3_step(statement), db);
  sqlite3_reset(statement);
}

int create(int argc, char** argv) {
  bool const keep = argc < 5;
  sqlite3* const db = open_store(argv[2]);
  int pages = 0;
  if (keep) {
    sqlite3_wal_hook(db, [](void* out, sqlite3*, char const*, int count) { *static_cast<int*>(out) = count; return SQLITE_OK; }, &pages);
  }
  std::string const title = argv[3], body = title + " from a script", payload = "{\"title\":\"" + title + "\"}";
  std::string const now = std::to_string(std::time(nullptr));
  run(db, "BEGIN IMMEDIATE");
  auto* const ticket = prepare(db, "INSERT INTO tickets(title, description, category, priority, status, requester, assignee, created_at,"
                                   " due_at) VALUES (?, ?, 'vpn', 'HIGH', 'OPEN', 'user1@corp.example', 'agent7', ?, 28800)");
  bind(ticket, 1, title), bind(ticket, 2, body), bind(ticket, 3, now);
  step(db, ticket);
  auto const id = sqlite3_last_insert_rowid(db);
  auto* const event = prepare(db, "INSERT INTO events(ticket, at, kind, data) VALUES (?, ?, 'created', ?)");
  sqlite3_bind_int64(event, 1, id), bind(event, 2, now), bind(event, 3, payload);
  step(db, event);
  auto* const message = prepare(db, "INSERT INTO outbox(ticket, channel, payload) VALUES (?, 'mail', ?)");
  sqlite3_bind_int64(message, 1, id), bind(message, 2, payload);
  step(db, message);
  run(db, "COMMIT");
  std::printf("{\"id\":%lld}\n", static_cast<long long>(id));
  std::fflush(stdout);
  if (keep && pages > kMostLogPages) sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (keep) _exit(0);
  for (auto* statement : {ticket, event, message}) sqlite3_finalize(statement);
  sqlite3_close(db);
  return 0;
}

int list(char** argv) {
  sqlite3* const db = open_store(argv[2]);
  auto* const rows = prepare(db, "SELECT id, title, category, priority, created_at FROM tickets WHERE resolved_at IS NULL "
                                 "ORDER BY created_at DESC LIMIT 20");
  while (sqlite3_step(rows) == SQLITE_ROW) {
    for (int i = 0; i < 5; ++i) std::printf("%s%c", reinterpret_cast<char const*>(sqlite3_column_text(rows, i)), i < 4 ? '\t' : '\n');
  }
  sqlite3_finalize(rows);
  sqlite3_close(db);
  return 0;
}

int import(char** argv) {
  sqlite3* const db = open_store(argv[2]);
  run(db, kSchema);
  run(db, "PRAGMA cache_size=-65536; BEGIN IMMEDIATE");
  auto* const ticket = prepare(db, "INSERT INTO tickets(key, title, description, category, priority, status, requester, assignee,"
                                   " created_at, resolved_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 28800)");
  auto* const event = prepare(db, "INSERT INTO events(ticket, at, kind, data) VALUES (?, ?, 'imported', '{}')");
  static constexpr char const* kFields[] = {"key",          "title",       "description", "category",   "priority",
                                            "status", "requester_id", "assignee_id", "created_at", "resolved_at"};
  auto text = simdjson::padded_string::load(argv[3]);
  simdjson::dom::parser parser;
  simdjson::dom::document_stream documents;
  if (text.error() || parser.parse_many(text.value()).get(documents)) return 1;
  for (auto document : documents) {
    std::string_view value, created;
    for (int i = 0; i < 10; ++i) {
      if (document[kFields[i]].get(value)) sqlite3_bind_null(ticket, i + 1);
      else bind(ticket, i + 1, value);
    }
    step(db, ticket);
    if (document["created_at"].get(created)) return 1;
    sqlite3_bind_int64(event, 1, sqlite3_last_insert_rowid(db)), bind(event, 2, created);
    step(db, event);
  }
  run(db, "COMMIT");
  sqlite3_finalize(ticket);
  sqlite3_finalize(event);
  sqlite3_close(db);
  return 0;
}

double milliseconds() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// One process that starts the command `each` times; notes how long each took, negative when it failed.
[[noreturn]] void stand_in_crowd(int each, char** command, double* took) {
  for (int i = 0; i < each; ++i) {
    double const begun = milliseconds();
    pid_t const child = fork();
    if (child == 0) {
      dup2(open("/dev/null", O_WRONLY), 1);
      execv(command[0], command);
      _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    took[i] = (status == 0 ? 1 : -1) * (milliseconds() - begun);
  }
  _exit(0);
}

int crowd(char** argv) {
  int const processes = std::atoi(argv[2]), each = std::atoi(argv[3]);
  std::size_t const count = static_cast<std::size_t>(processes) * static_cast<std::size_t>(each);
  auto* const took = static_cast<double*>(
      mmap(nullptr, count * sizeof(double), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  double const begun = milliseconds();
  for (int i = 0; i < processes; ++i) {
    if (fork() == 0) stand_in_crowd(each, argv + 4, took + i * each);
  }
  while (wait(nullptr) > 0) {
  }
  double const all = milliseconds() - begun;
  auto const failed = std::count_if(took, took + count, [](double t) { return t < 0; });
  std::sort(took, took + count);
  std::printf("{\"per_second\": %.0f, \"p50\": %.2f, \"p99\": %.2f, \"max\": %.2f, \"failed\": %ld}\n",
              static_cast<double>(count) / all * 1000, took[count / 2], took[count * 99 / 100], took[count - 1], static_cast<long>(failed));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::string_view const what = argc > 2 ? argv[1] : "";
  if (what == "create" && argc > 3) return create(argc, argv);
  if (what == "import" && argc > 3) return import(argv);
  if (what == "crowd" && argc > 4) return crowd(argv);
  if (what == "list") return list(argv);
  return 2;
}
