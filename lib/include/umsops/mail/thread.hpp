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
  list,     ///< through a list that is not the desk's: never answered automatically
  machine,  ///< an automatic answer, bulk mail: never answered either, and moves nothing
  bounce,   ///< a delivery report about our own mail: never answered either
};

/// The kind of sender; `why` names the field that tells: RFC 3834 (Auto-Submitted, an empty Return-Path), RFC 2919
/// (List-Id), multipart/report, and the older Precedence, X-Auto-Response-Suppress and X-Autoreply with its kin.
struct SenderJudgement {
  Sender sender = Sender::person;
  std::string why;         ///< `Auto-Submitted: auto-replied`; empty for a person who may be answered
  bool may_answer = true;  ///< an automatic answer may be sent: only to persons, and not to all of them
};
/// `own` are the addresses of the desk. People write to a group of that address as to the desk itself; only, a group is
/// never answered automatically.
SenderJudgement judge_sender(Message const& message, std::vector<std::string> const& own);

bool is_one_of(std::vector<std::string> const& addresses, std::string_view address);
/// The same, whatever stands behind a plus: `help+T-000001@example.com` is help@example.com.
bool is_own(std::vector<std::string> const& own, std::string_view address);
/// An address that nobody reads: `noreply@`, `no-reply@`, `donotreply@` and the like.
bool is_noreply(std::string_view address);

/// Who wrote it: From, or where that is the desk's own, a list's or nobody's (a form on a web page, a group that writes
/// its own address into From), the first person of Reply-To and the other senders. Nullopt: nobody is named.
std::optional<Address> author_of(Message const& message, std::vector<std::string> const& own);
/// Where answers go (RFC 5322, 3.6.2): the first person of Reply-To, else the author.
std::optional<Address> answered_to(Message const& message, std::vector<std::string> const& own);
/// The addresses of From, the other senders, Reply-To, To and Cc but the desk's own, each once, at most 100.
std::vector<std::string> participants_of(Message const& message, std::vector<std::string> const& own);

/// The Message-ID of mail that we send about a ticket: `T-000123+01JD...@umsops`. `unique` tells several apart.
std::string message_id_for(std::string_view ticket_number, std::string_view unique);
/// The ticket number in such an id; nullopt: not one of ours.
std::optional<std::string> ticket_in_message_id(std::string_view message_id);
/// What tells it from others, the id of a delivery in most; empty: not one of ours.
std::string unique_in_message_id(std::string_view message_id);

/// All of our ids in a text, each once, at most 20: for bounces, which contain our mail.
std::vector<std::string> own_ids_in(std::string_view text);

/// What the message answers: In-Reply-To, then References from the newest on, each once, at most 50.
std::vector<std::string> answered_ids(Message const& message);

/// The words of a subject that may be a ticket number: those alone in brackets, `[T-000001]`, of letters, digits and
/// `-_./`. Outside brackets a number is any word: `Lenovo T-2`. At most 20.
std::vector<std::string> bracketed_words(std::string_view subject);

}  // namespace umsops::mail
