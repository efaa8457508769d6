// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>

#include "desk/due_times.hpp"
#include "desk/history.hpp"
#include "desk/import_prepare.hpp"
#include "desk/read_ahead.hpp"
#include "desk/ticket_change.hpp"
#include "store/event_log.hpp"
#include "store/ticket_table.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {
namespace {

using base::Error;

/// What the history that the record brings says of its states.
std::vector<store::Moved> moves_of(ImportedTicket const& in) {
  std::vector<store::Moved> moves;
  for (auto const& event : in.history) {
    if (auto const moved = store::move_in(event.at, event.changes)) moves.push_back(*moved);
  }
  return moves;
}

/// One run of an import: takes records one by one inside the transaction that its caller holds.
class Importer {
 public:
  Importer(OpenDesk& desk, ImportOptions const& options, std::int64_t start)
      : desk_(desk), options_(options), start_(start) {}

  /// What became of the record. Throws before it writes anything.
  Result take(store::WriteTx& tx, PreparedRecord& prepared) {
    if (prepared.refused) throw *prepared.refused;
    if (auto stored = match(tx.connection(), prepared)) return take_known(tx, std::move(*stored), prepared);
    if (prepared.unsound) throw *prepared.unsound;
    return take_new(tx, prepared);
  }

 private:
  std::string place(ImportRecord const& record) const {
    return options_.source_name + ":" + std::to_string(record.line);
  }

  /// The stored ticket that the record is about. A record that names none goes by its content.
  std::optional<model::Ticket> match(store::Connection& db, PreparedRecord& prepared) {
    ImportedTicket& in = prepared.in;
    if (in.gives("id")) {
      if (auto found = store::find_ticket_by_id(db, in.ticket.id)) return found;
    }
    if (in.gives("ticket_number")) {
      auto found = store::find_ticket_by_number(db, in.ticket.ticket_number);
      if (found && in.gives("id") && found->id != in.ticket.id) {
        throw Error(base::errors::import_rejected,
                    {{"problem", "number " + in.ticket.ticket_number + " belongs to another ticket here"}});
      }
      if (found) return found;
    }
    if (in.gives("key")) return by_key(db, in.ticket.key);
    if (prepared.content_key.empty()) return std::nullopt;
    std::string const& key = prepared.content_key;
    in.ticket.key = key;
    // Equal rows of one file are different tickets; equal rows of an earlier import are these.
    auto const counted = copies_.find(key);
    for (int copy = counted == copies_.end() ? 1 : counted->second + 1;; ++copy) {
      if (copy > 1) in.ticket.key = key + "#" + std::to_string(copy);
      auto found = by_key(db, in.ticket.key);
      if (found && from_this_run(db, *found)) continue;
      if (copy > 1) copies_[key] = copy;
      return found;
    }
  }

  std::optional<model::Ticket> by_key(store::Connection& db, std::string const& key) {
    auto const row = store::find_key(db, "ticket", key);
    return row ? store::find_ticket_by_id(db, row->record_id) : std::nullopt;
  }

  bool from_this_run(store::Connection& db, model::Ticket const& ticket) {
    return store::last_event_of(db, "ticket", ticket.id) > start_;
  }

  /// Two records about one ticket in one file: which of them is meant cannot be known.
  void refuse_second(store::Connection& db, model::Ticket const& stored) {
    if (!from_this_run(db, stored)) return;
    auto const events = store::events_of(db, "ticket", stored.id);
    std::string const& reason = events.back().reason;
    std::string const line = reason.substr(reason.rfind(':') + 1);
    bool const told = !line.empty() && line.find_first_not_of("0123456789") == std::string::npos;
    throw Error(base::errors::import_duplicate, {{"ident", stored.ticket_number}, {"line", told ? line : "?"}});
  }

  Result take_known(store::WriteTx& tx, model::Ticket stored, PreparedRecord const& prepared) {
    ImportedTicket const& in = prepared.in;
    refuse_second(tx.connection(), stored);
    if (options_.mode == ImportMode::ignore) return Result::unchanged;
    if (options_.mode == ImportMode::create) {
      throw Error(base::errors::import_rejected, {{"problem", stored.ticket_number + " is stored already"}});
    }
    model::Ticket after = merged(stored, in);
    if (in.has_history) return continue_history(tx, stored, std::move(after), in);
    if (model::changes_between(stored, after).empty()) return Result::unchanged;
    after.updated_at = stored.updated_at;
    refuse_unsound(after);
    store_unhooked(desk_, tx, stored, std::move(after), "imported", place(prepared.record));
    return Result::updated;
  }

  /// The record brings its own history: what is stored must be its beginning.
  Result continue_history(store::WriteTx& tx, model::Ticket const& stored, model::Ticket after,
                          ImportedTicket const& in) {
    auto const known = store::events_of(tx.connection(), "ticket", stored.id);
    bool const begins =
        known.size() <= in.history.size() && std::equal(known.begin(), known.end(), in.history.begin(), same_event);
    if (!begins) {
      throw Error(base::errors::import_rejected,
                  {{"problem", stored.ticket_number + " has a history here that the record does not continue"}});
    }
    if (known.size() == in.history.size()) {
      if (model::changes_between(stored, after).empty()) return Result::unchanged;
      throw Error(base::errors::import_rejected,
                  {{"problem", stored.ticket_number + " differs from what is stored without a history that says why"}});
    }
    after.rev = in.ticket.rev;
    refuse_unsound(after);
    refuse_untold_changes(stored, after,
                          {in.history.begin() + static_cast<std::ptrdiff_t>(known.size()), in.history.end()});
    add_responses(tx, after, in);
    set_first_due_times(desk_, after, moves_of(in));
    append_history(tx, after, in, known.size(), store::update_ticket(tx, after, stored.rev));
    return Result::updated;
  }

  /// What the new part of a history says must lead from the stored state to that of the record.
  static void refuse_untold_changes(model::Ticket const& stored, model::Ticket after,
                                    std::vector<model::Event> const& told) {
    std::vector<std::string> erased;
    for (auto event = told.rbegin(); event != told.rend(); ++event) model::undo(after, event->changes, erased);
    for (auto const& change : model::changes_between(stored, after)) {
      if (std::find(erased.begin(), erased.end(), change.field) != erased.end()) continue;
      throw Error(base::errors::import_rejected,
                  {{"problem", "the history of " + stored.ticket_number + " does not lead to its " + change.field}});
    }
  }

  Result take_new(store::WriteTx& tx, PreparedRecord& prepared) {
    ImportedTicket& in = prepared.in;
    model::Ticket& ticket = in.ticket;
    if (ticket.id.empty()) ticket.id = desk_.ids().next_id(ticket.created_at);
    if (ticket.ticket_number.empty()) {
      ticket.ticket_number = desk_.numbers().render(store::next_ticket_counter(tx), ticket.created_at);
    } else if (auto const counter = desk_.numbers().counter(ticket.ticket_number)) {
      store::raise_ticket_counter(tx, *counter);
    }
    std::string const state = store::insert_ticket(tx, ticket, desk_.ids().next_salt());
    if (!ticket.key.empty()) store::insert_key(tx, "ticket", ticket.key, {ticket.id, ""}, desk_.now());
    add_responses(tx, ticket, in);
    if (in.has_history) {
      append_history(tx, ticket, in, 0, state);
    } else {
      model::Event event = first_event(desk_, ticket, "imported", place(prepared.record));
      store::append_event(tx, event, state, desk_.ids());
    }
    return Result::created;
  }

  void add_responses(store::WriteTx& tx, model::Ticket const& ticket, ImportedTicket const& in) {
    if (in.responses.empty()) return;
    auto const known = store::responses_of(tx.connection(), ticket.id);
    for (auto response : in.responses) {
      auto const same = [&](model::Response const& r) { return r.id == response.id; };
      if (!response.id.empty() && std::any_of(known.begin(), known.end(), same)) continue;
      if (response.id.empty()) response.id = desk_.ids().next_id(response.created_at);
      response.ticket_id = ticket.id;
      store::insert_response(tx, response, desk_.ids().next_salt());
    }
  }

  /// The events from `first` on, as they were; only the last one vouches for the state.
  void append_history(store::WriteTx& tx, model::Ticket const& ticket, ImportedTicket const& in, std::size_t first,
                      std::string const& state) {
    for (std::size_t i = first; i < in.history.size(); ++i) {
      model::Event event = in.history[i];
      event.record_id = ticket.id;
      store::append_event(tx, event, state, desk_.ids());
    }
  }

  OpenDesk& desk_;
  ImportOptions const& options_;
  std::int64_t start_;                           ///< head of the chain when the import began
  std::unordered_map<std::string, int> copies_;  ///< rows that came more than once in this run, and how often
};

constexpr std::int64_t kProgressEvery = 1000;

/// Counts what was done and tells whoever waits.
class Tally {
 public:
  Tally(ImportOptions const& options, ImportSummary& summary) : options_(options), summary_(summary) {}

  void done(Result result) {
    ++(result == Result::created   ? summary_.created
       : result == Result::updated ? summary_.updated
                                   : summary_.unchanged);
  }
  void rejected(ImportRecord const& record, Error const& error) {
    ++summary_.rejected;
    if (options_.rejected) options_.rejected(record, error);
  }
  void read() {
    if (++summary_.read % kProgressEvery == 0 && options_.progress) options_.progress(summary_.read);
  }

 private:
  ImportOptions const& options_;
  ImportSummary& summary_;
};

/// An error of the record itself, as against one of the store.
bool of_the_record(Error const& error) {
  using Kind = base::ErrorKind;
  return error.kind() == Kind::invalid_input || error.kind() == Kind::usage || error.kind() == Kind::conflict;
}

Error placed(Error error, ImportOptions const& options, ImportRecord const& record) {
  if (error.spot().line == 0) error.at({options.source_name, record.line, 0});
  return error;
}

}  // namespace

ImportSummary TicketDesk::import(ImportSource const& source, ImportOptions const& options) {
  ImportSummary summary;
  summary.dry_run = options.dry_run;
  Tally tally(options, summary);
  auto const* const rules = options.classify ? &desk_.rules() : nullptr;
  desk_.book();  // read before the thread that reads ahead asks for it
  ReadAhead<PreparedRecord> records([&]() -> std::optional<PreparedRecord> {
    auto record = source();
    if (!record) return std::nullopt;
    auto prepared = prepare_record(std::move(*record), options, rules, desk_.now());
    if (!prepared.refused && !prepared.unsound) set_first_due_times(desk_, prepared.in.ticket, moves_of(prepared.in));
    return prepared;
  });
  auto& store = desk_.writing();
  auto tx = std::make_unique<store::WriteTx>(store);
  tx->take_turn();  // what the source gave cannot be asked for again: nobody may come in between
  Importer importer(desk_, options, store::chain_head(store.connection()).seq);
  std::int64_t in_chunk = 0;
  while (auto prepared = records.next()) {
    desk_.check_interrupted();
    tally.read();
    try {
      tally.done(importer.take(*tx, *prepared));
    } catch (Error const& error) {
      if (!of_the_record(error) || !options.continue_on_error) throw placed(error, options, prepared->record);
      tally.rejected(prepared->record, placed(error, options, prepared->record));
    }
    // Where errors do not stop the import, chunks let other writers in between.
    if (options.continue_on_error && !options.dry_run && ++in_chunk >= options.chunk) {
      tx->commit();
      tx.reset();
      tx = std::make_unique<store::WriteTx>(store);
      tx->take_turn();
      in_chunk = 0;
    }
  }
  desk_.check_interrupted();
  options.dry_run ? tx->rollback() : tx->commit();
  return summary;
}

}  // namespace umsops::desk
