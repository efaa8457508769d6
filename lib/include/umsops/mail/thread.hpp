// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/mail/message.hpp"

namespace umsops::mail {

/// How a message must be treated because of who, or what, sent it.
enum class Sender {
  person,
  machine,  ///< an automatic answer, a list, bulk mail: never answered automatically
  bounce,   ///< a report about mail that we sent: never answered either
};

/// Who sent it, with the field that says so in `why`: RFC 3834 (Auto-Submitted, an empty Return-Path), RFC 2919
/// (List-Id), multipart/report, and the older Precedence and X-Auto-Response-Suppress.
struct SenderJudgement {
  Sender sender = Sender::person;
  std::string why;  ///< `Auto-Submitted: auto-replied`; empty for a person
};
SenderJudgement judge_sender(Message const& message);

/// The Message-ID of mail that we send about a ticket: `T-000123+01JD...@umsops`. `unique` tells several apart.
std::string message_id_for(std::string_view ticket_number, std::string_view unique);
/// The ticket number in such an id; nullopt: the id is not ours.
std::optional<std::string> ticket_in_message_id(std::string_view message_id);

/// All ids of ours in a text, each once, at most 20: for bounces, which bring our mail back.
std::vector<std::string> own_ids_in(std::string_view text);

/// What the message answers: In-Reply-To, then References from the newest on, each once, at most 50.
std::vector<std::string> answered_ids(Message const& message);

/// The words of a subject that may be a ticket's number, those in brackets first: letters, digits and `-_./` in a row
/// with a digit in it. At most 20.
std::vector<std::string> number_candidates(std::string_view subject);

/// Whether both are the same mailbox: the domain in any case.
bool same_address(std::string_view a, std::string_view b);

}  // namespace umsops::mail
