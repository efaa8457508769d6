// SPDX-License-Identifier: Apache-2.0
#include "store/chain.hpp"

#include <algorithm>
#include <map>

#include "store/bound_rows.hpp"
#include "store/record_table.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

using base::Value;

/// What an event says besides the record's fields, and keeps private in the same way.
struct Remark {
  std::string_view name;
  std::string EventRow::*column;
};
/// FROZEN: hashed. Each name is part of its remark's digest, which the chain covers.
constexpr Remark kRemarks[] = {{"actor", &EventRow::actor},
                               {"login", &EventRow::login},
                               {"reason", &EventRow::reason},
                               {"db_user", &EventRow::db_user}};

bool is_remark(std::string_view name) {
  for (Remark const& remark : kRemarks) {
    if (remark.name == name) return true;
  }
  return false;
}

[[noreturn]] void refuse(EventRow const& row, std::string const& problem) {
  throw base::Error(base::errors::store_damaged,
                    {{"problem", "event " + std::to_string(row.seq) + ": " + problem.substr(0, 80)}});
}

/// An object, {} for an empty text.
Value::Object parse_object(std::string const& text, EventRow const& row) {
  if (text.empty()) return {};
  try {
    Value value = base::parse_json(text, "events", kStoredJson);
    if (auto* object = value.get_if<Value::Object>()) return std::move(*object);
  } catch (base::Error const& error) {
    refuse(row, error.message());
  }
  refuse(row, "it is unreadable");
}

Value const* find(Value::Object const& object, std::string_view name) {
  auto const found =
      std::find_if(object.begin(), object.end(), [&](auto const& member) { return member.first == name; });
  return found == object.end() ? nullptr : &found->second;
}

std::string_view text_member(Value const* object, std::string_view name) {
  Value const* const found = object ? object->find(name) : nullptr;
  return found ? found->text() : std::string_view();
}

/// Each field has a salt of its own. When one value is erased, the event's salt goes and the salts of the other fields
/// are kept one by one: the erased value can then no longer be found by trying likely ones.
std::string salt_of(EventRow const& row, Value::Object const& kept, std::string_view name) {
  auto const own = text_member(find(kept, name), "salt");
  if (own.empty()) return base::sha256(std::string(row.salt).append(name));
  auto salt = base::from_hex(own);
  if (!salt) refuse(row, "the salt of " + std::string(name) + " is none");
  return *std::move(salt);
}

/// The digests that the chain covers, by name.
class Digests {
 public:
  /// FROZEN: hashed. Sorted by name: the hash must not depend on which column a digest came from.
  using All = std::vector<std::pair<std::string, std::string>>;

  Digests(EventRow const& row, Value::Object const& kept) : row_(row), kept_(kept) {
    for (auto const& [name, entry] : kept_) {
      if (auto const digest = text_member(&entry, "digest"); !digest.empty()) put(name, std::string(digest));
    }
  }

  void add(std::string_view name, Value const& before, Value const& after) {
    std::string text = begin(name);
    base::append_json(text, before);
    text += ',';
    base::append_json(text, after);
    finish(name, text);
  }
  void add_remarks() {
    for (Remark const& remark : kRemarks) {
      if ((row_.*remark.column).empty()) continue;
      std::string text = begin(remark.name) + "null,";
      base::append_json_string(text, row_.*remark.column);
      finish(remark.name, text);
    }
  }

  All const& all() const { return all_; }

  void append_to(std::string& text) const {
    char separator = '{';
    for (auto const& [name, digest] : all_) {
      text += separator;
      separator = ',';
      base::append_json_string(text, name);
      text += ':';
      base::append_json_string(text, digest);
    }
    if (all_.empty()) text += '{';
    text += '}';
  }

 private:
  /// FROZEN: hashed. The salt, then the JSON list [field, before, after]: a digest of any other text fits no stored
  /// chain.
  std::string begin(std::string_view name) const {
    std::string text = salt_of(row_, kept_, name);
    base::append_json_string(text += '[', name);
    return text += ',';
  }
  void finish(std::string_view name, std::string& text) { put(name, base::sha256_hex(text += ']')); }

  void put(std::string_view name, std::string digest) {
    auto const place = std::find_if(all_.begin(), all_.end(), [&](auto const& known) { return known.first >= name; });
    if (place != all_.end() && place->first == name) {
      place->second = std::move(digest);
    } else {
      all_.emplace(place, name, std::move(digest));
    }
  }

  EventRow const& row_;
  Value::Object const& kept_;
  All all_;
};

Digests digests_of(EventRow const& row, Value::Object const& kept) {
  Digests digests(row, kept);
  for (auto const& [field, value] : parse_object(row.private_values, row)) {
    auto const* const pair = value.get_if<Value::List>();
    if (!pair || pair->size() != 2) refuse(row, field + " has no before and after");
    digests.add(field, (*pair)[0], (*pair)[1]);
  }
  digests.add_remarks();
  return digests;
}

/// The columns that hold changes, from a list of them.
void write_changes(EventRow& row, std::vector<model::Change> const& changes) {
  Value::Object shown, hidden;
  for (model::Change const& change : changes) {
    // Digests are kept by name: a field of this name would take the place of the remark.
    if (is_remark(change.field)) {
      throw base::Error(base::errors::internal, {{"problem", "a field may not be called " + change.field}});
    }
    if (change.erased) {  // an import brought it so: there is nothing that a digest could be checked against
      shown.emplace_back(change.field, Value::Object{{"erased", true}});
    } else {
      (change.personal ? hidden : shown).emplace_back(change.field, Value::List{change.before, change.after});
    }
  }
  // Written as {} when nothing is shown: an empty column marks a first event.
  row.changes = base::to_json(shown);
  if (!hidden.empty()) row.private_values = base::to_json(hidden);
}

void read_changes(std::vector<model::Change>& out, EventRow const& row, std::string const& column, bool personal) {
  for (auto& [field, value] : parse_object(column, row)) {
    auto* const pair = value.get_if<Value::List>();
    bool const erased = !pair && value.find("erased");
    if (!erased && (!pair || pair->size() != 2)) refuse(row, field + " has no before and after");
    out.push_back(erased ? model::Change{field, {}, {}, true, true}
                         : model::Change{field, std::move((*pair)[0]), std::move((*pair)[1]), personal, false});
  }
}

/// In the order of the record's fields, whichever column they came from. Of a kind that this program does not know, as
/// they stand.
void sort_changes(std::vector<model::Change>& changes, RecordTable const* table) {
  if (!table) return;
  auto const place = [&](model::Change const& change) {
    return table->type.find(change.field).value_or(table->type.fields.size());
  };
  // Stable: what is no field (a ladder step, the hooks) keeps its order behind the fields.
  std::stable_sort(changes.begin(), changes.end(), [&](auto const& a, auto const& b) { return place(a) < place(b); });
}

bool is_salted(EventRow const& row) {
  return !row.bound.empty() || !row.state_hash.empty() || !row.private_values.empty() ||
         std::any_of(std::begin(kRemarks), std::end(kRemarks),
                     [&](Remark const& remark) { return !(row.*remark.column).empty(); });
}

/// What is wrong with a value of that field being gone; empty: nothing, it is personal and may be erased.
std::string erasure_problem(EventRow const& row, std::string_view field, RecordTable const* table) {
  if (is_remark(field)) return {};
  std::string const gone = "the value of " + std::string(field) + " is gone";
  // Silence would let a newer program's personal fields hide a deletion by hand.
  if (!table) return gone + ", and whether it may be cannot be judged: " + row.noun + " is unknown to this program";
  // What is no field of the record (who watches it) was private from the start: the chain covers a digest of that name.
  auto const place = table->type.find(field);
  bool const personal = !place || (table->type.fields[*place].traits & base::kPersonal) != 0;
  return personal ? std::string() : gone;
}

}  // namespace

std::string const& no_hash() {
  static std::string const kZeros(32, '\0');
  return kZeros;
}

std::span<EventColumn const> event_columns() {
  static constexpr EventColumn kColumns[] = {{"seq", &EventRow::seq, nullptr, false, true},
                                             {"at", &EventRow::at, nullptr, false, true},
                                             {"actor", nullptr, &EventRow::actor},
                                             {"login", nullptr, &EventRow::login},
                                             {"command", nullptr, &EventRow::command, false, true},
                                             {"noun", nullptr, &EventRow::noun, false, true},
                                             {"record", &EventRow::record},
                                             {"previous", &EventRow::previous},
                                             {"kind", nullptr, &EventRow::kind, false, true},
                                             {"rev", &EventRow::rev, nullptr, false, true},
                                             {"reason", nullptr, &EventRow::reason},
                                             {"rules_version", nullptr, &EventRow::rules_version},
                                             {"key_id", nullptr, &EventRow::key_id, true},
                                             {"changes", nullptr, &EventRow::changes},
                                             {"private_values", nullptr, &EventRow::private_values},
                                             {"salt", nullptr, &EventRow::salt, true},
                                             {"digests", nullptr, &EventRow::digests},
                                             {"bound", nullptr, &EventRow::bound, true},
                                             {"state_hash", nullptr, &EventRow::state_hash, true},
                                             {"hash", nullptr, &EventRow::hash, true, true},
                                             {"given_time", &EventRow::given_time},
                                             {"db_user", nullptr, &EventRow::db_user}};
  return kColumns;
}

int event_column_count() { return static_cast<int>(event_columns().size()); }

std::string const& event_column_list() {
  static std::string const kList = [] {
    std::string list;
    for (EventColumn const& column : event_columns()) {
      list.append(list.empty() ? "" : ", ").append("events.").append(column.name);
    }
    return list;
  }();
  return kList;
}

EventRow read_event_row(Statement const& row) {
  EventRow event;
  int place = 0;
  for (EventColumn const& column : event_columns()) {
    if (column.number) event.*column.number = row.integer(place);
    if (column.text) event.*column.text = column.bytes ? row.bytes(place) : row.text(place);
    ++place;
  }
  return event;
}

void insert_event_row(Connection& db, EventRow const& row) {
  static std::string const sql = [] {
    std::string list;
    for (EventColumn const& column : event_columns()) list.append(list.empty() ? "" : ", ").append(column.name);
    return "INSERT INTO events(" + list + ") VALUES (" + parameter_list(event_columns().size()) + ")";
  }();
  Reading insert(db.prepare(sql));
  int parameter = 0;
  for (EventColumn const& column : event_columns()) {
    ++parameter;
    bool const empty = column.number ? row.*column.number == 0 : (row.*column.text).empty();
    if (empty && !column.required) {
      insert->bind_null(parameter);
    } else if (column.number) {
      insert->bind(parameter, row.*column.number);
    } else {
      std::string const& text = row.*column.text;
      column.bytes ? insert->bind_bytes(parameter, text) : insert->bind_kept(parameter, text);
    }
  }
  insert->step();
}

void refuse_wild_place(std::int64_t place) {
  constexpr std::int64_t kLast = std::int64_t{1} << 53;
  if (place >= 0 && place < kLast) return;
  throw base::Error(base::errors::store_damaged, {{"problem", "it counts to " + std::to_string(place)}});
}

std::int64_t place_after(std::int64_t last) {
  refuse_wild_place(last);
  return last + 1;
}

std::optional<EventRow> find_event_row(Connection& db, std::int64_t seq) {
  static std::string const sql = "SELECT " + event_column_list() + " FROM events WHERE seq = $1";
  Reading row(db.prepare(sql));
  row->bind(1, seq);
  return row->step() ? std::optional(read_event_row(*row)) : std::nullopt;
}

EventRow to_event_row(model::Event const& event, EventPlace const& place, std::string const& salt) {
  EventRow row;
  row.seq = place.seq;
  row.record = place.record;
  row.previous = place.previous;
  row.at = event.at.time_since_epoch().count();
  row.rev = event.rev;
  row.actor = event.actor.name;
  row.login = event.actor.login;
  row.db_user = event.actor.db_user;
  row.command = event.actor.command;
  row.noun = event.noun;
  row.kind = event.kind;
  row.reason = event.reason;
  row.rules_version = event.rules_version;
  row.given_time = event.given_time ? 1 : 0;
  // A first event stores no changes. Its values are those of the record with all later changes undone, and a second
  // copy would have to be erased too. Its state_hash covers them.
  if (!event.first) write_changes(row, event.changes);
  row.salt = *base::from_hex(salt);
  return row;
}

model::Event to_event(EventRow const& row, Schema const& schema) {
  model::Event event;
  event.seq = row.seq;
  event.at = base::TimePoint{base::Milliseconds{row.at}};
  event.actor = {row.actor, row.login, row.command, row.db_user};
  event.noun = row.noun;
  event.kind = row.kind;
  event.rev = row.rev;
  event.reason = row.reason;
  event.rules_version = row.rules_version;
  event.given_time = row.given_time != 0;
  event.hash = base::to_hex(row.hash);
  event.first = row.changes.empty();
  read_changes(event.changes, row, row.changes, false);
  read_changes(event.changes, row, row.private_values, true);
  for (auto const& [field, entry] : parse_object(row.digests, row)) {
    // An erased remark is an empty column already; only fields are told as erased.
    if (!is_remark(field) && !text_member(&entry, "digest").empty())
      event.changes.push_back({field, {}, {}, true, true});
  }
  sort_changes(event.changes, schema.find(row.noun));
  return event;
}

std::string salt_of(EventRow const& row, std::string_view name) {
  return salt_of(row, parse_object(row.digests, row), name);
}

std::map<std::string, std::string, std::less<>> digests_of(EventRow const& row) {
  Value::Object const kept = parse_object(row.digests, row);
  Digests const digests = digests_of(row, kept);
  return {digests.all().begin(), digests.all().end()};
}

bool is_erased(EventRow const& row, std::string_view name) {
  Value::Object const kept = parse_object(row.digests, row);
  return !text_member(find(kept, name), "digest").empty();
}

void drop_unused_salt(EventRow& row) {
  if (!is_salted(row)) row.salt.clear();
}

void remove_value(EventRow& row, std::string_view name) {
  for (Remark const& remark : kRemarks) {
    if (remark.name == name) (row.*remark.column).clear();
  }
  Value::Object values = parse_object(row.private_values, row);
  std::erase_if(values, [&](auto const& member) { return member.first == name; });
  row.private_values = values.empty() ? std::string() : base::to_json(std::move(values));
}

std::string state_digest(EventRow const& row, std::string_view state_text) {
  return bound_digest(salt_of(row, kStateSalt), state_text);
}

std::string key_id_of(std::string_view key) {
  // FROZEN: hashed.
  return key.empty() ? std::string() : base::sha256("umsops audit key " + std::string(key)).substr(0, kKeyIdBytes);
}

// FROZEN: hashed. The order of the values, their JSON text and null for no changes are what every stored chain was
// made from.
std::string chain_hash(EventRow const& row, std::string_view hash_before, std::string_view key) {
  Value::Object const kept = parse_object(row.digests, row);
  Digests const digests = digests_of(row, kept);
  std::string text = "[";
  text.reserve(1024);
  auto const number = [&](std::int64_t value) { text.append(std::to_string(value)).append(","); };
  auto const quoted = [&](std::string_view value) {
    base::append_json_string(text, value);
    text += ',';
  };
  number(row.seq);
  number(row.at);
  quoted(row.command);
  quoted(row.noun);
  number(row.record);
  number(row.previous);
  quoted(row.kind);
  number(row.rev);
  quoted(row.rules_version);
  number(row.given_time);
  quoted(base::to_hex(row.key_id));
  row.changes.empty() ? void(text += "null,") : quoted(row.changes);
  digests.append_to(text);
  text += ',';
  for (std::string_view const bytes : {std::string_view(row.bound), std::string_view(row.state_hash), hash_before}) {
    quoted(base::to_hex(bytes));
  }
  text.back() = ']';
  return row.key_id.empty() ? base::sha256(text) : base::hmac_sha256(key, text);
}

void seal_event(EventRow& row, std::string_view state_text, std::string_view hash_before, std::string_view key) {
  if (!state_text.empty()) row.state_hash = state_digest(row, state_text);
  drop_unused_salt(row);
  row.key_id = key_id_of(key);
  row.hash = chain_hash(row, hash_before, key);
}

std::vector<std::string> verify_private_values(EventRow const& row, Schema const& schema,
                                               std::function<void(std::string const& problem)> const& report) {
  // The chain covers what a digested value is, not how its JSON is written. One spelling only, or a row could be
  // altered without a trace.
  auto const canonical = [&](std::string const& column, char const* what) {
    if (!column.empty() && base::to_json(parse_object(column, row)) != column) {
      report(std::string("the ") + what + " are not as they were written");
    }
  };
  canonical(row.changes, "changes");
  canonical(row.private_values, "private values");
  canonical(row.digests, "digests");
  std::vector<std::string> gone;
  for (auto const& [field, entry] : parse_object(row.digests, row)) {
    if (text_member(&entry, "digest").empty()) continue;
    std::string const problem = erasure_problem(row, field, schema.find(row.noun));
    if (!problem.empty()) report(problem);
    gone.push_back(field);
  }
  // Erasing removes the salt as well. If it is still here, somebody removed a value by hand; without both, a whole
  // event lost its salt.
  bool const wants_salt = row.digests.empty() && is_salted(row);
  if (!row.salt.empty() != wants_salt) report("its salt does not go with its digests");
  return gone;
}

}  // namespace umsops::store
