// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "store/table.hpp"

namespace umsops::store {

/// Id of the record that a row of this id belongs to, in a table of what records have; empty: there is no such row.
std::string owner_of_row(Connection& db, Table const& table, std::string_view id);

}  // namespace umsops::store
