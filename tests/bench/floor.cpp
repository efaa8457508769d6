// SPDX-License-Identifier: Apache-2.0
// The floor beside which umsops is measured: the fewest calls of SQLite's C interface that do the same durable work: a
// ticket, an event and an outbox row in one immediate transaction, five indexes, synchronous=FULL.
//   floor create DB TITLE [checkpoint]
//                               one ticket. Without `checkpoint` the log stays, and is truncated past 100 pages
//   floor list DB               the 20 newest open tickets
//   floor alarms DB COUNT       as many incidents, each with an entry of its timeline and an event, in one transaction
//   floor crowd PROCESSES EACH WORD...
//                               as many processes start that command so often; JSON with latencies in milliseconds
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>

#include "floor.hpp"

namespace {

using namespace floor_store;

int create(int argc, char** argv) {
  bool const keep = argc < 5;
  sqlite3* const db = open_store(argv[2]);
  int pages = 0;
  if (keep) {
    sqlite3_wal_hook(
        db,
        [](void* out, sqlite3*, char const*, int count) {
          *static_cast<int*>(out) = count;
          return SQLITE_OK;
        },
        &pages);
  }
  std::string const title = argv[3], body = title + " from a script", payload = "{\"title\":\"" + title + "\"}";
  std::array<char, 32> now{};
  std::time_t const seconds = std::time(nullptr);
  std::strftime(now.data(), now.size(), "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&seconds));
  run(db, "BEGIN IMMEDIATE");
  auto* const ticket =
      prepare(db,
              "INSERT INTO tickets(title, description, category, priority, status, requester, assignee, created_at, "
              "due_at) VALUES (?, ?, 'vpn', 'HIGH', 'OPEN', 'user1@corp.example', 'agent7', ?, 28800)");
  bind(ticket, 1, title), bind(ticket, 2, body), bind(ticket, 3, now.data());
  step(db, ticket);
  auto const id = sqlite3_last_insert_rowid(db);
  auto* const event = prepare(db, "INSERT INTO events(ticket, at, kind, data) VALUES (?, ?, 'created', ?)");
  sqlite3_bind_int64(event, 1, id), bind(event, 2, now.data()), bind(event, 3, payload);
  step(db, event);
  auto* const message = prepare(db, "INSERT INTO outbox(ticket, channel, payload) VALUES (?, 'mail', ?)");
  sqlite3_bind_int64(message, 1, id), bind(message, 2, payload);
  step(db, message);
  run(db, "COMMIT");
  std::printf("{\"id\":%lld}\n", static_cast<long long>(id));
  std::fflush(stdout);
  if (keep && pages > kMostLogPages)
    sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (keep) _exit(0);
  for (auto* statement : {ticket, event, message}) sqlite3_finalize(statement);
  sqlite3_close(db);
  return 0;
}

int alarms(char** argv) {
  sqlite3* const db = open_store(argv[2]);
  run(db,
      "PRAGMA journal_mode=WAL; CREATE TABLE IF NOT EXISTS incidents(id INTEGER PRIMARY KEY, dedup_key TEXT, title "
      "TEXT "
      "NOT NULL, severity TEXT NOT NULL, status TEXT NOT NULL, created_at TEXT NOT NULL, attributes TEXT); CREATE "
      "TABLE "
      "IF NOT EXISTS timeline(incident INT NOT NULL, place INT NOT NULL, at TEXT NOT NULL, content TEXT NOT NULL, "
      "PRIMARY "
      "KEY(incident, place)) WITHOUT ROWID; CREATE TABLE IF NOT EXISTS changes(id INTEGER PRIMARY KEY, incident INT "
      "NOT "
      "NULL, at TEXT NOT NULL, data TEXT); CREATE INDEX IF NOT EXISTS incidents_open ON incidents(status, created_at); "
      "CREATE INDEX IF NOT EXISTS incidents_key ON incidents(dedup_key)");
  char const* const at = "2026-11-23T09:30:00Z";
  run(db, "BEGIN IMMEDIATE");
  auto* const incident =
      prepare(db,
              "INSERT INTO incidents(dedup_key, title, severity, status, created_at, attributes) "
              "VALUES (?, ?, 'CRITICAL', 'OPEN', ?, '{\"instance\":\"ldap01\",\"job\":\"directory\"}')");
  auto* const entry = prepare(db, "INSERT INTO timeline VALUES (?, 1, ?, ?)");
  auto* const change = prepare(db, "INSERT INTO changes(incident, at, data) VALUES (?, ?, ?)");
  for (int i = 0; i < std::atoi(argv[3]); ++i) {
    std::string const title = "disk of the directory is full " + std::to_string(i), key = "am:" + title;
    bind(incident, 1, key), bind(incident, 2, title), bind(incident, 3, at);
    step(db, incident);
    auto const id = sqlite3_last_insert_rowid(db);
    sqlite3_bind_int64(entry, 1, id), bind(entry, 2, at), bind(entry, 3, title);
    step(db, entry);
    sqlite3_bind_int64(change, 1, id), bind(change, 2, at), bind(change, 3, title);
    step(db, change);
  }
  run(db, "COMMIT");
  _exit(0);
}

int list(char** argv) {
  sqlite3* const db = open_store(argv[2]);
  auto* const rows = prepare(db,
                             "SELECT id, title, category, priority, created_at FROM tickets WHERE resolved_at IS NULL "
                             "ORDER BY created_at DESC LIMIT 20");
  while (sqlite3_step(rows) == SQLITE_ROW) {
    for (int i = 0; i < 5; ++i)
      std::printf("%s%c", reinterpret_cast<char const*>(sqlite3_column_text(rows, i)), i < 4 ? '\t' : '\n');
  }
  sqlite3_finalize(rows);
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
              static_cast<double>(count) / all * 1000, took[count / 2], took[count * 99 / 100], took[count - 1],
              static_cast<long>(failed));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::string_view const what = argc > 2 ? argv[1] : "";
  if (what == "create" && argc > 3) return create(argc, argv);
  if (what == "crowd" && argc > 4) return crowd(argv);
  if (what == "list") return list(argv);
  if (what == "alarms" && argc > 3) return alarms(argv);
  return 2;
}
