// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "store/row_hash.hpp"

namespace umsops::store {

/// The ticket that a row of this id belongs to, in a table of what tickets have (`ticket_id`); empty: there is no such
/// row.
std::string ticket_of_row(Connection& db, HashedTable const& table, std::string_view id);

}  // namespace umsops::store
