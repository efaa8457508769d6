// SPDX-License-Identifier: Apache-2.0
#include "store/row_hash.hpp"

#include <map>

#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

// FROZEN: hashed. A row's hash goes over its columns in this order: never move or rename one.
constexpr Column kStoreInfoColumns[] = {{"name"}, {"value", false, true}};
constexpr Column kMigrationColumns[] = {{"version", true}, {"name"}, {"applied_at", true}, {"sha256"}};
constexpr Column kSequenceColumns[] = {{"name"}, {"value", true}};
constexpr Column kResponseColumns[] = {{"n", true},          {"id"},
                                       {"ticket_id"},        {"responder_id"},
                                       {"content"},          {"response_type"},
                                       {"is_private", true}, {"created_at", true},
                                       {"row_salt"}};
constexpr Column kEscalationColumns[] = {
    {"n", true},           {"id"},           {"ticket_id"},          {"escalated_by"}, {"escalation_level"}, {"reason"},
    {"previous_assignee"}, {"new_assignee"}, {"escalated_at", true}, {"row_salt"}};
constexpr Column kKeyColumns[] = {
    {"noun"}, {"key"}, {"record_id"}, {"content_hash", false, true}, {"created_at", true}};
constexpr Column kOutboxColumns[] = {{"id"},         {"topic"},           {"noun"},
                                     {"record_id"},  {"recipient"},       {"payload"},
                                     {"state"},      {"attempts", true},  {"next_attempt_at", true},
                                     {"last_error"}, {"created_at", true}};
constexpr Column kLinkColumns[] = {{"ticket_id"}, {"kind"}, {"other_id"}, {"other_noun"}, {"created_at", true}};
constexpr Column kLadderStepColumns[] = {
    {"ticket_id"}, {"generation", true}, {"step"}, {"due_at", true}, {"fired_at", true}};
constexpr Column kCallbackColumns[] = {
    {"id"},         {"ticket_id"},     {"contact"}, {"note"},   {"due_at", true}, {"state"}, {"created_at", true},
    {"created_by"}, {"done_at", true}, {"done_by"}, {"outcome"}};
constexpr Column kAttachmentColumns[] = {{"id"},        {"ticket_id"},  {"response_id"},
                                         {"file_name"}, {"media_type"}, {"bytes", true},
                                         {"sha256"},    {"content"},    {"created_at", true}};
constexpr Column kTurnColumns[] = {{"pool"}, {"person"}, {"at", true}};

std::string make_insert_sql(HashedTable const& table, std::string_view ending) {
  std::string sql = "INSERT INTO ";
  sql.append(table.name).append("(").append(column_list(table)).append(") VALUES (");
  return sql.append(parameter_list(table.columns.size() + 1)).append(")").append(ending);
}

/// Made once for each table and ending, of which there are few.
std::string const& insert_sql(HashedTable const& table, std::string_view ending) {
  thread_local std::map<std::pair<HashedTable const*, std::string>, std::string> known;
  auto const place = known.find({&table, std::string(ending)});
  if (place != known.end()) return place->second;
  return known[{&table, std::string(ending)}] = make_insert_sql(table, ending);
}

}  // namespace

std::string column_list(HashedTable const& table) {
  std::string list;
  for (Column const& column : table.columns) list.append(column.name).append(", ");
  return list.append("row_hash");
}

HashedTable const kStoreInfo{.name = "store_info", .columns = kStoreInfoColumns, .settings = true};
HashedTable const kMigrations{.name = "schema_migrations", .columns = kMigrationColumns, .settings = true};
HashedTable const kSequences{.name = "sequences", .columns = kSequenceColumns, .settings = true};
HashedTable const kTurns{.name = "assignment_turns", .columns = kTurnColumns, .settings = true};
HashedTable const kResponses{.name = "ticket_responses", .columns = kResponseColumns, .in_history = true};
HashedTable const kEscalations{
    .name = "ticket_escalations", .columns = kEscalationColumns, .in_history = true, .told_as = "escalation"};
HashedTable const kKeys{.name = "idempotency_keys", .columns = kKeyColumns, .keys = 2};
HashedTable const kOutbox{.name = "outbox", .columns = kOutboxColumns};
HashedTable const kLinks{.name = "ticket_links", .columns = kLinkColumns, .keys = 3};
HashedTable const kLadderSteps{.name = "ladder_steps", .columns = kLadderStepColumns, .keys = 3};
HashedTable const kCallbacks{.name = "ticket_callbacks", .columns = kCallbackColumns};
HashedTable const kAttachments{.name = "ticket_attachments", .columns = kAttachmentColumns};

std::string row_hash(std::string_view table, std::vector<base::Value> const& values,
                     std::initializer_list<base::Value> further) {
  // FROZEN: hashed. The canonical JSON list of the table and its values, without blanks.
  std::string text = "[";
  // With the table's name: a row does not fit another table of the same shape.
  base::append_json_string(text, table);
  auto const append = [&text](auto const& list) {
    for (base::Value const& value : list) base::append_json(text += ',', value);
  };
  append(values);
  append(further);
  text += ']';
  return base::sha256_hex(text);
}

base::Value stored_value(base::Value value) {
  if (auto const* text = value.get_if<std::string>()) return text->empty() ? base::Value() : std::move(value);
  if (auto const* time = value.get_if<base::TimePoint>()) return std::int64_t{time->time_since_epoch().count()};
  if (auto const* flag = value.get_if<bool>()) return std::int64_t{*flag ? 1 : 0};
  auto const* members = value.get_if<base::Value::Object>();
  auto const* items = value.get_if<base::Value::List>();
  if ((members && members->empty()) || (items && items->empty())) return {};
  if (members || items) return base::to_json(value);
  return value;
}

std::vector<base::Value> stored_values(HashedTable const& table, std::vector<base::Value> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    base::Value& value = values[i];
    bool const empty_text = value.get_if<std::string>() && value.text().empty();
    if (empty_text && !table.columns[i].may_be_empty) value = {};
    if (!value.get_if<std::string>()) value = stored_value(std::move(value));
  }
  return values;
}

std::string insert_hashed(Connection& db, HashedTable const& table, std::vector<base::Value> values,
                          std::string_view ending) {
  values = stored_values(table, std::move(values));
  Reading insert(db.prepare(insert_sql(table, ending)));
  for (std::size_t i = 0; i < values.size(); ++i) insert->bind_value(static_cast<int>(i) + 1, values[i]);
  std::string hash = row_hash(table.name, values);
  insert->bind(static_cast<int>(values.size()) + 1, std::string_view(hash)).step();
  return hash;
}

base::Value stored_at(Statement const& row, int place, bool integer) {
  if (row.is_null(place)) return {};
  return integer ? base::Value(row.integer(place)) : base::Value(row.text(place));
}

std::vector<base::Value> stored_row(Statement const& row, std::span<Column const> columns) {
  std::vector<base::Value> values;
  values.reserve(columns.size());
  for (Column const& column : columns) {
    values.push_back(stored_at(row, static_cast<int>(values.size()), column.integer));
  }
  return values;
}

void verify_rows(Connection& db, HashedTable const& table, std::function<void(std::string const& key)> const& report) {
  std::string sql = "SELECT ";
  sql.append(column_list(table)).append(" FROM ").append(table.name).append(" ORDER BY ").append(table.columns[0].name);
  Reading rows(db.prepare_walk(sql));
  while (rows->step()) {
    // The hash covers the row as it was stored, so no type of the model is needed here.
    auto const values = stored_row(*rows, table.columns);
    if (rows->text(static_cast<int>(values.size())) == row_hash(table.name, values)) continue;
    std::string key(table.name);
    for (std::size_t i = 0; i < table.keys; ++i) {
      key.append(" ").append(table.columns[i].integer ? base::to_json(values[i]) : std::string(values[i].text()));
    }
    report(key);
  }
}

}  // namespace umsops::store
