// SPDX-License-Identifier: Apache-2.0
// People from a directory: who is new, who has changed, who is gone.
#include <algorithm>
#include <unordered_map>

#include "desk/history.hpp"
#include "desk/import_values.hpp"
#include "desk/import_walk.hpp"
#include "desk/record_importer.hpp"
#include "desk/requester_steps.hpp"
#include "store/event_log.hpp"
#include "store/requesters.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;
using model::Requester;
using model::RequesterState;

constexpr std::string_view kChange = "changetype", kDelete = "delete", kModify = "modify";
/// Neither an import's to say nor kept by one: every desk counts for itself.
constexpr std::string_view kOwn[] = {"id",         "requester_number", "rev",      "merged_into",
                                     "created_at", "updated_at",       "directory"};
constexpr std::size_t kMostAtOnce = 200;  ///< ids of one millisecond: each is looked for among all of its time
constexpr std::int64_t kFew = 10;         ///< so many may leave at once, however few there are

bool is_own(std::string_view name) { return std::find(std::begin(kOwn), std::end(kOwn), name) != std::end(kOwn); }

/// One person of the file, with all that can be said without looking into the store.
struct PreparedRequester {
  ImportRecord record;
  Requester requester;             ///< as a new one
  std::vector<std::size_t> given;  ///< field indexes
  std::string key;                 ///< how it is recognised
  bool only_changes = false;       ///< it says what has changed of somebody, and is nobody new
  std::optional<Error> refused;    ///< it cannot be used at all
  std::optional<Error> unsound;    ///< it cannot be somebody new
  store::Columns columns;
  model::Event event;
  std::vector<std::string> names;
};

void read_members(Value const& object, PreparedRequester& out) {
  auto const& type = model::requester_type();
  auto const* const members = object.get_if<Value::Object>();
  if (!members) refuse_member("record", "not an object");
  for (auto const& [name, value] : *members) {
    if (name == kChange) {
      out.only_changes = value.text() == kModify || value.text() == kDelete;
      if (value.text() != kDelete) continue;
      out.requester.state = RequesterState::left;
      out.given.push_back(type.require("state"));
      continue;
    }
    auto const field = type.find(name);
    if (!field && (name == "history" || name == "found_by" || name == "tickets" || name == "open_tickets")) continue;
    if (!field) refuse_unknown(name, field_names(type));
    bool const absent = value.is_null() || (value.get_if<std::string>() && value.text().empty());
    // A change may take a value away; whatever else leaves a cell empty says nothing.
    if (is_own(name) || (absent && !out.only_changes)) continue;
    model::set(out.requester, *field, value);
    out.given.push_back(*field);
  }
}

/// By account; without one by the first address, or the first number.
std::string key_of(Requester const& requester) {
  if (!requester.account.empty()) return model::lookup_name(requester.account);
  if (!requester.mails.empty()) return model::lookup_name(requester.mails.front());
  return requester.phones.empty() ? std::string() : model::lookup_name(requester.phones.front());
}

/// See `walk_import`.
class RequesterImporter {
 public:
  using Prepared = PreparedRequester;

  RequesterImporter(OpenDesk& desk, ImportOptions const& options, DirectoryOptions const& directory)
      : desk_(desk), options_(options), directory_(directory), source_(end_of_path(options.source_name)) {
    query::Query first;
    first.limit = 1;
    store::list_requesters(desk.writing().connection(), first, [&](Requester const&) {
      empty_ = false;
      return false;
    });
  }

  void prepare(ImportRecord record, Prepared& out) const {
    out.refused = record.unreadable;
    out.record = std::move(record);
    if (out.refused) return;
    try {
      read_members(out.record.object, out);
      out.key = key_of(out.requester);
      if (out.key.empty()) refuse_member("account", "an account, an address or a phone is needed");
    } catch (Error const& error) {
      out.refused = error;
      return;
    }
    auto& requester = out.requester;
    requester.created_at = requester.updated_at = desk_.now();
    requester.directory = directory_.directory;
    settle_state(requester, requester.created_at);
    try {
      refuse_unsound(requester);
    } catch (Error const& error) {
      out.unsound = error;
      return;
    }
    out.columns = store::columns_of(requester);
    out.names = store::stored_names(requester);
    out.event = first_event(desk_, requester, "imported", place_of(out.record));
  }

  bool heavy(Prepared const&) const { return false; }

  Result take(store::WriteTx& tx, Prepared& prepared) {
    if (prepared.refused) throw *prepared.refused;
    auto const place = find(tx.connection(), prepared);
    if (!place) {
      if (prepared.unsound) throw *prepared.unsound;
      if (prepared.only_changes) throw Error(base::errors::requester_not_found, {{"id", prepared.key.substr(0, 80)}});
      return take_new(tx, prepared);
    }
    auto const [other, fresh] = seen_.try_emplace(*place, prepared.record.line);
    if (!fresh)
      throw Error(base::errors::import_duplicate,
                  {{"ident", prepared.key.substr(0, 80)}, {"line", std::to_string(other->second)}});
    return take_known(tx, *place, prepared);
  }

  void finish(store::WriteTx& tx, ImportTally& tally) {
    store::finish_events(tx);
    // Who could not be read would be taken for gone.
    if (directory_.full && tally.summary().rejected == 0) let_go(tx);
  }

  std::optional<std::int64_t> left() const { return left_; }

 private:
  std::string place_of(ImportRecord const& record) const { return source_ + ":" + std::to_string(record.line); }

  /// Where the person stands whom the record is about.
  std::optional<std::int64_t> find(store::Connection& db, Prepared const& prepared) const {
    if (empty_) {
      // Nobody but those of this file can be there.
      auto const mine = made_.find(prepared.key);
      return mine == made_.end() ? std::nullopt : std::optional(mine->second);
    }
    auto const places = store::requesters_called(db, prepared.key, static_cast<int>(kFew));
    bool const by_account = !prepared.requester.account.empty();
    for (auto const place : places) {
      auto const person = by_account ? store::requester_at(db, place) : std::nullopt;
      if (person && model::lookup_name(person->account) == prepared.key) return place;
    }
    if (places.size() == 1) return places.front();
    if (places.empty() || by_account) return std::nullopt;
    throw Error(base::errors::import_rejected, {{"problem", prepared.key.substr(0, 80) + " means several people"}});
  }

  /// Times of ids differ, so that few are looked through to find one.
  base::TimePoint next_time() {
    auto const now = desk_.now();
    if (now > last_time_) {
      last_time_ = now;
      at_once_ = 0;
    } else if (++at_once_ >= kMostAtOnce) {
      last_time_ += base::Milliseconds{1};
      at_once_ = 0;
    }
    return last_time_;
  }

  Result take_new(store::WriteTx& tx, Prepared& prepared) {
    auto const& table = store::requester_table();
    auto& columns = prepared.columns;
    auto const at = next_time();
    auto const n = store::next_number(tx, table);
    std::string const id = desk_.ids().next_id(at);
    columns[id_] = id;
    columns[number_] = desk_.requester_numbers().render(n, at);
    columns[created_] = columns[updated_] = std::int64_t{at.time_since_epoch().count()};
    if (!columns[left_at_].is_null()) columns[left_at_] = columns[created_];
    auto row = store::insert_new_record(tx, table, std::move(columns), {n});
    prepared.event.record_id = id;
    prepared.event.at = std::max(desk_.now(), at);
    store::append_first_event(tx, std::move(prepared.event), table, std::move(row), desk_.ids());
    for (auto const& name : prepared.names) store::add_name(tx.connection(), name, n);
    if (empty_) made_.emplace(prepared.key, n);
    seen_.emplace(n, prepared.record.line);
    return Result::created;
  }

  Result take_known(store::WriteTx& tx, std::int64_t place, Prepared const& prepared) {
    store::finish_events(tx);
    auto const stored = store::requester_at(tx.connection(), place);
    if (!stored) throw Error(base::errors::store_damaged, {{"problem", "a name of no requester: " + prepared.key}});
    if (options_.mode == ImportMode::create)
      throw Error(base::errors::import_rejected, {{"problem", stored->requester_number + " is stored already"}});
    // Another account of theirs, which is an alias here: what it says must not take the place of what the own one does.
    bool const other_account = !prepared.requester.account.empty() && !stored->account.empty() &&
                               model::lookup_name(stored->account) != prepared.key;
    if (options_.mode == ImportMode::ignore || other_account) return Result::unchanged;
    Requester after = *stored;
    bool says_state = false;
    for (std::size_t const field : prepared.given) {
      model::set(after, field, model::get(prepared.requester, field));
      says_state = says_state || model::requester_type().fields[field].name == "state";
    }
    after.directory = directory_.directory;
    if (!says_state && !prepared.only_changes) after.state = RequesterState::active;  // who is there has come back
    return store_step(desk_, tx, *stored, std::move(after), "imported", place_of(prepared.record)).result;
  }

  /// Who is of the directory and not in the file.
  void let_go(store::WriteTx& tx) {
    auto const& type = model::requester_type();
    query::Query query;
    query.filter = query::all_of({query::condition_on(type.require("directory"), query::Op::eq, {directory_.directory}),
                                  query::condition_on(type.require("state"), query::Op::eq, {"ACTIVE"})});
    std::vector<Requester> gone;
    std::int64_t total = 0;
    store::list_requesters(tx.connection(), query, [&](Requester const& requester) {
      ++total;
      if (!seen_.contains(store::place_in_number(requester.requester_number))) gone.push_back(requester);
      return true;
    });
    auto const count = static_cast<std::int64_t>(gone.size());
    if (!directory_.force && count > kFew && count * 2 > total)
      throw Error(
          base::errors::requester_too_many_left,
          {{"count", std::to_string(count)}, {"total", std::to_string(total)}, {"directory", directory_.directory}});
    for (auto const& requester : gone) {
      desk_.check_interrupted();
      Requester after = requester;
      after.state = RequesterState::left;
      store_step(desk_, tx, requester, std::move(after), "left", "not in " + source_);
    }
    left_ = count;
  }

  OpenDesk& desk_;
  ImportOptions const& options_;
  DirectoryOptions const& directory_;
  std::string const source_;
  bool empty_ = true;  ///< nobody was known when the import began
  std::unordered_map<std::string, std::int64_t> made_;
  std::unordered_map<std::int64_t, std::int64_t> seen_;  ///< places of people → the line that they stood at
  base::TimePoint last_time_{};
  std::size_t at_once_ = 0;
  std::optional<std::int64_t> left_;
  std::size_t const id_ = store::requester_table().column_of("id");
  std::size_t const number_ = store::requester_table().column_of("requester_number");
  std::size_t const created_ = store::requester_table().column_of("created_at");
  std::size_t const updated_ = store::requester_table().column_of("updated_at");
  std::size_t const left_at_ = store::requester_table().column_of("left_at");
};

}  // namespace

ImportSummary RequesterDesk::import(ImportSource const& source, ImportOptions const& options,
                                    DirectoryOptions const& directory) {
  RequesterImporter importer(desk_, options, directory);
  auto summary = walk_import(desk_, source, options, importer);
  summary.left = importer.left();
  return summary;
}

}  // namespace umsops::desk
