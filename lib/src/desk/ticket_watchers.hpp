// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/announce.hpp"
#include "desk/open_desk.hpp"
#include "umsops/model/ticket.hpp"

/// Who hears of a ticket beside its requester and its assignee.
namespace umsops::desk {

/// By name.
std::vector<std::string> watchers_of(store::Connection& db, model::Ref const& ticket);
/// Stores that they watch it, or do so no more; the next event vouches for it. Those whose word that changes.
std::vector<std::string> set_watching(OpenDesk& desk, store::WriteTx& tx, model::Ref const& ticket,
                                      std::vector<std::string> const& people, bool on);
/// Tells the requester, and everybody who watches.
void tell_all(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, char const* topic,
              Announced const& what = {});

}  // namespace umsops::desk
