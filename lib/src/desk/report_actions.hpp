// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/open_desk.hpp"
#include "report/aggregate.hpp"

namespace umsops::desk {

/// The actions of all reviews that were there at the report's now; what is done later is open.
void read_actions(OpenDesk& desk, report::Aggregator& into);

}  // namespace umsops::desk
