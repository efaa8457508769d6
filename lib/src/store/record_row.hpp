// SPDX-License-Identifier: Apache-2.0
// Between the columns of a record's row and the values of its fields.
#pragma once

#include <functional>
#include <string>

#include "store/record_table.hpp"

namespace umsops::store {

/// `id, ticket_number, ...`: the columns of the fields.
std::string column_list(RecordTable const& table);

/// All columns of a record whose values are those.
Columns to_columns(RecordTable const& table, base::Row row);

/// The columns at places `first`, ... of the current row; without details those fields are null.
Columns read_columns(RecordTable const& table, Statement const& row, int first = 0, bool details = true);
/// The row of a statement that selects the columns, then n, the parts' hash and the salt.
StoredRow read_stored(RecordTable const& table, Statement const& row);

/// Calls `set` with each present field and its value in the field's type. Throws `store.damaged` for a column that does
/// not fit, also where `set` refuses it.
void each_field(RecordTable const& table, Columns const& columns,
                std::function<void(std::size_t field, base::Value const& value)> const& set);
/// The values by field; computed ones are null.
base::Row to_row(RecordTable const& table, Columns const& columns);

/// SHA-256 over all columns but the hashes themselves and what is derived. Fields of the first schema go in by place,
/// later ones by name where they have a value: a row from before a column keeps its hash.
std::string hash_of(RecordTable const& table, StoredRow const& row);
/// Over the derived columns alone; empty when none has a value.
std::string derived_hash(RecordTable const& table, StoredRow const& row);

}  // namespace umsops::store
