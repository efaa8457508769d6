// SPDX-License-Identifier: Apache-2.0
// Looks through the whole store for a person.
#include <algorithm>

#include "desk/open_desk.hpp"
#include "desk/privacy_found.hpp"
#include "desk/requester_lookup.hpp"
#include "desk/ticket_watchers.hpp"
#include "store/chain.hpp"
#include "store/mails.hpp"
#include "store/record_row.hpp"
#include "store/requesters.hpp"
#include "store/tickets.hpp"
#include "umsops/base/json.hpp"

namespace umsops::desk {
namespace {

using base::Value;

constexpr std::string_view kTicket = "ticket";

std::string_view text_at(store::RecordTable const& table, store::Columns const& columns, std::string_view field) {
  auto const place = table.type.find(field);
  return place ? columns[table.column_of(field)].text() : std::string_view();
}

bool is_finished(std::string_view status) { return status == "RESOLVED" || status == "CLOSED" || status == "SPAM"; }

/// What of an event goes with a record of theirs, or names them.
std::set<std::string> values_in(store::EventRow const& row, model::PersonNames const& names, bool whole) {
  std::set<std::string> out;
  if (names.in(row.actor)) out.insert("actor");
  if (names.in(row.login)) out.insert("login");
  if (names.in(row.db_user)) out.insert("db_user");
  if (!row.reason.empty() && (whole || names.in(row.reason))) out.insert("reason");
  if (row.private_values.empty()) return out;
  auto const values = base::parse_json(row.private_values, "events", store::kStoredJson);
  for (auto const& [name, pair] : *values.get_if<Value::Object>()) {
    auto const* const both = pair.get_if<Value::List>();
    auto const says = [&](Value const& value) {
      return names.in(value.get_if<std::string>() ? std::string(value.text()) : base::to_json(value));
    };
    if (whole || (both && std::any_of(both->begin(), both->end(), says))) out.insert(name);
  }
  return out;
}

class Search {
 public:
  Search(OpenDesk* desk, store::Connection& db, model::PersonNames const& names)
      : desk_(desk), db_(db), names_(names) {}

  /// Gives whether anything is or was assigned to them.
  bool look_at_records(std::set<std::int64_t> const& entries) {
    bool staff = false;
    for (auto const* table : db_.schema().records) staff = look_at_table(*table, entries) || staff;
    return staff;
  }
  /// Also rows of tickets that go as a whole.
  void look_at_parts(bool staff) {
    for (auto const& table : store::personal_tables()) {
      each_row(table, {}, 0, [&](FoundPart part) { take_if_named(std::move(part), staff); });
    }
  }
  void look_at_history() {
    static std::string const sql = "SELECT " + store::event_column_list() + " FROM events ORDER BY seq";
    store::Reading rows(db_.prepare_walk(sql));
    while (rows->step()) {
      check();
      auto const row = store::read_event_row(*rows);
      if (names_.in(row.changes)) ++found.open_history;
      RecordKey const key{row.noun, row.record};
      auto const record = found.records.find(key);
      bool const whole = record != found.records.end() && (record->second.whole || record->second.entry);
      auto values = values_in(row, names_, whole);
      if (values.empty()) continue;
      count(row.private_values);
      count(row.reason);
      if (row.record != 0 && db_.schema().find(row.noun)) {
        found.records[key].values[row.seq] = std::move(values);
      } else {
        found.loose_values[row.seq] = std::move(values);
      }
    }
  }
  void look_at_runbooks() {
    store::Reading rows(db_.prepare_walk("SELECT content FROM executions"));
    while (rows->step()) found.runbook_texts += names_.in(rows->text(0)) ? 1 : 0;
  }

  /// The ticket of that place with all that belongs to it.
  void take_ticket(std::int64_t place) {
    auto& record = found.records[{std::string(kTicket), place}];
    record.whole = true;
    record.people = people_of(place);
    for (auto const& table : store::personal_tables()) {
      if (table.table.of_records && &table.table != &store::kOutbox)
        each_row(table, "noun = 'ticket' AND record = $1", place,
                 [&](FoundPart part) { take_whole(std::move(part), record.people); });
    }
    auto const& keys = *store::find_personal_table(store::kKeys);
    for (auto const noun : store::ticket_table().key_nouns) {
      // Nearly all keys are of one noun: as an expression it leaves the index of records to be used.
      each_row(keys, "record = $1 AND noun || '' = '" + std::string(noun) + "'", place,
               [&](FoundPart part) { take_whole(std::move(part), names_); });
    }
    store::Reading last(db_.prepare("SELECT last_event FROM support_tickets WHERE n = $1"));
    last->bind(1, place);
    if (last->step()) take_events(record, last->integer(0));
  }
  /// Messages about these tickets: no index finds them.
  void take_messages(std::set<std::int64_t> const& tickets) {
    auto const& table = *store::find_personal_table(store::kOutbox);
    each_row(table, "noun = 'ticket'", 0, [&](FoundPart part) {
      auto const* const record = part.row[column_at(table.table, "record")].get_if<std::int64_t>();
      if (record && tickets.contains(*record)) take_whole(std::move(part), names_);
    });
  }

  Found found;

 private:
  void check() {
    if (desk_ && ++steps_ % 256 == 0) desk_->check_interrupted();
  }
  void count(std::string_view text) {
    if (!names_.empty() && names_.in(text)) names_.count(text, found.by_name);
  }

  bool look_at_table(store::RecordTable const& table, std::set<std::int64_t> const& entries) {
    bool staff = false;
    bool const tickets = table.type.noun == kTicket, people = table.type.noun == "requester";
    store::Reading rows(
        db_.prepare_walk("SELECT " + store::stored_list(table) + " FROM " + std::string(table.name) + " ORDER BY n"));
    while (rows->step()) {
      check();
      auto const row = store::read_stored(table, *rows);
      bool const theirs = tickets && names_.is(text_at(table, row.columns, "requester_id"));
      bool const entry = people && entries.contains(row.n);
      bool const finished = is_finished(text_at(table, row.columns, "status"));
      bool const assigned = names_.is(text_at(table, row.columns, "assignee_id")) ||
                            names_.is(text_at(table, row.columns, "assigned_to"));
      staff = staff || assigned;
      if ((theirs || assigned) && !finished)
        found.open.emplace_back(text_at(table, row.columns, table.type.number_field));
      bool const named = note_names(table, row.columns);
      if (!theirs && !entry && !named) continue;
      auto& record = found.records[{std::string(table.type.noun), row.n}];
      record.whole = theirs;
      record.entry = entry;
      record.named = named;
    }
    return staff;
  }
  bool note_names(store::RecordTable const& table, store::Columns const& columns) {
    bool named = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!store::personal_in(table.type.fields[table.columns[i]]) || !names_.in(columns[i].text())) continue;
      named = true;
      count(columns[i].text());
    }
    return named;
  }

  template <class Visit>
  void each_row(store::PersonalTable const& table, std::string const& condition, std::int64_t record, Visit&& visit) {
    std::string list;
    for (auto const& column : table.table.columns) list.append(list.empty() ? "" : ", ").append(column.name);
    if (table.table.bound) list += ", seq";
    std::string sql = "SELECT " + list + " FROM " + std::string(table.table.name);
    if (!condition.empty()) sql += " WHERE " + condition;
    store::Reading rows(db_.prepare_walk(sql));
    if (record != 0) rows->bind(1, record);
    while (rows->step()) {
      check();
      FoundPart part{&table, store::stored_row(*rows, table.table.columns)};
      if (table.table.bound) part.event = rows->integer(static_cast<int>(part.row.size()));
      visit(std::move(part));
    }
  }

  bool is_of_their_ticket(store::PersonalTable const& table, store::Values const& row) const {
    if (!table.table.of_records) return false;
    auto const record = found.records.find(key_of(table.table, row));
    return record != found.records.end() && record->second.whole;
  }
  bool is_key_of_their_ticket(store::PersonalTable const& table, store::Values const& row) const {
    auto const nouns = store::ticket_table().key_nouns;
    if (&table.table != &store::kKeys || std::find(nouns.begin(), nouns.end(), row[0].text()) == nouns.end())
      return false;
    auto const* const record = row[column_at(table.table, "record")].get_if<std::int64_t>();
    auto const known = found.records.find({std::string(kTicket), record ? *record : 0});
    return known != found.records.end() && known->second.whole;
  }

  void take_if_named(FoundPart part, bool staff) {
    auto const& table = part.table->table;
    auto const text = [&](std::string_view column) { return part.row[column_at(table, column)].text(); };
    part.whole = is_of_their_ticket(*part.table, part.row) || is_key_of_their_ticket(*part.table, part.row);
    // What they wrote on tickets of others.
    if (!staff && &table == &store::kResponses && names_.is(text("responder_id"))) {
      part.whole = true;
      their_replies_.insert(std::string(text("id")));
    }
    if (&table == &store::kAttachments)
      part.whole = part.whole || their_replies_.contains(std::string(text("response_id")));
    if (!part.whole && !store::names(names_, *part.table, part.row)) return;
    for (auto const& column : part.table->columns) {
      if (column.what != store::Personal::file) count(text(column.name));
    }
    take(std::move(part), names_);
  }
  void take_whole(FoundPart part, model::PersonNames const& names) {
    part.whole = true;
    take(std::move(part), names);
  }

  RecordKey key_of(store::Table const& table, store::Values const& row) const {
    auto const* const record = row[column_at(table, "record")].get_if<std::int64_t>();
    return {std::string(row[column_at(table, "noun")].text()), record ? *record : 0};
  }
  /// The record whose event is to vouch for what becomes of it.
  RecordKey owner_of(FoundPart const& part) const {
    auto const& table = part.table->table;
    if (table.of_records && table.bound) return key_of(table, part.row);
    return &table == &store::kKeys && part.whole ? RecordKey(kTicket, key_of(table, part.row).second) : RecordKey();
  }
  void take(FoundPart part, model::PersonNames const& names) {
    auto const& table = part.table->table;
    // What a ticket is linked with, and who else watches it, is not theirs.
    bool const of_others = &table == &store::kLinks || &table == &store::kFeedback;
    if (of_others && !store::names(names, *part.table, part.row)) return;
    for (auto const& column : part.table->columns) {
      if (column.what == store::Personal::file) part.row[column_at(table, column.name)] = {};
    }
    auto const key = owner_of(part);
    auto& parts = key.second != 0 && db_.schema().find(key.first) ? found.records[key].parts : found.loose;
    parts.push_back(std::move(part));
  }
  void take_events(FoundRecord& record, std::int64_t last) {
    store::Reading rows(db_.prepare(std::string(store::kEventsOfRecord) + "SELECT " + store::event_column_list() +
                                    " FROM events_of AS o JOIN events ON events.seq = o.seq"));
    rows->bind(1, last);
    while (rows->step()) {
      auto const row = store::read_event_row(*rows);
      if (auto values = values_in(row, record.people, true); !values.empty())
        record.values[row.seq] = std::move(values);
    }
  }

  bool is_staff(std::string const& name) {
    store::Reading rows(db_.prepare("SELECT 1 FROM support_tickets WHERE assignee_id = $1 LIMIT 1"));
    rows->bind(1, name);
    return rows->step();
  }
  /// Everybody who had to do with the ticket and does not work on any.
  model::PersonNames people_of(std::int64_t place) {
    std::vector<std::string> names;
    auto const ticket = store::ticket_at(db_, place);
    if (!ticket) return {};
    if (!ticket->requester_id.empty()) names = all_names(db_, ticket->requester_id);
    auto const ref = model::ref_of(*ticket);
    for (auto& person : watchers_of(db_, ref)) names.push_back(std::move(person));
    for (auto& mail : store::mails_of(db_, ref))
      names.insert(names.end(), mail.participants.begin(), mail.participants.end());
    std::erase_if(names, [&](std::string const& name) { return is_staff(name); });
    return model::PersonNames(names);
  }

  OpenDesk* desk_;
  store::Connection& db_;
  model::PersonNames const& names_;
  std::set<std::string> their_replies_;
  std::int64_t steps_ = 0;
};

}  // namespace

std::size_t column_at(store::Table const& table, std::string_view name) {
  auto const found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](store::Column const& column) { return column.name == name; });
  return static_cast<std::size_t>(found - table.columns.begin());
}

Found find_person(OpenDesk& desk, store::Connection& db, Person& person, std::set<std::int64_t> const& entries) {
  Search search(&desk, db, person.names);
  search.found.by_name.resize(person.names.said().size());
  auto const* const roster = desk.roster();
  bool const listed = roster && std::any_of(roster->people.begin(), roster->people.end(),
                                            [&](people::Person const& one) { return person.names.is(one.name); });
  person.staff = search.look_at_records(entries) || listed;
  search.look_at_parts(person.staff);
  search.look_at_history();
  search.look_at_runbooks();
  return std::move(search.found);
}

Found find_tickets(store::Connection& db, std::vector<std::int64_t> const& places) {
  model::PersonNames const nobody;
  Search search(nullptr, db, nobody);
  for (auto const place : places) search.take_ticket(place);
  search.take_messages({places.begin(), places.end()});
  return std::move(search.found);
}

std::vector<PlaceCount> places_of(Found const& found) {
  static constexpr std::pair<std::string_view, std::string_view> kPlaces[] = {
      {"responses", "replies"},     {"escalations", "escalations"}, {"links", "links"},
      {"callbacks", "callbacks"},   {"attachments", "attachments"}, {"mails", "mails"},
      {"idempotency_keys", "keys"}, {"outbox", "messages"},         {"deliveries", "deliveries"},
      {"timeline", "timeline"},     {"silences", "silences"},       {"feedback", "feedback"},
      {"search_misses", "misses"},  {"executions", "executions"},   {"assignment_turns", "turns"}};
  std::map<std::string_view, std::int64_t> rows;
  std::int64_t entries = 0, tickets = 0, mentions = 0, values = 0;
  for (auto const& [key, record] : found.records) {
    entries += record.entry;
    tickets += record.whole;
    mentions += record.named && !record.entry && !record.whole;
    for (auto const& part : record.parts) ++rows[part.table->table.name];
    for (auto const& [seq, names] : record.values) values += static_cast<std::int64_t>(names.size());
  }
  for (auto const& [seq, names] : found.loose_values) values += static_cast<std::int64_t>(names.size());
  for (auto const& part : found.loose) ++rows[part.table->table.name];
  std::vector<PlaceCount> out;
  auto const add = [&](std::string_view place, std::int64_t count) {
    if (count > 0) out.push_back({std::string(place), count});
  };
  add("directory", entries);
  add("tickets", tickets);
  add("mentions", mentions);
  for (auto const& [table, place] : kPlaces) add(place, rows[table]);
  add("history", values);
  return out;
}

void add_counts(std::vector<PlaceCount>& sum, std::vector<PlaceCount> const& more) {
  for (auto const& [place, count] : more) {
    auto const known =
        std::find_if(sum.begin(), sum.end(), [&place = place](auto const& one) { return one.place == place; });
    known == sum.end() ? sum.push_back({place, count}) : void(known->count += count);
  }
}

}  // namespace umsops::desk
