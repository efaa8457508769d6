// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "umsops/model/priority.hpp"

namespace umsops::service {

/// The priority of each impact and urgency. The default is GLPI's matrix of urgency and impact, levels 2 to 5 of 5,
/// with our names (GLPI's default configuration); being an array, it says something for each pair.
struct PriorityMatrix {
  std::array<std::array<model::Priority, 4>, 4> cells;  ///< [urgency][impact], LOW first

  model::Priority at(model::Priority impact, model::Priority urgency) const {
    return cells[static_cast<std::size_t>(urgency)][static_cast<std::size_t>(impact)];
  }
};

PriorityMatrix const& builtin_matrix();

}  // namespace umsops::service
