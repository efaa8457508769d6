// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "store/connection.hpp"

namespace umsops::store {

/// The hash over all responses of a ticket after one more of them. It is part of the ticket's state, so that the
/// history proves them too.
std::string extend_responses_hash(std::string_view before, std::string_view response_hash);
/// Takes a new response into the state of its ticket.
void set_responses_hash(Connection& db, std::string_view ticket_id, std::string const& response_hash);

}  // namespace umsops::store
