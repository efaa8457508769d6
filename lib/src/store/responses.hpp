// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"
#include "umsops/model/event.hpp"

namespace umsops::store {

/// Of a stored ticket. The next event vouches for it.
void insert_response(WriteTx& tx, model::Response const& response);
/// In the order they were written down.
std::vector<model::Response> responses_of(Connection& db, std::string_view ticket_id);

}  // namespace umsops::store
