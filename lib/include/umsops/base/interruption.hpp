// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace umsops::base {

/// The signal that asked this process to stop, 0: none. Set by whoever handles signals, from the handler itself; looked
/// at by everything in the library that waits, or takes long without coming back. One for the process, as signals are.
inline std::atomic<int> interrupting_signal{0};
static_assert(std::atomic<int>::is_always_lock_free);

/// `SIGTERM`.
char const* signal_name(int signal);
/// Throws `process.interrupted` when there was one.
void check_interruption();

}  // namespace umsops::base
