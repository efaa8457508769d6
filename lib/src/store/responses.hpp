// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
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
/// Those behind a place, each with its own.
struct PlacedResponse {
  std::int64_t place = 0;
  model::Response response;
};
std::vector<PlacedResponse> responses_after(Connection& db, std::string_view ticket_id, std::int64_t place);
/// The place of the next one. The turn is taken.
std::int64_t next_response(Connection& db, std::string_view ticket_id);

}  // namespace umsops::store
