// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include "fixture.hpp"
#include "store/migration.hpp"
#include "umsops/base/hash.hpp"

using namespace umsops;
using namespace umsops::store;

TEST_CASE("a backup holds what was committed, the log included", "[sqlite]") {
  Desk desk;
  for (int i = 0; i < 30; ++i) file_ticket(*desk.store, desk.ids);
  std::string const target = desk.folder.file("backup.db");
  std::string const hash = backup_store(*desk.store, target);
  CHECK(hash == base::sha256_hex(bytes_of(target)));
  struct stat facts {};
  REQUIRE(::stat(target.c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
  auto const copy = open_for_writing(target);
  CHECK(count_tickets(copy->connection(), {}) == 30);
  CHECK(flaws_of(*copy).empty());
  CHECK(copy->store_id() == desk.store->store_id());
  base::CountedIds more{1000};
  file_ticket(*copy, more);
  CHECK(count_tickets(desk.db(), {}) == 30);
}

TEST_CASE("a backup overwrites nothing and leaves nothing behind", "[sqlite]") {
  Desk desk;
  std::string const target = desk.folder.file("backup.db");
  write_bytes(target, "precious");
  CHECK(error_of([&] { backup_store(*desk.store, target); }) == "store.exists");
  CHECK(bytes_of(target) == "precious");
  CHECK(error_of([&] { backup_store(*desk.store, desk.folder.file("none/backup.db")); }) == "store.unavailable");
  CHECK(error_of([&] { backup_store(*desk.store, desk.path); }) == "store.exists");
  for (auto const& entry : std::filesystem::directory_iterator(desk.folder.path())) {
    CHECK(entry.path().string().find(".new-") == std::string::npos);
  }
}

TEST_CASE("a damaged store makes no backup", "[sqlite]") {
  Desk desk;
  for (int i = 0; i < 50; ++i) file_ticket(*desk.store, desk.ids);
  std::string const bad = desk.folder.file("bad.db");
  backup_store(*desk.store, bad);
  std::string bytes = bytes_of(bad);
  bytes.replace(bytes.size() - 4096, 200, 200, '\x7f');
  write_bytes(bad, bytes);
  CHECK(error_of([&] { backup_store(*open_for_reading(bad), desk.folder.file("copy.db")); }) == "store.damaged");
  CHECK_FALSE(store_exists(desk.folder.file("copy.db")));
}

TEST_CASE("the figures of a store") {
  Desk desk;
  for (int i = 0; i < 3; ++i) file_ticket(*desk.store, desk.ids);
  Figures const found = figures(*desk.store);
  CHECK(found.store_id == "01store");
  CHECK(found.engine == desk.store->engine());
  CHECK_FALSE(found.engine_version.empty());
  CHECK(found.schema_version == desk_schema().version());
  CHECK(found.records.at(0) == 3);
  CHECK(found.events == 3);
  CHECK(found.outbox_waiting == 0);
  CHECK(found.bytes > 4096);
}
