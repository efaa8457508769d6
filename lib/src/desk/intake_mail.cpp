// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/mail_text.hpp"
#include "desk/ticket_create.hpp"
#include "desk/ticket_steps.hpp"
#include "store/attachments.hpp"
#include "store/keys.hpp"
#include "store/links.hpp"
#include "store/responses.hpp"
#include "store/tickets.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/desk/intake.hpp"
#include "umsops/mail/text.hpp"
#include "umsops/mail/thread.hpp"
#include "umsops/model/key_nouns.hpp"

namespace umsops::desk {
namespace {

using base::Error;

/// The title without `[T-000001]`: the new ticket has a number of its own.
std::string title_without(std::string title, std::string const& number, std::string const& otherwise) {
  std::string const mark = "[" + number + "]";
  if (auto const at = title.find(mark); at != std::string::npos) title.erase(at, mark.size());
  title = mail::bare_subject(title);
  return title.empty() ? otherwise : title;
}

/// One message on its way into the store. All that is known without the store is worked out once; the rest may run
/// several times, as transactions do.
class MailIntake {
 public:
  MailIntake(OpenDesk& desk, mail::Message const& message, MailOptions const& options)
      : desk_(desk),
        message_(message),
        options_(options),
        judgement_(mail::judge_sender(message)),
        sender_(sender_of(message)),
        key_(key_of(message)),
        actor_(desk.options().actor.name) {
    wanted_.source = model::Source::email;
    wanted_.requester_id = sender_;
    auto text = text_of(message, false);
    wanted_.title = title_of(message, text.text);
    wanted_.description = std::move(text.text);
    whole_ = std::move(text.whole);
    if (options.staff && message.from) staff_ = options.staff(message.from->address);
    if (!staff_.empty() || !sender_.empty()) desk.act_as(staff_.empty() ? sender_ : staff_);
  }
  ~MailIntake() { desk_.act_as(actor_); }
  MailIntake(MailIntake const&) = delete;

  bool is_own() const {
    auto const& own = options_.own_addresses;
    return message_.from && std::any_of(own.begin(), own.end(), [&](auto const& address) {
             return mail::same_address(address, message_.from->address);
           });
  }

  MailResult preview() {
    MailResult result = begin(MailOutcome::filed);
    refuse_automatic();
    result.ticket = preview_first(desk_, create_options(), draft());
    finish(result);
    return result;
  }

  MailResult take(store::WriteTx& tx) {
    if (auto const known = store::find_key(tx.connection(), model::kTicketMailKeys, key_))
      return known_already(tx, *known);
    attachments_id_.clear();
    attached_ = 0;
    auto target = find_target(tx.connection());
    MailResult result;
    if (target && judgement_.sender != mail::Sender::person) {
      result = respond(tx, *target, MailOutcome::noted);
    } else if (target && target->status != model::TicketStatus::closed) {
      result = respond(tx, *target, is_staff(*target) ? MailOutcome::replied : MailOutcome::answered);
    } else {
      result = file(tx, target);
    }
    finish(result);
    return result;
  }

 private:
  /// Somebody of the roster, or whoever the ticket is given to by his address.
  bool is_staff(model::Ticket const& ticket) const {
    return !staff_.empty() || (!sender_.empty() && mail::same_address(sender_, ticket.assignee_id));
  }

  MailResult begin(MailOutcome outcome) const {
    MailResult result;
    result.outcome = outcome;
    result.why = judgement_.why;
    return result;
  }

  void finish(MailResult& result) const {
    result.ticket->dry_run = options_.dry_run;
    auto& warnings = result.ticket->warnings;
    warnings.insert(warnings.end(), message_.problems.begin(), message_.problems.end());
  }

  CreateOptions create_options() const {
    CreateOptions options;
    options.dry_run = options_.dry_run;
    options.reason = message_.message_id.empty() ? std::string() : "Message-ID: " + message_.message_id.substr(0, 200);
    options.confirm = judgement_.sender == mail::Sender::person && sender_.find('@') != std::string::npos;
    options.answers = message_.message_id;
    return options;
  }

  model::Ticket const& draft() {
    if (!draft_) draft_ = drafted(desk_, wanted_);
    return *draft_;
  }

  void refuse_automatic() const {
    if (judgement_.sender == mail::Sender::person || options_.file_automatic) return;
    throw Error(base::errors::mail_automatic, {{"why", judgement_.why}});
  }

  MailResult known_already(store::WriteTx& tx, store::KeyRow const& row) const {
    auto stored = store::ticket_at(tx.connection(), row.record);
    if (!stored) throw Error(base::errors::store_damaged, {{"problem", "mail " + key_ + " names no ticket"}});
    MailResult result = begin(MailOutcome::known);
    result.ticket.emplace();
    result.ticket->ticket = *std::move(stored);
    result.ticket->result = Result::unchanged;
    result.ticket->dry_run = options_.dry_run;
    tx.discard();
    return result;
  }

  std::optional<model::Ticket> by_number(store::Connection& db, std::string const& word) const {
    // Digits alone are any number, whatever people may type on the command line.
    bool const has_letter =
        std::any_of(word.begin(), word.end(), [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
    auto const number = desk_.numbers().normalise(word);
    if (!number || (!has_letter && *number != word)) return std::nullopt;
    return store::find_ticket_by_number(db, *number);
  }

  std::optional<model::Ticket> by_message_id(store::Connection& db, std::string const& id) const {
    if (auto const number = mail::ticket_in_message_id(id)) return store::find_ticket_by_number(db, *number);
    auto const key = store::find_key(db, model::kTicketMailKeys, id);
    return key ? store::ticket_at(db, key->record) : std::nullopt;
  }

  /// The ticket that the message is about: the first one named that is not CLOSED, or else goes on in one that is not.
  std::optional<model::Ticket> find_target(store::Connection& db) const {
    std::optional<model::Ticket> closed;
    auto const is_it = [&](std::optional<model::Ticket> const& found) {
      bool const finished = found && found->status == model::TicketStatus::closed;
      if (finished && !closed) closed = found;
      return found && !finished;
    };
    for (auto const& word : mail::number_candidates(message_.subject)) {
      if (auto found = by_number(db, word); is_it(found)) return found;
    }
    auto ids = mail::answered_ids(message_);
    if (judgement_.sender == mail::Sender::bounce) {
      for (auto& id : returned_ids()) ids.push_back(std::move(id));
    }
    for (auto const& id : ids) {
      if (auto found = by_message_id(db, id); is_it(found)) return found;
    }
    if (!closed) return std::nullopt;
    auto const goes_on = going_on(db, *closed);
    return goes_on ? goes_on : closed;
  }

  /// The sender's open ticket that an earlier message on the closed one made.
  std::optional<model::Ticket> going_on(store::Connection& db, model::Ticket const& closed) const {
    for (auto const& link : store::links_to(db, model::ref_of(closed))) {
      if (link.kind != model::LinkKind::relates_to) continue;
      auto found = store::find_ticket_by_id(db, link.from.id);
      if (found && found->status != model::TicketStatus::closed && found->requester_id == sender_) return found;
    }
    return std::nullopt;
  }

  /// Our own ids in the message that a bounce brings back.
  std::vector<std::string> returned_ids() const {
    auto ids = mail::own_ids_in(message_.body);
    for (auto const& attachment : message_.attachments) {
      auto const bytes = attachment.content ? base::base64_decode(*attachment.content) : std::nullopt;
      for (auto& id : mail::own_ids_in(bytes ? *bytes : attachment.text.value_or(""))) ids.push_back(std::move(id));
    }
    return ids;
  }

  MailResult file(store::WriteTx& tx, std::optional<model::Ticket> const& closed) {
    refuse_automatic();
    MailResult result = begin(MailOutcome::filed);
    auto ticket_to_be = draft();
    if (closed) ticket_to_be.title = title_without(ticket_to_be.title, closed->ticket_number, closed->title);
    Beside beside;
    beside.parts = [&](store::WriteTx& write, model::Ticket const& ticket) {
      auto const from = model::ref_of(ticket);
      if (closed) {
        store::insert_link(write, {from, model::LinkKind::relates_to, model::ref_of(*closed), desk_.now()});
      }
      attach(write, result, from, {}, whole_);
      store::insert_key(write, model::kTicketMailKeys, key_, from, {});
    };
    result.ticket = file_ticket(desk_, tx, wanted_, create_options(), ticket_to_be, beside);
    if (closed) result.why = closed->ticket_number + " is CLOSED";
    return result;
  }

  MailResult respond(store::WriteTx& tx, model::Ticket const& before, MailOutcome outcome) {
    MailResult result = begin(outcome);
    bool const note = outcome == MailOutcome::noted;
    auto text = text_of(message_, !options_.whole && !note);
    Reply reply;
    reply.text = text.text.empty() ? title_of(message_, {}) : std::move(text.text);
    reply.internal = note;
    reply.side = outcome == MailOutcome::replied ? Side::staff : Side::requester;
    reply.responder = staff_.empty() ? sender_ : staff_;
    auto const parts = [&](std::string const& response) {
      attach(tx, result, model::ref_of(before), response, text.whole);
      store::insert_key(tx, model::kTicketMailKeys, key_, model::ref_of(before), {});
    };
    auto acted = reply_to(desk_, tx, before, reply, create_options().reason, parts);
    result.ticket.emplace();
    result.ticket->result = Result::updated;
    result.ticket->ticket = std::move(acted.ticket);
    result.ticket->ticket.sla = model::sla_status_at(result.ticket->ticket, desk_.now());
    result.ticket->warnings = desk_.hooks().take_feedback();
    return result;
  }

  void attach(store::WriteTx& tx, MailResult& result, model::Ref const& record, std::string const& response,
              std::optional<std::string> const& whole) {
    for (auto const& attachment : message_.attachments) {
      if (attachment.text) continue;
      attach_one(
          tx, {{}, record, response, attachment.file_name, attachment.media_type, attachment.bytes, attachment.sha256},
          attachment.content);
      ++(attachment.content ? result.stored : result.listed);
    }
    if (!whole) return;
    attach_one(tx,
               {{},
                record,
                response,
                "message.txt",
                "text/plain",
                static_cast<std::int64_t>(whole->size()),
                base::sha256_hex(*whole)},
               base::base64_encode(*whole));
    ++result.stored;
  }

  void attach_one(store::WriteTx& tx, model::Attachment attachment, std::optional<std::string> const& content) {
    // Their ids keep the order in which they stood in the message.
    if (attachments_id_.empty()) attachments_id_ = desk_.ids().next_id(desk_.now());
    std::string const place = std::to_string(attached_++);
    attachment.id = attachments_id_ + "-" + std::string(4 - std::min<std::size_t>(place.size(), 4), '0') + place;
    attachment.created_at = desk_.now();
    store::insert_attachment(tx, attachment, content);
  }

  OpenDesk& desk_;
  mail::Message const& message_;
  MailOptions const& options_;
  mail::SenderJudgement judgement_;
  std::string sender_, staff_, key_;
  std::string actor_;  ///< whoever runs the command; the history names whoever wrote
  NewTicket wanted_;
  std::optional<std::string> whole_;
  std::optional<model::Ticket> draft_;
  std::string attachments_id_;
  int attached_ = 0;
};

}  // namespace

std::string_view to_string(MailOutcome outcome) {
  switch (outcome) {
    case MailOutcome::filed:
      return "FILED";
    case MailOutcome::answered:
      return "ANSWERED";
    case MailOutcome::replied:
      return "REPLIED";
    case MailOutcome::noted:
      return "NOTED";
    case MailOutcome::known:
      return "KNOWN";
    case MailOutcome::dropped:
      return "DROPPED";
  }
  return "";
}

MailResult IntakeDesk::mail(mail::Message const& message, MailOptions const& options) {
  MailIntake intake(desk_, message, options);
  if (intake.is_own()) {
    MailResult result;
    result.outcome = MailOutcome::dropped;
    result.why = "From: " + message.from->address;
    return result;
  }
  if (options.dry_run && desk_.absent_default()) return intake.preview();
  return desk_.write([&](store::WriteTx& tx) {
    auto result = intake.take(tx);
    if (options.dry_run) tx.discard();
    return result;
  });
}

}  // namespace umsops::desk
