// SPDX-License-Identifier: Apache-2.0
#include "store/row_hash.hpp"

#include <map>

#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

constexpr Column kStoreInfoColumns[] = {{"name"}, {"value"}};
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
constexpr Column kKeyColumns[] = {{"noun"}, {"key"}, {"record_id"}, {"content_hash"}, {"created_at", true}};
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

std::string column_list(HashedTable const& table) {
  std::string list;
  for (Column const& column : table.columns) list.append(column.name).append(", ");
  return list.append("row_hash");
}

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

HashedTable const kStoreInfo{"store_info", kStoreInfoColumns};
HashedTable const kMigrations{"schema_migrations", kMigrationColumns};
HashedTable const kSequences{"sequences", kSequenceColumns};
HashedTable const kResponses{"ticket_responses", kResponseColumns};
HashedTable const kEscalations{"ticket_escalations", kEscalationColumns};
HashedTable const kKeys{"idempotency_keys", kKeyColumns, 2};
HashedTable const kOutbox{"outbox", kOutboxColumns};
HashedTable const kLinks{"ticket_links", kLinkColumns, 3};
HashedTable const kLadderSteps{"ladder_steps", kLadderStepColumns, 3};
HashedTable const kCallbacks{"ticket_callbacks", kCallbackColumns};
HashedTable const kAttachments{"ticket_attachments", kAttachmentColumns};
HashedTable const kTurns{"assignment_turns", kTurnColumns};

std::string row_hash(std::string_view table, std::vector<base::Value> const& values,
                     std::initializer_list<base::Value> further) {
  std::string text = "[";
  base::append_json_string(text, table);
  auto const append = [&text](auto const& list) {
    for (base::Value const& value : list) base::append_json(text += ',', value);
  };
  append(values);
  append(further);
  text += ']';
  return base::sha256_hex(text);
}

std::string insert_hashed(Connection& db, HashedTable const& table, std::vector<base::Value> const& values,
                          std::string_view ending) {
  Reading insert(db.prepare(insert_sql(table, ending)));
  for (std::size_t i = 0; i < values.size(); ++i) insert->bind_value(static_cast<int>(i) + 1, values[i]);
  std::string hash = row_hash(table.name, values);
  insert->bind(static_cast<int>(values.size()) + 1, std::string_view(hash)).step();
  return hash;
}

std::vector<base::Value> stored_row(Statement const& row, std::span<Column const> columns) {
  std::vector<base::Value> values;
  values.reserve(columns.size());
  for (Column const& column : columns) {
    int const place = static_cast<int>(values.size());
    if (row.is_null(place)) {
      values.emplace_back();
    } else if (column.integer) {
      values.emplace_back(row.integer(place));
    } else {
      values.emplace_back(row.text(place));
    }
  }
  return values;
}

void verify_rows(Connection& db, HashedTable const& table, std::function<void(std::string const& key)> const& report) {
  std::string sql = "SELECT ";
  sql.append(column_list(table)).append(" FROM ").append(table.name).append(" ORDER BY ").append(table.columns[0].name);
  Reading rows(db.prepare_walk(sql));
  while (rows->step()) {
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
