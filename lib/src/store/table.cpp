// SPDX-License-Identifier: Apache-2.0
#include "store/table.hpp"

#include <map>

#include "base/hex.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

constexpr auto kInteger = Column::Type::integer;
constexpr auto kBytes = Column::Type::bytes;

// FROZEN: hashed. A row's hash goes over its columns in this order: never move or rename one.
constexpr Column kStoreInfoColumns[] = {{"name"}, {"value", Column::Type::text, true}};
constexpr Column kMigrationColumns[] = {{"version", kInteger}, {"name"}, {"applied_at", kInteger}, {"sha256", kBytes}};
constexpr Column kResponseColumns[] = {{"noun"},
                                       {"record", kInteger},
                                       {"place", kInteger},
                                       {"id"},
                                       {"responder_id"},
                                       {"response_type"},
                                       {"is_private", kInteger},
                                       {"created_at", kInteger},
                                       {"content"},
                                       {"time_spent_minutes", kInteger, false, true}};
constexpr Column kEscalationColumns[] = {
    {"noun"},         {"record", kInteger},      {"place", kInteger}, {"id"},
    {"escalated_by"}, {"escalation_level"},      {"reason"},          {"previous_assignee"},
    {"new_assignee"}, {"escalated_at", kInteger}};
constexpr Column kKeyColumns[] = {{"noun"}, {"key"}, {"record", kInteger}, {"content_hash", kBytes}};
constexpr Column kOutboxColumns[] = {{"next_attempt_at", kInteger},
                                     {"id"},
                                     {"topic"},
                                     {"noun"},
                                     {"record", kInteger},
                                     {"recipient"},
                                     {"payload"},
                                     {"state"},
                                     {"attempts", kInteger},
                                     {"last_error"},
                                     {"created_at", kInteger}};
constexpr Column kLinkColumns[] = {{"noun"},
                                   {"record", kInteger},
                                   {"kind"},
                                   {"other_noun"},
                                   {"other", kInteger},
                                   {"other_name", Column::Type::text, true},
                                   {"created_at", kInteger}};
constexpr Column kLadderStepColumns[] = {{"noun"}, {"record", kInteger}, {"generation", kInteger},
                                         {"step"}, {"due_at", kInteger}, {"fired_at", kInteger}};
constexpr Column kCallbackColumns[] = {{"id"},
                                       {"noun"},
                                       {"record", kInteger},
                                       {"contact"},
                                       {"note"},
                                       {"due_at", kInteger},
                                       {"state"},
                                       {"created_at", kInteger},
                                       {"created_by"},
                                       {"done_at", kInteger},
                                       {"done_by"},
                                       {"outcome"}};
constexpr Column kAttachmentColumns[] = {{"noun"},
                                         {"record", kInteger},
                                         {"id"},
                                         {"response_id"},
                                         {"file_name"},
                                         {"media_type"},
                                         {"bytes", kInteger},
                                         {"sha256", kBytes},
                                         {"created_at", kInteger},
                                         {"content", kBytes}};
constexpr Column kMailColumns[] = {{"message_id"},        {"identity", kBytes}, {"noun"},
                                   {"record", kInteger},  {"response_id"},      {"subject"},
                                   {"sent_at", kInteger}, {"participants"},     {"created_at", kInteger}};
constexpr Column kTimelineColumns[] = {{"noun"},
                                       {"record", kInteger},
                                       {"place", kInteger},
                                       {"id"},
                                       {"kind"},
                                       {"at", kInteger},
                                       {"recorded_at", kInteger},
                                       {"author"},
                                       {"content", Column::Type::text, true},
                                       {"data"},
                                       {"corrects"},
                                       {"pinned", kInteger}};
constexpr Column kSilenceColumns[] = {
    {"n", kInteger}, {"matchers"}, {"starts_at", kInteger},  {"ends_at", kInteger}, {"incident"},
    {"intervals"},   {"comment"},  {"created_at", kInteger}, {"created_by"}};
constexpr Column kFeedbackColumns[] = {{"noun"},           {"record", kInteger}, {"kind"},   {"subject"},
                                       {"good", kInteger}, {"reason"},           {"author"}, {"created_at", kInteger}};
constexpr Column kMissColumns[] = {{"query"}, {"asked", kInteger}, {"first_at", kInteger}, {"last_at", kInteger}};
constexpr Column kDeliveryColumns[] = {{"id"},
                                       {"noun"},
                                       {"record", kInteger},
                                       {"message"},
                                       {"kind"},
                                       {"audience"},
                                       {"person"},
                                       {"channel"},
                                       {"address", Column::Type::text, true},
                                       {"language"},
                                       {"state"},
                                       {"next_attempt_at", kInteger},
                                       {"lease"},
                                       {"attempts", kInteger},
                                       {"note"},
                                       {"parcel"},
                                       {"created_at", kInteger},
                                       {"finished_at", kInteger}};
constexpr Column kExecutionColumns[] = {
    {"n", kInteger}, {"incident", kInteger}, {"runbook"}, {"state"}, {"started_at", kInteger}, {"data"}, {"content"}};
constexpr Column kRequesterNameColumns[] = {{"name"}, {"record", kInteger}};
constexpr Column kTurnColumns[] = {{"pool"}, {"person"}, {"at", kInteger}};

std::string make_insert_sql(Table const& table, std::string_view ending) {
  std::string sql = "INSERT INTO ";
  sql.append(table.name).append("(").append(column_list(table)).append(") VALUES (");
  return sql.append(parameter_list(table.columns.size() + 1)).append(")").append(ending);
}

/// Made once for each table and ending, of which there are few.
std::string const& insert_sql(Table const& table, std::string_view ending) {
  thread_local std::map<std::pair<Table const*, std::string>, std::string> known;
  auto const [place, fresh] = known.try_emplace({&table, std::string(ending)});
  if (fresh) place->second = make_insert_sql(table, ending);
  return place->second;
}

}  // namespace

Table const kStoreInfo{.name = "store_info", .columns = kStoreInfoColumns, .settings = true};
Table const kMigrations{.name = "schema_migrations", .columns = kMigrationColumns, .settings = true};
Table const kExecutions{.name = "executions", .columns = kExecutionColumns, .bound = true};
Table const kTurns{.name = "assignment_turns", .columns = kTurnColumns, .settings = true};
Table const kResponses{.name = "responses", .columns = kResponseColumns, .keys = 3, .bound = true, .of_records = true};
Table const kEscalations{
    .name = "escalations", .columns = kEscalationColumns, .keys = 3, .bound = true, .of_records = true};
Table const kKeys{.name = "idempotency_keys", .columns = kKeyColumns, .keys = 2, .bound = true};
Table const kOutbox{.name = "outbox", .columns = kOutboxColumns, .keys = 2, .of_records = true};
Table const kDeliveries{.name = "deliveries", .columns = kDeliveryColumns, .of_records = true};
Table const kLinks{.name = "links", .columns = kLinkColumns, .keys = 6, .bound = true, .of_records = true};
Table const kLadderSteps{
    .name = "ladder_steps", .columns = kLadderStepColumns, .keys = 4, .bound = true, .of_records = true};
Table const kCallbacks{.name = "callbacks", .columns = kCallbackColumns, .bound = true, .of_records = true};
Table const kAttachments{
    .name = "attachments", .columns = kAttachmentColumns, .keys = 3, .bound = true, .of_records = true};

Table const kMails{.name = "mails", .columns = kMailColumns, .keys = 2, .bound = true, .of_records = true};
Table const kTimeline{.name = "timeline", .columns = kTimelineColumns, .keys = 3, .bound = true, .of_records = true};
Table const kSilences{.name = "silences", .columns = kSilenceColumns, .bound = true};
Table const kFeedback{.name = "feedback", .columns = kFeedbackColumns, .keys = 4, .bound = true, .of_records = true};
Table const kRequesterNames{.name = "requester_names", .columns = kRequesterNameColumns, .keys = 2};
Table const kMisses{.name = "search_misses", .columns = kMissColumns};

Column Table::last() const { return bound ? Column{"seq", kInteger} : Column{"row_hash", kBytes}; }

std::string column_list(Table const& table) {
  std::string list;
  for (Column const& column : table.columns) list.append(column.name).append(", ");
  return list.append(table.last().name);
}

std::string row_text(Table const& table, Values const& values, std::initializer_list<base::Value> further) {
  // FROZEN: hashed. The canonical JSON list of the table and its values, without blanks.
  std::string text = "[";
  // With the table's name: a row does not fit another table of the same shape.
  base::append_json_string(text, table.name);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (table.columns[i].later && values[i].is_null()) continue;
    text += ',';
    if (table.columns[i].later) base::append_json_string(text, table.columns[i].name), text += ',';
    bool const bytes = table.columns[i].type == kBytes && !values[i].is_null();
    bytes ? base::append_json_string(text, base::to_hex(values[i].text())) : base::append_json(text, values[i]);
  }
  for (base::Value const& value : further) base::append_json(text += ',', value);
  return text += ']';
}

std::string row_hash(Table const& table, Values const& values) {
  return base::sha256(row_text(table, values)).substr(0, kDigestBytes);
}

void make_stored(base::Value& value) {
  if (auto const* text = value.get_if<std::string>()) {
    if (text->empty()) value = {};
  } else if (auto const* time = value.get_if<base::TimePoint>()) {
    value = std::int64_t{time->time_since_epoch().count()};
  } else if (auto const* flag = value.get_if<bool>()) {
    value = std::int64_t{*flag ? 1 : 0};
  } else if (auto const* members = value.get_if<base::Value::Object>()) {
    value = members->empty() ? base::Value() : base::Value(base::to_json(value));
  } else if (auto const* items = value.get_if<base::Value::List>()) {
    value = items->empty() ? base::Value() : base::Value(base::to_json(value));
  }
}

base::Value stored_value(base::Value value) {
  make_stored(value);
  return value;
}

Values stored_values(Table const& table, Values values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    base::Value& value = values[i];
    bool const empty_text = value.get_if<std::string>() && value.text().empty();
    if (empty_text && !table.columns[i].may_be_empty) value = {};
    if (!value.get_if<std::string>()) value = stored_value(std::move(value));
  }
  return values;
}

void bind_at(Statement& statement, int parameter, Column const& column, base::Value const& value) {
  if (column.type == kBytes && !value.is_null()) {
    statement.bind_bytes(parameter, value.text());
  } else {
    statement.bind_value(parameter, value);
  }
}

void insert_row(Connection& db, Table const& table, Values const& values, base::Value const& last,
                std::string_view ending) {
  Reading insert(db.prepare(insert_sql(table, ending)));
  int parameter = 0;
  for (base::Value const& value : values) {
    bind_at(*insert, parameter + 1, table.columns[static_cast<std::size_t>(parameter)], value);
    ++parameter;
  }
  bind_at(*insert, parameter + 1, table.last(), last);
  insert->step();
}

void insert_hashed(Connection& db, Table const& table, Values values, std::string_view ending) {
  values = stored_values(table, std::move(values));
  insert_row(db, table, values, row_hash(table, values), ending);
}

base::Value stored_at(Statement const& row, int place, Column::Type type) {
  if (row.is_null(place)) return {};
  if (type == kInteger) return row.integer(place);
  return type == kBytes ? row.bytes(place) : row.text(place);
}

Values stored_row(Statement const& row, std::span<Column const> columns, int first) {
  Values values;
  values.reserve(columns.size());
  for (Column const& column : columns) {
    values.push_back(stored_at(row, first + static_cast<int>(values.size()), column.type));
  }
  return values;
}

std::string name_of(Table const& table, Values const& values) {
  std::string name(table.name);
  for (std::size_t i = 0; i < table.keys; ++i) {
    auto const type = table.columns[i].type;
    name.append(" ").append(type == kInteger ? base::to_json(values[i])
                            : type == kBytes ? base::to_hex(values[i].text())
                                             : std::string(values[i].text()));
  }
  return name;
}

void verify_rows(Connection& db, Table const& table, std::function<void(std::string const& row)> const& report) {
  std::string sql = "SELECT ";
  sql.append(column_list(table)).append(" FROM ").append(table.name).append(" ORDER BY ").append(table.columns[0].name);
  Reading rows(db.prepare_walk(sql));
  while (rows->step()) {
    // The hash covers the row as it was stored, so no type of the model is needed here.
    Values const values = stored_row(*rows, table.columns);
    if (rows->bytes(static_cast<int>(values.size())) != row_hash(table, values)) report(name_of(table, values));
  }
}

}  // namespace umsops::store
