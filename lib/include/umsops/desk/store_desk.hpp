// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "umsops/base/time.hpp"
#include "umsops/model/event.hpp"
#include "umsops/query/query.hpp"

namespace umsops::desk {

class OpenDesk;

/// What `db status` and `doctor` tell of a store.
struct StoreStatus {
  std::string path, store_id, engine, engine_version;
  std::int64_t schema_version = 0, schema_needed = 0;
  std::int64_t tickets = 0, events = 0, outbox_waiting = 0, bytes = 0, log_bytes = 0;
};

/// One finding of `db check` or `audit verify`.
struct Finding {
  std::string what;  ///< `structure`, `row_hash`, `chain`, `state`, `index`
  std::string record;
  std::string problem;
};

/// What is wrong, the first of it in full: a store that is torn can have a finding a row.
struct Findings {
  static constexpr std::size_t kMostTold = 100;
  std::vector<Finding> told;
  std::int64_t total = 0;  ///< 0: sound
  bool empty() const { return total == 0; }
};

/// What `audit verify` found.
struct Verification {
  Findings findings;
  std::int64_t entries = 0;
  std::int64_t erased_values = 0;  ///< values that are gone, as an entry tells
  std::int64_t given_times = 0;    ///< entries whose time was given (--now)
  std::int64_t backwards = 0;      ///< entries that are earlier than the one before about the same record
  std::int64_t first_backwards = 0;
  std::int64_t keyed_from = 0;  ///< first entry whose hash was made with a key; 0: none
};

struct Migration {
  std::int64_t version = 0;
  std::string name;
  std::optional<base::TimePoint> applied_at;
};

/// The head of the history chain: an anchor to be kept outside.
struct ChainHead {
  std::int64_t seq = 0;
  std::string hash;  ///< 64 hexadecimal digits
};

/// What `db copy` did.
struct StoreCopy {
  std::string store_id;
  std::int64_t tickets = 0, events = 0;
  std::int64_t rows = 0;  ///< written by this run
  bool resumed = false;   ///< an earlier run had begun it
  ChainHead head;
};

struct RestoreRequest {
  std::string backup;
  std::string store;        ///< empty: the desk's own
  bool other_desk = false;  ///< also over a store of another id
  bool older = false;       ///< also over one with entries of the history that the backup lacks
  bool dry_run = false;
};

/// What `db restore` did.
struct Restored {
  std::string store_id;
  std::int64_t tickets = 0, events = 0;
  ChainHead head;
  bool replaced = false;             ///< there was a store before
  std::string kept;                  ///< the file that it is in now
  std::optional<std::int64_t> lost;  ///< its entries that the backup lacks; none: it cannot be read
};

/// Care of the store itself, and of the history over it.
class StoreDesk {
 public:
  explicit StoreDesk(OpenDesk& desk) : desk_(desk) {}

  /// Makes the store. An existing one of this program is left as it is: false.
  bool init();
  /// Applies what is missing, after a backup beside the store; gives what was applied.
  std::vector<Migration> migrate(bool dry_run);
  std::vector<Migration> migrations();
  StoreStatus status();
  /// Copies the whole store, verified, to a new file (0600). Gives the SHA-256 of the copy.
  std::string backup(std::string const& target);
  /// Makes `to` what `from` is, whatever engines they are in; the desk's own store is left alone. `progress` is
  /// told how many rows are copied by now, after each commit.
  StoreCopy copy(std::string const& from, std::string const& to,
                 std::function<void(std::int64_t rows)> const& progress);
  /// Makes a store what the backup is; see store/restore.hpp.
  Restored restore(RestoreRequest const& request);
  /// Structure, row hashes, chain, indexes.
  Findings check();
  void log(query::Query const& query, std::function<bool(model::Event const&)> const& visit);
  /// The chain, that every record is in the state its last event says, and that rows and events vouch for each other.
  /// With `against`, that this head is in it.
  Verification verify(std::optional<ChainHead> const& against);
  ChainHead head();

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
