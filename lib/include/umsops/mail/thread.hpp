// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/mail/message.hpp"

namespace umsops::mail {

/// Kinds of senders: each is treated in its own way.
enum class Sender {
  person,
  machine,  ///< an automatic answer, a list, bulk mail: never answered automatically
  bounce,   ///< a delivery report about our own mail: never answered either
};

/// The kind of sender; `why` names the field that tells: RFC 3834 (Auto-Submitted, an empty Return-Path), RFC 2919
/// (List-Id), multipart/report, and the older Precedence and X-Auto-Response-Suppress.
struct SenderJudgement {
  Sender sender = Sender::person;
  std::string why;  ///< `Auto-Submitted: auto-replied`; empty for a person
};
SenderJudgement judge_sender(Message const& message);

/// The Message-ID of mail that we send about a ticket: `T-000123+01JD...@umsops`. `unique` tells several apart.
std::string message_id_for(std::string_view ticket_number, std::string_view unique);
/// The ticket number in such an id; nullopt: not one of ours.
std::optional<std::string> ticket_in_message_id(std::string_view message_id);

/// All of our ids in a text, each once, at most 20: for bounces, which contain our mail.
std::vector<std::string> own_ids_in(std::string_view text);

/// What the message answers: In-Reply-To, then References from the newest on, each once, at most 50.
std::vector<std::string> answered_ids(Message const& message);

/// The words of a subject that may be a ticket number, those in brackets first: letters, digits and `-_./`, at least
/// one digit. At most 20.
std::vector<std::string> number_candidates(std::string_view subject);

/// Whether both are the same mailbox; the domain ignores case.
bool same_address(std::string_view a, std::string_view b);

}  // namespace umsops::mail
