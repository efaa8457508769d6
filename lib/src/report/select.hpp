// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "umsops/report/table.hpp"

namespace umsops::report {

/// Leaves the rows that the definition asks for, as many as it allows.
void select_rows(Table& table, Definition const& definition);

}  // namespace umsops::report
