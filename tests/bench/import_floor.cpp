// SPDX-License-Identifier: Apache-2.0
// import_floor DB FILE: a new store of the floor's from JSON lines, parsed by simdjson, in one transaction.
#include <simdjson.h>

#include "floor.hpp"

using namespace floor_store;

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  sqlite3* const db = open_store(argv[1]);
  run(db, kSchema);
  run(db, "PRAGMA cache_size=-65536; BEGIN IMMEDIATE");
  auto* const ticket =
      prepare(db,
              "INSERT INTO tickets(key, title, description, category, priority, status, requester, assignee, "
              "created_at, resolved_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 28800)");
  auto* const event = prepare(db, "INSERT INTO events(ticket, at, kind, data) VALUES (?, ?, 'imported', '{}')");
  static constexpr char const* kFields[] = {"key",    "title",        "description", "category",   "priority",
                                            "status", "requester_id", "assignee_id", "created_at", "resolved_at"};
  auto text = simdjson::padded_string::load(argv[2]);
  simdjson::dom::parser parser;
  simdjson::dom::document_stream documents;
  if (text.error() || parser.parse_many(text.value()).get(documents)) return 1;
  for (auto document : documents) {
    std::string_view value, created;
    for (int i = 0; i < 10; ++i) {
      if (document[kFields[i]].get(value))
        sqlite3_bind_null(ticket, i + 1);
      else
        bind(ticket, i + 1, value);
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
