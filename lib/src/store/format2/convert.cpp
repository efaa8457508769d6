// SPDX-License-Identifier: Apache-2.0
#include "store/format2/convert.hpp"

#include <unordered_map>
#include <unordered_set>

#include "model/packed_classification.hpp"
#include "store/bound_rows.hpp"
#include "store/chain.hpp"
#include "store/format2/old_store.hpp"
#include "store/migration.hpp"
#include "store/record_row.hpp"
#include "store/ticket_days.hpp"
#include "store/tickets.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/id_source.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/key_nouns.hpp"

namespace umsops::store::format2 {
namespace {

using base::Value;

constexpr std::string_view kMigrated = "migrated";
constexpr std::string_view kMailKeys = "mail";  ///< noun of the keys that mails once were known by

std::string old_name(std::string_view table) { return "old_" + std::string(table); }

Value bytes_of(Value const& hex) {
  if (hex.is_null()) return {};
  auto bytes = base::from_hex(hex.text());
  if (!bytes) throw base::Error(base::errors::store_damaged, {{"problem", "digits that are none"}});
  return *std::move(bytes);
}

/// The rows of an old table, or those of one record.
std::vector<Values> rows_of(Connection& db, OldTable const& table, std::string_view condition = {},
                            std::string_view id = {}) {
  std::string sql = "SELECT ";
  for (Column const& column : table.columns) sql.append(sql.size() > 7 ? ", " : "").append(column.name);
  sql.append(" FROM ").append(old_name(table.name)).append(condition);
  Reading rows(db.prepare(sql));
  if (!condition.empty()) rows->bind(1, id);
  std::vector<Values> found;
  while (rows->step()) found.push_back(stored_row(*rows, table.columns));
  return found;
}

/// What a key keeps of the old hash of its request; whatever else stands there can be compared with nothing, and is
/// left out.
std::string key_content(std::string_view old_hash) {
  auto const hash = base::from_hex(old_hash);
  return hash && hash->size() == 32 ? hash->substr(0, kDigestBytes) : std::string();
}

OldTable const& old_table(std::string_view name) {
  for (OldTable const& table : old_tables()) {
    if (table.name == name) return table;
  }
  throw base::Error(base::errors::internal, {{"problem", "no old table " + std::string(name)}});
}

/// Old stores told mailboxes apart by capitals.
Value person(Value const& old) { return old.is_null() ? old : Value(base::person_name(old.text())); }

class Conversion {
 public:
  Conversion(WriteTx& tx, std::span<MigrationStep const> steps, base::TimePoint now)
      : tx_(tx), db_(tx.connection()), steps_(steps), now_(now) {}

  void run() {
    verify(db_, steps_.front().version);
    rename();
    for (auto const& step : steps_) db_.run_step(step.sql);
    // Old keys have no index by record, and each record asks for its own.
    db_.run_script("CREATE INDEX old_keys_record ON old_idempotency_keys(record_id)");
    settings();
    tickets();
    events();
    outbox();
    rebuild_ticket_days(tx_);
    note_migration();
    drop();
  }

 private:
  void rename() {
    for (char const* index : {"created", "requester", "assignee", "load", "next_action", "id", "number"}) {
      // References of other old tables hang on the index of ids; they go, too.
      db_.run_step("DROP INDEX support_tickets_" + std::string(index) + "/*cascade*/");
    }
    for (OldTable const& table : old_tables()) rename(table.name);
    rename("support_tickets");
    rename("events");
  }
  void rename(std::string_view table) {
    db_.run_script("ALTER TABLE " + std::string(table) + " RENAME TO " + old_name(table));
  }

  void settings() {
    for (auto const& row : rows_of(db_, old_table("store_info"))) insert_hashed(db_, kStoreInfo, row);
    for (auto const& row : rows_of(db_, old_table("assignment_turns"))) insert_hashed(db_, kTurns, row);
    for (auto row : rows_of(db_, old_table("schema_migrations"))) {
      row[3] = bytes_of(row[3]);
      insert_hashed(db_, kMigrations, std::move(row));
    }
    for (auto const& step : steps_) record_migration(db_, step, now_);
  }

  /// Each with the event that will be its last one: events keep their numbers.
  void tickets() {
    RecordTable const& table = ticket_table();
    // The number of the next ticket follows from the last place: no number may be given twice.
    std::int64_t const given = db_.number("SELECT coalesce(max(value), 0) FROM old_sequences WHERE name = 'ticket'");
    std::int64_t const last = db_.number("SELECT coalesce(max(n), 0) FROM old_support_tickets");
    std::size_t const packed = table.column_of(table.packed.field), created = table.column_of(table.created);
    std::unordered_set<std::int64_t> times;  // a second ticket of the same time is found by an index
    Reading rows(db_.prepare_walk(
        "SELECT " + old_ticket_columns() +
        ", n, (SELECT max(e.seq) FROM old_events AS e WHERE e.record_id = old_support_tickets.id AND e.noun = 'ticket')"
        " FROM old_support_tickets ORDER BY n"));
    int const extra = static_cast<int>(table.columns.size());
    while (rows->step()) {
      Columns columns = read_columns(table, *rows);
      if (!columns[packed].is_null()) {
        base::Row row(table.type.fields.size());
        for (std::size_t i = 0; i < columns.size(); ++i) row[table.columns[i]] = columns[i];
        auto const old = base::parse_json(columns[packed].text(), "classification", kStoredJson);
        columns[packed] = stored_value(model::packed_classification(old, table.type, row));
      }
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (table.type.fields[table.columns[i]].traits & base::kPerson) columns[i] = person(columns[i]);
      }
      std::int64_t const n = rows->integer(extra) == last ? std::max(last, given) : rows->integer(extra);
      std::string content = take_key(columns);
      bool const crowded = !times.insert(*columns[created].get_if<std::int64_t>()).second;
      StoredRow row{std::move(columns), n, rows->integer(extra + 1), crowded, std::move(content)};
      row.brought = row.brought || must_be_brought(table, row);
      insert_record_row(db_, table, row);
    }
  }

  /// The key that a ticket was made with moves into its row; gives what is known of the request.
  std::string take_key(Columns& columns) {
    Reading row(
        db_.prepare("SELECT key, content_hash FROM old_idempotency_keys WHERE noun = 'ticket' AND record_id = $1"));
    row->bind(1, columns[ticket_table().column_of("id")].text());
    if (!row->step()) return {};
    base::Value& key = columns[ticket_table().column_of("key")];
    if (key.is_null()) key = row->text(0);
    return key_content(row->text(1));
  }

  void events() {
    Reading rows(db_.prepare_walk("SELECT " + std::string(kOldEventColumns) + " FROM old_events ORDER BY seq"));
    while (rows->step()) event(format2::read_event(*rows));
  }

  void event(OldEvent const& old) {
    old_head_ = old.hash;
    EventRow row = converted(old);
    if (!old.record_id.empty()) at_record(old, row);
    row.bound = bound_entries(tx_.unbound(), salt_of(row, kRowsSalt));
    tx_.unbound() = {};
    drop_unused_salt(row);
    store(row);
  }

  EventRow converted(OldEvent const& old) {
    EventRow row;
    row.seq = old.seq;
    row.at = old.at;
    row.rev = old.rev;
    row.actor = base::person_name(old.actor);
    row.login = old.login;
    row.command = old.command;
    row.noun = old.noun;
    row.kind = old.kind;
    row.reason = old.reason;
    row.rules_version = old.rules_version;
    row.private_values = old.private_values;
    row.changes = with_erased(old);
    row.salt = *base::from_hex(old.salt.empty() ? ids_.next_salt() : old.salt);
    return row;
  }

  /// Values that were gone already stand as such among the changes: the salts of their digests are not known.
  std::string with_erased(OldEvent const& old) {
    if (old.digests.empty()) return old.changes;
    Value changes = base::parse_json(old.changes.empty() ? "{}" : old.changes, "events", kStoredJson);
    Value const digests = base::parse_json(old.digests, "events", kStoredJson);
    for (auto const& [field, entry] : *digests.get_if<Value::Object>()) {
      if (entry.find("digest")) changes.add(field, Value::Object{{"erased", true}});
    }
    return base::to_json(changes);
  }

  /// All that a record has is bound to its last event.
  void at_record(OldEvent const& old, EventRow& row) {
    RecordPlace const place = find_place(db_, ticket_table(), old.record_id);
    row.record = place.n;
    row.previous = std::exchange(last_[place.n], row.seq);
    if (place.last_event != row.seq) return;
    tx_.in_hand() = {&ticket_table(), old.record_id, place.n, row.seq, row.seq};
    parts(old.record_id, place.n);
    row.state_hash = state_digest(row, state_text(ticket_table(), stored_record(db_, ticket_table(), old.record_id)));
  }

  void parts(std::string const& id, std::int64_t n) {
    constexpr std::string_view kOfTicket = " WHERE ticket_id = $1 ORDER BY ";
    auto const each = [&](std::string_view table, std::string const& order, auto const& take) {
      for (Values& old : rows_of(db_, old_table(table), std::string(kOfTicket) + order, id)) take(old);
    };
    std::int64_t place = 0;
    each("ticket_responses", "n", [&](Values& r) {
      insert_bound(tx_, kResponses, {"ticket", n, ++place, r[1], person(r[3]), r[5], r[6], r[7], r[4], {}});
    });
    std::int64_t escalation = 0;
    each("ticket_escalations", "n", [&](Values& e) {
      insert_bound(tx_, kEscalations,
                   {"ticket", n, ++escalation, e[1], person(e[3]), e[4], e[5], person(e[6]), person(e[7]), e[8]});
    });
    each("ticket_links", "kind, other_id", [&](Values& l) { link(n, l); });
    each("ladder_steps", "generation, step", [&](Values& s) {
      insert_bound(tx_, kLadderSteps, {"ticket", n, s[1], s[2], s[3], s[4]});
    });
    each("ticket_callbacks", "id", [&](Values& c) {
      insert_bound(tx_, kCallbacks,
                   {c[0], "ticket", n, c[2], c[3], c[4], c[5], c[6], person(c[7]), c[8], person(c[9]), c[10]});
    });
    each("ticket_attachments", "id", [&](Values& a) {
      insert_bound(tx_, kAttachments,
                   {"ticket", n, a[0], a[2], a[3], a[4], a[5], bytes_of(a[6]), a[8], content_of(a[7])});
    });
    for (Values& k : rows_of(db_, old_table("idempotency_keys"), " WHERE record_id = $1 ORDER BY noun, key", id)) {
      if (k[0].text() == model::kTicketKeys) continue;  // stands in the ticket
      if (k[0].text() == kMailKeys) {
        insert_bound(
            tx_, kMails,
            {k[1], *base::from_hex(model::kAnyIdentity), "ticket", n, Value(), Value(), Value(), Value(), k[4]});
        continue;
      }
      insert_bound(tx_, kKeys, {k[0], k[1], n, key_content(k[3].text())});
    }
  }

  void link(std::int64_t n, Values const& old) {
    bool const here = old[3].text() == model::ticket_type().noun;
    std::int64_t const other = here ? place_of(db_, ticket_table(), old[2].text()) : 0;
    if (here && other == 0) throw base::Error(base::errors::store_damaged, {{"problem", "a link leads to no ticket"}});
    insert_bound(tx_, kLinks, {"ticket", n, old[1], old[3], other, here ? Value("") : old[2], old[4]});
  }

  static Value content_of(Value const& base64) {
    if (base64.is_null()) return {};
    auto bytes = base::base64_decode(base64.text());
    if (!bytes) throw base::Error(base::errors::store_damaged, {{"problem", "an attachment that is not base64"}});
    return *std::move(bytes);
  }

  void outbox() {
    for (Values const& m : rows_of(db_, old_table("outbox"))) {
      insert_hashed(
          db_, kOutbox,
          {m[8], m[0], m[1], m[2], place_of(db_, ticket_table(), m[3].text()), m[4], m[5], m[6], m[7], m[9], m[10]});
    }
  }

  void store(EventRow& row) {
    row.key_id = key_id_of(tx_.audit_key());
    row.hash = chain_hash(row, tx_.head().hash, tx_.audit_key());
    insert_event_row(db_, row);
    tx_.head() = {row.seq, row.hash};
  }

  void note_migration() {
    tx_.in_hand() = {};
    model::Event event;
    event.at = now_;
    event.actor.command = "db migrate";
    event.noun = "store";
    event.kind = kMigrated;
    std::string const head = std::to_string(tx_.head().seq) + ":" + old_head_;
    event.changes = {{"schema", std::int64_t{2}, std::int64_t{3}},
                     {"head", {}, old_head_.empty() ? Value() : Value(head)}};
    append_event(tx_, event, {}, ids_);
  }

  void drop() {
    // What refers to tickets goes before them.
    for (OldTable const& table : old_tables()) db_.run_script("DROP TABLE " + old_name(table.name));
    db_.run_script("DROP TABLE old_events; DROP TABLE old_support_tickets");
  }

  WriteTx& tx_;
  Connection& db_;
  std::span<MigrationStep const> steps_;
  base::TimePoint now_;
  base::RandomIds ids_;
  std::unordered_map<std::int64_t, std::int64_t> last_;  ///< event, by ticket
  std::string old_head_;
};

}  // namespace

std::size_t add_step(WriteTx& tx, std::span<MigrationStep const> rest, base::TimePoint now) {
  tx.connection().run_step(rest.front().sql);
  record_step(tx.connection(), rest.front(), now);
  return 1;
}

std::size_t convert(WriteTx& tx, std::span<MigrationStep const> rest, base::TimePoint now) {
  tx.places().head = Head{0, no_hash()};
  Conversion(tx, rest, now).run();
  return rest.size();
}

bool is_head_before(Connection& db, Head const& head) {
  Reading rows(db.prepare("SELECT changes FROM events WHERE noun = 'store' AND kind = $1"));
  rows->bind(1, kMigrated);
  std::string const wanted = std::to_string(head.seq) + ":" + base::to_hex(head.hash);
  while (rows->step()) {
    Value const changes = base::parse_json(rows->text(0), "events", kStoredJson);
    Value const* const change = changes.find("head");
    auto const* const pair = change ? change->get_if<Value::List>() : nullptr;
    if (pair && pair->size() == 2 && (*pair)[1].text() == wanted) return true;
  }
  return false;
}

}  // namespace umsops::store::format2
