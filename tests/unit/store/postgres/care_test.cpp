// SPDX-License-Identifier: Apache-2.0
// Care of a desk on a server: its schema, and edits behind the program's back.
#include <algorithm>

#include "store/keys.hpp"
#include "store/migration.hpp"
#include "store/responses.hpp"
#include "unit/store/fixture.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

constexpr base::Milliseconds kWait{5000};

std::vector<MigrationStep> with_next(std::string_view sql) {
  auto steps = desk_schema().steps;
  steps.push_back({steps.back().version + 1, "next", sql});
  return steps;
}

std::vector<std::vector<std::string>> rows_of(Connection& db, std::string const& sql, int columns) {
  std::vector<std::vector<std::string>> rows;
  Reading row(db.prepare(sql));
  while (row->step()) {
    rows.emplace_back();
    for (int i = 0; i < columns; ++i) rows.back().push_back(row->text(i));
  }
  return rows;
}

bool has_flaw(Store& store, std::string const& what) {
  auto const flaws = flaws_of(store);
  return std::any_of(flaws.begin(), flaws.end(), [&](Flaw const& flaw) { return flaw.what == what; });
}

void fill(Desk& desk) {
  for (int i = 1; i <= 3; ++i) {
    auto ticket = a_ticket(desk.ids, i);
    ticket.requester_id = "zhang.wei";
    ticket.attributes = {{"host", "idp-1"}};
    ticket = file_ticket(*desk.store, desk.ids, ticket);
    WriteTx tx(*desk.store);
    insert_response(tx, {desk.ids.next_id(at(i)), ticket.id, "li.na", "text", "EXTERNAL", false, at(i)});
    insert_key(tx, "reply", "key" + std::to_string(i), model::ref_of(ticket), content_hash("said"));
    insert_outbox(tx, {"ticket.confirmation", "ticket", ticket.id, "zhang.wei", base::Value::Object{}},
                  desk.ids.next_id(at(i)), at(i));
    model::Event event;
    event.at = at(i);
    event.actor = {"li.na", "root", "ticket reply"};
    event.noun = "ticket";
    event.record_id = ticket.id;
    event.kind = "replied";
    event.changes = {{"status", "OPEN", "ASSIGNED"}};
    append_event(tx, event, {}, desk.ids);
    tx.commit();
  }
}

}  // namespace

TEST_CASE("an edit of any column of any table on a server is found", "[postgres]") {
  Desk desk;
  fill(desk);
  REQUIRE(flaws_of(*desk.store).empty());
  int edits = 0;
  for (auto const& column : rows_of(desk.db(),
                                    "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE "
                                    "table_schema = current_schema()",
                                    3)) {
    std::string const &table = column[0], &name = column[1];
    if (table == "umsops_turn" || rows_of(desk.db(), "SELECT 1 FROM " + table + " LIMIT 1", 1).empty()) continue;
    std::string const value = column[2] == "bigint" ? "987654" : "coalesce(" + name + ", '') || ' '";
    edit_store(desk.path, "CREATE TABLE saved AS SELECT * FROM " + table + "; UPDATE " + table + " SET " + name +
                              " = " + value + " WHERE ctid = (SELECT min(ctid) FROM " + table + ")");
    INFO(table << "." << name);
    CHECK_FALSE(flaws_of(*desk.store).empty());
    edit_store(desk.path, "DELETE FROM " + table + "; INSERT INTO " + table + " SELECT * FROM saved; DROP TABLE saved");
    ++edits;
  }
  CHECK(edits > 60);
  CHECK(flaws_of(*desk.store).empty());
}

TEST_CASE("a server has its own program for backups", "[postgres]") {
  Desk desk;
  CHECK(error_of([&] { backup_store(*desk.store, desk.folder.file("copy.db")); }) == "store.elsewhere");
}

TEST_CASE("a schema on a server that is not ours is a flaw", "[postgres]") {
  Desk desk;
  auto const after = [&](std::string const& sql) {
    edit_store(desk.path, sql);
    return has_flaw(*desk.store, "structure");
  };
  SECTION("a table of others beside ours is their own business") { CHECK_FALSE(after("CREATE TABLE theirs(x INT)")); }
  SECTION("nobody would get a turn") { CHECK(after("DROP TABLE umsops_turn")); }
  SECTION("a dropped index") { CHECK(after("DROP INDEX support_tickets_created")); }
  SECTION("a dropped table") { CHECK(after("DROP TABLE outbox")); }
  SECTION("a new column") { CHECK(after("ALTER TABLE outbox ADD COLUMN x TEXT")); }
  SECTION("a column of another type") { CHECK(after("ALTER TABLE outbox ALTER COLUMN attempts TYPE INT")); }
  SECTION("a column that may be empty") { CHECK(after("ALTER TABLE events ALTER COLUMN hash DROP NOT NULL")); }
  SECTION("a planted trigger") {
    CHECK(
        after("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; "
              "CREATE TRIGGER t BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION f()"));
  }
  SECTION("a planted rule") { CHECK(after("CREATE RULE r AS ON DELETE TO events DO INSTEAD NOTHING")); }
}

TEST_CASE("the schema of a desk on a server is kept like that of a file", "[postgres]") {
  Desk desk;
  file_ticket(*desk.store, desk.ids);
  auto const steps = with_next("CREATE TABLE extra(n BIGINT NOT NULL PRIMARY KEY, t TEXT)/*strict*/;");
  auto const bad = with_next("CREATE TABLE extra(n BIGINT); DROP TABLE events; INSERT INTO nowhere VALUES (1);");
  CHECK_FALSE(error_of([&] { migrate_with(desk.path, bad, at(kStart), kWait); }).empty());
  CHECK(flaws_of(*desk.store).empty());
  auto const applied = migrate_with(desk.path, steps, at(kStart + 9), kWait);
  REQUIRE(applied.size() == 1);
  CHECK(applied[0].name == "next");
  CHECK(applied_migrations(desk.path).size() == desk_schema().making().size() + 1);
  CHECK(migrate_with(desk.path, steps, at(kStart + 9), kWait).empty());
  CHECK(error_of([&] { open_for_reading(desk.path); }) == "store.new");
  CHECK(error_of([&] { file_ticket(*desk.store, desk.ids); }) == "store.new");  // opened before it was migrated
  CHECK(error_of([&] { migrate_store(desk.path, at(kStart), kWait); }) == "store.new");
  edit_store(desk.path, "DELETE FROM schema_migrations");
  CHECK(error_of([&] { open_for_reading(desk.path); }) == "store.old");
  CHECK(postgres_dialect("CREATE TABLE t(n BIGINT NOT NULL PRIMARY KEY, j JSON, k TEXT)/*strict*/;") ==
        "CREATE TABLE t(n BIGINT NOT NULL PRIMARY KEY, j TEXT COLLATE \"C\", k TEXT COLLATE \"C\");");
}
