// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/desk/record_desk.hpp"
#include "umsops/desk/suggestion.hpp"
#include "umsops/desk/ticket_verbs.hpp"
#include "umsops/model/callback.hpp"
#include "umsops/model/event.hpp"
#include "umsops/people/assignment.hpp"
#include "umsops/query/query.hpp"
#include "umsops/rules/rule_set.hpp"
#include "umsops/sla/clocks.hpp"
#include "umsops/sla/urgency.hpp"

namespace umsops::desk {

class OpenDesk;

/// What a caller says of a new ticket; absent means "not said", and then the rules decide.
struct NewTicket {
  std::string title, description, requester_id, key;
  std::optional<std::string> assignee_id, category, subcategory, service, team;
  std::optional<model::Priority> priority;
  model::Source source = model::Source::cli;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<std::string> tags;
  std::vector<GivenFile> files;
  std::optional<AskApproval> approval;        ///< asked for as soon as it is filed
  std::optional<base::TimePoint> created_at;  ///< when it was reported, if that was not now
};

struct CreateOptions {
  bool dry_run = false;
  OnDuplicate on_duplicate = OnDuplicate::give_back;
  bool fail_on_duplicate = false;  ///< refuse when a likely duplicate exists
  std::string reason;
  bool confirm = true;   ///< tell the requester that it was filed
  std::string answers;   ///< Message-ID of the mail that the confirmation answers
  bool suggest = false;  ///< look whether many ask about the same, and which articles may answer it
};

/// A ticket that says much the same, with why it is thought so.
struct DuplicateCandidate {
  std::string ticket_number, title;
  model::TicketStatus status;
  double score = 0;  ///< 0 to 1: shared bigrams of the folded titles (Dice), raised when the category is the same
};

struct TicketResult {
  model::Ticket ticket;
  Result result = Result::created;
  bool dry_run = false;
  std::vector<DuplicateCandidate> duplicates;
  std::vector<std::string> warnings;
  std::optional<Flood> flood;                 ///< that a new ticket is part of
  std::vector<Suggestion> suggestions;        ///< for a new ticket, best first
  std::vector<people::Candidate> candidates;  ///< of whom the ticket's new assignee was picked
};

using ItemOutcome = Outcome<TicketResult>;

/// A ticket that says much the same as another one, whoever asked.
struct SimilarTicket {
  model::Ticket ticket;
  double score = 0;  ///< 0 to 1: what its text is worth for the words of the other, beside that one's own
  bool same_requester = false, same_category = false;
};
struct SimilarTickets {
  model::Ticket ticket;
  std::vector<SimilarTicket> found;  ///< best first
  std::int64_t unsearched = 0;       ///< see ListEnd
};

/// A link to another record, which has a number for people, and an id when it is known here.
struct RecordLink {
  model::LinkKind kind = model::LinkKind::relates_to;
  std::string other_noun, other, other_id;
  base::TimePoint created_at{};
};

/// A step of an escalation ladder that was taken.
struct LadderStep {
  std::int64_t generation = 1;  ///< of the clocks
  std::string step;             ///< `resolution:+2h`
  base::TimePoint due_at{}, taken_at{};
};

/// An attachment as it is stored: its content in base64, or none when it was only listed.
struct StoredAttachment {
  model::Attachment attachment;
  std::optional<std::string> content;
};

/// A key that a change was asked for with, so that asking again changes nothing.
struct ChangeKey {
  std::string kind;  ///< `reply`
  std::string key;
  std::string content_hash;  ///< of the request, hexadecimal; empty: not known
};

/// A ticket with what `show` tells of it.
struct WholeTicket {
  model::Ticket ticket;
  std::vector<model::Response> responses;
  std::vector<model::Escalation> escalations;
  std::vector<ShownLink> links;  ///< both ends
  std::vector<model::Event> history;
  std::vector<std::string> watchers;
  std::vector<model::Attachment> attachments;
  std::vector<model::Mail> mails;
};

/// A ticket with all that belongs to it, so that an import makes the same ticket of it.
struct ExportedTicket {
  model::Ticket ticket;
  std::vector<model::Response> responses;
  std::vector<model::Event> history;
  std::vector<model::Escalation> escalations;
  std::vector<RecordLink> links;  ///< that begin at it
  std::vector<StoredAttachment> attachments;
  std::vector<model::Callback> callbacks;
  std::vector<LadderStep> ladder_steps;
  std::vector<model::Mail> mails;
  std::vector<ChangeKey> keys;
  std::vector<std::string> watchers;
};

/// An attachment with its bytes.
struct AttachedFile {
  model::Attachment attachment;
  std::string content;
};

/// Its members by name, as an import takes them: the fields, `responses` and `history`, then what it has of the others.
base::Value to_record(ExportedTicket const& ticket);

/// A ticket seen against its policy: derived from its history now, whatever lists say.
struct TicketSla {
  model::Ticket ticket;
  std::optional<sla::Policy> policy;  ///< none: no policy matches, and the rest is empty
  sla::Clocks clocks;                 ///< by the due times that are stored
  bool renewed = false;               ///< the policies of today have other times, which the next tick will store
  std::vector<sla::Explained> segments;
  struct Rung {
    std::string step;  ///< `resolution:+2h`
    std::int64_t generation = 1;
    std::optional<base::TimePoint> due_at, taken_at;
  };
  std::vector<Rung> ladder;  ///< of the current clocks, in the order of the policy
};

/// The use cases of tickets: one method is one transaction (a batch that says otherwise, and a chunked import, are
/// several). Every change stores rows, history event, outbox messages and key together or not at all.
/// Errors: `ticket.*`, `record.invalid`, `store.*`; an absent record is `ticket.not_found`.
class TicketDesk {
 public:
  explicit TicketDesk(OpenDesk& desk) : desk_(desk) {}

  TicketResult create(NewTicket const& wanted, CreateOptions const& options);
  /// Gives the tickets one by one; `visit` returns false to stop.
  ListEnd list(query::Query const& query, std::function<bool(model::Ticket const&)> const& visit);
  std::int64_t count(query::Filter const& filter);
  /// An id is a number, an internal id, a unique prefix of one, or `@last` (the one this actor changed last).
  WholeTicket show(std::string const& id);
  /// An attachment by its file name, its place among the ticket's (from 1) or its id. Throws `attachment.not_found`,
  /// `attachment.ambiguous`, and `attachment.not_stored` for one that was only listed.
  AttachedFile attachment(std::string const& id, std::string const& name);
  std::vector<ItemOutcome> update(std::vector<std::string> const& ids, Sets const& sets, ChangeOptions const& options,
                                  Batch batch);
  /// The tickets change hands; `to` counts for Hand::give. `ticket.claimed` when somebody else was quicker,
  /// `people.unknown` for a name that is not in the roster, `people.nobody`, `people.off_call` or `people.absent` when
  /// nobody can be picked, `people.no_roster` when one is needed.
  std::vector<ItemOutcome> assign(std::vector<std::string> const& ids, Hand hand, Receiver const& to,
                                  ChangeOptions const& options, Batch batch);
  // The acts of a ticket's life: see `umsops/lifecycle/acts.hpp` for what each does, and `umsops/desk/ticket_verbs.hpp`
  // for what it is given.
  std::vector<ItemOutcome> reply(std::vector<std::string> const& ids, Reply const& reply, ChangeOptions const& options,
                                 Batch batch);
  /// Files come with the tickets themselves. Throws `attachment.refused` for one that the desk does not take.
  std::vector<ItemOutcome> attach(std::vector<std::string> const& ids, std::vector<GivenFile> const& files,
                                  ChangeOptions const& options, Batch batch);
  /// Throws `ticket.not_finished`, and `ticket.rated` when it was said otherwise before.
  std::vector<ItemOutcome> rate(std::vector<std::string> const& ids, Rate const& rate, ChangeOptions const& options,
                                Batch batch);
  /// Somebody has to say yes first: the tickets are PENDING until then.
  std::vector<ItemOutcome> ask_approval(std::vector<std::string> const& ids, AskApproval const& question,
                                        ChangeOptions const& options, Batch batch);
  std::vector<ItemOutcome> answer_approval(std::vector<std::string> const& ids, AnswerApproval const& answer,
                                           ChangeOptions const& options, Batch batch);
  std::vector<ItemOutcome> pend(std::vector<std::string> const& ids, Pend const& pend, ChangeOptions const& options,
                                Batch batch);
  std::vector<ItemOutcome> wake(std::vector<std::string> const& ids, ChangeOptions const& options, Batch batch);
  std::vector<ItemOutcome> escalate(std::vector<std::string> const& ids, Escalate const& escalation,
                                    ChangeOptions const& options, Batch batch);
  std::vector<ItemOutcome> resolve(std::vector<std::string> const& ids, Resolve const& resolution,
                                   ChangeOptions const& options, Batch batch);
  std::vector<ItemOutcome> close(std::vector<std::string> const& ids, Close const& closing,
                                 ChangeOptions const& options, Batch batch);
  std::vector<ItemOutcome> reopen(std::vector<std::string> const& ids, Reopen const& reopening,
                                  ChangeOptions const& options, Batch batch);
  /// Adds or removes a link; `ticket.link_cycle` where it would lead back to where it began.
  std::vector<ItemOutcome> link(std::vector<std::string> const& ids, LinkTo const& link, ChangeOptions const& options,
                                Batch batch);
  /// What was said in the tickets goes over to `into`; they become its closed duplicates.
  std::vector<ItemOutcome> merge(std::vector<std::string> const& ids, std::string const& into,
                                 ChangeOptions const& options, Batch batch);
  /// The people hear what the requester is told of the tickets, or hear it no more. Nobody watches twice, whatever
  /// the name that the directory knows them by.
  std::vector<ItemOutcome> watch(std::vector<std::string> const& ids, std::vector<std::string> const& people, bool on,
                                 ChangeOptions const& options, Batch batch);
  std::vector<model::Event> history(std::string const& id);
  /// The unfinished tickets of the query in the order of work, the most urgent first.
  std::vector<NextTicket> next(query::Query const& query, sla::UrgencyWeights const& weights, std::size_t most);
  /// `anew`: by the policies of the desk alone, whatever was recorded.
  enum class Judged { recorded, anew };
  TicketSla sla(std::string const& id, Judged judged = Judged::recorded);
  /// Tickets like it among all that there are, at most `most`, none below `least`.
  SimilarTickets similar(std::string const& id, std::size_t most, double least);
  /// Takes records: fields of a ticket by name, with `responses`, `history` and whatever else an export gives. A link
  /// to a ticket that comes later in the same import is made at the end; one to a ticket that never came is refused
  /// with `import.rejected`.
  ImportSummary import(ImportSource const& source, ImportOptions const& options);
  /// Tickets with all that belongs to them, as `import` takes them back.
  ListEnd export_all(query::Query const& query, std::function<bool(ExportedTicket const&)> const& visit);
  /// What a template may say of the ticket, its requester and the actor: `ticket`, `requester` and `agent`, an object
  /// each. Of nobody's ticket but that requester's where `id` is empty. `language`: see Wording.
  base::Value word_facts(std::string const& id, std::string const& requester, std::string& language);
  /// What the rules say of these facts, or of a stored ticket, with all the reasons.
  rules::Verdict explain(std::string const& id);
  /// Numbers and titles that begin with `prefix`, newest first: for completion.
  std::vector<std::pair<std::string, std::string>> complete(std::string const& prefix, std::size_t most);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
