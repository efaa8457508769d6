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
#include "store/table.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/model/article.hpp"
#include "umsops/model/callback.hpp"
#include "umsops/model/feedback.hpp"
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
  for (char const* more : {"n", "last_event", "brought"}) columns.emplace(more);
  if (table.keyed) columns.emplace("key_content");
  if (table.derives) columns.emplace("derived_check");
  return columns;
}

std::set<std::string> columns_of_events() {
  std::set<std::string> columns{"given_time"};
  for (EventColumn const& column : event_columns()) columns.emplace(column.name);
  return columns;
}

using Names = std::vector<std::string_view>;
Names list_of(std::span<std::string_view const> names) { return Names(names.begin(), names.end()); }

}  // namespace

TEST_CASE("the lists of tables are the tables of the store, column by column") {
  Desk desk;
  std::map<std::string, std::set<std::string>> listed{{"events", columns_of_events()}}, found;
  for (RecordTable const* table : record_tables()) listed.emplace(table->name, columns_of(*table));
  for (Table const* table : other_tables()) listed.emplace(table->name, words(column_list(*table)));
  for (MadeTable const& table : made_tables()) listed.emplace(table.name, words(table.columns));
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

TEST_CASE("the event columns that must be there are NOT NULL, and no other") {
  Desk desk;
  auto const events = tables_of(desk.db()).at("events");
  for (EventColumn const& column : event_columns()) {
    INFO(column.name);
    CHECK(events.at(std::string(column.name)) == column.required);
  }
}

TEST_CASE("what is hashed has not changed") {
  CHECK(
      column_list(kResponses) ==
      "noun, record, place, id, responder_id, response_type, is_private, created_at, content, time_spent_minutes, seq");
  CHECK(column_list(kKeys) == "noun, key, record, content_hash, seq");
  CHECK(column_list(kLinks) == "noun, record, kind, other_noun, other, other_name, created_at, seq");
  CHECK(column_list(kSilences) ==
        "n, matchers, starts_at, ends_at, incident, intervals, comment, created_at, created_by, seq");
  CHECK(column_list(kFeedback) == "noun, record, kind, subject, good, reason, author, created_at, seq");
  CHECK(row_text(kKeys, {"ticket", "k\"1", std::int64_t{7}, std::string("\x00\xff", 2)}) ==
        R"(["idempotency_keys","ticket","k\"1",7,"00ff"])");
  EventRow event;
  event.seq = 3;
  event.at = 5;
  event.command = "c";
  event.noun = "ticket";
  event.record = 7;
  event.previous = 2;
  event.kind = "k";
  event.rev = 1;
  event.salt = std::string(16, 's');
  event.actor = "a";
  event.bound = "+0123456789abcdef";
  event.state_hash = std::string(16, 'h');
  CHECK(base::to_hex(chain_hash(event, no_hash(), {})) ==
        "eff0b757bd6f47709e644d68984a2c2300bc6d58e8032ef0e00ee907883575b2");
  event.key_id = key_id_of("secret");
  CHECK(base::to_hex(chain_hash(event, no_hash(), "secret")) ==
        "a90d45c6dcee60e02ed0b6037f19c5d3032c215c598c18378ab64c7c60e24aa4");
}

TEST_CASE("names that are hashed have not changed") {
  CHECK(list_of(model::status_names()) ==
        Names{"OPEN", "ASSIGNED", "IN_PROGRESS", "PENDING", "ESCALATED", "RESOLVED", "CLOSED", "SPAM"});
  CHECK(list_of(model::priority_names()) == Names{"LOW", "MEDIUM", "HIGH", "CRITICAL"});
  CHECK(list_of(model::source_names()) == Names{"EMAIL", "WEB", "PHONE", "CHAT", "CLI", "API", "MONITOR"});
  CHECK(list_of(model::sla_status_names()) ==
        Names{"ON_TRACK", "AT_RISK", "PAUSED", "MET", "RESPONSE_BREACHED", "RESOLUTION_BREACHED"});
  CHECK(list_of(model::level_names()) == Names{"LEVEL_1", "LEVEL_2", "LEVEL_3"});
  CHECK(list_of(model::wake_up_names()) == Names{"OPEN", "CLOSE"});
  CHECK(list_of(model::link_names()) == Names{"child-of", "duplicate-of", "blocked-by", "relates-to", "caused-by"});
  CHECK(list_of(model::callback_state_names()) == Names{"OPEN", "DONE"});
  CHECK(list_of(model::article_kind_names()) == Names{"article", "guide", "video", "faq", "solution"});
  CHECK(list_of(model::article_language_names()) == Names{"en", "zh_CN"});
  CHECK(list_of(model::difficulty_names()) == Names{"BEGINNER", "INTERMEDIATE", "ADVANCED"});
  CHECK(list_of(model::visibility_names()) == Names{"internal", "public"});
  CHECK(list_of(model::article_status_names()) == Names{"DRAFT", "PUBLISHED", "ARCHIVED"});
  CHECK(list_of(model::feedback_kind_names()) == Names{"VOTE", "USE", "WATCH"});
}
