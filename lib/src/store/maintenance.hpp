// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/event_log.hpp"
#include "store/store.hpp"
#include "umsops/base/time.hpp"

namespace umsops::store {

struct AppliedMigration {
  std::int64_t version = 0;
  std::string name;
  std::optional<base::TimePoint> applied_at;
};
/// What the store at `path` has; works on an old store too.
std::vector<AppliedMigration> applied_migrations(std::string const& path);
/// Brings an old store up to date, each step in its own transaction and recorded in it. Gives the steps that were
/// applied.
/// A step that writes the history anew makes its hashes with the key.
std::vector<AppliedMigration> migrate_store(std::string const& path, base::TimePoint now, base::Milliseconds lock_wait,
                                            std::string const& audit_key = {});

struct Figures {
  std::string store_id, engine, engine_version;
  std::int64_t schema_version = 0, events = 0, outbox_waiting = 0, bytes = 0, log_bytes = 0;
  std::vector<std::int64_t> records;  ///< how many of each kind, as `Schema::records`
};
Figures figures(Store& store);

/// Copies the store to a new file through the engine, checks the copy and gives its SHA-256.
std::string backup_store(Store& store, std::string const& target);
/// Structure, row hashes, history, references, indexes. Without a key, hashes that were made with one are taken as they
/// are.
void check_store(Store& store, std::string_view audit_key, std::function<void(Flaw const&)> const& report);
/// `event 3: its hash does not fit...`, the first flaw of these; empty: the store is sound.
std::string first_flaw(Store& store, std::string_view audit_key);

}  // namespace umsops::store
