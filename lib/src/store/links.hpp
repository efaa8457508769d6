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
/// Links that begin at the record, in the order of kind and target.
std::vector<model::Link> links_from(Connection& db, model::Ref const& record);
/// Links of other records that end at this one.
std::vector<model::Link> links_to(Connection& db, model::Ref const& record);
/// Tickets linked to this one that are not finished yet: its children, and what it waits for.
std::vector<model::Ticket> open_children(Connection& db, std::string_view ticket_id);
/// Of all tickets: who waits for whom, both unfinished.
std::vector<model::Link> unfinished_blocks(Connection& db);
std::vector<model::Ticket> open_blockers(Connection& db, std::string_view ticket_id);

}  // namespace umsops::store
