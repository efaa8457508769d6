// SPDX-License-Identifier: Apache-2.0
#include "desk/privacy_export.hpp"

#include "desk/export_record.hpp"
#include "store/chain.hpp"
#include "store/event_log.hpp"
#include "store/record_row.hpp"
#include "store/requesters.hpp"
#include "store/tickets.hpp"
#include "umsops/base/json.hpp"

namespace umsops::desk {
namespace {

using base::Value;

constexpr std::size_t kAround = 200;  ///< characters on either side of a name: what others wrote is theirs
constexpr std::string_view kOwn[] = {"updated_at", "created_at", "at", "escalated_at", "started_at", "last_at"};

Value time_of(std::int64_t milliseconds) { return base::TimePoint{base::Milliseconds{milliseconds}}; }

/// An event as an export of a record tells it.
Value event_value(model::Event const& event) {
  auto const& type = model::event_type();
  auto row = to_row(event);
  Value::Object out;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    auto const name = type.fields[i].name;
    if (name != "seq" && name != "hash" && name != "previous_hash") out.emplace_back(name, std::move(row[i]));
  }
  return out;
}

class Gathering {
 public:
  Gathering(OpenDesk& desk, store::Connection& db, Person const& person, Found const& found)
      : desk_(desk), db_(db), person_(person), found_(found) {}

  Value document() {
    Value::List directory, tickets;
    for (auto const& [key, record] : found_.records) {
      desk_.check_interrupted();
      if (record.entry) {
        if (auto const entry = store::requester_at(db_, key.second)) directory.push_back(entry_value(*entry));
      } else if (record.whole) {
        if (auto ticket = store::ticket_at(db_, key.second))
          tickets.push_back(to_record(exported(db_, *std::move(ticket))));
      } else {
        mention_record(*db_.schema().find(key.first), key, record);
      }
    }
    for (auto const& part : found_.loose) mention_part({}, part);
    for (auto const& [seq, names] : found_.loose_values) mention_event({}, seq, names);
    auto const& said = person_.names.said();
    Value::Object about{{"numbers", Value::List(person_.numbers.begin(), person_.numbers.end())},
                        {"names", Value::List(said.begin(), said.end())},
                        {"staff", person_.staff}};
    return Value::Object{{"person", std::move(about)},
                         {"directory", std::move(directory)},
                         {"tickets", std::move(tickets)},
                         {"mentions", std::move(mentions_)}};
  }

 private:
  Value entry_value(model::Requester const& entry) {
    auto const& type = model::requester_type();
    auto row = to_row(entry);
    Value::Object out;
    for (std::size_t i = 0; i < type.fields.size(); ++i) out.emplace_back(type.fields[i].name, std::move(row[i]));
    Value::List history;
    for (auto const& event : store::events_of(db_, type.noun, entry.id)) history.push_back(event_value(event));
    out.emplace_back("history", std::move(history));
    return out;
  }

  void mention(std::string_view record, std::string_view place, std::string_view field, Value at,
               std::string_view text) {
    mentions_.push_back(Value::Object{{"record", record.empty() ? Value() : Value(record)},
                                      {"place", place},
                                      {"field", field},
                                      {"at", std::move(at)},
                                      {"text", person_.names.passage(text, kAround)}});
  }

  void mention_record(store::RecordTable const& table, RecordKey const& key, FoundRecord const& record) {
    auto const columns = store::record_at(db_, table, key.second);
    if (!columns) return;
    std::string const number((*columns)[table.column_of(table.type.number_field)].text());
    for (std::size_t i = 0; record.named && i < columns->size(); ++i) {
      auto const& field = table.type.fields[table.columns[i]];
      if (!store::personal_in(field) || !person_.names.in((*columns)[i].text())) continue;
      auto const* const at = (*columns)[table.column_of("updated_at")].get_if<std::int64_t>();
      mention(number, key.first, field.name, at ? time_of(*at) : Value(), (*columns)[i].text());
    }
    for (auto const& part : record.parts) mention_part(number, part);
    for (auto const& [seq, names] : record.values) mention_event(number, seq, names);
  }

  /// What a message or a row that no record has is about.
  std::string number_of(FoundPart const& part) const {
    auto const& table = part.table->table;
    if (!table.of_records) return {};
    auto const* const records = db_.schema().find(part.row[column_at(table, "noun")].text());
    auto const* const place = part.row[column_at(table, "record")].get_if<std::int64_t>();
    auto const columns = records && place ? store::record_at(db_, *records, *place) : std::nullopt;
    return columns ? std::string((*columns)[records->column_of(records->type.number_field)].text()) : std::string();
  }

  void mention_part(std::string_view number, FoundPart const& part) {
    auto const& table = part.table->table;
    Value at;
    for (auto const name : kOwn) {
      auto const place = column_at(table, name);
      auto const* const time = place < part.row.size() ? part.row[place].get_if<std::int64_t>() : nullptr;
      if (time && at.is_null()) at = time_of(*time);
    }
    std::string const record = number.empty() ? number_of(part) : std::string(number);
    bool told = false;
    for (auto const& column : part.table->columns) {
      auto const text = part.row[column_at(table, column.name)].text();
      if (text.empty() || (!part.whole && !person_.names.in(text))) continue;
      mention(record, table.name, column.name, at, text);
      told = true;
    }
    // The name is in the bytes of a file.
    if (!told) mention(record, table.name, "content", at, {});
  }

  void mention_event(std::string_view number, std::int64_t seq, std::set<std::string> const& names) {
    auto const row = store::find_event_row(db_, seq);
    if (!row) return;
    auto const values =
        row->private_values.empty() ? Value() : base::parse_json(row->private_values, "events", store::kStoredJson);
    for (auto const& name : names) {
      auto const* const value = values.find(name);
      std::string const text = name == "actor"     ? row->actor
                               : name == "login"   ? row->login
                               : name == "db_user" ? row->db_user
                               : name == "reason"  ? row->reason
                               : value             ? base::to_json(*value)
                                                   : std::string();
      mention(number, "history", name, time_of(row->at), text);
    }
  }

  OpenDesk& desk_;
  store::Connection& db_;
  Person const& person_;
  Found const& found_;
  Value::List mentions_;
};

}  // namespace

Value personal_data(OpenDesk& desk, store::Connection& db, Person const& person, Found const& found) {
  return Gathering(desk, db, person, found).document();
}

}  // namespace umsops::desk
