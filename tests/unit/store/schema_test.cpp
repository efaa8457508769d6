// SPDX-License-Identifier: Apache-2.0
#include "store/schema.hpp"

#include <map>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "fixture.hpp"
#include "store/chain.hpp"
#include "store/record_row.hpp"
#include "store/row_hash.hpp"
#include "umsops/model/callback.hpp"
#include "umsops/model/link.hpp"
#include "umsops/model/ticket.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

/// Table -> column -> whether it is NOT NULL, as the engine tells.
std::map<std::string, std::map<std::string, bool>> tables_of(Connection& db) {
  std::map<std::string, std::map<std::string, bool>> tables;
  Reading rows(db.prepare(
      tests::server().empty()
          ? "SELECT t.name, c.name, c.\"notnull\" OR c.pk FROM sqlite_schema AS t, pragma_table_info(t.name) AS c "
            "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
          : "SELECT table_name, column_name, CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END "
            "FROM information_schema.columns WHERE table_schema = current_schema()"));
  while (rows->step()) tables[rows->text(0)][rows->text(1)] = rows->integer(2) != 0;
  tables.erase("umsops_turn");  // a server's lock, which holds nothing
  return tables;
}

std::set<std::string> words(std::string_view list) {
  std::set<std::string> out;
  for (std::size_t at = 0; at <= list.size();) {
    std::size_t const end = std::min(list.find(", ", at), list.size());
    out.emplace(list.substr(at, end - at));
    at = end + 2;
  }
  return out;
}

std::set<std::string> columns_of(RecordTable const& table) {
  auto columns = words(column_list(table));
  for (std::string_view const more :
       {std::string_view("n"), std::string_view("row_salt"), std::string_view("row_hash"), table.parts_hash}) {
    columns.emplace(more);
  }
  if (!table.derived_hash.empty()) columns.emplace(table.derived_hash);
  return columns;
}

using Names = std::vector<std::string_view>;
Names list_of(std::span<std::string_view const> names) { return Names(names.begin(), names.end()); }

}  // namespace

TEST_CASE("the lists of tables are the tables of the store, column by column") {
  Desk desk;
  std::map<std::string, std::set<std::string>> listed{{"events", words(kEventColumns)}}, found;
  for (RecordTable const* table : record_tables()) listed.emplace(table->name, columns_of(*table));
  for (HashedTable const* table : hashed_tables()) listed.emplace(table->name, words(column_list(*table)));
  for (auto const& [table, columns] : tables_of(desk.db())) {
    for (auto const& [column, required] : columns) found[table].insert(column);
  }
  CHECK(listed == found);
}

TEST_CASE("a field is always there exactly where its column is NOT NULL") {
  Desk desk;
  auto const tables = tables_of(desk.db());
  auto const check = [&](base::RecordType const& type, std::string const& table) {
    for (base::Field const& field : type.fields) {
      auto const column = tables.at(table).find(std::string(field.column));
      if (column == tables.at(table).end()) continue;  // made of several columns, or computed
      INFO(table << "." << field.column);
      CHECK(column->second == ((field.traits & base::kAlways) != 0));
    }
  };
  for (RecordTable const* table : record_tables()) check(table->type, std::string(table->name));
  check(model::event_type(), "events");
}

TEST_CASE("each table comes behind those that it refers to") {
  std::set<std::string> before;
  for (RecordTable const* table : record_tables()) before.emplace(table->name);
  for (HashedTable const* table : hashed_tables()) {
    for (MigrationStep const& step : desk_schema().steps) {
      std::string const create = "CREATE TABLE " + std::string(table->name) + "(";
      std::size_t const at = step.sql.find(create);
      if (at == std::string_view::npos) continue;
      std::string_view const sql = step.sql.substr(at, step.sql.find(";", at) - at);
      for (std::size_t ref = sql.find("REFERENCES "); ref != sql.npos; ref = sql.find("REFERENCES ", ref + 1)) {
        std::string_view const name = sql.substr(ref + 11, sql.find('(', ref) - ref - 11);
        INFO(table->name << " refers to " << name);
        CHECK(before.contains(std::string(name)));
      }
    }
    before.emplace(table->name);
  }
}

TEST_CASE("what enters a hash by its place has not moved") {
  RecordTable const& table = ticket_table();
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < table.by_place; ++i) names.push_back(table.type.fields[table.columns[i]].column);
  std::vector<std::string_view> const frozen{"id",
                                             "ticket_number",
                                             "title",
                                             "description",
                                             "requester_id",
                                             "assignee_id",
                                             "category",
                                             "subcategory",
                                             "priority",
                                             "status",
                                             "source",
                                             "created_at",
                                             "updated_at",
                                             "resolved_at",
                                             "closed_at",
                                             "sla_deadline",
                                             "response_time_minutes",
                                             "resolution_time_minutes",
                                             "key",
                                             "attributes",
                                             "classification",
                                             "rev"};
  CHECK(names == frozen);
  CHECK(column_list(kResponses) ==
        "n, id, ticket_id, responder_id, content, response_type, is_private, created_at, row_salt, row_hash");
  CHECK(column_list(kKeys) == "noun, key, record_id, content_hash, created_at, row_hash");
  CHECK(row_hash("t", {base::Value(), std::int64_t{1}, "a"}) ==
        "29533506ab0293a1106a70b825350f1cc0d0b0470925d998c82763cff32c7738");
}

TEST_CASE("names that are hashed have not changed") {
  CHECK(list_of(model::status_names()) ==
        Names{"OPEN", "ASSIGNED", "IN_PROGRESS", "PENDING", "ESCALATED", "RESOLVED", "CLOSED"});
  CHECK(list_of(model::priority_names()) == Names{"LOW", "MEDIUM", "HIGH", "CRITICAL"});
  CHECK(list_of(model::source_names()) == Names{"EMAIL", "WEB", "PHONE", "CHAT", "CLI", "API", "MONITOR"});
  CHECK(list_of(model::sla_status_names()) ==
        Names{"ON_TRACK", "AT_RISK", "PAUSED", "MET", "RESPONSE_BREACHED", "RESOLUTION_BREACHED"});
  CHECK(list_of(model::level_names()) == Names{"LEVEL_1", "LEVEL_2", "LEVEL_3"});
  CHECK(list_of(model::wake_up_names()) == Names{"OPEN", "CLOSE"});
  CHECK(list_of(model::link_names()) == Names{"child-of", "duplicate-of", "blocked-by", "relates-to", "caused-by"});
  CHECK(list_of(model::callback_state_names()) == Names{"OPEN", "DONE"});
  CHECK(kEventColumns ==
        "seq, at, actor, login, command, noun, record_id, kind, rev, reason, rules_version, changes, private_values, "
        "salt, digests, state_hash, previous_hash, hash");
}
