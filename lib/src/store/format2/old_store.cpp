// SPDX-License-Identifier: Apache-2.0
#include "store/format2/old_store.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "store/record_row.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store::format2 {
namespace {

using base::Value;

constexpr auto kInteger = Column::Type::integer;

[[noreturn]] void refuse(std::string const& problem) {
  throw base::Error(base::errors::store_damaged, {{"problem", problem}});
}
[[noreturn]] void damaged(std::string const& what) { refuse(what + ": its hash does not fit"); }

/// A hash went over the JSON list of the table's name and the row's values.
std::string old_row_hash(std::string_view table, Values const& values) {
  std::string text = "[";
  base::append_json_string(text, table);
  for (Value const& value : values) base::append_json(text += ',', value);
  return base::sha256_hex(text += ']');
}

Values read_values(Statement const& row, std::vector<Column> const& columns) { return stored_row(row, columns); }

std::string select_sql(OldTable const& table) {
  std::string sql = "SELECT ";
  for (Column const& column : table.columns) sql.append(column.name).append(", ");
  return sql.append("row_hash FROM ").append(table.name);
}

void verify_table(Connection& db, OldTable const& table) {
  Reading rows(db.prepare_walk(select_sql(table)));
  while (rows->step()) {
    Values const values = read_values(*rows, table.columns);
    if (rows->text(static_cast<int>(values.size())) == old_row_hash(table.name, values)) continue;
    damaged(std::string(table.name) + " " + base::to_json(values[0]));
  }
}

Value::Object object_of(std::string const& text) {
  if (text.empty()) return {};
  try {
    Value value = base::parse_json(text, "events", kStoredJson);
    if (auto* object = value.get_if<Value::Object>()) return std::move(*object);
  } catch (base::Error const& error) {
    refuse("an event: " + error.message().substr(0, 80));
  }
  refuse("an event is unreadable");
}

std::string member_of(Value::Object const& object, std::string_view name, std::string_view member) {
  for (auto const& [key, value] : object) {
    Value const* const found = key == name ? value.find(member) : nullptr;
    if (found) return std::string(found->text());
  }
  return {};
}

std::string old_chain_hash(OldEvent const& event) {
  Value::Object const kept = object_of(event.digests);
  std::map<std::string, std::string, std::less<>> digests;
  for (auto const& [name, entry] : kept) {
    if (auto digest = member_of(kept, name, "digest"); !digest.empty()) digests[name] = std::move(digest);
  }
  auto const add = [&](std::string const& name, Value const& before, Value const& after) {
    std::string text = member_of(kept, name, "salt");
    if (text.empty()) text = base::sha256_hex(event.salt + name);
    digests[name] = base::sha256_hex(text + base::to_json(Value::List{name, before, after}));
  };
  for (auto const& [field, value] : object_of(event.private_values)) {
    auto const* const pair = value.get_if<Value::List>();
    if (!pair || pair->size() != 2) damaged("event " + std::to_string(event.seq));
    add(field, (*pair)[0], (*pair)[1]);
  }
  for (auto const& [name, text] :
       {std::pair{"actor", &event.actor}, {"login", &event.login}, {"reason", &event.reason}}) {
    if (!text->empty()) add(name, {}, *text);
  }
  Value::Object sorted;
  for (auto const& [name, digest] : digests) sorted.emplace_back(name, digest);
  return base::sha256_hex(
      base::to_json(Value::List{event.seq, event.at, event.command, event.noun, event.record_id, event.kind, event.rev,
                                event.rules_version, event.changes.empty() ? Value() : Value(event.changes),
                                std::move(sorted), event.state_hash, event.previous_hash}));
}

/// The chain covers the digests of private values, not how they are written.
void verify_spelling(OldEvent const& event) {
  for (std::string const* text : {&event.private_values, &event.digests}) {
    if (!text->empty() && base::to_json(object_of(*text)) != *text) damaged("event " + std::to_string(event.seq));
  }
}

void verify_chain(Connection& db) {
  std::string previous(64, '0');
  std::int64_t seq = 0;
  Reading rows(db.prepare_walk("SELECT " + std::string(kOldEventColumns) + " FROM events ORDER BY seq"));
  while (rows->step()) {
    OldEvent const event = read_event(*rows);
    if (event.seq != ++seq || event.previous_hash != previous || old_chain_hash(event) != event.hash) {
      damaged("event " + std::to_string(event.seq));
    }
    verify_spelling(event);
    previous = event.hash;
  }
}

/// Columns of the first schema went in by place, later ones by name; derived ones as null, or not at all.
std::string old_record_hash(RecordTable const& table, Columns const& columns, Value n, Value parts, Value salt) {
  std::size_t const by_place = table.column_of("rev") + 1;
  bool const by_policy = !columns[*table.derived_by].is_null();
  Values values;
  Value::Object later;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    base::Field const& field = table.type.fields[table.columns[i]];
    bool const derived = base::is_derived(field, by_policy);
    if (i < by_place) values.push_back(derived ? Value() : columns[i]);
    if (i >= by_place && !derived && !columns[i].is_null()) later.emplace_back(field.name, columns[i]);
  }
  for (Value* value : {&n, &parts, &salt}) values.push_back(std::move(*value));
  if (!later.empty()) values.emplace_back(std::move(later));
  return old_row_hash(table.name, values);
}

/// Empty: nothing is derived.
std::string old_derived_hash(RecordTable const& table, Columns const& columns, Value n) {
  constexpr std::size_t kDigits = 16;
  bool const by_policy = !columns[*table.derived_by].is_null();
  Values values;
  bool any = false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!base::is_derived(table.type.fields[table.columns[i]], by_policy)) continue;
    values.push_back(columns[i]);
    any |= !columns[i].is_null();
  }
  values.push_back(std::move(n));
  return any ? old_row_hash("due_times", values).substr(0, kDigits) : std::string();
}

/// Over the hashes of the ticket's responses, in their order; empty: it has none.
std::string old_parts_hash(Connection& db, std::string_view id) {
  std::string hash;
  Reading rows(db.prepare("SELECT row_hash FROM ticket_responses WHERE ticket_id = $1 ORDER BY n"));
  rows->bind(1, id);
  while (rows->step()) hash = base::sha256_hex(hash + rows->text(0));
  return hash;
}

void verify_tickets(Connection& db) {
  RecordTable const& table = ticket_table();
  Reading rows(db.prepare_walk(
      "SELECT " + old_ticket_columns() +
      ", n, responses_hash, row_salt, row_hash, due_times_hash, (SELECT e.state_hash FROM events AS e WHERE "
      "e.record_id = support_tickets.id AND "
      "e.noun = 'ticket' AND e.state_hash <> '' ORDER BY e.seq DESC LIMIT 1) FROM support_tickets ORDER BY n"));
  int const extra = static_cast<int>(table.columns.size());
  while (rows->step()) {
    Columns const columns = read_columns(table, *rows);
    std::string const hash =
        old_record_hash(table, columns, rows->integer(extra), rows->text(extra + 1), rows->text(extra + 2));
    bool const sound = hash == rows->text(extra + 3) && hash == rows->text(extra + 5) &&
                       old_derived_hash(table, columns, rows->integer(extra)) == rows->text(extra + 4) &&
                       old_parts_hash(db, columns[table.column_of("id")].text()) == rows->text(extra + 1);
    if (!sound) damaged("ticket " + std::string(columns[table.column_of("ticket_number")].text()));
  }
}

void verify_escalations(Connection& db) {
  static constexpr std::string_view kTold = R"("escalation":[null,")";
  Reading rows(db.prepare_walk("SELECT seq, changes FROM events WHERE changes LIKE '%" + std::string(kTold) + "%'"));
  while (rows->step()) {
    std::string const changes = rows->text(1);
    std::size_t const at = changes.find(kTold) + kTold.size();
    Reading row(db.prepare("SELECT 1 FROM ticket_escalations WHERE id = $1"));
    std::string const id = changes.substr(at, changes.find('"', at) - at);
    row->bind(1, std::string_view(id));
    if (!row->step()) refuse("the escalation of event " + std::to_string(rows->integer(0)) + " is not stored");
  }
}

/// Hashes tell of a row that was altered, not of one that is gone: these are the rows that others call for.
void verify_called_for(Connection& db, std::int64_t step) {
  static constexpr std::pair<char const*, char const*> kGone[] = {
      {"SELECT 2 - count(*) FROM store_info WHERE name IN ('store_id', 'created_at')", "the store's id or birth"},
      {"SELECT count(*) FROM events AS e LEFT JOIN support_tickets AS t ON t.id = e.record_id WHERE e.noun = 'ticket' "
       "AND e.record_id IS NOT NULL AND t.id IS NULL",
       "a ticket that the history tells of"},
      {"SELECT count(*) FROM support_tickets AS t LEFT JOIN idempotency_keys AS k ON k.noun = 'ticket' AND k.key = "
       "t.key WHERE t.key IS NOT NULL AND k.record_id IS NULL",
       "the key of a ticket"},
      {"SELECT count(*) FROM idempotency_keys AS k LEFT JOIN support_tickets AS t ON t.id = k.record_id WHERE t.id IS "
       "NULL",
       "the ticket of a key"}};
  for (auto const& [sql, what] : kGone) {
    if (db.number(sql) != 0) refuse(std::string(what) + " is not stored");
  }
  for (MigrationStep const& made : db.schema().steps) {
    Reading row(db.prepare("SELECT sha256 FROM schema_migrations WHERE version = $1"));
    row->bind(1, made.version);
    if (made.version >= step || (row->step() && row->text(0) == base::sha256_hex(made.sql))) continue;
    refuse("migration " + std::to_string(made.version) + " is not recorded as this program made it");
  }
}

/// `#` behind a column says that it holds integers.
OldTable old_table(std::string_view name, std::string_view columns) {
  OldTable table{name, {}};
  while (!columns.empty()) {
    std::size_t const end = std::min(columns.find(' '), columns.size());
    std::string_view column = columns.substr(0, end);
    bool const number = column.ends_with('#');
    if (number) column.remove_suffix(1);
    table.columns.push_back({column, number ? kInteger : Column::Type::text});
    columns.remove_prefix(std::min(end + 1, columns.size()));
  }
  return table;
}

}  // namespace

std::string_view const kOldEventColumns =
    "seq, at, actor, login, command, noun, record_id, kind, rev, reason, rules_version, changes, private_values, salt, "
    "digests, state_hash, previous_hash, hash";

std::string old_ticket_columns() {
  // Came with schemas behind this format.
  constexpr std::string_view kLater[] = {"service",        "team",     "tags",     "time_spent_minutes",
                                         "rating",         "approval", "approver", "approval_deputy",
                                         "approval_due_at"};
  RecordTable const& table = ticket_table();
  std::string list;
  for (auto const field : table.columns) {
    std::string_view const column = table.type.fields[field].column;
    bool const later = std::find(std::begin(kLater), std::end(kLater), column) != std::end(kLater);
    list += (list.empty() ? "" : ", ") + (later ? "NULL AS " : std::string()) + std::string(column);
  }
  return list;
}

OldEvent read_event(Statement const& row) {
  OldEvent event;
  event.seq = row.integer(0);
  event.at = row.integer(1);
  event.rev = row.integer(8);
  static constexpr std::pair<int, std::string OldEvent::*> kTexts[] = {
      {2, &OldEvent::actor},       {3, &OldEvent::login},
      {4, &OldEvent::command},     {5, &OldEvent::noun},
      {6, &OldEvent::record_id},   {7, &OldEvent::kind},
      {9, &OldEvent::reason},      {10, &OldEvent::rules_version},
      {11, &OldEvent::changes},    {12, &OldEvent::private_values},
      {13, &OldEvent::salt},       {14, &OldEvent::digests},
      {15, &OldEvent::state_hash}, {16, &OldEvent::previous_hash},
      {17, &OldEvent::hash}};
  for (auto const& [column, text] : kTexts) event.*text = row.text(column);
  return event;
}

std::vector<OldTable> const& old_tables() {
  static std::vector<OldTable> const kTables{
      old_table("store_info", "name value"),
      old_table("schema_migrations", "version# name applied_at# sha256"),
      old_table("assignment_turns", "pool person at#"),
      old_table("sequences", "name value#"),
      old_table("ticket_responses",
                "n# id ticket_id responder_id content response_type is_private# created_at# row_salt"),
      old_table("ticket_escalations",
                "n# id ticket_id escalated_by escalation_level reason previous_assignee new_assignee escalated_at# "
                "row_salt"),
      old_table("ticket_links", "ticket_id kind other_id other_noun created_at#"),
      old_table("ladder_steps", "ticket_id generation# step due_at# fired_at#"),
      old_table("ticket_callbacks",
                "id ticket_id contact note due_at# state created_at# created_by done_at# done_by outcome"),
      old_table("ticket_attachments",
                "id ticket_id response_id file_name media_type bytes# sha256 content created_at#"),
      old_table("idempotency_keys", "noun key record_id content_hash created_at#"),
      old_table("outbox",
                "id topic noun record_id recipient payload state attempts# next_attempt_at# last_error created_at#")};
  return kTables;
}

void verify(Connection& db, std::int64_t step) {
  for (OldTable const& table : old_tables()) verify_table(db, table);
  verify_chain(db);
  verify_tickets(db);
  verify_escalations(db);
  verify_called_for(db, step);
}

void record_step(Connection& db, MigrationStep const& step, base::TimePoint now) {
  Values const row{step.version, step.name, std::int64_t{now.time_since_epoch().count()}, base::sha256_hex(step.sql)};
  Reading insert(db.prepare(
      "INSERT INTO schema_migrations(version, name, applied_at, sha256, row_hash) VALUES ($1, $2, $3, $4, $5)"));
  for (std::size_t i = 0; i < row.size(); ++i) insert->bind_value(static_cast<int>(i) + 1, row[i]);
  insert->bind_value(5, old_row_hash("schema_migrations", row)).step();
}

}  // namespace umsops::store::format2
