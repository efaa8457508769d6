// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "store/connection.hpp"
#include "umsops/base/id_source.hpp"
#include "umsops/model/event.hpp"

namespace umsops::store {

/// `hash` before the first event.
inline constexpr std::string_view kNoHash = "0000000000000000000000000000000000000000000000000000000000000000";

/// A row of `events` as it is stored. `changes` holds plain values, and digests of the personal ones; these lie in
/// `private_values` with their salts, so that they can be erased while the chain over `changes` stays valid.
struct EventRow {
  std::int64_t seq = 0, at = 0, rev = 0;
  std::string actor, login, command, noun, record_id, kind, reason, rules_version;
  std::string changes, private_values, state_hash, previous_hash, hash;
};

inline constexpr std::string_view kEventColumns =
    "seq, at, actor, login, command, noun, record_id, kind, rev, reason, rules_version, changes, private_values, "
    "state_hash, previous_hash, hash";
inline constexpr int kEventColumnCount = 16;

EventRow read_event_row(Statement const& row);
/// Fills in everything but the chain's own: seq, state_hash, previous_hash, hash.
EventRow to_event_row(model::Event const& event, base::IdSource& ids);
/// Throws `store.damaged` when the row is no event.
model::Event to_event(EventRow const& row);

/// The hash that the row's columns give.
std::string chain_hash(EventRow const& row);
/// Reports each private value that does not fit its digest, and each that has none.
void verify_private_values(EventRow const& row, std::function<void(std::string const& problem)> const& report);

}  // namespace umsops::store
