// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace umsops::learn {

/// Calls `piece(i, worker)` for each i below `count`, on up to so many threads, this one among them; workers have
/// numbers from 0. Which of them does what is left to chance, so pieces must not depend on each other. Throws what a
/// piece threw, or `process.interrupted`, when all have ended.
void share_work(unsigned threads, std::size_t count, std::function<void(std::size_t, unsigned)> const& piece);

}  // namespace umsops::learn
