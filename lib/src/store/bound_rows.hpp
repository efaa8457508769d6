// SPDX-License-Identifier: Apache-2.0
// Rows that belong to the history: links, keys, responses and the like. Each names the event that vouches for it
// (`seq`), and that event holds the row's digest in `bound`, which the chain covers. So a row cannot be altered,
// removed or added without a trace, as long as the head of the chain is known.
#pragma once

#include <string>
#include <string_view>

#include "store/store.hpp"
#include "store/table.hpp"

namespace umsops::store {

/// One entry of `events.bound`: a sign and a digest.
enum class Bound : char { made = '+', withdrawn = '-' };

/// SHA-256 over the salt (see `salt_of` in store/chain.hpp) and the row's text.
std::string bound_digest(std::string_view salt, std::string_view row_text);
/// The entries of `bound` for these rows.
std::string bound_entries(Unbound const& rows, std::string_view salt);

/// The `place` of the record's next row in a table that has one: the order in which rows were written down, which times
/// alone do not tell. From 1.
std::int64_t next_place(Connection& db, Table const& table, std::string_view noun, std::int64_t record);

/// Stores a row that the next event of this transaction vouches for.
void insert_bound(WriteTx& tx, Table const& table, Values values);
/// The row of these values, as it is to be from now on, in the place of the one with the same key. False: there is
/// none.
bool replace_bound(WriteTx& tx, Table const& table, Values values);
/// Deletes the row of that key. False: there is none.
bool erase_bound(WriteTx& tx, Table const& table, Values const& key);

}  // namespace umsops::store
