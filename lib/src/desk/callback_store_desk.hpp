// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/session.hpp"
#include "store/store.hpp"
#include "umsops/desk/callbacks.hpp"

namespace umsops::desk {

/// CallbackDesk over a store.
class CallbackStoreDesk final : public CallbackDesk {
 public:
  explicit CallbackStoreDesk(Session& session) : session_(session) {}
  CallbackResult add(std::string const& ticket, NewCallback const& wanted, bool dry_run) override;
  CallbackResult done(std::string const& id, std::string const& outcome, bool dry_run) override;
  ListEnd list(std::optional<model::CallbackState> state, std::optional<base::TimePoint> due_by,
               std::function<bool(model::Callback const&)> const& visit) override;

 private:
  Session& session_;
};

/// Stores a call-back of the ticket, and the event of it; `ticket` becomes as it then is.
model::Callback add_callback(Session& session, store::WriteTx& tx, model::Ticket& ticket, NewCallback const& wanted);

}  // namespace umsops::desk
