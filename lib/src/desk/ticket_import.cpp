// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <span>
#include <unordered_map>

#include "desk/batch.hpp"
#include "desk/change.hpp"
#include "desk/due_times.hpp"
#include "desk/export_record.hpp"
#include "desk/history.hpp"
#include "desk/import_prepare.hpp"
#include "desk/import_walk.hpp"
#include "desk/ticket_change.hpp"
#include "desk/ticket_links.hpp"
#include "store/event_log.hpp"
#include "store/keys.hpp"
#include "store/links.hpp"
#include "store/record_ref.hpp"
#include "store/record_row.hpp"
#include "store/responses.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/ticket_desk.hpp"
#include "umsops/model/key_nouns.hpp"

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

/// The steps of its ladder that were taken.
ladder::Taken taken_of(ImportedTicket const& in) {
  ladder::Taken taken;
  for (auto const& step : in.parts.ladder_steps) taken.emplace(step.generation, step.step);
  return taken;
}

/// A path may be longer than a reason of the history may be: its end tells most.
std::string end_of(std::string_view path) {
  constexpr std::size_t kLongest = 200;
  if (path.size() > kLongest) path.remove_prefix(path.size() - kLongest);
  while (!path.empty() && (static_cast<unsigned char>(path[0]) & 0xC0) == 0x80) path.remove_prefix(1);
  return std::string(path);
}

/// The tickets of an import, one by one inside the transaction that its caller holds; see `walk_import`.
class TicketImporter {
 public:
  using Prepared = PreparedRecord;

  TicketImporter(OpenDesk& desk, ImportOptions const& options, std::int64_t start)
      : desk_(desk), options_(options), rules_(options.classify ? &desk.rules() : nullptr), start_(start) {
    desk.book();  // read before the thread that reads ahead asks for it
  }

  void prepare(ImportRecord record, PreparedRecord& prepared) {
    prepare_record(std::move(record), options_, rules_, desk_.now(), prepared);
    if (!prepared.refused && !prepared.unsound)
      set_first_due_times(desk_, prepared.in.ticket, moves_of(prepared.in), taken_of(prepared.in));
    if (prepared.refused) return;
    // What is stored of most records is made here, off the thread that writes.
    prepared.columns = store::columns_of(prepared.in.ticket);
    prepared.event = first_event(desk_, prepared.in.ticket, "imported", place(prepared.record));
  }

  bool heavy(PreparedRecord const& prepared) const {
    std::size_t size = 0;
    for (auto const& [attachment, content] : prepared.in.parts.attachments) size += content ? content->size() : 0;
    return size > kHeavy;
  }

  Result take(store::WriteTx& tx, PreparedRecord& prepared) {
    if (prepared.refused) throw *prepared.refused;
    line_ = prepared.record.line;
    auto stored = match(tx.connection(), prepared);
    refuse_foreign_parts(tx.connection(), stored ? stored->id : "", prepared.in.parts);
    if (!stored && prepared.unsound) throw *prepared.unsound;
    if (stored) store::finish_events(tx);  // its history is read
    Result const result = stored ? take_known(tx, std::move(*stored), prepared) : take_new(tx, prepared);
    if (!tx.unbound().empty()) vouch_for_rest(tx, place(prepared.record));
    return result;
  }

  /// The links to tickets that came later. One that leads nowhere is refused as a record of its own, which can be
  /// imported once the other ticket is there.
  void finish(store::WriteTx& tx, ImportTally& tally) {
    store::finish_events(tx);
    for (auto const& waiting : waiting_) {
      desk_.check_interrupted();
      try {
        bring_link(tx, waiting);
      } catch (Error const& error) {
        tally.refused(waiting.record(), error);
      }
    }
    if (!tx.unbound().empty()) vouch_for_rest(tx, source_);
  }

 private:
  static constexpr std::size_t kHeavy = 256 << 10;

  /// A link of a ticket to one that is not there yet.
  struct Waiting {
    std::int64_t line;
    model::Ref ticket;
    std::string ticket_number;
    TicketLink link;

    ImportRecord record() const;
  };

  /// Rows of which the record's own history tells already, or which came late: an event of the store's vouches for
  /// them, since one of the record's would be none that its history has.
  void vouch_for_rest(store::WriteTx& tx, std::string const& place) {
    model::Event event = event_of(desk_, {"store", {}}, 0, {"imported", place});
    store::append_event(tx, event, {}, desk_.ids());
  }

  std::string place(ImportRecord const& record) const { return source_ + ":" + std::to_string(record.line); }

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
    auto const row = store::find_key(db, model::kTicketKeys, key);
    return row ? store::ticket_at(db, row->record) : std::nullopt;
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
    if (model::changes_between(stored, after).empty()) {
      if (!bring_parts(tx, stored, in)) return Result::unchanged;
    } else {
      refuse_unsound(after);
      bring_parts(tx, stored, in);
    }
    after.updated_at = stored.updated_at;
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
      if (!model::changes_between(stored, after).empty()) {
        throw Error(
            base::errors::import_rejected,
            {{"problem", stored.ticket_number + " differs from what is stored without a history that says why"}});
      }
      // Its history tells of these already: an earlier import may have left them out.
      return bring_parts(tx, stored, in) ? Result::updated : Result::unchanged;
    }
    std::span<model::Event const> const told(in.history.begin() + static_cast<std::ptrdiff_t>(known.size()),
                                             in.history.end());
    after.rev = in.ticket.rev;
    refuse_unsound(after);
    refuse_untold_changes(stored, after, told);
    erase_unlinked(tx, stored, told);
    bring_parts(tx, stored, in);
    add_responses(tx, after, in);
    set_first_due_times(desk_, after, moves_of(in), taken_of(in));
    append_history(tx, after, in, known.size(), store::update_ticket(tx, after, stored.rev));
    return Result::updated;
  }

  /// What the new part of a history says must lead from the stored state to that of the record.
  static void refuse_untold_changes(model::Ticket const& stored, model::Ticket after,
                                    std::span<model::Event const> told) {
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
    auto const own = desk_.numbers().counter(ticket.ticket_number);
    if (ticket.ticket_number.empty()) {
      ticket.ticket_number = desk_.numbers().render(store::next_number(tx, store::ticket_table()), ticket.created_at);
    }
    auto columns = std::move(prepared.columns);
    auto const& table = store::ticket_table();
    columns[id_column_] = ticket.id;
    columns[number_column_] = ticket.ticket_number;
    if (!ticket.key.empty()) columns[key_column_] = ticket.key;  // made of the record's content, perhaps
    auto row = store::insert_new_record(tx, table, std::move(columns), {own.value_or(0), true, {}});
    model::Event& event = prepared.event;
    event.record_id = ticket.id;
    event.at = desk_.now();
    if (in.is_plain()) {
      store::append_first_event(tx, std::move(event), table, std::move(row), desk_.ids());
      return Result::created;
    }
    std::string const state = store::state_text(table, row);
    store::finish_events(tx);
    add_responses(tx, ticket, in);
    bring_parts(tx, ticket, in);
    in.has_history ? append_history(tx, ticket, in, 0, state) : store::append_event(tx, event, state, desk_.ids());
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
      store::insert_response(tx, response);
    }
  }

  /// The events from `first` on, as they were.
  void append_history(store::WriteTx& tx, model::Ticket const& ticket, ImportedTicket const& in, std::size_t first,
                      std::string const& state) {
    for (std::size_t i = first; i < in.history.size(); ++i) {
      model::Event event = in.history[i];
      event.record_id = ticket.id;
      // Only the last one vouches for the state.
      store::append_event(tx, event, i + 1 == in.history.size() ? state : std::string(), desk_.ids());
    }
  }

  /// Stores what it brings beside fields, responses and history, as far as it is not here. Links that cannot be made
  /// yet wait for the end.
  bool bring_parts(store::WriteTx& tx, model::Ticket const& ticket, ImportedTicket const& in) {
    bool added = add_parts(tx, model::ref_of(ticket), in.parts);
    for (auto const& link : in.parts.links) {
      Waiting waiting{line_, model::ref_of(ticket), ticket.ticket_number, link};
      try {
        added |= bring_link(tx, waiting);
      } catch (Error const& error) {
        if (!concerns_one_item(error)) throw;
        waiting_.push_back(std::move(waiting));
      }
    }
    return added;
  }

  /// False: it was here already.
  static bool bring_link(store::WriteTx& tx, Waiting const& wanted) {
    auto const& [kind, other_noun, other, other_id, created_at] = wanted.link;
    model::Link link{wanted.ticket, kind, {other_noun, other}, created_at};
    if (other_noun == model::ticket_type().noun) {
      auto found = store::find_ticket_by_id(tx.connection(), other_id);
      if (!found) found = store::find_ticket_by_number(tx.connection(), other);
      if (!found) {
        throw Error(base::errors::import_rejected,
                    {{"problem", wanted.ticket_number + " has a link (" + std::string(model::to_string(kind)) +
                                     ") to " + other + ", which is neither here nor in the import"}});
      }
      link.to.id = found->id;
    } else if (store::place_of(tx.connection(), model::Ref{other_noun, other_id}) != 0) {
      link.to.id = other_id;  // its number may be another one's here
    }
    refuse_cycle(tx.connection(), link, wanted.ticket_number, other);
    return store::insert_link(tx, link);
  }

  /// What its history tells of links that were taken away.
  static void erase_unlinked(store::WriteTx& tx, model::Ticket const& ticket, std::span<model::Event const> told) {
    for (auto const& event : told) {
      for (auto const& change : event.changes) {
        if (change.field != "links" || !change.after.is_null()) continue;
        auto const* const kind = change.before.find("kind");
        auto const* const to = change.before.find("to");
        auto const parsed = kind ? model::parse_link(kind->text()) : std::nullopt;
        if (!parsed || !to) continue;
        model::Ref there{std::string(model::noun_behind(*parsed)), std::string(to->text())};
        if (there.noun == model::ticket_type().noun) {
          auto const other = store::find_ticket_by_number(tx.connection(), there.id);
          if (!other) continue;
          there.id = other->id;
        }
        store::erase_link(tx, {model::ref_of(ticket), *parsed, there, {}});
      }
    }
  }

  OpenDesk& desk_;
  ImportOptions const& options_;
  std::string const source_ = end_of(options_.source_name);
  rules::RuleSet const* rules_;                  ///< null: none decide
  std::int64_t start_;                           ///< head of the chain when the import began
  std::int64_t line_ = 0;                        ///< of the record at hand
  std::unordered_map<std::string, int> copies_;  ///< rows that came more than once in this run, and how often
  std::vector<Waiting> waiting_;
  std::size_t const id_column_ = store::ticket_table().column_of("id");
  std::size_t const number_column_ = store::ticket_table().column_of("ticket_number");
  std::size_t const key_column_ = store::ticket_table().column_of("key");
};

ImportRecord TicketImporter::Waiting::record() const {
  ExportedTicket bare;
  bare.links.push_back(link);
  base::Value::Object object{{"id", ticket.id}, {"ticket_number", ticket_number}};
  add_parts_of(bare, object);
  return {line, std::move(object), std::nullopt};
}

}  // namespace

ImportSummary TicketDesk::import(ImportSource const& source, ImportOptions const& options) {
  auto& store = desk_.writing();
  TicketImporter importer(desk_, options, store::chain_head(store.connection()).seq);
  return walk_import(desk_, source, options, importer);
}

}  // namespace umsops::desk
