// SPDX-License-Identifier: Apache-2.0
// Between a record's name beyond the store (noun and id) and its place in it.
#pragma once

#include <cstdint>
#include <string_view>

#include "store/store.hpp"
#include "umsops/model/ref.hpp"

namespace umsops::store {

/// `n` of a record of any kind, as tables of what records have keep it; 0: there is none.
std::int64_t place_of(Connection& db, model::Ref const& record);
/// The same within a transaction that may be at that record just now.
std::int64_t in_hand_or_absent(WriteTx& tx, model::Ref const& record);
/// The same of a record that must be there. Throws the kind's `not_found`.
std::int64_t in_hand_or_stored(WriteTx& tx, model::Ref const& record);
/// The record there. Throws `store.damaged` when there is none.
model::Ref record_at(Connection& db, std::string_view noun, std::int64_t n);

}  // namespace umsops::store
