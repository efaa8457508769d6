// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "umsops/prepared/recurring.hpp"

namespace umsops::prepared {

/// The number of the day, week (from Monday), month, quarter or year that a date lies in; they follow each other.
std::int64_t period_of(Every every, Date date);
/// Its days, in order, each once.
std::vector<Date> days_of(Rhythm const& rhythm, std::int64_t period);

}  // namespace umsops::prepared
