// SPDX-License-Identifier: Apache-2.0
// A desk moves: from a file to the engine under test and back into a file.
#include "store/copy.hpp"
#include "store/keys.hpp"
#include "store/responses.hpp"

#include "fixture.hpp"
#include "umsops/base/hash.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

struct Stopped {};

/// A file with tickets, responses, keys and messages.
struct Source {
  Folder folder;
  std::string path = folder.file("source.db");
  base::CountedIds ids{1};
  std::unique_ptr<Store> store;

  Source() {
    create_store(path, "01source", at(kStart));
    store = open_for_writing(path);
    for (int i = 1; i <= 20; ++i) {
      auto ticket = a_ticket(ids, i);
      ticket.attributes = {{"host", "登录'\"\\%_"}};
      ticket = file_ticket(*store, ids, ticket);
      WriteTx tx(*store);
      insert_response(tx, {ids.next_id(at(i)), ticket.id, "li.na", "line\n\ttext", "EXTERNAL", false, at(i)});
      insert_key(tx, "reply", "key" + std::to_string(i), model::ref_of(ticket), content_hash("said"));
      insert_outbox(tx, {"ticket.confirmation", "ticket", ticket.id, "zhang.wei", base::Value::Object{}},
                    ids.next_id(at(i)), at(i));
      model::Event event;
      event.at = at(i);
      event.actor = {"li.na", "root", "ticket reply"};
      event.noun = "ticket";
      event.record_id = ticket.id;
      event.kind = "replied";
      append_event(tx, event, {}, ids);
      tx.commit();
    }
  }
  std::string target(std::string const& name) { return tests::store_name(folder.file(name)); }
  CopyOptions options(std::string const& to) { return {path, to, at(kStart), base::Milliseconds{5000}, 7, {}}; }
};

/// The hashes of a store, which are made of everything that it holds. How far its tickets are counted is made anew.
std::string content(std::string const& path) {
  auto const store = open_for_reading(path);
  std::string text;
  for (char const* table : {"store_info WHERE name <> 'report_zone' ORDER BY name",
                            "schema_migrations ORDER BY version", "events ORDER BY seq", "outbox ORDER BY id"}) {
    bool const events = std::string_view(table).starts_with("events");
    Reading rows(
        store->connection().prepare(std::string("SELECT ") + (events ? "hash" : "row_hash") + " FROM " + table));
    text.append(table).append(":");
    while (rows->step()) text.append(" ").append(base::to_hex(rows->bytes(0)));
  }
  return text;
}

}  // namespace

TEST_CASE("a desk goes to another store and back without losing anything") {
  Source source;
  std::string const there = source.target("there.db"), back = source.folder.file("back.db");
  CopySummary const gone = copy_store(source.options(there));
  CHECK(gone.records.at(0) == 20);
  CHECK(gone.events == 40);
  CHECK_FALSE(gone.resumed);
  CHECK(gone.head.hash == chain_head(source.store->connection()).hash);
  CHECK(content(there) == content(source.path));
  CopyOptions home = source.options(back);
  home.from = there;
  CHECK(copy_store(home).rows == gone.rows);
  CHECK(content(back) == content(source.path));
  auto const store = open_for_writing(there);
  CHECK(flaws_of(*store).empty());
  base::CountedIds more{100'000};
  CHECK(file_ticket(*store, more).ticket_number == "T-000021");
  CHECK(flaws_of(*store).empty());
}

TEST_CASE("a copy that was cut off goes on where it stopped") {
  Source source;
  std::string const there = source.target("there.db");
  std::int64_t before = 0;
  bool finished = false;
  while (!finished) {
    std::int64_t stored = 0;
    CopyOptions options = source.options(there);
    options.progress = [&](std::int64_t rows) {
      stored = rows;
      if (rows >= 14) throw Stopped();
    };
    try {
      CopySummary const done = copy_store(options);
      finished = true;
      CHECK(done.resumed);
      CHECK(before + done.rows == 120);
    } catch (Stopped const&) {
      before += stored;
      REQUIRE(before <= 120);
    }
  }
  CHECK(before > 50);
  CHECK(content(there) == content(source.path));
}

TEST_CASE("an unfinished copy is no store, except for the copy that goes on") {
  Source source;
  std::string const there = source.target("there.db");
  CopyOptions cut = source.options(there);
  cut.progress = [](std::int64_t) { throw Stopped(); };
  CHECK_THROWS_AS(copy_store(cut), Stopped);
  CHECK(error_of([&] { open_for_reading(there); }) == "store.unfinished");
  CHECK(error_of([&] { open_for_writing(there); }) == "store.unfinished");
  CHECK(error_of([&] { applied_migrations(there); }) == "store.unfinished");
  CHECK(error_of([&] { migrate_store(there, at(kStart), base::Milliseconds{5000}); }) == "store.unfinished");
  CopyOptions onward = source.options(source.target("onward.db"));
  onward.from = there;
  CHECK(error_of([&] { copy_store(onward); }) == "store.unfinished");
  CHECK(copy_store(source.options(there)).resumed);
  CHECK(content(there) == content(source.path));
  CHECK(flaws_of(*open_for_reading(there)).empty());
}

TEST_CASE("a copy that is not sound does not become a store") {
  Source source;
  std::string const there = source.target("there.db");
  source.store->connection().run_script("UPDATE events SET actor = 'nobody' WHERE seq = 3");
  for (int i = 0; i < 2; ++i) {
    CHECK(error_of([&] { copy_store(source.options(there)); }) == "store.damaged");
    CHECK(error_of([&] { open_for_reading(there); }) == "store.unfinished");
  }
}

TEST_CASE("only what is empty, or the same copy, becomes a copy") {
  Source source;
  std::string const there = source.target("there.db");
  auto const refused = [&](CopyOptions const& options) { return error_of([&] { copy_store(options); }); };
  create_store(there, "01empty", at(kStart));
  CHECK(refused(source.options(there)).empty());
  CHECK(open_for_reading(there)->store_id() == "01source");
  CHECK(refused(source.options(there)) == "store.not_empty");
  CHECK(refused(source.options(source.path)) == "store.not_empty");
  std::string const cut = source.target("cut.db");
  CopyOptions options = source.options(cut);
  options.progress = [](std::int64_t) { throw Stopped(); };
  CHECK_THROWS_AS(copy_store(options), Stopped);
  base::CountedIds more{100'000};
  file_ticket(*source.store, more);
  CHECK(refused(source.options(cut)) == "store.not_empty");  // the source went on meanwhile
}

TEST_CASE("an empty desk can be copied, and gives its first number after it") {
  Folder folder;
  std::string const from = folder.file("from.db"), to = tests::store_name(folder.file("to.db"));
  create_store(from, "01from", at(kStart));
  CHECK(copy_store({from, to, at(kStart), base::Milliseconds{5000}, 500, {}}).rows == 0);
  auto const store = open_for_writing(to);
  base::CountedIds ids{1};
  CHECK(file_ticket(*store, ids).ticket_number == "T-000001");
}
