// SPDX-License-Identifier: Apache-2.0
#include "store/chain.hpp"

#include <optional>

#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::store {
namespace {

using base::Value;

constexpr base::JsonLimits kStoredJson{.bytes = 64 << 20};

/// What an event says besides the record's fields, and keeps private in the same way.
struct Remark {
  std::string_view name;
  std::string EventRow::*column;
};
constexpr Remark kRemarks[] = {{"actor", &EventRow::actor}, {"login", &EventRow::login}, {"reason", &EventRow::reason}};

bool is_remark(std::string_view name) {
  for (Remark const& remark : kRemarks) {
    if (remark.name == name) return true;
  }
  return false;
}

std::string digest(std::string_view salt, std::string_view field, Value const& before, Value const& after) {
  return base::sha256_hex(std::string(salt) + base::to_json(Value::List{field, before, after}));
}

/// The two JSON columns while they grow.
class Halves {
 public:
  explicit Halves(base::IdSource& ids) : ids_(ids) {}

  void add_private(std::string_view field, Value const& before, Value const& after) {
    std::string const salt = ids_.next_salt();
    shown_.emplace_back(field, Value::Object{{"digest", digest(salt, field, before, after)}});
    hidden_.emplace_back(field, Value::Object{{"salt", salt}, {"before", before}, {"after", after}});
  }

  void add(model::Change const& change) {
    if (is_remark(change.field)) {
      throw base::Error(base::errors::internal, {{"problem", "a field may not be called " + change.field}});
    }
    if (change.erased) {  // there is nothing left that a digest could be checked against
      shown_.emplace_back(change.field, Value::Object{{"digest", digest(ids_.next_salt(), change.field, {}, {})}});
    } else if (change.personal) {
      add_private(change.field, change.before, change.after);
    } else {
      shown_.emplace_back(change.field, Value::List{change.before, change.after});
    }
  }

  std::string shown() const { return base::to_json(shown_); }
  std::string hidden() const { return base::to_json(hidden_); }

 private:
  base::IdSource& ids_;
  Value::Object shown_, hidden_;
};

Value parse_object(std::string const& text, EventRow const& row) {
  try {
    Value value = base::parse_json(text, "events", kStoredJson);
    if (value.get_if<Value::Object>()) return value;
  } catch (base::Error const& error) {
    throw base::Error(base::errors::store_damaged,
                      {{"problem", "event " + std::to_string(row.seq) + ": " + error.message().substr(0, 80)}});
  }
  throw base::Error(base::errors::store_damaged, {{"problem", "event " + std::to_string(row.seq) + " is unreadable"}});
}

Value member(Value const* object, std::string_view name) {
  Value const* found = object ? object->find(name) : nullptr;
  return found ? *found : Value();
}

model::Change to_change(std::string const& field, Value const& shown, Value const* hidden) {
  if (auto const* pair = shown.get_if<Value::List>(); pair && pair->size() == 2) return {field, (*pair)[0], (*pair)[1]};
  return {field, member(hidden, "before"), member(hidden, "after"), true, hidden == nullptr};
}

/// Which fields may have been erased: the personal ones. Of nouns that this program does not know, any.
bool may_be_erased(EventRow const& row, std::string_view field) {
  if (row.noun != model::ticket_type().noun || is_remark(field)) return true;
  auto const place = model::ticket_type().find(field);
  return !place || (model::ticket_type().fields[*place].traits & base::kPersonal) != 0;
}

void verify_value(EventRow const& row, std::string const& field, Value const& shown, Value const* hidden,
                  std::function<void(std::string const&)> const& report) {
  Value const* const expected = shown.find("digest");
  if (shown.get_if<Value::List>()) {
    if (hidden) report("private value of " + field + ", which is a plain field");
  } else if (!expected || shown.get_if<Value::Object>()->size() != 1) {
    report("no digest of " + field);
  } else if (!hidden) {
    if (!may_be_erased(row, field)) report("the value of " + field + " is gone");
  } else if (digest(member(hidden, "salt").text(), field, member(hidden, "before"), member(hidden, "after")) !=
             expected->text()) {
    report("the value of " + field + " does not fit its digest");
  }
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
      {13, &EventRow::state_hash}, {14, &EventRow::previous_hash},
      {15, &EventRow::hash}};
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
  Halves halves(ids);
  for (model::Change const& change : event.changes) halves.add(change);
  for (Remark const& remark : kRemarks) {
    if (std::string const& text = row.*remark.column; !text.empty()) halves.add_private(remark.name, {}, text);
  }
  row.changes = halves.shown();
  row.private_values = halves.hidden();
  return row;
}

model::Event to_event(EventRow const& row) {
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
  Value const shown = parse_object(row.changes, row), hidden = parse_object(row.private_values, row);
  for (auto const& [field, value] : *shown.get_if<Value::Object>()) {
    if (!is_remark(field)) event.changes.push_back(to_change(field, value, hidden.find(field)));
  }
  return event;
}

std::string chain_hash(EventRow const& row) {
  return base::sha256_hex(
      base::to_json(Value::List{row.seq, row.at, row.command, row.noun, row.record_id, row.kind, row.rev,
                                row.rules_version, row.changes, row.state_hash, row.previous_hash}));
}

void verify_private_values(EventRow const& row, std::function<void(std::string const& problem)> const& report) {
  Value const shown = parse_object(row.changes, row), hidden = parse_object(row.private_values, row);
  if (base::to_json(hidden) != row.private_values) report("the private values are not as they were written");
  for (auto const& [field, value] : *shown.get_if<Value::Object>())
    verify_value(row, field, value, hidden.find(field), report);
  for (auto const& [field, value] : *hidden.get_if<Value::Object>()) {
    if (!shown.find(field)) report("private value of " + field + ", which has no digest");
  }
  for (Remark const& remark : kRemarks) {
    Value const after = member(hidden.find(remark.name), "after");
    if (row.*remark.column != after.text()) report(std::string(remark.name) + " does not fit its digest");
  }
}

}  // namespace umsops::store
