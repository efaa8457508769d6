// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "store/store.hpp"
#include "umsops/base/time.hpp"

namespace umsops::store {

struct CopyOptions {
  std::string from, to;
  base::TimePoint now;
  base::Milliseconds lock_wait{60'000};
  std::int64_t portion = 500;                       ///< rows a transaction
  std::function<void(std::int64_t rows)> progress;  ///< after each portion; may throw to stop
  Schema const* schema = &desk_schema();
};

struct CopySummary {
  std::string store_id;
  std::vector<std::int64_t> records;  ///< how many of each kind, as `Schema::records`
  std::int64_t events = 0, rows = 0;  ///< rows: those written by this run
  bool resumed = false;
  Head head;
};

/// Makes the store `to` what `from` is, whatever engines they are in, row by row with every hash as it was, and checks
/// the result whole. A copy that was cut off goes on where it stopped, as long as `from` has not changed. Throws
/// `store.not_empty` for a target that is anything else.
CopySummary copy_store(CopyOptions const& options);

}  // namespace umsops::store
