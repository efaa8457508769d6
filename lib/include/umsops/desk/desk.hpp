// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/clock.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/id_source.hpp"
#include "umsops/base/time_zone.hpp"
#include "umsops/desk/acts.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/people/assignment.hpp"
#include "umsops/query/query.hpp"
#include "umsops/rules/rule_set.hpp"
#include "umsops/sla/policy.hpp"

namespace umsops::desk {

class HookRunner;

/// How to open a desk. All references must outlive it.
struct Options {
  std::string store;                       ///< file of the embedded store
  bool may_create = false;                 ///< an absent store is made by the first write, and reads as empty before
  model::Actor actor;
  std::string number_format = "T-{seq:6}"; ///< {seq:N}: counter with at least N digits; {yyyy} {mm}: of the create time, UTC
  base::Milliseconds lock_wait{60'000};    ///< how long a write waits for its turn
  base::Milliseconds duplicate_window{base::Milliseconds(7LL * 24 * 3600 * 1000)};
  double duplicate_score = 0.6;            ///< candidates below it are not named
  base::Clock const* clock = nullptr;
  base::IdSource* ids = nullptr;
  /// Gives the rule set when a change needs it; called at most once.
  std::function<rules::RuleSet()> load_rules;
  /// Gives the roster when an assignment needs it; called at most once. None, or nullopt: there is no roster.
  std::function<std::optional<people::Roster>()> load_roster;
  /// Gives policies and calendars when due times are needed; called at most once. None: tickets have no due times.
  std::function<sla::Book()> load_sla;
  base::Milliseconds auto_close{base::Milliseconds(7LL * 24 * 3600 * 1000)};      ///< from RESOLVED to CLOSED; 0: never
  base::Milliseconds reopen_window{base::Milliseconds(14LL * 24 * 3600 * 1000)};  ///< how long CLOSED can be reopened
  /// Asked between the items of long work; true stops it with `process.interrupted` and a rollback.
  std::function<bool()> interrupted;
  HookRunner* hooks = nullptr;  ///< null: no program looks at changes
};

enum class Result { created, updated, unchanged, existing };
std::string_view to_string(Result result);

enum class OnDuplicate { give_back, comment, reopen, fail };  ///< on the command line `return` is the first

/// What a caller says of a new ticket; absent means "not said", and then the rules decide.
struct NewTicket {
  std::string title, description, requester_id, key;
  std::optional<std::string> assignee_id, category, subcategory;
  std::optional<model::Priority> priority;
  model::Source source = model::Source::cli;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::optional<base::TimePoint> created_at;  ///< when it was reported, if that was not now
};

struct CreateOptions {
  bool dry_run = false;
  OnDuplicate on_duplicate = OnDuplicate::give_back;
  bool fail_on_duplicate = false;  ///< refuse when a likely duplicate exists
  std::string reason;
  std::string actor;  ///< who reported it, if not whoever files it now
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
  std::vector<people::Candidate> candidates;  ///< of whom the ticket's new assignee was picked
};

/// Values to set, by field index of `model::ticket_type()`; a null value clears. Named values (attributes) are joined with
/// those that are there, a null one goes away.
struct TicketChange {
  std::vector<std::pair<std::size_t, base::Value>> sets;
  std::string reason;
  std::optional<std::int64_t> if_rev;
  bool dry_run = false;
};

/// What became of one item of a batch: its result, or the error that refused it.
struct ItemOutcome {
  std::string id;  ///< as the caller wrote it
  std::optional<TicketResult> done;
  std::optional<base::Error> failed;
};

/// All or nothing in one transaction, or each item in its own.
enum class Batch { atomic, each };

struct ListEnd {
  std::int64_t count = 0;
  bool truncated = false;
  std::string next;  ///< cursor for what was cut, empty: none
};

/// One record of an import: where it stood and what it says, already mapped to our field names.
struct ImportRecord {
  std::int64_t line = 0;
  base::Value object;
  std::optional<base::Error> unreadable;  ///< the source could not read it; the line is known
};

/// Gives the next record, or nullopt at the end. Called by a thread of the import's own, which reads ahead while earlier
/// records are stored; nothing else the caller gave is called by it.
using ImportSource = std::function<std::optional<ImportRecord>()>;

enum class ImportMode { create, upsert, ignore };  ///< what happens to a record that is stored already

struct ImportOptions {
  ImportMode mode = ImportMode::upsert;
  bool continue_on_error = false;
  bool dry_run = false;
  std::string source_name;                  ///< file name, for reasons and messages
  model::Source default_source = model::Source::api;
  bool classify = true;                     ///< run the rules on records without priority or category
  std::int64_t chunk = 1000;                ///< records a transaction where errors do not stop the import
  std::function<void(ImportRecord const&, base::Error const&)> rejected;
  std::function<void(std::int64_t records)> progress;
};

struct ImportSummary {
  std::int64_t read = 0, created = 0, updated = 0, unchanged = 0, rejected = 0;
  bool dry_run = false;
};

/// A ticket with all that belongs to it: what export writes and show shows.
struct TicketFile {
  model::Ticket ticket;
  std::vector<model::Response> responses;
  std::vector<model::Escalation> escalations;
  std::vector<ShownLink> links;
  std::vector<model::Event> history;
};

/// The use cases of tickets: one method is one transaction (a batch that says otherwise, and a chunked import, are
/// several). Every change stores rows, history event, outbox messages and key together or not at all.
/// Errors: `ticket.*`, `record.invalid`, `store.*`; an absent record is `ticket.not_found`.
class TicketDesk {
 public:
  virtual ~TicketDesk() = default;

  virtual TicketResult create(NewTicket const& wanted, CreateOptions const& options) = 0;
  /// Gives the tickets one by one; `visit` returns false to stop.
  virtual ListEnd list(query::Query const& query, std::function<bool(model::Ticket const&)> const& visit) = 0;
  virtual std::int64_t count(query::Filter const& filter) = 0;
  /// An id is a number, an internal id, a unique prefix of one, or `@last` (the one this actor changed last).
  virtual TicketFile show(std::string const& id) = 0;
  virtual std::vector<ItemOutcome> update(std::vector<std::string> const& ids, TicketChange const& change, Batch batch) = 0;
  /// The tickets change hands; `to` counts for Hand::give. `ticket.claimed` when somebody else was quicker,
  /// `people.unknown` for a name that is not in the roster, `people.nobody`, `people.off_call` or `people.absent` when nobody
  /// can be picked, `people.no_roster` when one is needed.
  virtual std::vector<ItemOutcome> assign(std::vector<std::string> const& ids, Hand hand, Receiver const& to,
                                          TicketChange const& options, Batch batch) = 0;
  // The acts of a ticket's life: see `umsops/lifecycle/acts.hpp` for what each does, and `umsops/desk/acts.hpp` for what
  // it is given. Only `reason`, `if_rev` and `dry_run` of the options count.
  virtual std::vector<ItemOutcome> reply(std::vector<std::string> const& ids, Reply const& reply,
                                         TicketChange const& options, Batch batch) = 0;
  virtual std::vector<ItemOutcome> pend(std::vector<std::string> const& ids, Pend const& pend, TicketChange const& options,
                                        Batch batch) = 0;
  virtual std::vector<ItemOutcome> wake(std::vector<std::string> const& ids, TicketChange const& options, Batch batch) = 0;
  virtual std::vector<ItemOutcome> escalate(std::vector<std::string> const& ids, Escalate const& escalation,
                                            TicketChange const& options, Batch batch) = 0;
  virtual std::vector<ItemOutcome> resolve(std::vector<std::string> const& ids, Resolve const& resolution,
                                           TicketChange const& options, Batch batch) = 0;
  virtual std::vector<ItemOutcome> close(std::vector<std::string> const& ids, Close const& closing,
                                         TicketChange const& options, Batch batch) = 0;
  virtual std::vector<ItemOutcome> reopen(std::vector<std::string> const& ids, Reopen const& reopening,
                                          TicketChange const& options, Batch batch) = 0;
  /// Adds or removes a link; `ticket.link_cycle` where it would lead back to where it began.
  virtual std::vector<ItemOutcome> link(std::vector<std::string> const& ids, LinkTo const& link,
                                        TicketChange const& options, Batch batch) = 0;
  /// What was said in the tickets goes over to `into`; they become its closed duplicates.
  virtual std::vector<ItemOutcome> merge(std::vector<std::string> const& ids, std::string const& into,
                                         TicketChange const& options, Batch batch) = 0;
  virtual std::vector<model::Event> history(std::string const& id) = 0;
  virtual ImportSummary import(ImportSource const& source, ImportOptions const& options) = 0;
  virtual ListEnd export_all(query::Query const& query, std::function<bool(TicketFile const&)> const& visit) = 0;
  /// What the rules say of these facts, or of a stored ticket, with all the reasons.
  virtual rules::Verdict explain(std::string const& id) = 0;
  /// Numbers and titles that begin with `prefix`, newest first: for completion.
  virtual std::vector<std::pair<std::string, std::string>> complete(std::string const& prefix, std::size_t most) = 0;
};

/// What `db status` and `doctor` tell of a store.
struct StoreStatus {
  std::string path, store_id, engine, engine_version;
  std::int64_t schema_version = 0, schema_needed = 0;
  std::int64_t tickets = 0, events = 0, outbox_waiting = 0, bytes = 0, log_bytes = 0;
};

/// One finding of `db check` or `audit verify`.
struct Finding {
  std::string what;  ///< `structure`, `row_hash`, `chain`, `state`, `index`
  std::string record;
  std::string problem;
};

struct Migration {
  std::int64_t version = 0;
  std::string name;
  std::optional<base::TimePoint> applied_at;
};

/// The head of the history chain: an anchor to be kept outside.
struct ChainHead {
  std::int64_t seq = 0;
  std::string hash;
};

/// What `db copy` did.
struct StoreCopy {
  std::string store_id;
  std::int64_t tickets = 0, events = 0;
  std::int64_t rows = 0;  ///< written by this run
  bool resumed = false;   ///< an earlier run had begun it
  ChainHead head;
};

/// Care of the store itself, and of the history over it.
class StoreDesk {
 public:
  virtual ~StoreDesk() = default;
  /// Makes the store. An existing one of this program is left as it is: false.
  virtual bool init() = 0;
  /// Applies what is missing, after a backup beside the store; gives what was applied.
  virtual std::vector<Migration> migrate(bool dry_run) = 0;
  virtual std::vector<Migration> migrations() = 0;
  virtual StoreStatus status() = 0;
  /// Copies the whole store, verified, to a new file (0600). Gives the SHA-256 of the copy.
  virtual std::string backup(std::string const& target) = 0;
  /// Makes `to` what `from` is, whatever engines they are in; the desk's own store is left alone.
  virtual StoreCopy copy(std::string const& from, std::string const& to) = 0;
  /// Structure, row hashes, chain, indexes. Empty: sound.
  virtual std::vector<Finding> check() = 0;
  virtual void log(query::Query const& query, std::function<bool(model::Event const&)> const& visit) = 0;
  /// The chain, and that every record is in the state its last event says. With `against`, that this head is in it.
  virtual std::vector<Finding> verify(std::optional<ChainHead> const& against) = 0;
  virtual ChainHead head() = 0;
};

}  // namespace umsops::desk
