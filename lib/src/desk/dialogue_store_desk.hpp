// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/ticket_store_desk.hpp"
#include "umsops/desk/dialogue_intake.hpp"

namespace umsops::desk {

/// DialogueDesk over a store.
class DialogueStoreDesk final : public DialogueDesk {
 public:
  DialogueStoreDesk(Session& session, TicketStoreDesk& tickets) : session_(session), tickets_(tickets) {}
  void prepare() override;
  DialogueResult file(DialogueReport const& report, bool dry_run) override;

 private:
  model::Ticket note_transcript(store::WriteTx& tx, model::Ticket const& ticket, std::vector<std::string> const& parts,
                                std::string const& reason);
  Session& session_;
  TicketStoreDesk& tickets_;
};

}  // namespace umsops::desk
