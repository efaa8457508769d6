// SPDX-License-Identifier: Apache-2.0
#include "store/restore.hpp"

#include <sys/stat.h>

#include "fixture.hpp"

using namespace umsops;
using namespace umsops::store;

namespace fs = std::filesystem;

namespace {

/// A desk in a file with a backup of its first ticket.
struct BackedUp {
  Folder folder;
  std::string path = folder.file("desk.db"), backup = folder.file("backup.db");
  base::CountedIds ids{1};

  BackedUp() {
    create_store(path, "01store", at(kStart));
    auto const store = open_for_writing(path);
    file_ticket(*store, ids);
    store->copy_to(backup);
  }
  void file_more(int count) {
    auto const store = open_for_writing(path);
    for (int i = 0; i < count; ++i) file_ticket(*store, ids);
  }
  RestoreOptions options() { return {backup, path, at(kStart), base::Milliseconds{5000}, {}}; }
  RestoreOptions older() {
    auto options = this->options();
    options.older = true;
    return options;
  }
  std::int64_t tickets(std::string const& of) { return count_tickets(open_for_reading(of)->connection(), {}); }
  std::size_t files() {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()));
  }
};

}  // namespace

TEST_CASE("a restored store is the backup, and the former one lies beside it", "[sqlite]") {
  BackedUp desk;
  desk.file_more(3);
  auto const before = open_for_reading(desk.path);
  RestoreSummary const done = restore_store(desk.older());
  CHECK(done.store_id == "01store");
  CHECK(done.records.at(0) == 1);
  CHECK(done.replaced);
  CHECK(done.lost == 3);
  CHECK(done.kept == desk.path + ".replaced-20260921T141320Z");
  CHECK(desk.tickets(desk.path) == 1);
  CHECK(desk.tickets(done.kept) == 4);
  CHECK(flaws_of(*open_for_reading(desk.path)).empty());
  CHECK(flaws_of(*open_for_reading(done.kept)).empty());
  CHECK(chain_head(open_for_reading(desk.path)->connection()).hash == done.head.hash);
  // Who had it open reads the restored store from the next statement on, and writes go on in it.
  CHECK(count_tickets(before->connection(), {}) == 1);
  desk.file_more(1);
  CHECK(desk.tickets(desk.path) == 2);
  CHECK(flaws_of(*open_for_reading(desk.path)).empty());
  // A second one in the same second does not write over what the first one kept.
  CHECK(restore_store(desk.older()).kept == done.kept + ".2");
}

TEST_CASE("a view that is open during a restore stays what it was", "[sqlite]") {
  BackedUp desk;
  desk.file_more(3);
  auto const reader = open_for_reading(desk.path);
  {
    ReadTx const view(*reader);
    CHECK(count_tickets(reader->connection(), {}) == 4);
    restore_store(desk.older());
    CHECK(count_tickets(reader->connection(), {}) == 4);
    CHECK(flaws_of(*reader).empty());
  }
  CHECK(count_tickets(reader->connection(), {}) == 1);
}

TEST_CASE("who has stored something in the former store is told, who has not goes on", "[sqlite]") {
  BackedUp desk;
  auto const first = open_for_writing(desk.path), second = open_for_writing(desk.path);
  file_ticket(*first, desk.ids);
  restore_store(desk.older());
  CHECK(error_of([&] { file_ticket(*first, desk.ids); }) == "store.replaced");
  CHECK(file_ticket(*second, desk.ids).ticket_number == "T-000002");
  CHECK(desk.tickets(desk.path) == 2);
}

TEST_CASE("entries that the backup lacks need a yes", "[sqlite]") {
  BackedUp desk;
  desk.file_more(2);
  CHECK(error_of([&] { restore_store(desk.options()); }) == "store.backup_older");
  CHECK(desk.tickets(desk.path) == 3);
  SECTION("a dry run tells how many") {
    auto options = desk.options();
    options.dry_run = true;
    std::size_t const files = desk.files();
    RestoreSummary const would = restore_store(options);
    CHECK(would.lost == 2);
    CHECK(would.kept.empty());
    CHECK(desk.tickets(desk.path) == 3);
    CHECK(desk.files() == files);
  }
  SECTION("a history that went another way") {
    restore_store(desk.older());
    std::string const other = desk.folder.file("other.db");
    desk.file_more(1);
    open_for_reading(desk.path)->copy_to(other);
    restore_store(desk.older());
    base::CountedIds ids{500};
    file_ticket(*open_for_writing(desk.path), ids);
    auto options = desk.older();
    options.backup = other;
    CHECK(restore_store(options).lost == 1);
  }
  SECTION("none when the backup is ahead") {
    std::string const newer = desk.folder.file("newer.db");
    open_for_reading(desk.path)->copy_to(newer);
    restore_store(desk.older());
    auto options = desk.options();
    options.backup = newer;
    CHECK(restore_store(options).lost == 0);
    CHECK(desk.tickets(desk.path) == 3);
  }
}

TEST_CASE("another desk is replaced only on purpose", "[sqlite]") {
  BackedUp desk;
  std::string const other = desk.folder.file("other.db");
  create_store(other, "01other", at(kStart));
  auto options = desk.older();
  options.path = other;
  CHECK(error_of([&] { restore_store(options); }) == "store.other_desk");
  CHECK(open_for_reading(other)->store_id() == "01other");
  options.other_desk = true;
  CHECK(restore_store(options).replaced);
  CHECK(open_for_reading(other)->store_id() == "01store");
}

TEST_CASE("what is no sound backup is not restored", "[sqlite]") {
  BackedUp desk;
  desk.file_more(1);
  auto options = desk.older();
  SECTION("altered") {
    edit_store(desk.backup, "UPDATE events SET actor = 'nobody'");
    CHECK(error_of([&] { restore_store(options); }) == "store.damaged");
  }
  SECTION("absent") {
    options.backup = desk.folder.file("none.db");
    CHECK(error_of([&] { restore_store(options); }) == "store.absent");
  }
  SECTION("the store itself") {
    options.backup = desk.path;
    CHECK(error_of([&] { restore_store(options); }) == "store.not_empty");
  }
  SECTION("on a server") {
    options.backup = "postgresql:///desk";
    CHECK(error_of([&] { restore_store(options); }) == "store.elsewhere");
  }
  SECTION("for a server") {
    options.path = "postgresql:///desk";
    CHECK(error_of([&] { restore_store(options); }) == "store.elsewhere");
  }
  CHECK(desk.tickets(desk.path) == 2);
}

TEST_CASE("an absent store is made", "[sqlite]") {
  BackedUp desk;
  auto options = desk.options();
  options.path = desk.folder.file("sub/new.db");
  RestoreSummary const done = restore_store(options);
  CHECK_FALSE(done.replaced);
  CHECK_FALSE(done.lost);
  CHECK(done.kept.empty());
  file_ticket(*open_for_writing(options.path), desk.ids);
  CHECK(desk.tickets(options.path) == 2);
}

TEST_CASE("a store that nobody can open is replaced, with its log", "[sqlite]") {
  BackedUp desk;
  desk.file_more(3);
  fs::permissions(desk.path + ".lock", fs::perms(0660));
  SECTION("no header") { write_bytes(desk.path, std::string(9000, 'x')); }
  SECTION("empty") { write_bytes(desk.path, ""); }
  SECTION("cut short") {
    edit_store(desk.path, "PRAGMA wal_checkpoint(TRUNCATE)");
    write_bytes(desk.path, bytes_of(desk.path).substr(0, 5000));
  }
  SECTION("a backup put in its place, with the old log") {
    fs::copy_file(desk.backup, desk.path, fs::copy_options::overwrite_existing);
  }
  std::string const wreck = bytes_of(desk.path);
  RestoreSummary const done = restore_store(desk.options());
  CHECK(done.replaced);
  CHECK_FALSE(done.lost);
  CHECK(bytes_of(done.kept) == wreck);
  CHECK(desk.tickets(desk.path) == 1);
  desk.file_more(1);
  CHECK(desk.tickets(desk.path) == 2);
  CHECK(flaws_of(*open_for_reading(desk.path)).empty());
  struct stat facts {};
  REQUIRE(::stat((desk.path + ".lock").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0660);
}

TEST_CASE("a store with damage inside is replaced", "[sqlite]") {
  BackedUp desk;
  desk.file_more(30);
  edit_store(desk.path, "PRAGMA wal_checkpoint(TRUNCATE)");
  std::string bytes = bytes_of(desk.path);
  bytes.replace(bytes.size() / 2, 8192, 8192, '\xff');
  write_bytes(desk.path, bytes);
  REQUIRE_FALSE(flaws_of(*open_for_reading(desk.path)).empty());
  auto const done = restore_store(desk.older());
  CHECK(store_exists(done.kept));
  CHECK(desk.tickets(desk.path) == 1);
  CHECK(flaws_of(*open_for_reading(desk.path)).empty());
}

TEST_CASE("somebody else's file is not taken for a broken store", "[sqlite]") {
  BackedUp desk;
  auto options = desk.older();
  options.path = desk.folder.file("thesis.txt");
  write_bytes(options.path, "not a store");
  CHECK(error_of([&] { restore_store(options); }) == "store.not_ours");
  CHECK(bytes_of(options.path) == "not a store");
  options.path = desk.folder.file("folder");
  fs::create_directory(options.path);
  CHECK(error_of([&] { restore_store(options); }) == "store.not_ours");
}

TEST_CASE("a restore waits for its turn", "[sqlite]") {
  BackedUp desk;
  auto const writer = open_for_writing(desk.path);
  WriteTx const tx(*writer);
  auto options = desk.older();
  options.lock_wait = base::Milliseconds{30};
  CHECK(error_of([&] { restore_store(options); }) == "store.locked");
}
