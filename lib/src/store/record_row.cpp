// SPDX-License-Identifier: Apache-2.0
#include "store/record_row.hpp"

#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

bool is_stored_as_it_is(base::FieldType type) {
  using base::FieldType;
  return type == FieldType::text || type == FieldType::block || type == FieldType::choice ||
         type == FieldType::integer || type == FieldType::decimal;
}

/// From a column to the type of its field, for the types that are stored otherwise.
base::Value field_value(RecordTable const& table, base::Field const& field, base::Value const& stored) {
  if (field.type == base::FieldType::time) return base::TimePoint{base::Milliseconds{*stored.get_if<std::int64_t>()}};
  if (field.type == base::FieldType::boolean) return *stored.get_if<std::int64_t>() != 0;
  base::Value value = base::parse_json(stored.text(), field.name, kStoredJson);
  return table.packed.unpack && field.name == table.packed.field ? table.packed.unpack(value) : value;
}

base::Field const& field_at(RecordTable const& table, std::size_t column) {
  return table.type.fields[table.columns[column]];
}

/// Whether a policy has taken over what an import may bring: a deadline that came with the record is its own until
/// then.
bool decided(RecordTable const& table, Columns const& columns) {
  return !table.derived_by || !columns[*table.derived_by].is_null();
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
  if (table.packed.pack) {
    // Before values are moved: it leaves out what others of them say.
    std::size_t const i = table.type.require(table.packed.field);
    row[i] = table.packed.pack(row[i], table.type, row);
  }
  // In place: nearly every field has a column.
  std::size_t count = 0;
  for (std::size_t const i : table.columns) {
    make_stored(row[i]);
    if (i != count) row[count] = std::move(row[i]);
    ++count;
  }
  row.resize(count);
  return row;
}

Columns read_columns(RecordTable const& table, Statement const& row, int first, bool details) {
  Columns columns;
  columns.reserve(table.columns.size());
  int place = first;
  for (std::size_t const i : table.columns) {
    base::Field const& field = table.type.fields[i];
    // Long texts are not even copied for a list that does not show them.
    bool const wanted = details || (field.traits & base::kDetail) == 0;
    auto const type = base::is_number(field.type) ? Column::Type::integer : Column::Type::text;
    columns.push_back(wanted ? stored_at(row, place, type) : base::Value());
    ++place;
  }
  return columns;
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
        set(table.columns[i], field_value(table, field, columns[i]));
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

std::string stored_list(RecordTable const& table) {
  return column_list(table) + ", n, last_event, brought" + (table.keyed ? ", key_content" : "");
}

int stored_count(RecordTable const& table) { return static_cast<int>(table.columns.size()) + (table.keyed ? 4 : 3); }

StoredRow read_stored(RecordTable const& table, Statement const& row) {
  int const extra = static_cast<int>(table.columns.size());
  return {read_columns(table, row), row.integer(extra), row.integer(extra + 1), row.integer(extra + 2) == 1,
          table.keyed ? row.bytes(extra + 3) : std::string()};
}

std::string state_text(RecordTable const& table, StoredRow const& row) {
  Columns const& columns = row.columns;
  bool const by_policy = decided(table, columns);
  // FROZEN: hashed. The table, the place, and what has a value by its name.
  std::string text = "[";
  text.reserve(1024);
  base::append_json_string(text, table.name);
  text.append(",").append(std::to_string(row.n));
  char separator = '{';
  text += ',';
  for (std::size_t i = 0; i < columns.size(); ++i) {
    base::Field const& field = field_at(table, i);
    // Derived columns are made anew when policies change, and no event tells of that. In this digest they would leave
    // each record in a state that its last event does not know. Damage is told by a check of their own.
    if (columns[i].is_null() || base::is_derived(field, by_policy)) continue;
    text += separator;
    separator = ',';
    base::append_json_string(text, field.name);
    base::append_json(text += ':', columns[i]);
  }
  if (row.brought) text.append(",\"brought\":1");
  if (!row.key_content.empty()) {
    text.append(",\"key_content\":");
    base::append_json_string(text, base::to_hex(row.key_content));
  }
  return text += "}]";
}

base::Value derived_check(RecordTable const& table, StoredRow const& row) {
  Columns const& columns = row.columns;
  bool const by_policy = decided(table, columns);
  std::string text = std::to_string(row.n);  // the values of one row do not fit another
  bool any = false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!base::is_derived(field_at(table, i), by_policy)) continue;
    base::append_json(text += ',', columns[i]);
    any |= !columns[i].is_null();
  }
  if (!any) return {};
  std::string const digest = base::sha256(text);
  std::int64_t check = 0;
  for (int i = 0; i < 4; ++i) check = check << 8 | static_cast<unsigned char>(digest[static_cast<std::size_t>(i)]);
  return check & 0x7fffffff;
}

}  // namespace umsops::store
