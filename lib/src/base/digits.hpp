// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace umsops::base {

/// Writes the last `digits` digits of a number that is not negative; returns the place behind them.
inline char* put_digits(char* to, int value, int digits) {
  for (int i = digits - 1; i >= 0; --i, value /= 10) to[i] = static_cast<char>('0' + value % 10);
  return to + digits;
}

}  // namespace umsops::base
