// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/ticket_steps.hpp"

/// The question whether a ticket may be worked on, as steps inside a transaction.
namespace umsops::desk {

/// Throws `approval.asked`, `usage.bad_value` where the question names nobody (`manager` of somebody of whom the
/// directory knows none, `owner:` of a service without one), `people.unknown` for a team that is not in the roster.
Acted ask_approval(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, AskApproval const& question,
                   std::string const& reason);
/// The reason of a refusal is kept as a note, unless its own words are. Throws `approval.none`, and
/// `approval.not_yours` for somebody else's.
Acted answer_approval(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, AnswerApproval const& answer,
                      std::string const& reason, bool noted = false);
/// Nobody answered in time: the deputy is asked, if there is one who was not yet; else it is EXPIRED.
Acted overdue_approval(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, std::string const& reason);

/// When the question that is asked now was put; nullopt: none is known of.
std::optional<base::TimePoint> question_asked_at(store::Connection& db, model::Ticket const& ticket);
/// Whether this person is asked, or the deputy, by any name that the directory and the roster know them by.
bool may_approve(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket, std::string const& person);

/// What the question calls this person who may answer it.
std::string name_asked(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket, std::string const& person);

}  // namespace umsops::desk
