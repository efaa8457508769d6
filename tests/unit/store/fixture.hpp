// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "store/event_log.hpp"
#include "store/maintenance.hpp"
#include "store/store.hpp"
#include "store/tickets.hpp"
#include "support/engines.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/id_source.hpp"

namespace umsops::store {

inline base::TimePoint at(std::int64_t seconds) { return base::TimePoint{base::Milliseconds{seconds * 1000}}; }
inline constexpr std::int64_t kStart = 1'790'000'000;

/// A folder of its own for each test, removed at its end.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "umsops-store-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(Folder const&) = delete;
  std::string file(std::string const& name) const { return path_ + "/" + name; }
  std::string const& path() const { return path_; }

 private:
  std::string path_;
};

inline std::unique_ptr<Store> open_for_writing(std::string const& path,
                                               base::Milliseconds wait = base::Milliseconds{20'000}) {
  return open_store({path, OpenOptions::Access::write, wait});
}
inline std::unique_ptr<Store> open_for_reading(std::string const& path) {
  return open_store({path, OpenOptions::Access::read});
}

/// A new store in a new folder.
struct Desk {
  Folder folder;
  std::string path = tests::store_name(folder.file("desk.db"));
  base::CountedIds ids{1};
  std::unique_ptr<Store> store;

  Desk() {
    create_store(path, "01store", at(kStart));
    store = open_for_writing(path);
  }
  Connection& db() { return store->connection(); }
};

inline std::string number_of(std::int64_t n) {
  std::string const digits = std::to_string(n);
  return "T-" + std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

inline model::Ticket a_ticket(base::IdSource& ids, std::int64_t n) {
  model::Ticket ticket;
  ticket.id = ids.next_id(at(kStart + n));
  ticket.ticket_number = number_of(n);
  ticket.title = "Login fails " + std::to_string(n);
  ticket.created_at = ticket.updated_at = at(kStart + n);
  return ticket;
}

/// What a use case does: number, row and event in one transaction.
inline model::Ticket file_ticket(Store& store, base::IdSource& ids, model::Ticket ticket) {
  WriteTx tx(store);
  std::int64_t const n = next_number(tx, ticket_table());
  ticket.ticket_number = number_of(n);
  std::string const state = insert_ticket(tx, ticket);
  model::Event event;
  event.at = ticket.created_at;
  event.actor = {"ops", "root", "ticket create"};
  event.noun = "ticket";
  event.record_id = ticket.id;
  event.kind = "created";
  event.rev = ticket.rev;
  event.reason = "because";
  event.changes = {{"title", {}, ticket.title, true}, {"priority", {}, "MEDIUM"}};
  append_event(tx, event, state, ids);
  tx.commit();
  return ticket;
}
inline model::Ticket file_ticket(Store& store, base::IdSource& ids) {
  return file_ticket(store, ids, a_ticket(ids, 1));
}

inline std::vector<Flaw> flaws_of(Store& store) {
  std::vector<Flaw> flaws;
  check_store(store, store.audit_key(), [&](Flaw const& flaw) { flaws.push_back(flaw); });
  return flaws;
}

using tests::edit_store;

inline std::string bytes_of(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
inline void write_bytes(std::string const& path, std::string const& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// Code of the error that `work` throws, empty: none.
template <class Work>
std::string error_of(Work&& work) {
  try {
    work();
  } catch (base::Error const& error) {
    return std::string(error.code().code);
  }
  return {};
}

/// Runs `work` in a process of its own; gives its exit code.
template <class Work>
int in_child(Work&& work) {
  pid_t const child = ::fork();
  if (child == 0) {
    int code = 99;
    try {
      code = work();
    } catch (...) {
      code = 98;
    }
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace umsops::store
