// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace umsops::fuzz {

/// What a target does with one input: nothing that is seen outside. Whatever the input, it is either understood or
/// refused with `base::Error`; anything else (a crash, another exception, a broken promise) is a find.
void one_input(std::string_view bytes);

/// A promise that has to hold for every input.
inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace umsops::fuzz
