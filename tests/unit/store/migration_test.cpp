// SPDX-License-Identifier: Apache-2.0
#include "store/migration.hpp"
#include "store/keys.hpp"
#include "store/responses.hpp"

#include "fixture.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

constexpr base::Milliseconds kWait{5000};

std::vector<MigrationStep> with_next(std::string_view sql) {
  auto steps = desk_schema().steps;
  steps.push_back({steps.back().version + 1, "next", sql});
  return steps;
}

/// Made before that step is applied.
std::string backup_of_next() {
  std::string const version = std::to_string(desk_schema().version() + 1);
  return ".before-" + std::string(4 - version.size(), '0') + version;
}

std::string fixture(char const* name) { return std::string(UMSOPS_SOURCE_DIR) + "/tests/fixtures/stores/" + name; }

}  // namespace

TEST_CASE("the steps are numbered without gaps") {
  std::int64_t expected = 0;
  for (MigrationStep const& step : desk_schema().steps) {
    CHECK(step.version == ++expected);
    CHECK_FALSE(step.name.empty());
  }
  CHECK(desk_schema().version() == expected);
}

TEST_CASE("a new store records its steps") {
  Desk desk;
  auto const applied = applied_migrations(desk.path);
  REQUIRE(applied.size() == desk_schema().making().size());
  CHECK(applied[0].version == desk_schema().first);
  CHECK(applied[0].applied_at == at(kStart));
  CHECK(migrate_store(desk.path, at(kStart), kWait).empty());
}

TEST_CASE("stores of every schema are brought up to date and keep their tickets", "[sqlite]") {
  for (std::int64_t version = 1; version <= desk_schema().version(); ++version) {
    Folder folder;
    std::string const path = folder.file("desk.db");
    std::filesystem::copy_file(fixture(("schema-000" + std::to_string(version) + ".db").c_str()), path);
    std::filesystem::permissions(path, std::filesystem::perms(0600));
    migrate_store(path, at(kStart), kWait);
    auto const store = open_for_writing(path);
    CHECK(count_tickets(store->connection(), {}) == 3);
    CHECK(flaws_of(*store).empty());
    auto const ticket = find_ticket_by_number(store->connection(), "T-000002");
    REQUIRE(ticket);
    CHECK(ticket->title == "登录失败");
    CHECK(responses_of(store->connection(), ticket->id).size() == 1);
    CHECK(find_key(store->connection(), "ticket", "ci-2"));
    base::CountedIds ids{1'000'000};
    CHECK(file_ticket(*store, ids).ticket_number == "T-000004");
  }
}

TEST_CASE("a history that a migration writes anew is made with the key", "[sqlite]") {
  for (std::string const file : {"schema-0001.db", "schema-0002.db"}) {
    Folder folder;
    std::string const path = folder.file("desk.db");
    std::filesystem::copy_file(fixture(file.c_str()), path);
    std::filesystem::permissions(path, std::filesystem::perms(0600));
    migrate_store(path, at(kStart), kWait, "a key of 16 bytes");
    auto const store = open_for_reading(path);
    int flaws = 0;
    auto const verify = [&](std::string_view key) {
      return verify_history(store->connection(), {}, key, [&](Flaw const&) { ++flaws; });
    };
    CHECK(verify("a key of 16 bytes").keyed_from == 1);
    CHECK(flaws == 0);
    auto const figures = verify("another key, not it");
    CHECK(flaws >= figures.events);
  }
}

TEST_CASE("a newer store is left alone", "[sqlite]") {
  Desk desk;
  edit_store(desk.path, "PRAGMA user_version=1001");
  CHECK(error_of([&] { open_for_reading(desk.path); }) == "store.new");
  CHECK(error_of([&] { open_for_writing(desk.path); }) == "store.new");
  CHECK(error_of([&] { WriteTx const tx(*desk.store); }) == "store.new");  // opened before it was migrated
  CHECK(error_of([&] { migrate_store(desk.path, at(kStart), kWait); }) == "store.new");
}

TEST_CASE("an old store must be migrated first", "[sqlite]") {
  Desk desk;
  edit_store(desk.path, "PRAGMA user_version=0");
  CHECK(error_of([&] { open_for_reading(desk.path); }) == "store.old");
}

TEST_CASE("a step is applied once, after a backup", "[sqlite]") {
  Desk desk;
  file_ticket(*desk.store, desk.ids);
  auto const steps = with_next("CREATE TABLE extra(n BIGINT NOT NULL PRIMARY KEY)/*strict*/;");
  auto const applied = migrate_with(desk.path, steps, at(kStart + 9), kWait);
  REQUIRE(applied.size() == 1);
  CHECK(applied[0].name == "next");
  CHECK(applied_migrations(desk.path).size() == desk_schema().making().size() + 1);
  CHECK(migrate_with(desk.path, steps, at(kStart + 9), kWait).empty());
  auto const backup = open_for_reading(desk.path + backup_of_next());
  CHECK(count_tickets(backup->connection(), {}) == 1);
  CHECK_FALSE(store_exists(desk.path + backup_of_next() + ".2"));
}

TEST_CASE("a step that fails changes nothing", "[sqlite]") {
  Desk desk;
  file_ticket(*desk.store, desk.ids);
  auto const steps = with_next("CREATE TABLE extra(n BIGINT); DROP TABLE events; INSERT INTO nowhere VALUES (1);");
  CHECK_FALSE(error_of([&] { migrate_with(desk.path, steps, at(kStart), kWait); }).empty());
  CHECK(flaws_of(*open_for_reading(desk.path)).empty());
  CHECK(error_of([&] {
          migrate_with(desk.path, with_next("CREATE TABLE extra(n BIGINT);"), at(kStart), kWait);
        }).empty());
  CHECK(store_exists(desk.path + backup_of_next() + ".2"));
}

TEST_CASE("the words of a step become the engine's") {
  CHECK(sqlite_dialect("CREATE TABLE t(n BIGINT NOT NULL PRIMARY KEY, at BIGINT, j JSON)/*strict*/;") ==
        "CREATE TABLE t(n INTEGER PRIMARY KEY, at INTEGER, j TEXT) STRICT;");
  CHECK(sqlite_dialect("CREATE TABLE t(k TEXT NOT NULL PRIMARY KEY)/*keyed*/") ==
        "CREATE TABLE t(k TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID");
}

/// `test_store "[.fixture]"` with UMSOPS_FIXTURE=FILE makes the store that a new schema leaves behind for later ones.
TEST_CASE("make a fixture", "[.fixture]") {
  char const* const path = std::getenv("UMSOPS_FIXTURE");
  REQUIRE(path != nullptr);
  create_store(path, "01fixture", at(kStart));
  auto const store = open_for_writing(path);
  base::CountedIds ids{1};
  for (int i = 1; i <= 3; ++i) {
    auto ticket = a_ticket(ids, i);
    if (i == 2) ticket.title = "登录失败";
    ticket.key = "ci-" + std::to_string(i);
    ticket = file_ticket(*store, ids, ticket);
    WriteTx tx(*store);
    insert_response(tx, {ids.next_id(at(kStart)), ticket.id, "li.na", "text", "EXTERNAL", false, at(kStart)});
    insert_key(tx, "reply", "ci-" + std::to_string(i), model::ref_of(ticket), content_hash("said"));
    model::Event event;
    event.at = at(kStart);
    event.actor = {"li.na", "root", "ticket reply"};
    event.noun = "ticket";
    event.record_id = ticket.id;
    event.kind = "replied";
    append_event(tx, event, {}, ids);
    tx.commit();
  }
  backup_store(*store, std::string(path) + ".whole");
}
