// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/session.hpp"
#include "umsops/desk/tick.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {

/// TickDesk over a store.
class StoreTickDesk final : public TickDesk {
 public:
  StoreTickDesk(Session& session, TicketDesk& tickets) : session_(session), tickets_(tickets) {}
  TickEnd run(TickOptions const& options, std::function<void(TickItem const&)> const& visit) override;

 private:
  Session& session_;
  TicketDesk& tickets_;
};

}  // namespace umsops::desk
