// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "desk/open_desk.hpp"
#include "umsops/desk/ticket_verbs.hpp"
#include "umsops/model/ticket.hpp"

/// What a template may say.
namespace umsops::desk {

/// Of the ticket, its requester and the actor; see TicketDesk::word_facts.
base::Value facts_for_words(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket, std::string& language);

/// The words for this ticket: those of the wording where there is one, else the text.
std::string words_for(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket, Wording const& wording,
                      std::string const& text);

}  // namespace umsops::desk
