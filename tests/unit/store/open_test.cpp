// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "fixture.hpp"
#include "store/sqlite/store_file.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

std::string open_error(std::string const& path) {
  return error_of([&] { open_for_reading(path); });
}

mode_t mode_of(std::string const& path) {
  struct stat facts {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  return facts.st_mode & 0777;
}

}  // namespace

TEST_CASE("a new store is private, complete and sound", "[sqlite]") {
  Folder folder;
  std::string const path = folder.file("sub/desk.db");
  mode_t const before = ::umask(0);
  create_store(path, "01abc", at(kStart));
  auto store = open_for_writing(path);
  base::CountedIds ids;
  file_ticket(*store, ids);
  ::umask(before);
  CHECK(store->store_id() == "01abc");
  CHECK(flaws_of(*store).empty());
  for (char const* ending : {"", "-wal", "-shm", ".lock"}) CHECK(mode_of(path + ending) == 0600);
  CHECK(mode_of(folder.file("sub")) == 0700);
  std::size_t files = 0;
  for ([[maybe_unused]] auto const& entry : std::filesystem::directory_iterator(folder.file("sub"))) ++files;
  CHECK(files == 4);
}

TEST_CASE("an existing file is never made anew", "[sqlite]") {
  Folder folder;
  std::string const path = folder.file("desk.db");
  create_store(path, "01abc", at(kStart));
  CHECK(error_of([&] { create_store(path, "01def", at(kStart)); }) == "store.exists");
  CHECK(error_of([&] { open_store({path, OpenOptions::Access::create}); }) == "store.exists");
  CHECK(open_for_reading(path)->store_id() == "01abc");
  write_bytes(folder.file("other.db-wal"), "left over");
  CHECK(error_of([&] { create_store(folder.file("other.db"), "01def", at(kStart)); }) == "store.unavailable");
}

TEST_CASE("of several processes that make a store one wins", "[sqlite]") {
  Folder folder;
  std::string const path = folder.file("desk.db");
  std::vector<pid_t> children;
  for (int i = 0; i < 6; ++i) {
    pid_t const child = ::fork();
    if (child == 0) {
      std::string const error = error_of([&] { create_store(path, "01abc", at(kStart)); });
      ::_exit(error.empty() ? 0 : error == "store.exists" ? 1 : 2);
    }
    children.push_back(child);
  }
  int made = 0, refused = 0;
  for (pid_t const child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    made += WEXITSTATUS(status) == 0;
    refused += WEXITSTATUS(status) == 1;
  }
  CHECK(made == 1);
  CHECK(refused == 5);
  CHECK(flaws_of(*open_for_reading(path)).empty());
}

TEST_CASE("what is no store is refused before anything is changed", "[sqlite]") {
  Folder folder;
  auto const file = [&](char const* name) { return folder.file(name); };
  CHECK(open_error(file("none.db")) == "store.absent");
  CHECK(error_of([&] { open_store({file("none.db"), OpenOptions::Access::create}); }) == "store.absent");
  CHECK(open_error(file("none.db/below")) == "store.absent");
  CHECK(open_error(folder.path()) == "store.not_ours");
  REQUIRE(::mkfifo(file("fifo").c_str(), 0600) == 0);
  CHECK(open_error(file("fifo")) == "store.not_ours");
  CHECK(open_error("/dev/null") == "store.not_ours");
  write_bytes(file("empty"), "");
  CHECK(open_error(file("empty")) == "store.not_ours");
  write_bytes(file("short"), "SQLite format 3");
  CHECK(open_error(file("short")) == "store.not_ours");
  std::string const text(5000, 'x');
  write_bytes(file("text"), text);
  CHECK(open_error(file("text")) == "store.not_ours");
  CHECK(bytes_of(file("text")) == text);
  CHECK_FALSE(store_exists(file("text-wal")));
}

TEST_CASE("another program's database is not ours", "[sqlite]") {
  Folder folder;
  std::string const path = folder.file("desk.db");
  create_store(path, "01abc", at(kStart));
  edit_store(path, "PRAGMA application_id=7; PRAGMA wal_checkpoint(TRUNCATE)");
  CHECK(open_error(path) == "store.not_ours");
}

TEST_CASE("damage is told as damage", "[sqlite]") {
  Folder folder;
  std::string const path = folder.file("desk.db");
  create_store(path, "01abc", at(kStart));
  std::string const good = bytes_of(path);
  auto const damaged = [&](std::string const& bytes) {
    std::string const copy = folder.file("copy.db");
    for (char const* ending : {"", "-wal", "-shm"}) std::filesystem::remove(copy + ending);
    write_bytes(copy, bytes);
    return error_of(
        [&] { flaws_of(*open_for_reading(copy)).empty() ? void() : throw base::Error(base::errors::store_damaged); });
  };
  CHECK(damaged(good).empty());
  CHECK(damaged(good.substr(0, good.size() / 2)) == "store.damaged");
  CHECK(damaged(good.substr(0, 4096)) == "store.damaged");
  std::string header = good;
  header.replace(0, 16, 16, '\xff');
  CHECK(damaged(header) == "store.not_ours");
  std::string page = good;
  page.replace(100, 300, 300, '\xff');
  CHECK(damaged(page) == "store.damaged");
}

TEST_CASE("links and permission", "[sqlite]") {
  Folder folder;
  std::string const path = folder.file("desk.db"), link = folder.file("link.db");
  create_store(path, "01abc", at(kStart));
  std::filesystem::create_symlink(path, link);
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
  if (::geteuid() == 0) {
    CHECK(open_error(link) == "store.not_ours");
    CHECK(in_child([&] { return ::seteuid(65534) == 0 && open_error(path) == "store.permission" ? 0 : 1; }) == 0);
    REQUIRE(::chown(path.c_str(), 65534, 65534) == 0);
    REQUIRE(::chown(folder.path().c_str(), 65534, 65534) == 0);
    CHECK(in_child([&] {
            if (::seteuid(65534) != 0) return 1;
            auto const store = open_for_writing(link);  // all names share one lock file
            base::CountedIds ids;
            file_ticket(*store, ids);
            return store->path() == path && store_exists(path + ".lock") && !store_exists(link + ".lock") ? 0 : 2;
          }) == 0);
  } else {
    CHECK(open_for_writing(link)->path() == path);
    std::filesystem::permissions(path, std::filesystem::perms::none);
    CHECK(open_error(path) == "store.permission");
  }
}

TEST_CASE("a store that may not be written is read all the same", "[sqlite]") {
  Folder folder;
  std::string const path = folder.file("desk.db");
  create_store(path, "01abc", at(kStart));
  if (::geteuid() == 0) REQUIRE(::chown(path.c_str(), 65534, 65534) == 0);
  REQUIRE(::chmod(path.c_str(), 0444) == 0);
  REQUIRE(::chmod(folder.path().c_str(), 0555) == 0);
  CHECK(in_child([&] {
          if (::geteuid() == 0 && ::seteuid(65534) != 0) return 1;
          auto const store = open_for_reading(path);
          if (store->store_id() != "01abc" || count_tickets(store->connection(), {}) != 0) return 2;
          if (error_of([&] { WriteTx tx(*store); }) != "store.read_only") return 3;
          return error_of([&] { open_for_writing(path); }) == "store.read_only" ? 0 : 4;
        }) == 0);
  REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
}

TEST_CASE("network file systems are known by their numbers", "[sqlite]") {
  CHECK(network_file_system(0x6969) == "nfs");
  CHECK(network_file_system(0xff534d42) == "cifs");
  CHECK(network_file_system(0x01021997) == "9p");
  CHECK(network_file_system(0xef53).empty());
  CHECK(network_file_system(0x01021994).empty());
}

TEST_CASE("a second opening in one process does not touch the first one's locks", "[sqlite]") {
  Desk desk;
  WriteTx tx(*desk.store);
  next_number(tx, ticket_table());
  auto const other = open_for_reading(desk.path);
  CHECK(count_tickets(other->connection(), {}) == 0);
  CHECK(in_child([&] {
          SqliteConnection raw(desk.path, SqliteConnection::Mode::write, std::chrono::milliseconds{0});
          return error_of([&] { raw.run_script("BEGIN IMMEDIATE"); }) == "store.locked" ? 0 : 1;
        }) == 0);
}
