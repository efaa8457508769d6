// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace umsops::base {

/// Simplified for traditional Chinese characters, all others as they are.
char32_t simplified(char32_t c);

}  // namespace umsops::base
