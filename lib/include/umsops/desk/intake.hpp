// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/desk/ticket_desk.hpp"
#include "umsops/mail/message.hpp"

namespace umsops::desk {

class OpenDesk;

struct MailOptions {
  bool dry_run = false;
  bool whole = false;                      ///< keep the quoted message below a reply
  bool file_automatic = true;              ///< automatic mail that belongs to no ticket makes one; else it is refused
  std::vector<std::string> own_addresses;  ///< of the desk: mail from them is our own, come back
  /// Whether mail of that address is not wanted.
  std::function<bool(std::string_view address)> blocked;
  /// The name of the person of staff whose address this is; empty: nobody's.
  std::function<std::string(std::string_view address)> staff;
};

/// What became of a message.
enum class MailOutcome {
  filed,         ///< a new ticket
  answered,      ///< word on a ticket by somebody who has a part in it
  replied,       ///< an answer by staff
  noted,         ///< automatic mail, or a stranger's, about a ticket: an internal note, which moves nothing
  spam,          ///< marked so on the way, or of a blocked sender: a ticket that is SPAM from the start
  known,         ///< it was here before: nothing happens
  dropped,       ///< it is our own: nothing happens
  rated,         ///< what the requester says of a finished ticket, in a number
  acknowledged,  ///< an answer `ack` by staff to a message about an incident
  approved,      ///< yes, and
  declined,      ///< no, of whoever was asked for approval by mail
};
std::string_view to_string(MailOutcome outcome);  ///< `FILED`, ...

struct MailResult {
  MailOutcome outcome = MailOutcome::filed;
  std::string why;            ///< how it was judged: the field that says it is automatic, the closed ticket it answers
  std::string incident = {};  ///< that was acknowledged
  std::optional<TicketResult> ticket;   ///< none for what was dropped, or acknowledges an incident
  std::int64_t stored = 0, listed = 0;  ///< attachments kept whole, and only named
};

enum class RecordAction { create, reply, close, ignore };
std::optional<RecordAction> parse_record_action(std::string_view text);
std::string_view to_string(RecordAction action);  ///< `create`, ...

/// One record of JSON intake, under our names.
struct IntakeRecord {
  std::int64_t line = 0;
  RecordAction action = RecordAction::create;
  NewTicket wanted;     ///< of `create`; its key also finds the ticket of the other actions
  std::string ticket;   ///< number or id of the ticket of `reply` and `close`; empty: by the key
  std::string act_key;  ///< of the reply or the closing itself: the same one with the same content happens once
  std::optional<base::Error> unreadable;
};

struct IntakeOutcome {
  IntakeRecord const* record = nullptr;
  std::optional<TicketResult> done;  ///< none for `ignore`
  std::optional<base::Error> failed;
};

/// What comes in through the entrances of the desk: each call is one transaction.
class IntakeDesk {
 public:
  explicit IntakeDesk(OpenDesk& desk) : desk_(desk) {}

  /// Takes a message once, known again by its Message-ID and who sent it when, or by its content when it has no id. It
  /// belongs to the ticket whose number stands in brackets in its subject, else to the one whose mail it answers
  /// (In-Reply-To, References), or to the one that was merged into. Unless that is CLOSED: then it is a new ticket with
  /// a link. What the fields do not hold of it is attached. Throws `mail.automatic`; `record.invalid` and whatever a
  /// change throws.
  MailResult mail(mail::Message const& message, MailOptions const& options);

  /// Takes the records in one transaction. When some fail, each gets one of its own, so that the others stay. `visit`
  /// is told what became of the records of a transaction as soon as it is stored.
  using Visit = std::function<void(std::vector<IntakeOutcome> const&)>;
  void records(std::vector<IntakeRecord> const& records, CreateOptions const& options, Visit const& visit);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
