// SPDX-License-Identifier: Apache-2.0
#include "store/chain.hpp"

#include <algorithm>
#include <map>

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
constexpr Remark kRemarks[] = {{"actor", &EventRow::actor}, {"login", &EventRow::login}, {"reason", &EventRow::reason}};

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

/// What only a digest covers. An event without any needs no salt.
bool has_private_values(EventRow const& row) {
  return !row.private_values.empty() || !row.actor.empty() || !row.login.empty() || !row.reason.empty();
}

/// The digests that the chain covers, by name.
class Digests {
 public:
  Digests(EventRow const& row, Value::Object const& kept) : row_(row), kept_(kept) {
    for (auto const& [name, entry] : kept_) {
      if (auto const digest = text_member(&entry, "digest"); !digest.empty()) digests_[name] = digest;
    }
  }

  void add(std::string const& name, Value const& before, Value const& after) {
    // Each field has a salt of its own. When one value is erased, the event's salt goes and the salts of the other
    // fields are kept one by one: the erased value can then no longer be found by trying likely ones.
    auto const own = text_member(find(kept_, name), "salt");
    // FROZEN: hashed. The salt, then the JSON list [field, before, after]: a digest of any other text fits no stored
    // chain.
    std::string text = own.empty() ? base::sha256_hex(row_.salt + name) : std::string(own);
    text += '[';
    base::append_json_string(text, name);
    text += ',';
    base::append_json(text, before);
    text += ',';
    base::append_json(text, after);
    text += ']';
    digests_[name] = base::sha256_hex(text);
  }
  void add_remarks() {
    for (Remark const& remark : kRemarks) {
      if (std::string const& text = row_.*remark.column; !text.empty()) add(std::string(remark.name), {}, text);
    }
  }

  void append_to(std::string& text) const {
    char separator = '{';
    for (auto const& [name, digest] : digests_) {
      text += separator;
      separator = ',';
      base::append_json_string(text, name);
      text += ':';
      base::append_json_string(text, digest);
    }
    if (digests_.empty()) text += '{';
    text += '}';
  }

 private:
  EventRow const& row_;
  Value::Object const& kept_;
  /// FROZEN: hashed. Sorted by name: the hash must not depend on which column a digest came from.
  std::map<std::string, std::string, std::less<>> digests_;
};

/// The columns that hold changes, from a list of them.
void write_changes(EventRow& row, std::vector<model::Change> const& changes, base::IdSource& ids) {
  Value::Object shown, hidden, gone;
  for (model::Change const& change : changes) {
    // Digests are kept by name: a field of this name would take the place of the remark.
    if (is_remark(change.field)) {
      throw base::Error(base::errors::internal, {{"problem", "a field may not be called " + change.field}});
    }
    if (change.erased) {  // there is nothing left that a digest could be checked against
      gone.emplace_back(change.field, Value::Object{{"digest", base::sha256_hex(ids.next_salt())}});
    } else {
      (change.personal ? hidden : shown).emplace_back(change.field, Value::List{change.before, change.after});
    }
  }
  // Written as {} when nothing is shown: an empty column marks a first event.
  row.changes = base::to_json(shown);
  if (!hidden.empty()) row.private_values = base::to_json(hidden);
  if (!gone.empty()) row.digests = base::to_json(gone);
}

void read_changes(std::vector<model::Change>& out, EventRow const& row, std::string const& column, bool personal) {
  for (auto& [field, value] : parse_object(column, row)) {
    auto* const pair = value.get_if<Value::List>();
    if (!pair || pair->size() != 2) refuse(row, field + " has no before and after");
    out.push_back({field, std::move((*pair)[0]), std::move((*pair)[1]), personal, false});
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

/// What is wrong with a value of that field being gone; empty: nothing, it is personal and may be erased.
std::string erasure_problem(EventRow const& row, std::string_view field, RecordTable const* table) {
  if (is_remark(field)) return {};
  std::string const gone = "the value of " + std::string(field) + " is gone";
  // Silence would let a newer program's personal fields hide a deletion by hand.
  if (!table) return gone + ", and whether it may be cannot be judged: " + row.noun + " is unknown to this program";
  auto const place = table->type.find(field);
  bool const personal = place && (table->type.fields[*place].traits & base::kPersonal) != 0;
  return personal ? std::string() : gone;
}

}  // namespace

EventRow read_event_row(Statement const& row) {
  EventRow event;
  event.seq = row.integer(0);
  event.at = row.integer(1);
  event.rev = row.integer(8);
  static constexpr std::pair<int, std::string EventRow::*> kTexts[] = {
      {2, &EventRow::actor},       {3, &EventRow::login},
      {4, &EventRow::command},     {5, &EventRow::noun},
      {6, &EventRow::record_id},   {7, &EventRow::kind},
      {9, &EventRow::reason},      {10, &EventRow::rules_version},
      {11, &EventRow::changes},    {12, &EventRow::private_values},
      {13, &EventRow::salt},       {14, &EventRow::digests},
      {15, &EventRow::state_hash}, {16, &EventRow::previous_hash},
      {17, &EventRow::hash}};
  for (auto const& [column, text] : kTexts) event.*text = row.text(column);
  return event;
}

EventRow to_event_row(model::Event const& event, base::IdSource& ids) {
  EventRow row;
  row.at = event.at.time_since_epoch().count();
  row.rev = event.rev;
  row.actor = event.actor.name;
  row.login = event.actor.login;
  row.command = event.actor.command;
  row.noun = event.noun;
  row.record_id = event.record_id;
  row.kind = event.kind;
  row.reason = event.reason;
  row.rules_version = event.rules_version;
  // A first event stores no changes. Its values are those of the record with all later changes undone, and a second
  // copy would have to be erased too. Its state_hash covers them.
  if (!event.first) write_changes(row, event.changes, ids);
  // Without a private value there is no salt: a salt that stands alone means that a value was taken away.
  if (has_private_values(row)) row.salt = ids.next_salt();
  return row;
}

model::Event to_event(EventRow const& row, Schema const& schema) {
  model::Event event;
  event.seq = row.seq;
  event.at = base::TimePoint{base::Milliseconds{row.at}};
  event.actor = {row.actor, row.login, row.command};
  event.noun = row.noun;
  event.record_id = row.record_id;
  event.kind = row.kind;
  event.rev = row.rev;
  event.reason = row.reason;
  event.rules_version = row.rules_version;
  event.previous_hash = row.previous_hash;
  event.hash = row.hash;
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

// FROZEN: hashed. The order of the values, their JSON text and null for no changes are what every stored chain was
// made from.
std::string chain_hash(EventRow const& row) {
  Value::Object const kept = parse_object(row.digests, row);
  Digests digests(row, kept);
  for (auto const& [field, value] : parse_object(row.private_values, row)) {
    auto const* const pair = value.get_if<Value::List>();
    if (!pair || pair->size() != 2) refuse(row, field + " has no before and after");
    digests.add(field, (*pair)[0], (*pair)[1]);
  }
  digests.add_remarks();
  std::string text = "[";
  text.reserve(512);
  auto const number = [&](std::int64_t value) { text.append(std::to_string(value)).append(","); };
  auto const quoted = [&](std::string_view value) {
    base::append_json_string(text, value);
    text += ',';
  };
  number(row.seq);
  number(row.at);
  for (auto const* value : {&row.command, &row.noun, &row.record_id, &row.kind}) quoted(*value);
  number(row.rev);
  quoted(row.rules_version);
  row.changes.empty() ? void(text += "null,") : quoted(row.changes);
  digests.append_to(text);
  text += ',';
  quoted(row.state_hash);
  base::append_json_string(text, row.previous_hash);
  text += ']';
  return base::sha256_hex(text);
}

void verify_private_values(EventRow const& row, Schema const& schema,
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
  for (auto const& [field, entry] : parse_object(row.digests, row)) {
    std::string const problem = erasure_problem(row, field, schema.find(row.noun));
    if (!problem.empty()) report(problem);
  }
  // Erasing removes the salt as well. If it is still here, somebody removed a value by hand.
  if (!has_private_values(row) && !row.salt.empty()) report("a salt without a value");
}

}  // namespace umsops::store
