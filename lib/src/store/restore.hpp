// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "store/store.hpp"
#include "umsops/base/time.hpp"

namespace umsops::store {

struct RestoreOptions {
  std::string backup, path;
  base::TimePoint now;
  base::Milliseconds lock_wait{60'000};
  std::string audit_key = {};
  bool other_desk = false;  ///< also over a store of another id
  bool older = false;       ///< also over one with entries that the backup lacks
  bool dry_run = false;
};

struct RestoreSummary {
  std::string store_id;
  std::int64_t events = 0;
  std::vector<std::int64_t> records;  ///< how many of each kind, as `Schema::records`
  Head head;
  bool replaced = false;             ///< there was something at the path
  std::string kept;                  ///< where that is now
  std::optional<std::int64_t> lost;  ///< its entries that the backup lacks; none: it cannot be read
};

/// Makes the store at `path` what the backup is, which is checked whole before. Writers wait meanwhile, readers see the
/// one or the other, and whoever had begun with the former store is told (`store.replaced`). What was there is kept in
/// a file beside it. Throws `store.damaged` for a backup that is not sound, `store.other_desk`, `store.backup_older`.
RestoreSummary restore_store(RestoreOptions const& options);

}  // namespace umsops::store
