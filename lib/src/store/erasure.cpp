// SPDX-License-Identifier: Apache-2.0
#include "store/erasure.hpp"

#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/number.hpp"

namespace umsops::store {
namespace {

using base::Value;

constexpr std::string_view kChange = "erased_values";
constexpr std::string_view kUpdate =
    "UPDATE events SET actor = $2, login = $3, db_user = $4, reason = $5, private_values = $6, salt = NULL, "
    "digests = $7 WHERE seq = $1";

/// Whether the event still has that salt, or one that it follows from.
bool has_salt(EventRow const& row, std::string_view name) {
  if (row.digests.empty()) return !row.salt.empty();
  return base::parse_json(row.digests, "events", kStoredJson).find(name) != nullptr;
}

/// What was taken out, and whether the row is another one now.
struct Taken {
  std::vector<std::string> gone;
  bool changed = false;
};

/// The row without those values, their digests kept, and with a salt of its own for each that stays.
Taken take_out(EventRow& row, std::set<std::string> const& names, SpentSalts spent) {
  auto const digests = digests_of(row);
  Value::Object kept;
  Taken taken;
  for (auto const& [name, digest] : digests) {
    bool const erased = names.contains(name) && !is_erased(row, name);
    if (erased) taken.gone.push_back(name);
    kept.emplace_back(name, erased || is_erased(row, name) ? Value::Object{{"digest", digest}}
                                                           : Value::Object{{"salt", base::to_hex(salt_of(row, name))}});
  }
  taken.changed = !taken.gone.empty();
  for (auto const& [name, is_spent] : {std::pair{kStateSalt, spent.state}, std::pair{kRowsSalt, spent.rows}}) {
    if (!has_salt(row, name)) continue;
    taken.changed = taken.changed || is_spent;
    if (!is_spent) kept.emplace_back(name, Value::Object{{"salt", base::to_hex(salt_of(row, name))}});
  }
  if (!taken.changed) return taken;
  for (auto const& name : taken.gone) remove_value(row, name);
  row.salt.clear();
  row.digests = base::to_json(kept);
  return taken;
}

}  // namespace

std::vector<ErasedValue> erase_values(WriteTx& tx, std::int64_t seq, std::set<std::string> const& names,
                                      SpentSalts spent) {
  tx.take_turn();
  auto row = find_event_row(tx.connection(), seq);
  if (!row) throw base::Error(base::errors::internal, {{"problem", "there is no event " + std::to_string(seq)}});
  std::vector<ErasedValue> erased;
  auto taken = take_out(*row, names, spent);
  for (auto& name : taken.gone) erased.emplace_back(seq, std::move(name));
  if (!taken.changed) return erased;
  Reading update(tx.connection().prepare(kUpdate));
  update->bind(1, seq).bind_optional(2, row->actor).bind_optional(3, row->login).bind_optional(4, row->db_user);
  update->bind_optional(5, row->reason).bind_optional(6, row->private_values).bind_optional(7, row->digests).step();
  return erased;
}

model::Change erasure_change(std::vector<ErasedValue> const& values) {
  Value::Object by_event;
  for (auto const& [seq, name] : values) {
    std::string const key = std::to_string(seq);
    if (by_event.empty() || by_event.back().first != key) by_event.emplace_back(key, Value::List{});
    by_event.back().second.get_if<Value::List>()->emplace_back(name);
  }
  return {std::string(kChange), {}, std::move(by_event)};
}

std::vector<ErasedValue> erasures_of(EventRow const& event) {
  std::vector<ErasedValue> values;
  if (event.kind != kErased || event.changes.empty()) return values;
  Value const changes = base::parse_json(event.changes, "events", kStoredJson);
  Value const* const change = changes.find(kChange);
  auto const* const pair = change ? change->get_if<Value::List>() : nullptr;
  auto const* const by_event = pair && pair->size() == 2 ? (*pair)[1].get_if<Value::Object>() : nullptr;
  if (!by_event) return values;
  for (auto const& [key, names] : *by_event) {
    auto const seq = base::parse_integer(key, 1, INT64_MAX);
    auto const* const list = names.get_if<Value::List>();
    for (std::size_t i = 0; seq && list && i < list->size(); ++i) values.emplace_back(*seq, (*list)[i].text());
  }
  return values;
}

}  // namespace umsops::store
