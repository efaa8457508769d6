// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <span>
#include <string>

#include "desk/brought_parts.hpp"
#include "desk/change.hpp"
#include "desk/import_prepare.hpp"
#include "desk/import_walk.hpp"
#include "desk/record_match.hpp"
#include "model/changes.hpp"
#include "store/event_log.hpp"
#include "store/record_row.hpp"
#include "store/responses.hpp"

namespace umsops::desk {

/// A path may be longer than a reason of the history may be: its end tells most.
std::string end_of_path(std::string_view path);

/// The records of an import, one by one inside the transaction that its caller holds; see `walk_import`. A `Kind` says
/// what is so of its records alone:
///
///   using Record; static subject(), type(), keys (the noun of its keys), read(Value), from(Columns), columns(Record)
///   void complete(ImportedRecord<Record>&)  gives a new one what it does not say; called from another thread
///   void derive(ImportedRecord<Record> const&, Record&)  what follows from its history
///   void store_changed(WriteTx&, Record before, Record after, place); std::string next_number(WriteTx&, Record)
///   void stored(WriteTx&, Record const* before, Record const& after)  where more follows a record that is stored
template <class Kind>
class RecordImporter {
 public:
  using Record = typename Kind::Record;
  using Imported = ImportedRecord<Record>;
  using Prepared = PreparedRecord<Record>;
  RecordImporter(OpenDesk& desk, ImportOptions const& options, std::int64_t start)
      : desk_(desk), options_(options), kind_(desk, options), match_(start) {}

  void prepare(ImportRecord record, Prepared& prepared) {
    prepare_record(std::move(record), kind_, prepared);
    if (prepared.refused) return;
    if (!prepared.unsound) kind_.derive(prepared.in, prepared.in.record);
    // What is stored of most records is made here, off the thread that writes.
    prepared.columns = Kind::columns(prepared.in.record);
    prepared.event = first_event(desk_, prepared.in.record, "imported", place(prepared.record));
  }

  bool heavy(Prepared const& prepared) const {
    std::size_t size = 0;
    for (auto const& [attachment, content] : prepared.in.parts.attachments) size += content ? content->size() : 0;
    return size > (256 << 10);
  }

  Result take(store::WriteTx& tx, Prepared& prepared) {
    if (prepared.refused) throw *prepared.refused;
    line_ = prepared.record.line;
    auto stored = match_.find(tx.connection(), prepared);
    refuse_foreign_parts(tx.connection(), {std::string(noun()), stored ? stored->id : std::string()},
                         prepared.in.parts);
    if (!stored && prepared.unsound) throw *prepared.unsound;
    if (stored) store::finish_events(tx);  // its history is read
    Result const result = stored ? take_known(tx, std::move(*stored), prepared) : take_new(tx, prepared);
    if (!tx.unbound().empty()) vouch_for_rest(tx, place(prepared.record));
    return result;
  }

  /// What was brought and has waited for records that came later.
  void finish(store::WriteTx& tx, ImportTally& tally) {
    store::finish_events(tx);
    parts_.finish(desk_, tx, tally);
    if (!tx.unbound().empty()) vouch_for_rest(tx, source_);
  }

 private:
  static Subject const& subject() { return Kind::subject(); }
  static std::string_view noun() { return Kind::type().noun; }
  static std::string number_of(Record const& record) {
    return std::string(model::text_of(record, Kind::type().require(Kind::type().number_field)));
  }
  /// Rows of which the record's history tells already, or which came late: an event of the store's vouches for them.
  void vouch_for_rest(store::WriteTx& tx, std::string const& place) {
    model::Event event = event_of(desk_, {"store", {}}, 0, {"imported", place});
    store::append_event(tx, event, {}, desk_.ids());
  }

  std::string place(ImportRecord const& record) const { return source_ + ":" + std::to_string(record.line); }

  Result take_known(store::WriteTx& tx, Record stored, Prepared const& prepared) {
    Imported const& in = prepared.in;
    match_.refuse_second(tx.connection(), stored);
    if (options_.mode == ImportMode::ignore) return Result::unchanged;
    if (options_.mode == ImportMode::create) {
      throw base::Error(base::errors::import_rejected, {{"problem", number_of(stored) + " is stored already"}});
    }
    Record after = merged(Kind::type(), stored, in);
    if (in.has_history) return continue_history(tx, stored, std::move(after), in);
    if (model::changes_between(Kind::type(), to_row(stored), to_row(after)).empty()) {
      if (!bring_parts(tx, stored, in)) return Result::unchanged;
    } else {
      refuse_unsound(after);
      bring_parts(tx, stored, in);
    }
    after.updated_at = stored.updated_at;
    kind_.store_changed(tx, stored, std::move(after), place(prepared.record));
    return Result::updated;
  }

  /// The record brings its own history: what is stored must be its beginning.
  Result continue_history(store::WriteTx& tx, Record const& stored, Record after, Imported const& in) {
    auto const known = store::events_of(tx.connection(), noun(), stored.id);
    bool const begins =
        known.size() <= in.history.size() && std::equal(known.begin(), known.end(), in.history.begin(), same_event);
    if (!begins) {
      throw base::Error(base::errors::import_rejected,
                        {{"problem", number_of(stored) + " has a history here that the record does not continue"}});
    }
    if (known.size() == in.history.size()) {
      if (!model::changes_between(Kind::type(), to_row(stored), to_row(after)).empty()) {
        throw base::Error(
            base::errors::import_rejected,
            {{"problem", number_of(stored) + " differs from what is stored without a history that says why"}});
      }
      // Its history tells of these already: an earlier import may have left them out.
      return bring_parts(tx, stored, in) ? Result::updated : Result::unchanged;
    }
    std::span<model::Event const> const told(in.history.begin() + static_cast<std::ptrdiff_t>(known.size()),
                                             in.history.end());
    take_told(after, in, told);
    after.rev = in.record.rev;
    refuse_unsound(after);
    refuse_untold_changes(stored, after, told);
    BroughtParts::erase_unlinked(tx, model::ref_of(stored), told);
    bring_parts(tx, stored, in);
    add_responses(tx, after, in);
    kind_.derive(in, after);
    append_history(tx, after, in, known.size(),
                   store::update_record(tx, subject().table, Kind::columns(after), stored.rev));
    tell_stored(tx, &stored, after);
    return Result::updated;
  }

  /// A field that the record does not give is as its history left it: what was cleared gives nothing.
  static void take_told(Record& after, Imported const& in, std::span<model::Event const> told) {
    for (auto const& event : told) {
      for (auto const& change : event.changes) {
        auto const field = Kind::type().find(change.field);
        if (field && !change.erased && !in.gives(Kind::type(), change.field)) model::set(after, *field, change.after);
      }
    }
  }

  /// What the new part of a history says must lead from the stored state to that of the record.
  static void refuse_untold_changes(Record const& stored, Record after, std::span<model::Event const> told) {
    std::vector<std::string> erased;
    for (auto event = told.rbegin(); event != told.rend(); ++event)
      model::undo(Kind::type(), event->changes, erased,
                  [&](std::size_t field, base::Value const& before) { model::set(after, field, before); });
    for (auto const& change : model::changes_between(Kind::type(), to_row(stored), to_row(after))) {
      if (std::find(erased.begin(), erased.end(), change.field) != erased.end()) continue;
      throw base::Error(base::errors::import_rejected,
                        {{"problem", "the history of " + number_of(stored) + " does not lead to its " + change.field}});
    }
  }

  Result take_new(store::WriteTx& tx, Prepared& prepared) {
    Imported& in = prepared.in;
    Record& record = in.record;
    if (record.id.empty()) record.id = desk_.ids().next_id(record.created_at);
    auto const& numbers = (desk_.*subject().numbers)();
    std::string number = number_of(record);
    auto const own = numbers.counter(number);
    if (number.empty()) {
      number = kind_.next_number(tx, record);
      model::set(record, Kind::type().require(Kind::type().number_field), number);
    }
    auto columns = std::move(prepared.columns);
    auto const& table = subject().table;
    columns[id_column_] = record.id;
    columns[number_column_] = number;
    if (!record.key.empty()) columns[key_column_] = record.key;  // made of the record's content, perhaps
    auto row = store::insert_new_record(tx, table, std::move(columns), {own.value_or(0), true, {}});
    model::Event& event = prepared.event;
    event.record_id = record.id;
    event.at = desk_.now();
    if (in.is_plain()) {
      store::append_first_event(tx, std::move(event), table, std::move(row), desk_.ids());
    } else {
      std::string const state = store::state_text(table, row);
      store::finish_events(tx);
      add_responses(tx, record, in);
      bring_parts(tx, record, in);
      in.has_history ? append_history(tx, record, in, 0, state) : store::append_event(tx, event, state, desk_.ids());
    }
    tell_stored(tx, nullptr, record);
    return Result::created;
  }

  void tell_stored(store::WriteTx& tx, Record const* before, Record const& after) const {
    if constexpr (requires { kind_.stored(tx, before, after); }) kind_.stored(tx, before, after);
  }

  void add_responses(store::WriteTx& tx, Record const& record, Imported const& in) {
    if (in.responses.empty()) return;
    auto const known = store::responses_of(tx.connection(), record.id);
    for (auto response : in.responses) {
      auto const same = [&](model::Response const& r) { return r.id == response.id; };
      if (!response.id.empty() && std::any_of(known.begin(), known.end(), same)) continue;
      if (response.id.empty()) response.id = desk_.ids().next_id(response.created_at);
      response.ticket_id = record.id;
      store::insert_response(tx, response);
    }
  }

  bool bring_parts(store::WriteTx& tx, Record const& record, Imported const& in) {
    return parts_.bring(tx, model::ref_of(record), number_of(record), line_, in.parts);
  }

  /// The events from `first` on, as they were.
  void append_history(store::WriteTx& tx, Record const& record, Imported const& in, std::size_t first,
                      std::string const& state) {
    for (std::size_t i = first; i < in.history.size(); ++i) {
      model::Event event = in.history[i];
      event.record_id = record.id;
      // Only the last one vouches for the state.
      store::append_event(tx, event, i + 1 == in.history.size() ? state : std::string(), desk_.ids());
    }
  }

  OpenDesk& desk_;
  ImportOptions const& options_;
  std::string const source_ = end_of_path(options_.source_name);
  Kind kind_;
  RecordMatch<Kind> match_;
  std::int64_t line_ = 0;  ///< of the record at hand
  BroughtParts parts_;
  std::size_t const id_column_ = subject().table.column_of("id");
  std::size_t const number_column_ = subject().table.column_of(Kind::type().number_field);
  std::size_t const key_column_ = subject().table.column_of("key");
};

/// Imports records of that kind.
template <class Kind>
ImportSummary import_records(OpenDesk& desk, ImportSource const& source, ImportOptions const& options) {
  auto& store = desk.writing();
  RecordImporter<Kind> importer(desk, options, store::chain_head(store.connection()).seq);
  return walk_import(desk, source, options, importer);
}

}  // namespace umsops::desk
