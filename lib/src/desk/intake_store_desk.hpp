// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/ticket_store_desk.hpp"
#include "umsops/desk/intake.hpp"

namespace umsops::desk {

/// IntakeDesk over a store. Tickets are filed as `TicketStoreDesk` files them.
class IntakeStoreDesk final : public IntakeDesk {
 public:
  IntakeStoreDesk(Session& session, TicketStoreDesk& tickets) : session_(session), tickets_(tickets) {}

  MailResult mail(mail::Message const& message, MailOptions const& options) override;
  std::vector<IntakeOutcome> records(std::vector<IntakeRecord> const& records, CreateOptions const& options) override;

 private:
  /// A record with all done that needs no store: what fails here fails before anything is written.
  struct Prepared {
    IntakeRecord const* record;
    std::optional<model::Ticket> draft;
    std::optional<base::Error> failed;
  };
  std::vector<IntakeOutcome> preview(std::vector<Prepared> const& all, CreateOptions const& options);
  Prepared prepared(IntakeRecord const& record);
  TicketResult act(store::WriteTx& tx, IntakeRecord const& record, CreateOptions const& options);
  model::Ticket ticket_of(store::Connection& db, IntakeRecord const& record);
  IntakeOutcome take(store::WriteTx& tx, Prepared const& prepared, CreateOptions const& options);

  Session& session_;
  TicketStoreDesk& tickets_;
};

}  // namespace umsops::desk
