// SPDX-License-Identifier: Apache-2.0
// Values of the history that are erased while its chain stays valid: their digests remain, and an event tells of it.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "store/chain.hpp"
#include "store/store.hpp"

namespace umsops::store {

/// Event and field (or `actor`, `login`, `reason`).
using ErasedValue = std::pair<std::int64_t, std::string>;

/// Salts of an event that nothing is checked against any more. They are forgotten: with them, what the digests of its
/// record's state or of rows were made of could be found by trying.
struct SpentSalts {
  bool state = false;  ///< a later event tells the record's state
  bool rows = false;   ///< no row that is stored is vouched for by it
};

/// Takes these values out of that event; names that it does not have are left out. The caller appends an event of kind
/// `kErased` with `erasure_change` in the same transaction.
std::vector<ErasedValue> erase_values(WriteTx& tx, std::int64_t seq, std::set<std::string> const& names,
                                      SpentSalts spent = {});

inline constexpr std::string_view kErased = "erased";
/// {"erased_values": [null, {"SEQ": ["NAME", ...], ...}]}
model::Change erasure_change(std::vector<ErasedValue> const& values);
/// What an event of kind `kErased` tells of; empty for all others.
std::vector<ErasedValue> erasures_of(EventRow const& event);

}  // namespace umsops::store
