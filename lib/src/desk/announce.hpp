// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "desk/open_desk.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

/// Puts a message about the ticket into the outbox, in the transaction of its cause. Nobody to tell: nothing.
/// Where the actor's name is known the message says who did it.
/// Topics: `ticket.confirmation`, `ticket.assigned`, `ticket.reply`, `ticket.answer`, `ticket.note` (by a stranger),
/// `ticket.escalated`, `ticket.resolved`, `ticket.reopened`, `ticket.woken`.
struct Announced {
  std::string answers = {};   ///< Message-ID of the mail that it answers
  std::string response = {};  ///< id of the response that it tells
};
void announce(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, char const* topic,
              std::string const& recipient, Announced const& what = {});
/// The same about an incident: `incident.assigned`, `incident.escalated`, `incident.unmuted`, `incident.resolved`,
/// `incident.reopened`, `incident.alert` (to `audiences`), `incident.update`, `incident.recovered` (to `told`). One
/// that is muted: nothing.
void announce(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, char const* topic,
              std::string const& recipient, std::string const& text = {});

}  // namespace umsops::desk
