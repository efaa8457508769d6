// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/connection.hpp"
#include "umsops/base/time.hpp"

namespace umsops::store {

struct OpenOptions {
  std::string path;
  enum class Access { read, write, create } access = Access::read;  ///< create: init only, the file must not exist
  base::Milliseconds lock_wait{60'000};
};

/// An opened store of the right kind and schema. The only way to any connection: whatever a connection needs to be safe
/// is done by `open_store` before anything else is.
class Store {
 public:
  virtual ~Store() = default;
  /// For reading. A statement sees what is committed; several that must agree run inside a ReadTx.
  virtual Connection& connection() = 0;
  virtual std::string const& path() const = 0;
  virtual std::string store_id() = 0;

  virtual std::string engine() const = 0;  ///< `sqlite`
  virtual std::string engine_version() const = 0;
  virtual std::int64_t schema_version() = 0;
  virtual std::int64_t bytes() const = 0;
  virtual std::int64_t log_bytes() const = 0;  ///< of the write-ahead log
  /// Reports what the engine itself finds wrong: pages, indexes, references, a schema that is not ours.
  virtual void check_structure(
      std::function<void(std::string const& what, std::string const& problem)> const& report) = 0;
  /// Makes a copy at `target` that was read back whole, 0600, never overwriting; gives its SHA-256.
  virtual std::string copy_to(std::string const& target) = 0;

 protected:
  friend class WriteTx;
  friend class ReadTx;
  virtual void begin_write() = 0;  ///< takes its place in the queue (lock file), then BEGIN IMMEDIATE
  virtual void commit() = 0;       ///< throws `store.outcome_unknown` when the end is not known
  virtual void rollback() noexcept = 0;
  virtual void begin_read() = 0;
  virtual void end_read() noexcept = 0;
};

/// Throws `store.absent`, `store.not_ours`, `store.old`, `store.new`, `store.permission`, `store.network_file_system`,
/// ...
std::unique_ptr<Store> open_store(OpenOptions const& options);
/// Is there anything at that path? (A directory or FIFO also counts; `open_store` then says what is wrong with it.)
bool store_exists(std::string const& path);
/// Makes a new store with the newest schema, 0600, whole or not at all. `store.exists` when the path is taken.
void create_store(std::string const& path, std::string const& store_id, base::TimePoint now);

/// The end of the chain of events.
struct Head {
  std::int64_t seq = 0;
  std::string hash;  ///< 64 zeros for the empty chain
};

/// What only the open write transaction can change, so that it is read once and kept.
struct Places {
  std::optional<Head> head;
  std::optional<std::int64_t> last_ticket;  ///< greatest `n` of a ticket
  std::optional<std::int64_t> counter;      ///< last number given to a ticket; stored with the commit
  bool counter_moved = false;
};

/// The only write path. Rolled back unless committed.
class WriteTx {
 public:
  explicit WriteTx(Store& store);
  ~WriteTx();
  WriteTx(WriteTx const&) = delete;
  Connection& connection() { return store_.connection(); }
  void commit();
  void rollback();
  /// Responses are part of their ticket's state: events appended after them ask for its hash anew.
  void note_responses() { responses_ = true; }
  bool has_responses() const { return responses_; }
  Places& places() { return places_; }

 private:
  Store& store_;
  bool open_ = true;
  bool responses_ = false;
  Places places_;
};

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
