// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

namespace umsops::base {

/// How far something has come that takes long: counted by what does it, shown by whoever likes. One for the process, as
/// its terminal is.
struct Progress {
  std::atomic<std::int64_t> done{0};
  std::atomic<std::int64_t> total{0};  ///< 0: nobody knows
};
inline Progress progress;

/// So many more are done.
inline void progressed(std::int64_t count = 1) { progress.done.fetch_add(count, std::memory_order_relaxed); }
/// So many more are to be done: known before they begin.
inline void progress_ahead(std::int64_t count) { progress.total.fetch_add(count, std::memory_order_relaxed); }

}  // namespace umsops::base
