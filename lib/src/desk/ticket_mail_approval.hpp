// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "desk/open_desk.hpp"
#include "umsops/mail/message.hpp"
#include "umsops/model/ticket.hpp"

/// Mail that answers a question for approval.
namespace umsops::desk {

/// What the first line of somebody's own words says, and nothing else beside it: yes, no, or neither.
std::optional<bool> decision_in(std::string_view own_words);

/// Whether the message answers the question that is asked now, to whoever is asked or the deputy, and is theirs: it
/// comes from an address of their own, by hand, and refers to the mail that they were sent, whose id nobody else knows.
/// An address alone proves nothing: anybody can write it.
bool answers_question(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket, mail::Message const& message);

}  // namespace umsops::desk
