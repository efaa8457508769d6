// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/connection.hpp"
#include "store/late_indexes.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/time.hpp"

namespace umsops::store {

struct OpenOptions {
  std::string path;                                                 ///< a file, or a server's address
  enum class Access { read, write, create } access = Access::read;  ///< create: init only, the file must not exist
  base::Milliseconds lock_wait{60'000};
  Schema const* schema = &desk_schema();
  std::string audit_key = {};  ///< secret of the chain's hashes; empty: they are made without
  /// For maintenance: a store of any schema; for the copy that goes on, also one that is not finished.
  enum class Accept { current, any, unfinished } accept = Accept::current;
};

/// The end of the chain of events.
struct Head {
  std::int64_t seq = 0;
  std::string hash;  ///< 32 bytes; zeros for the empty chain
};

/// What only the write transaction whose turn it is can change, so that it is read once and kept.
struct Places {
  std::optional<Head> head;
  std::vector<std::optional<std::int64_t>> last;  ///< greatest `n` of each kind, as `Schema::records`
  std::string db_user;                            ///< the server's `session_user`; of a file: empty
  std::optional<std::string> report_zone;         ///< by whose days tickets are counted (store/ticket_days.hpp)
};

/// The record that a transaction is at, and the last event about it.
struct RecordInHand {
  RecordTable const* table = nullptr;
  std::string id;
  std::int64_t n = 0;
  std::int64_t last_event = 0;  ///< 0: none yet
  std::int64_t written = 0;     ///< what its row says of that
};

/// Rows that the next event is to vouch for.
struct Unbound {
  std::vector<std::string> made;  ///< texts of new rows (`row_text`)
  std::string withdrawn;          ///< digests of rows that are gone, or not as they were
  bool empty() const { return made.empty() && withdrawn.empty(); }
};

/// Other writers changed what this transaction had read, or the engine gave it up for theirs. `write` tries again;
/// callers see it only when that did not help.
class Conflict : public base::Error {
 public:
  explicit Conflict(std::string problem) : Error(base::errors::store_contended, {{"problem", std::move(problem)}}) {}
};

/// An opened store of the right kind and schema. The only way to any connection: whatever a connection needs to be safe
/// is done by `open_store` before anything else is.
class Store {
 public:
  virtual ~Store() = default;
  /// For reading. A statement sees what is committed; several that must agree run inside a ReadTx.
  virtual Connection& connection() = 0;
  virtual std::string const& path() const = 0;  ///< fit to be shown
  /// Throws `store.damaged` when there is none.
  std::string store_id();
  std::string const& audit_key() const { return audit_key_; }

  virtual std::string engine() const = 0;  ///< `sqlite`, `postgresql`
  virtual std::string engine_version() const = 0;
  virtual std::int64_t schema_version() = 0;
  /// Within a write transaction, where the engine keeps it beside `schema_migrations`.
  virtual void set_schema_version(std::int64_t) {}
  virtual std::int64_t bytes() const = 0;
  virtual std::int64_t log_bytes() const = 0;  ///< of the write-ahead log
  /// Reports what the engine itself finds wrong: pages, indexes, references, a schema that is not ours.
  virtual void check_structure(
      std::function<void(std::string const& what, std::string const& problem)> const& report) = 0;
  /// Makes a copy at `target` that was read back whole, 0600, never overwriting; gives its SHA-256.
  virtual std::string copy_to(std::string const& target) = 0;
  /// Clears what the engine keeps of rows that are gone: free pages, its log, figures of columns. Outside of any
  /// transaction, and others wait meanwhile. False: only the owner of the tables may do that. Throws `store.locked`
  /// where readers keep it from its work for too long.
  virtual bool clear_remains() = 0;

 protected:
  friend class WriteTx;
  friend class ReadTx;
  std::string audit_key_;
  virtual void begin_write() = 0;
  /// From here on nobody else gives numbers, adds events or changes records, until this transaction ends. Fills in what
  /// it learns on the way. An engine with one writer at a time has nothing left to do.
  virtual void take_turn(Places& places) = 0;
  virtual void commit() = 0;  ///< throws `store.outcome_unknown` when the end is not known
  virtual void rollback() noexcept = 0;
  virtual void begin_read() = 0;
  virtual void end_read() noexcept = 0;
};

/// What `store_info` says under that name; empty: nothing.
std::string stored_info(Connection& db, std::string_view name);

class WriteTx;
class DayChanges;
class LateEvents;
/// Says it from now on.
void set_info(WriteTx& tx, std::string_view name, std::string const& value);

/// Throws `store.absent`, `store.not_ours`, `store.old`, `store.new`, `store.permission`, `store.network_file_system`,
/// ...
std::unique_ptr<Store> open_store(OpenOptions const& options);
/// Is there anything at that path? (A directory or FIFO also counts; `open_store` then says what is wrong with it.)
bool store_exists(std::string const& path);
/// Makes a new store with the newest schema, 0600, whole or not at all. `store.exists` when the path is taken.
void create_store(std::string const& path, std::string const& store_id, base::TimePoint now,
                  Schema const& schema = desk_schema());

/// The only write path. Rolled back unless committed. Use cases go through `write`.
class WriteTx {
 public:
  explicit WriteTx(Store& store);
  ~WriteTx();
  WriteTx(WriteTx const&) = delete;
  Connection& connection() { return store_.connection(); }
  /// Comes before the first change, the first number and the first event: what is read from then on stays true, and the
  /// lock that it takes on a server comes before all others. As late as possible, since on a server all other writers
  /// wait from here to the commit, while what is read, decided and classified before costs them nothing.
  void take_turn();
  void commit();
  void rollback();
  /// At the end of `write` nothing of this transaction is to stay.
  void discard() { discarded_ = true; }
  bool discarded() const { return discarded_; }
  Places& places() { return places_; }
  /// Before the first event: of the chain that is stored.
  Head& head();
  /// `seq` of the event that is appended next.
  std::int64_t next_event() { return head().seq + 1; }
  RecordInHand& in_hand() { return in_hand_; }
  Unbound& unbound() { return unbound_; }
  LateIndexes& late_indexes() { return late_indexes_; }
  /// Null while none are late.
  std::unique_ptr<LateEvents>& late_events() { return late_events_; }
  /// Null while no ticket changed.
  std::unique_ptr<DayChanges>& day_changes() { return day_changes_; }
  std::string const& audit_key() const { return store_.audit_key(); }

 private:
  Store& store_;
  bool open_ = true;
  bool turn_ = false;
  bool discarded_ = false;
  Places places_;
  RecordInHand in_hand_;
  Unbound unbound_;
  LateIndexes late_indexes_;
  std::unique_ptr<LateEvents> late_events_;
  std::unique_ptr<DayChanges> day_changes_;
};

/// Waits before attempt number `attempt` (from 1) of a transaction; false: that was enough.
bool wait_to_retry(int attempt);

/// Runs `body(WriteTx&)` in a transaction and commits it, unless the body discarded it. On a conflict all of it runs
/// again, and not only the statement that failed: what it decided may rest on what has changed. Its turn is then taken
/// at once, so the second attempt reads what the first one ran into and nobody can overtake it. `body` must bear that.
template <class Body>
auto write(Store& store, Body&& body) {
  for (int attempt = 0;; ++attempt) {
    try {
      WriteTx tx(store);
      if (attempt > 0) tx.take_turn();
      auto result = body(tx);
      tx.discarded() ? tx.rollback() : tx.commit();
      return result;
    } catch (Conflict const&) {
      if (!wait_to_retry(attempt + 1)) throw;
    }
  }
}

/// One view of the store for several reads.
class ReadTx {
 public:
  explicit ReadTx(Store& store);
  ~ReadTx();
  ReadTx(ReadTx const&) = delete;

 private:
  Store& store_;
};

}  // namespace umsops::store
