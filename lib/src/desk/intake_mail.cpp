// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/announce.hpp"
#include "desk/given_files.hpp"
#include "desk/intake_ack.hpp"
#include "desk/mail_text.hpp"
#include "desk/requester_lookup.hpp"
#include "desk/ticket_approvals.hpp"
#include "desk/ticket_create.hpp"
#include "desk/ticket_mail_approval.hpp"
#include "desk/ticket_mail_target.hpp"
#include "desk/ticket_steps.hpp"
#include "desk/ticket_watchers.hpp"
#include "store/links.hpp"
#include "store/mails.hpp"
#include "store/tickets.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/intake.hpp"
#include "umsops/mail/rating.hpp"
#include "umsops/mail/text.hpp"
#include "umsops/mail/thread.hpp"

namespace umsops::desk {
namespace {

using base::Error;

constexpr std::size_t kMostCopied = 20;  ///< watchers that one message may add

/// The title without `[T-000001]`: the new ticket has a number of its own.
std::string title_without(std::string title, std::string const& number) {
  std::string const mark = "[" + number + "]";
  if (auto const at = title.find(mark); at != std::string::npos) title.erase(at, mark.size());
  return mail::bare_subject(title);
}

/// One message on its way into the store. All that is known without the store is worked out once; the rest may run
/// several times, as transactions do.
class MailIntake {
 public:
  MailIntake(OpenDesk& desk, mail::Message const& message, MailOptions const& options)
      : desk_(desk),
        message_(message),
        options_(options),
        judgement_(mail::judge_sender(message, options.own_addresses)),
        author_(name_of(mail::author_of(message, options.own_addresses))),
        key_(key_of(message)),
        identity_(identity_of(message, author_)),
        actor_(desk.options().actor.name),
        keeper_(desk) {
    if (options.staff) staff_ = options.staff(author_);
    spam_ = message.spam;
    bool const blocked = staff_.empty() && options.blocked && options.blocked(author_);
    if (spam_.empty() && blocked) spam_ = "blocked: " + author_;
    bool const answerable = staff_.empty() && judgement_.sender == mail::Sender::person;
    wanted_.source = model::Source::email;
    wanted_.requester_id = answerable ? name_of(mail::answered_to(message, options.own_addresses)) : author_;
    auto text = text_of(message);
    auto title = title_of(message, text.text);
    wanted_.title = std::move(title.text);
    wanted_.description = std::move(text.text);
    cut_ = text.cut || title.cut || (message.from && author_.ends_with("…"));
    if (!staff_.empty() || !author_.empty()) desk.act_as(staff_.empty() ? author_ : staff_);
  }
  ~MailIntake() { desk_.act_as(actor_); }
  MailIntake(MailIntake const&) = delete;

  /// From the desk, without anybody else to answer to, or with an id that only the desk gives.
  bool is_own() const {
    auto const& own = options_.own_addresses;
    if (!message_.from || !mail::is_own(own, message_.from->address)) return false;
    return mail::is_own(own, author_) || mail::ticket_in_message_id(message_.message_id);
  }

  MailResult preview() {
    MailResult result = begin(spam_.empty() ? MailOutcome::filed : MailOutcome::spam);
    if (spam_.empty()) refuse_automatic();
    result.ticket = preview_first(desk_, create_options(), draft());
    finish(result);
    return result;
  }

  MailResult take(store::WriteTx& tx) {
    if (auto const known = known_mail(tx.connection())) return known_already(tx, *known);
    keeper_ = AttachmentKeeper(desk_);
    if (!spam_.empty()) return file_spam(tx);
    auto const target = find_mail_target(desk_, tx.connection(), message_, judgement_.sender, author_);
    if (target && judgement_.sender == mail::Sender::person &&
        answers_question(desk_, tx.connection(), target->ticket, message_)) {
      if (auto const yes = decision_in(own_words(tx.connection(), *target).text)) return decide(tx, *target, *yes);
    }
    if (auto const rating = target ? rating_of(tx, *target) : std::nullopt) return rated(tx, *target, *rating);
    bool const part = target && has_part(tx.connection(), *target);
    bool const open = target && target->ticket.status != model::TicketStatus::closed;
    MailResult result = open || (target && is_machine()) ? respond(tx, *target, outcome_on(target->ticket, part))
                                                         : file(tx, target, part);
    finish(result);
    return result;
  }

 private:
  bool is_machine() const {
    return judgement_.sender == mail::Sender::machine || judgement_.sender == mail::Sender::bounce;
  }

  /// Somebody of the roster, or who works on the ticket by his address.
  bool is_staff(model::Ticket const& ticket) const {
    return !staff_.empty() || (!author_.empty() && base::same_person(author_, ticket.assignee_id));
  }

  bool has_part(store::Connection& db, MailTarget const& target) const {
    std::vector<std::string> authors{author_};
    if (message_.from && !mail::is_own(options_.own_addresses, message_.from->address)) {
      authors.push_back(message_.from->address);
    }
    std::erase_if(authors, [](std::string const& address) { return address.empty(); });
    return desk::has_part_in(db, target, authors, options_.own_addresses);
  }

  MailOutcome outcome_on(model::Ticket const& ticket, bool part) const {
    if (is_machine()) return MailOutcome::noted;
    if (is_staff(ticket)) return MailOutcome::replied;
    return part ? MailOutcome::answered : MailOutcome::noted;
  }

  /// A number from the requester of a finished ticket: it reopens nothing.
  std::optional<mail::Rating> rating_of(store::WriteTx& tx, MailTarget const& target) const {
    auto const& ticket = target.ticket;
    using Status = model::TicketStatus;
    bool const finished = ticket.status == Status::resolved || ticket.status == Status::closed;
    if (!finished || is_machine() || is_staff(ticket)) return std::nullopt;
    if (!is_same_requester(tx.connection(), author_, ticket.requester_id)) return std::nullopt;
    return mail::rating_in(own_words(tx.connection(), target).text);
  }

  MailResult rated(store::WriteTx& tx, MailTarget const& target, mail::Rating const& rating) {
    if (target.ticket.rating) return respond(tx, target, MailOutcome::noted);  // a ticket is rated once
    MailResult result = begin(MailOutcome::rated);
    result.ticket = result_of(rate(
        desk_, tx, target.ticket, {rating.stars, rating.comment, author_}, create_options().reason,
        [&](std::string const& response) { keep(tx, result, model::ref_of(target.ticket), response, false, true); }));
    finish(result);
    return result;
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
    for (auto& told : desk_.take_warnings()) warnings.push_back(std::move(told));
  }

  CreateOptions create_options() const {
    CreateOptions options;
    options.dry_run = options_.dry_run;
    options.reason = message_.message_id.empty() ? std::string() : "Message-ID: " + message_.message_id.substr(0, 200);
    options.confirm = judgement_.may_answer && wanted_.requester_id.find('@') != std::string::npos;
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

  std::optional<model::Mail> known_mail(store::Connection& db) const {
    for (auto& mail : store::mails_called(db, key_)) {
      if (mail.identity == identity_ || mail.identity == model::kAnyIdentity) return std::move(mail);
    }
    return std::nullopt;
  }

  MailResult known_already(store::WriteTx& tx, model::Mail const& mail) const {
    auto stored = store::find_ticket_by_id(tx.connection(), mail.record.id);
    if (!stored) throw Error(base::errors::store_damaged, {{"problem", "mail " + key_ + " names no ticket"}});
    MailResult result = begin(MailOutcome::known);
    result.ticket.emplace();
    result.ticket->ticket = *std::move(stored);
    result.ticket->result = Result::unchanged;
    result.ticket->dry_run = options_.dry_run;
    tx.discard();
    return result;
  }

  MailResult file(store::WriteTx& tx, std::optional<MailTarget> const& closed, bool part) {
    refuse_automatic();
    MailResult result = begin(MailOutcome::filed);
    auto ticket_to_be = draft();
    if (closed) {
      auto title = title_without(ticket_to_be.title, closed->named.ticket_number);
      // A stranger is not told what the closed one is about.
      if (title.empty()) title = part ? closed->ticket.title : title_of_text();
      ticket_to_be.title = std::move(title);
    }
    Beside beside;
    beside.parts = [&](store::WriteTx& write, model::Ticket const& ticket) {
      auto const from = model::ref_of(ticket);
      if (closed) {
        store::insert_link(write, {from, model::LinkKind::relates_to, model::ref_of(closed->ticket), desk_.now()});
      }
      keep(write, result, from, {}, cut_, !is_machine());
    };
    result.ticket = file_ticket(desk_, tx, wanted_, create_options(), ticket_to_be, beside);
    if (closed) result.why = closed->ticket.ticket_number + " is CLOSED";
    return result;
  }

  /// It joins no ticket, whatever it answers, moves nothing, and nobody hears of it; but it is kept.
  MailResult file_spam(store::WriteTx& tx) {
    MailResult result = begin(MailOutcome::spam);
    result.why = spam_;
    auto ticket_to_be = draft();
    ticket_to_be.status = model::TicketStatus::spam;
    ticket_to_be.assignee_id.clear();
    auto options = create_options();
    options.confirm = false;
    Beside beside;
    beside.parts = [&](store::WriteTx& write, model::Ticket const& ticket) {
      keep(write, result, model::ref_of(ticket), {}, cut_, false);
    };
    result.ticket = file_ticket(desk_, tx, wanted_, options, ticket_to_be, beside);
    finish(result);
    return result;
  }

  std::string title_of_text() const {
    mail::Message unnamed;
    unnamed.attachments = message_.attachments;
    return title_of(unnamed, wanted_.description).text;
  }

  /// What the author has added to the talk.
  MailText own_words(store::Connection& db, MailTarget const& target) const {
    mail::Talk const talk{
        options_.own_addresses, {target.ticket.ticket_number, target.named.ticket_number}, said_in(db, target.ticket)};
    return text_of(message_, &talk);
  }

  /// Yes or no of whoever is asked; the words are kept as a note.
  MailResult decide(store::WriteTx& tx, MailTarget const& target, bool yes) {
    MailResult result = begin(yes ? MailOutcome::approved : MailOutcome::declined);
    auto const by = !staff_.empty() ? staff_ : name_asked(desk_, tx.connection(), target.ticket, author_);
    AnswerApproval answer;
    answer.yes = yes;
    answer.by = by;
    auto acted = answer_approval(desk_, tx, target.ticket, answer, create_options().reason, true);
    Reply note;
    auto text = own_words(tx.connection(), target);
    note.text = std::move(text.text);
    note.internal = true;
    note.responder = by;
    acted = reply_to(desk_, tx, acted.ticket, note, create_options().reason, [&](std::string const& response) {
      keep(tx, result, model::ref_of(target.ticket), response, text.cut, false);
    });
    result.why = by;
    fill(result, std::move(acted.ticket));
    finish(result);
    return result;
  }

  void fill(MailResult& result, model::Ticket ticket) const {
    result.ticket.emplace();
    result.ticket->result = Result::updated;
    result.ticket->ticket = std::move(ticket);
    result.ticket->ticket.sla = model::sla_status_at(result.ticket->ticket, desk_.now());
    result.ticket->warnings = desk_.hooks().take_feedback();
  }

  MailResult respond(store::WriteTx& tx, MailTarget const& target, MailOutcome outcome) {
    model::Ticket const& before = target.ticket;
    MailResult result = begin(outcome);
    bool const note = outcome == MailOutcome::noted;
    if (note && !is_machine() && !before.rating) result.why = author_ + " has no part in " + before.ticket_number;
    auto text = options_.whole || note ? text_of(message_) : own_words(tx.connection(), target);
    Reply reply;
    reply.text = text.text.empty() ? title_of(message_, {}).text : std::move(text.text);
    reply.internal = note;
    reply.side = outcome == MailOutcome::replied ? Side::staff : Side::requester;
    reply.responder = staff_.empty() ? author_ : staff_;
    auto const parts = [&](std::string const& response) {
      keep(tx, result, model::ref_of(before), response, text.cut, !note);
    };
    auto acted = reply_to(desk_, tx, before, reply, create_options().reason, parts);
    // Nothing else tells anybody: the ticket may be RESOLVED and out of sight.
    if (note && !is_machine()) announce(desk_, tx, acted.ticket, "ticket.note", acted.ticket.assignee_id);
    fill(result, std::move(acted.ticket));
    return result;
  }

  /// Attachments, the whole message where it says more than the fields, and what it is known by. `part`: whoever it
  /// names has a part in the ticket from now on.
  void keep(store::WriteTx& tx, MailResult& result, model::Ref const& record, std::string const& response, bool cut,
            bool part) {
    for (auto const& attachment : message_.attachments) {
      if (attachment.text) continue;
      bool const taken = attachment.content && takes_type(desk_.options(), attachment.media_type);
      keeper_.keep(
          tx, {{}, record, response, attachment.file_name, attachment.media_type, attachment.bytes, attachment.sha256},
          taken ? attachment.content : std::nullopt);
      ++(taken ? result.stored : result.listed);
    }
    if (message_.incomplete && !message_.bytes.empty()) {
      attach_whole(tx, result, record, response, {"message.eml", "message/rfc822"}, message_.bytes);
    } else if (cut || message_.incomplete) {
      attach_whole(tx, result, record, response, {"message.txt", "text/plain"}, whole_text(message_));
    }
    if (part) set_watching(desk_, tx, record, copied(), true);
    store::insert_mail(
        tx, {record, key_, identity_, response, message_.subject, message_.date,
             part ? mail::participants_of(message_, options_.own_addresses) : std::vector<std::string>(), desk_.now()});
  }

  /// Who got the message beside the desk and is meant to hear what becomes of it: whoever wrote it has named them.
  std::vector<std::string> copied() const {
    std::vector<std::string> people;
    // Without its own addresses the desk would write to itself.
    if (options_.own_addresses.empty()) return people;
    for (auto const* list : {&message_.to, &message_.cc}) {
      for (auto const& one : *list) {
        bool const nobody = one.address.find('@') == std::string::npos || mail::is_noreply(one.address) ||
                            mail::is_own(options_.own_addresses, one.address);
        auto const name = name_of(one);
        if (nobody || base::same_person(name, author_) || people.size() == kMostCopied) continue;
        people.push_back(name);
      }
    }
    return people;
  }

  struct FileKind {
    char const *name, *media_type;
  };
  void attach_whole(store::WriteTx& tx, MailResult& result, model::Ref const& record, std::string const& response,
                    FileKind kind, std::string const& bytes) {
    keeper_.keep(tx,
                 {{},
                  record,
                  response,
                  kind.name,
                  kind.media_type,
                  static_cast<std::int64_t>(bytes.size()),
                  base::sha256_hex(bytes)},
                 base::base64_encode(bytes));
    ++result.stored;
  }

  OpenDesk& desk_;
  mail::Message const& message_;
  MailOptions const& options_;
  mail::SenderJudgement judgement_;
  std::string author_, staff_;  ///< the address, and the name of the person of staff whose it is
  std::string spam_;            ///< why it is spam; empty: it is none
  std::string key_, identity_;
  std::string actor_;  ///< who runs the command; the history names who wrote
  NewTicket wanted_;
  bool cut_ = false;  ///< a ticket's fields would not hold all of it
  std::optional<model::Ticket> draft_;
  AttachmentKeeper keeper_;
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
    case MailOutcome::spam:
      return "SPAM";
    case MailOutcome::known:
      return "KNOWN";
    case MailOutcome::dropped:
      return "DROPPED";
    case MailOutcome::rated:
      return "RATED";
    case MailOutcome::acknowledged:
      return "ACKNOWLEDGED";
    case MailOutcome::approved:
      return "APPROVED";
    case MailOutcome::declined:
      return "DECLINED";
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
  if (auto acknowledged = acknowledged_by_mail(desk_, message, options)) return *std::move(acknowledged);
  if (options.dry_run && desk_.absent_default()) return intake.preview();
  return desk_.write([&](store::WriteTx& tx) {
    auto result = intake.take(tx);
    if (options.dry_run) tx.discard();
    return result;
  });
}

}  // namespace umsops::desk
