// SPDX-License-Identifier: Apache-2.0
#include <sys/resource.h>

#include <csignal>
#include <set>
#include <thread>

#include "fixture.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

std::vector<model::Ticket> all_tickets(Connection& db) {
  std::vector<model::Ticket> tickets;
  list_tickets(db, {}, [&](model::Ticket const& t) { return tickets.push_back(t), true; });
  return tickets;
}

}  // namespace

TEST_CASE("what is not committed leaves nothing") {
  Desk desk;
  {
    WriteTx tx(*desk.store);
    CHECK(next_number(tx, ticket_table()) == 1);
    insert_ticket(tx, a_ticket(desk.ids, 1));
  }
  {
    WriteTx tx(*desk.store);
    CHECK(next_number(tx, ticket_table()) == 1);
    tx.rollback();
  }
  CHECK(count_tickets(desk.db(), {}) == 0);
  CHECK(chain_head(desk.db()).seq == 0);
  file_ticket(*desk.store, desk.ids);
  CHECK(all_tickets(desk.db()).at(0).ticket_number == "T-000001");
}

TEST_CASE("a read transaction sees one state") {
  Desk desk;
  file_ticket(*desk.store, desk.ids);
  auto const reader = open_for_reading(desk.path);
  {
    ReadTx const view(*reader);
    CHECK(count_tickets(reader->connection(), {}) == 1);
    file_ticket(*desk.store, desk.ids);
    CHECK(count_tickets(reader->connection(), {}) == 1);
  }
  CHECK(count_tickets(reader->connection(), {}) == 2);
}

TEST_CASE("many processes write at once: no error, no gap, one chain") {
  Folder folder;
  std::string const path = tests::store_name(folder.file("desk.db"));
  create_store(path, "01abc", at(kStart));
  std::vector<pid_t> children;
  for (int p = 0; p < 8; ++p) {
    pid_t const child = ::fork();
    if (child == 0) {
      int failed = 0;
      for (int i = 0; i < 25; ++i) {
        base::CountedIds ids(static_cast<std::uint64_t>(p * 1000 + i * 10));
        failed += !error_of([&] { file_ticket(*open_for_writing(path), ids, a_ticket(ids, p * 100 + i)); }).empty();
      }
      ::_exit(failed);
    }
    children.push_back(child);
  }
  for (pid_t const child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  auto const store = open_for_reading(path);
  std::set<std::string> numbers;
  for (auto const& ticket : all_tickets(store->connection())) numbers.insert(ticket.ticket_number);
  CHECK(numbers.size() == 200);
  CHECK(*numbers.rbegin() == "T-000200");
  CHECK(chain_head(store->connection()).seq == 200);
  CHECK(flaws_of(*store).empty());
}

TEST_CASE("who waits too long is told who holds the lock", "[sqlite]") {
  Desk desk;
  WriteTx const tx(*desk.store);
  auto const other = open_for_writing(desk.path, base::Milliseconds{50});
  try {
    WriteTx const second(*other);
    FAIL("the lock was free");
  } catch (base::Error const& error) {
    CHECK(error.code().code == "store.locked");
    CHECK(error.message().find("process " + std::to_string(::getpid()) + " (") != std::string::npos);
  }
}

TEST_CASE("the lock is handed on, also when it was given up before", "[sqlite]") {
  Desk desk;
  auto const other = open_for_writing(desk.path, base::Milliseconds{30});
  {
    WriteTx const tx(*desk.store);
    CHECK(error_of([&] { WriteTx const second(*other); }) == "store.locked");
  }
  auto const patient = open_for_writing(desk.path, base::Milliseconds{5000});
  std::thread holder([&] {
    WriteTx const tx(*desk.store);
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  });
  std::this_thread::sleep_for(std::chrono::milliseconds{30});
  CHECK(error_of([&] { WriteTx const second(*patient); }).empty());
  holder.join();
  CHECK(error_of([&] { WriteTx const second(*other); }).empty());
}

TEST_CASE("a program that ignores the lock file is waited for as well", "[sqlite]") {
  Desk desk;
  SqliteConnection alien(desk.path, SqliteConnection::Mode::write, std::chrono::milliseconds{0});
  alien.run_script("BEGIN IMMEDIATE");
  auto const store = open_for_writing(desk.path, base::Milliseconds{50});
  CHECK(error_of([&] { WriteTx const tx(*store); }) == "store.locked");
  alien.run_script("COMMIT");
  CHECK(error_of([&] { WriteTx const tx(*store); }).empty());
}

TEST_CASE("a write transaction cannot stand inside another, nor in a store opened for reading") {
  Desk desk;
  {
    WriteTx const tx(*desk.store);
    CHECK(error_of([&] { WriteTx const second(*desk.store); }) == "internal");
  }
  auto const reader = open_for_reading(desk.path);
  CHECK(error_of([&] { WriteTx const tx(*reader); }) == "store.read_only");
}

TEST_CASE("the log stays short over many writes by many short processes", "[sqlite]") {
  Folder folder;
  std::string const path = tests::store_name(folder.file("desk.db"));
  create_store(path, "01abc", at(kStart));
  std::uintmax_t longest = 0;
  for (int i = 0; i < 1000; ++i) {
    base::CountedIds ids(static_cast<std::uint64_t>(i) * 10);
    file_ticket(*open_for_writing(path), ids, a_ticket(ids, i));
    longest = std::max(longest, std::filesystem::file_size(path + "-wal"));
  }
  CHECK(longest <= 1 << 20);
  CHECK(count_tickets(open_for_reading(path)->connection(), {}) == 1000);
}

TEST_CASE("a reader makes the log wait, and it is shortened after", "[sqlite]") {
  Desk desk;
  auto const reader = open_for_reading(desk.path);
  {
    ReadTx const view(*reader);
    CHECK(count_tickets(reader->connection(), {}) == 0);
    for (int i = 0; i < 100; ++i) file_ticket(*desk.store, desk.ids);
    CHECK(desk.store->log_bytes() > 500'000);
  }
  file_ticket(*desk.store, desk.ids);
  CHECK(desk.store->log_bytes() < 100'000);
  CHECK(count_tickets(reader->connection(), {}) == 101);
}

TEST_CASE("a commit that fails is unknown or has stored nothing, and says which", "[sqlite]") {
  Desk desk;
  file_ticket(*desk.store, desk.ids);
  for (rlim_t room = 0; room <= 65'536; room += 4096) {
    int const code = in_child([&] {
      std::signal(SIGXFSZ, SIG_IGN);
      auto const store = open_for_writing(desk.path);
      rlimit const limit{static_cast<rlim_t>(store->log_bytes()) + room, RLIM_INFINITY};
      if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 9;
      base::CountedIds ids(static_cast<std::uint64_t>(room) + 100);
      std::string const error = error_of([&] { file_ticket(*store, ids); });
      return error.empty() ? 0 : error == "store.outcome_unknown" ? 1 : error == "store.unavailable" ? 2 : 3;
    });
    CHECK(code <= 2);
    if (room == 0) CHECK(code != 0);
  }
  CHECK(error_of([&] { file_ticket(*desk.store, desk.ids); }).empty());
  CHECK(flaws_of(*desk.store).empty());
}

TEST_CASE("killed at any time, a writer leaves a sound store") {
  Folder folder;
  std::string const path = tests::store_name(folder.file("desk.db"));
  create_store(path, "01abc", at(kStart));
  for (int round = 0; round < 40; ++round) {
    pid_t const child = ::fork();
    if (child == 0) {
      auto const store = open_for_writing(path);
      base::CountedIds ids(static_cast<std::uint64_t>(round) * 100'000);
      for (;;) file_ticket(*store, ids);
    }
    std::this_thread::sleep_for(std::chrono::microseconds{1000 + round * 370});
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
  auto const store = open_for_reading(path);
  CHECK(flaws_of(*store).empty());
  CHECK(chain_head(store->connection()).seq == count_tickets(store->connection(), {}));
}
