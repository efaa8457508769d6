// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "desk/batch.hpp"
#include "desk/find.hpp"
#include "desk/open_desk.hpp"
#include "umsops/desk/requester_desk.hpp"

/// The steps of a requester's record inside a transaction, for every use case that needs one.
namespace umsops::desk {

Subject const& requesters();
/// By number, account, address, phone or alias, or as any record is. Throws `requester.not_found` or `.ambiguous`.
model::Requester find_requester(OpenDesk& desk, store::Connection& db, std::string const& typed);

/// That by which somebody becomes known.
model::Event first_event(OpenDesk const& desk, model::Requester const& requester, std::string kind, std::string reason);
/// Stores a new one with names and event; gives it as stored.
model::Requester store_new_requester(OpenDesk& desk, store::WriteTx& tx, model::Requester requester,
                                     std::string const& reason);
/// Stores the changed one, one revision on, with its names and an event of that kind. Nothing when nothing differs.
RequesterResult store_step(OpenDesk& desk, store::WriteTx& tx, model::Requester const& before, model::Requester after,
                           char const* kind, std::string const& reason);
/// Sets or clears when they left, as the state says.
void settle_state(model::Requester& requester, base::TimePoint now);
/// Throws `requester.known` where another has that account.
void refuse_known_account(store::Connection& db, model::Requester const& requester);

}  // namespace umsops::desk
