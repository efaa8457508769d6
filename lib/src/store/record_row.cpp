// SPDX-License-Identifier: Apache-2.0
#include "store/record_row.hpp"

#include <algorithm>

#include "store/row_hash.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

constexpr std::size_t kDerivedDigits = 16;  ///< of SHA-256: against damage, not against forgers; tick can remake them

bool is_stored_as_it_is(base::FieldType type) {
  using base::FieldType;
  return type == FieldType::text || type == FieldType::block || type == FieldType::choice ||
         type == FieldType::integer || type == FieldType::decimal;
}

/// From a column to the type of its field, for the types that are stored otherwise.
base::Value field_value(base::Field const& field, base::Value const& stored) {
  if (field.type == base::FieldType::time) return base::TimePoint{base::Milliseconds{*stored.get_if<std::int64_t>()}};
  if (field.type == base::FieldType::boolean) return *stored.get_if<std::int64_t>() != 0;
  return base::parse_json(stored.text(), field.name, kStoredJson);
}

base::Field const& field_at(RecordTable const& table, std::size_t column) {
  return table.type.fields[table.columns[column]];
}

/// Whether a policy has taken over what an import may bring: a deadline that came with the record is its own until
/// then.
bool decided(RecordTable const& table, Columns const& columns) {
  return !table.derived_by || !columns[*table.derived_by].is_null();
}

/// Drops empty members: readers treat absent as empty, and rows shrink by half.
base::Value compact(base::Value value) {
  if (auto* items = value.get_if<base::Value::List>()) {
    for (auto& item : *items) item = compact(std::move(item));
  }
  if (auto* members = value.get_if<base::Value::Object>()) {
    std::erase_if(*members, [](auto const& member) {
      auto const* items = member.second.template get_if<base::Value::List>();
      return member.second.is_null() || (items && items->empty());
    });
    for (auto& [name, member] : *members) member = compact(std::move(member));
  }
  return value;
}

/// Null where nothing but empty texts is left.
base::Value stored_sparse(base::Value const& value) {
  base::Value const small = compact(value);
  auto const* members = small.get_if<base::Value::Object>();
  auto const is_empty = [](auto const& member) { return member.second == base::Value(std::string()); };
  if (members && std::all_of(members->begin(), members->end(), is_empty)) return {};
  return stored_value(small);
}

}  // namespace

std::string column_list(RecordTable const& table) {
  std::string list;
  for (std::size_t const field : table.columns) {
    list.append(list.empty() ? "" : ", ").append(table.type.fields[field].column);
  }
  return list;
}

Columns to_columns(RecordTable const& table, base::Row row) {
  Columns columns;
  columns.reserve(table.columns.size());
  for (std::size_t const i : table.columns) {
    bool const sparse = !table.sparse.empty() && table.type.fields[i].name == table.sparse;
    columns.push_back(sparse ? stored_sparse(row[i]) : stored_value(std::move(row[i])));
  }
  return columns;
}

Columns read_columns(RecordTable const& table, Statement const& row, int first, bool details) {
  Columns columns;
  columns.reserve(table.columns.size());
  int place = first;
  for (std::size_t const i : table.columns) {
    base::Field const& field = table.type.fields[i];
    // Long texts are not even copied for a list that does not show them.
    bool const wanted = details || (field.traits & base::kDetail) == 0;
    columns.push_back(wanted ? stored_at(row, place, base::is_number(field.type)) : base::Value());
    ++place;
  }
  return columns;
}

StoredRow read_stored(RecordTable const& table, Statement const& row) {
  int const extra = static_cast<int>(table.columns.size());
  return {read_columns(table, row), row.integer(extra), row.text(extra + 1), row.text(extra + 2)};
}

void each_field(RecordTable const& table, Columns const& columns,
                std::function<void(std::size_t field, base::Value const& value)> const& set) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].is_null()) continue;
    base::Field const& field = field_at(table, i);
    try {
      if (is_stored_as_it_is(field.type)) {
        set(table.columns[i], columns[i]);
      } else {
        set(table.columns[i], field_value(field, columns[i]));
      }
    } catch (base::Error const& error) {
      std::string const number(columns[table.column_of(table.type.number_field)].text());
      throw base::Error(base::errors::store_damaged,
                        {{"problem", std::string(table.type.noun) + " " + number + ", " + std::string(field.name) +
                                         ": " + error.message().substr(0, 80)}});
    }
  }
}

base::Row to_row(RecordTable const& table, Columns const& columns) {
  base::Row row(table.type.fields.size());
  each_field(table, columns, [&](std::size_t field, base::Value const& value) { row[field] = value; });
  return row;
}

std::string hash_of(RecordTable const& table, StoredRow const& row) {
  std::vector<base::Value> values(row.columns.begin(),
                                  row.columns.begin() + static_cast<std::ptrdiff_t>(table.by_place));
  base::Value::Object later;
  bool const by_policy = decided(table, row.columns);
  for (std::size_t i = 0; i < row.columns.size(); ++i) {
    // Derived columns are made anew when policies change, and no event tells of that. In this hash they would leave
    // each record in a state that its last event does not know. Damage is told by a hash of their own.
    bool const derived = base::is_derived(field_at(table, i), by_policy);
    // Its place stays, or those behind it would move.
    if (i < table.by_place && derived) values[i] = {};
    // Where there is a value: a migration adds columns without touching the hashes of the rows that are there.
    if (i >= table.by_place && !derived && !row.columns[i].is_null()) {
      later.emplace_back(field_at(table, i).name, row.columns[i]);
    }
  }
  // Not even an empty object: rows of the first schema were hashed without one.
  if (later.empty()) return row_hash(table.name, values, {row.n, row.parts_hash, row.salt});
  return row_hash(table.name, values, {row.n, row.parts_hash, row.salt, std::move(later)});
}

std::string derived_hash(RecordTable const& table, StoredRow const& row) {
  std::vector<base::Value> values;
  bool any = false;
  bool const by_policy = decided(table, row.columns);
  for (std::size_t i = 0; i < row.columns.size(); ++i) {
    if (!base::is_derived(field_at(table, i), by_policy)) continue;
    values.push_back(row.columns[i]);
    any |= !row.columns[i].is_null();
  }
  // With `n`: the values of one row do not fit another.
  // FROZEN: hashed. The word stands in every stored hash of this kind, whatever its table is called.
  return any ? row_hash("due_times", values, {row.n}).substr(0, kDerivedDigits) : std::string();
}

}  // namespace umsops::store
