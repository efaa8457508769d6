// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"
#include "umsops/model/link.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::store {

/// False when it was there already.
bool insert_link(WriteTx& tx, model::Link const& link);
/// False when there was none.
bool erase_link(WriteTx& tx, model::Link const& link);
/// Links that begin at the ticket, in the order of kind and target.
std::vector<model::Link> links_from(Connection& db, std::string_view ticket_id);
/// Links of other tickets that end at this record.
std::vector<model::Link> links_to(Connection& db, std::string_view record_id);
/// The tickets that these links begin at or end at, where they are not finished yet.
std::vector<model::Ticket> open_children(Connection& db, std::string_view ticket_id);
/// Of all tickets: who waits for whom, both unfinished.
std::vector<model::Link> unfinished_blocks(Connection& db);
std::vector<model::Ticket> open_blockers(Connection& db, std::string_view ticket_id);

}  // namespace umsops::store
