// SPDX-License-Identifier: Apache-2.0
#include "store/migration.hpp"
#include "store/attachments.hpp"
#include "store/callbacks.hpp"
#include "store/chain.hpp"
#include "store/escalations.hpp"
#include "store/keys.hpp"
#include "store/links.hpp"
#include "store/responses.hpp"
#include "store/silences.hpp"

#include "edits.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

constexpr base::Milliseconds kWait{5000};

std::vector<MigrationStep> with_next(std::string_view sql) {
  auto steps = desk_schema().steps;
  steps.push_back({steps.back().version + 1, "next", sql});
  return steps;
}

/// As files are named by it: 0011.
std::string four_digits(std::int64_t version) {
  std::string const digits = std::to_string(version);
  return std::string(4 - digits.size(), '0') + digits;
}

/// Made before that step is applied.
std::string backup_of_next() { return ".before-" + four_digits(desk_schema().version() + 1); }

/// Made by the last program of schema 2: everything occurs in it.
constexpr char const* kFull = "schema-0002-full";

std::string fixture(std::string const& name) {
  return std::string(UMSOPS_SOURCE_DIR) + "/tests/fixtures/stores/" + name;
}

/// The head of the chain that the old program printed for that store.
Head old_head() {
  std::string const line = bytes_of(fixture(std::string(kFull) + ".head"));
  std::size_t const colon = line.find(':');
  return {std::stoll(line), *base::from_hex(line.substr(colon + 1, 64))};
}

void copy_row(Statement const& row, std::vector<std::string> const& types, Statement& to) {
  for (int i = 0; i < static_cast<int>(types.size()); ++i) {
    if (row.is_null(i)) {
      to.bind_null(i + 1);
    } else if (types[static_cast<std::size_t>(i)] == "INTEGER") {
      to.bind(i + 1, row.integer(i));
    } else {
      to.bind(i + 1, std::string_view(row.text(i)));
    }
  }
  to.step();
}

/// A store of the second schema in the engine under test, with all rows of that file.
std::string old_store_of(Folder const& folder, std::string const& file) {
  std::string const path = tests::store_name(folder.file("old.db"));
  if (tests::server().empty()) {
    std::filesystem::copy_file(file, path);
    std::filesystem::permissions(path, std::filesystem::perms(0600));
    return path;
  }
  PostgresConnection to(path, kWait);
  for (int step = 0; step < 2; ++step) to.run_step(desk_schema().steps[static_cast<std::size_t>(step)].sql);
  to.run_script("CREATE TABLE umsops_turn(one BIGINT NOT NULL PRIMARY KEY); INSERT INTO umsops_turn VALUES (1)");
  to.run_script("SET session_replication_role = replica");
  to.begin(PostgresConnection::Kind::write);
  std::filesystem::copy_file(file, folder.file("old.db"));  // even a reader leaves files beside it
  SqliteConnection from(folder.file("old.db"), SqliteConnection::Mode::read, kWait);
  for (auto const& table : texts_of(from, "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
    std::string const info = " FROM pragma_table_info('" + table + "')";
    auto const types = texts_of(from, "SELECT type" + info);
    std::string const columns = texts_of(from, "SELECT group_concat(name)" + info)[0];
    Reading rows(from.prepare("SELECT " + columns + " FROM " + table));
    Reading insert(
        to.prepare("INSERT INTO " + table + "(" + columns + ") VALUES (" + parameter_list(types.size()) + ")"));
    while (rows->step()) copy_row(*rows, types, *insert);
  }
  to.commit();
  return path;
}

}  // namespace

TEST_CASE("the steps stand in the order of their numbers") {
  std::int64_t last = 0;
  for (MigrationStep const& step : desk_schema().steps) {
    CHECK(step.version > last);
    CHECK_FALSE(step.name.empty());
    last = step.version;
  }
  CHECK(desk_schema().version() == last);
  CHECK(std::filesystem::exists(fixture("schema-" + four_digits(last) + ".db")));
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
  int known = 0;
  for (MigrationStep const& step : desk_schema().steps) {
    Folder folder;
    std::string const path = folder.file("desk.db");
    std::string const old = fixture("schema-" + four_digits(step.version) + ".db");
    if (!std::filesystem::exists(old)) continue;  // no program had that schema alone
    ++known;
    std::filesystem::copy_file(old, path);
    std::filesystem::permissions(path, std::filesystem::perms(0600));
    migrate_store(path, at(kStart), kWait);
    auto const store = open_for_writing(path);
    // The later stores were made of the earlier ones.
    int const tickets = step.version < 13 ? 3 : step.version < 14 ? 4 : step.version < 15 ? 6 : 10;
    CHECK(count_tickets(store->connection(), {}) == tickets);
    CHECK(flaws_of(*store).empty());
    auto const ticket = find_ticket_by_number(store->connection(), "T-000002");
    REQUIRE(ticket);
    CHECK(ticket->title == "登录失败");
    CHECK(responses_of(store->connection(), ticket->id).size() == 1);
    CHECK(find_key(store->connection(), "ticket", "ci-2"));
    base::CountedIds ids{1'000'000};
    CHECK(place_of_ticket(store->connection(), file_ticket(*store, ids).id) == tickets + 1);
  }
}

TEST_CASE("silences are read as the first program that had them wrote them", "[sqlite]") {
  Folder folder;
  std::string const path = folder.file("desk.db");
  std::filesystem::copy_file(fixture("schema-0004.db"), path);
  std::filesystem::permissions(path, std::filesystem::perms(0600));
  migrate_store(path, at(kStart), kWait);
  auto const store = open_for_reading(path);
  auto const now = *base::parse_rfc3339("2026-11-29T10:30:00Z");
  auto const silences = unended_silences(store->connection(), now);
  REQUIRE(silences.size() == 2);
  CHECK(mute::text_of(silences[0].matchers) == R"({severity="warning",team=~"a|b"})");
  CHECK(silences[1].incident == "INC-000007");
  CHECK_FALSE(silences[1].ends_at);
  auto const ended = find_silence(store->connection(), 2);
  REQUIRE(ended);
  CHECK(ended->state(now) == mute::SilenceState::expired);
  CHECK(base::to_json(mute::to_value(ended->intervals)) ==
        R"([{"times":[{"start_time":"22:00","end_time":"24:00"}],"location":"Asia/Shanghai"}])");
  CHECK(find_key(store->connection(), "silence", "s:1")->record == 1);
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

TEST_CASE("everything of an old store is carried over") {
  Folder folder;
  std::string const path = old_store_of(folder, fixture(std::string(kFull) + ".db"));
  auto const applied = migrate_store(path, at(kStart), kWait);
  REQUIRE(applied.size() == desk_schema().making().size());
  CHECK(migrate_store(path, at(kStart), kWait).empty());
  auto const store = open_for_writing(path);
  Connection& db = store->connection();
  CHECK(flaws_of(*store).empty());
  for (auto const& [table, rows] : std::initializer_list<std::pair<char const*, int>>{{"support_tickets", 16},
                                                                                      {"responses", 9},
                                                                                      {"escalations", 5},
                                                                                      {"links", 6},
                                                                                      {"ladder_steps", 3},
                                                                                      {"callbacks", 3},
                                                                                      {"attachments", 4},
                                                                                      {"idempotency_keys", 2},
                                                                                      {"mails", 2},
                                                                                      {"outbox", 21},
                                                                                      {"assignment_turns", 4},
                                                                                      {"events", 66}}) {
    INFO(table);
    CHECK(db.number("SELECT count(*) FROM " + std::string(table)) == rows);
  }
  for (char const* number : {"T-000001", "T-000500", "T-000123", "INC-77/A", "FAR-0001", "T-000501"}) {
    auto const ticket = find_ticket_by_number(db, number);
    REQUIRE(ticket);
    CHECK(find_ticket_by_id(db, ticket->id)->ticket_number == number);
  }
  auto const first = *find_ticket_by_number(db, "T-000001");
  CHECK(first.title == "VIP 无法登录，紧急");
  CHECK(responses_of(db, first.id).size() == 3);
  CHECK(events_of(db, "ticket", first.id).front().changes.front().after == base::Value(first.title));
  CHECK(find_key(db, "ticket", "ci:1")->record == 1);
  CHECK(find_key(db, "ticket", "ci:1")->content_hash.size() == 32);
  CHECK(find_key(db, "ticket", "old:500")->content_hash.empty());
  CHECK(find_key(db, "reply", "said:1")->record == 1);
  base::CountedIds ids{1'000'000};
  CHECK(file_ticket(*store, ids).ticket_number == "T-000502");
  CHECK(flaws_of(*store).empty());
}

TEST_CASE("a head of the old chain still proves the entries up to it") {
  Folder folder;
  std::string const path = old_store_of(folder, fixture(std::string(kFull) + ".db"));
  migrate_store(path, at(kStart), kWait);
  auto const store = open_for_reading(path);
  auto const flaws_against = [&](Head const& head) {
    int flaws = 0;
    verify_history(store->connection(), head, {}, [&](Flaw const&) { ++flaws; });
    return flaws;
  };
  Head head = old_head();
  CHECK(flaws_against(head) == 0);
  CHECK(flaws_against({head.seq - 1, head.hash}) == 1);
  head.hash.back() = static_cast<char>(head.hash.back() + 1);
  CHECK(flaws_against(head) == 1);
}

TEST_CASE("an old store that is damaged is not migrated", "[sqlite]") {
  Folder folder;
  std::string const good = old_store_of(folder, fixture(std::string(kFull) + ".db"));
  SqliteConnection old(good, SqliteConnection::Mode::read, kWait);
  CHECK(each_edit(old, good, [](std::string const& copy, std::string const& sql) {
          INFO(sql);
          CHECK(error_of([&] { migrate_store(copy, at(kStart), kWait); }) == "store.damaged");
          CHECK(SqliteConnection(copy, SqliteConnection::Mode::read, kWait).number("PRAGMA user_version") == 2);
          std::filesystem::remove(copy + ".before-0003");
        }) > 200);
}

TEST_CASE("an old store that lost rows which others call for is not migrated") {
  for (char const* sql :
       {"DELETE FROM support_tickets WHERE ticket_number = 'T-000123'", "DELETE FROM ticket_responses WHERE n = 1",
        "DELETE FROM ticket_escalations WHERE n = 1", "DELETE FROM idempotency_keys WHERE key = 'ci:1'",
        "DELETE FROM store_info WHERE name = 'store_id'", "DELETE FROM schema_migrations WHERE version = 1",
        "DELETE FROM events WHERE seq = 1", "DELETE FROM events WHERE seq = 7"}) {
    Folder folder;
    std::string const path = old_store_of(folder, fixture(std::string(kFull) + ".db"));
    edit_store(path, sql);
    INFO(sql);
    CHECK(error_of([&] { migrate_store(path, at(kStart), kWait); }) == "store.damaged");
    edit_store(path, "DELETE FROM sequences");  // the old tables are there
  }
}

TEST_CASE("an edit of a migrated store is found", "[sqlite]") {
  Folder folder;
  std::string const path = old_store_of(folder, fixture(std::string(kFull) + ".db")), good = folder.file("good.db");
  migrate_store(path, at(kStart), kWait);
  auto const store = open_for_reading(path);
  backup_store(*store, good);
  CHECK(each_edit(store->connection(), good, [](std::string const& copy, std::string const& sql) {
          INFO(sql);
          CHECK_FALSE(flaws_of(*open_for_reading(copy)).empty());
        }) > 200);
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
