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

/// Calls `set` with each present field and its value in the field's type. Throws `store.damaged` for a column that does
/// not fit, also where `set` refuses it.
void each_field(RecordTable const& table, Columns const& columns,
                std::function<void(std::size_t field, base::Value const& value)> const& set);
/// The values by field; computed ones are null.
base::Row to_row(RecordTable const& table, Columns const& columns);

/// What `read_stored` reads, in SQL.
std::string stored_list(RecordTable const& table);
StoredRow read_stored(RecordTable const& table, Statement const& row);
/// How many columns that is.
int stored_count(RecordTable const& table);

/// What the digest of a record's state is made of: the canonical JSON list of the table, `n` and an object of the
/// columns that have a value, derived ones and `last_event` left out. By name, so that a column which comes later
/// changes no digest.
std::string state_text(RecordTable const& table, StoredRow const& row);
/// 31 bits of SHA-256 over the derived columns, against damage alone: tick makes them anew. Null when none has a value.
base::Value derived_check(RecordTable const& table, StoredRow const& row);

}  // namespace umsops::store
