// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/connection.hpp"
#include "umsops/base/field.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::store {

/// A row of `support_tickets`: the columns of the record's fields, then what only the store knows.
struct TicketRow {
  std::vector<base::Value> fields;  ///< as stored, in the order of `ticket_columns()`
  std::int64_t n = 0;               ///< order of creation
  std::string responses_hash;       ///< over the hashes of its responses, in their order; empty: none
  std::string salt;
};

/// The fields that have a column, by index in `model::ticket_type().fields`.
std::vector<std::size_t> const& ticket_columns();
/// `id, ticket_number, ...`: the columns of those fields.
std::string const& ticket_column_list();

/// The field as the store keeps it: times as epoch milliseconds, objects as canonical JSON, absent or empty as null.
base::Value stored_value(base::Value const& value);
std::vector<base::Value> stored_fields(model::Ticket const& ticket);
/// The values at places `first`, ... of the current row; without details those fields are null.
std::vector<base::Value> read_fields(Statement const& row, int first = 0, bool details = true);
/// Throws `store.damaged` when the columns are no ticket.
model::Ticket to_ticket(std::vector<base::Value> const& fields);

/// SHA-256 over all columns but the hash itself and derived ones. Those of the first schema go in by place, later ones
/// by name where they say something: a row from before a column keeps its hash.
std::string hash_of(TicketRow const& row);
/// Over the derived columns alone; empty when none says anything.
std::string due_times_hash(TicketRow const& row);

}  // namespace umsops::store
