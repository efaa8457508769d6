// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"
#include "umsops/model/event.hpp"

namespace umsops::store {

/// Changes the state of the response's ticket too, which must be stored; the event of the change comes after it.
void insert_response(WriteTx& tx, model::Response const& response, std::string const& salt);
/// In the order they were written down.
std::vector<model::Response> responses_of(Connection& db, std::string_view ticket_id);

}  // namespace umsops::store
