// SPDX-License-Identifier: Apache-2.0
// The floor's store: the least that a durable ticket needs, through SQLite's C interface.
#pragma once

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace floor_store {

inline constexpr char const* kSchema =
    "PRAGMA journal_mode=WAL;CREATE TABLE tickets(id INTEGER PRIMARY KEY, key TEXT, title TEXT NOT NULL, description "
    "TEXT, category TEXT NOT NULL, priority TEXT NOT NULL, status TEXT NOT NULL, requester TEXT, assignee TEXT, "
    "created_at TEXT NOT NULL, resolved_at TEXT, due_at INT NOT NULL);CREATE TABLE events(id INTEGER PRIMARY KEY, "
    "ticket INT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, data TEXT);CREATE TABLE outbox(id INTEGER PRIMARY KEY, "
    "ticket INT NOT NULL, channel TEXT NOT NULL, payload TEXT NOT NULL, sent_at INT);CREATE INDEX tickets_open ON "
    "tickets(created_at) WHERE resolved_at IS NULL;CREATE INDEX tickets_due ON tickets(due_at) WHERE resolved_at IS "
    "NULL;CREATE UNIQUE INDEX tickets_key ON tickets(key) WHERE key IS NOT NULL;CREATE INDEX events_ticket ON "
    "events(ticket);CREATE INDEX outbox_waiting ON outbox(id) WHERE sent_at IS NULL;";
inline constexpr int kMostLogPages = 100;

inline void must(int result, sqlite3* db) {
  if (result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW) return;
  std::fprintf(stderr, "floor: %s\n", sqlite3_errmsg(db));
  std::exit(1);
}
inline void run(sqlite3* db, char const* sql) { must(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), db); }
inline sqlite3* open_store(char const* path) {
  sqlite3* db = nullptr;
  must(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr), db);
  sqlite3_busy_timeout(db, 60'000);
  run(db, "PRAGMA synchronous=FULL");
  return db;
}
inline sqlite3_stmt* prepare(sqlite3* db, char const* sql) {
  sqlite3_stmt* statement = nullptr;
  must(sqlite3_prepare_v2(db, sql, -1, &statement, nullptr), db);
  return statement;
}
inline void bind(sqlite3_stmt* statement, int place, std::string_view text) {
  sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}
inline void step(sqlite3* db, sqlite3_stmt* statement) {
  must(sqlite3_step(statement), db);
  sqlite3_reset(statement);
}

}  // namespace floor_store
