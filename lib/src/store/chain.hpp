// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/connection.hpp"
#include "umsops/base/id_source.hpp"
#include "umsops/model/event.hpp"

namespace umsops::store {

/// `hash` before the first event.
inline constexpr std::string_view kNoHash = "0000000000000000000000000000000000000000000000000000000000000000";

/// A row of `events` as it is stored; empty texts are NULL.
///
/// `changes` is JSON, {"field": [before, after]}. Personal values lie in `private_values` (the same shape) and in the
/// columns actor, login and reason: the chain covers only a digest of each, so that a value can be erased while the
/// chain stays valid. A digest is SHA-256 over the field's own salt and the JSON list [field, before, after]; the
/// field's salt is SHA-256 over the event's `salt` and the field's name. `digests` is empty until something is erased:
/// then it is JSON,
/// {"field": {"digest": ...}} for what is gone and {"field": {"salt": ...}} for what stays, and `salt` is gone too.
struct EventRow {
  std::int64_t seq = 0, at = 0, rev = 0;
  std::string actor, login, command, noun, record_id, kind, reason, rules_version;
  std::string changes;  ///< empty: the record's first event, whose state_hash covers all that it began with
  std::string private_values, salt, digests;
  std::string state_hash, previous_hash, hash;
};

/// FROZEN: hashed. An event's hash is made of these columns, and they are read and written by their place in this
/// list.
inline constexpr std::string_view kEventColumns =
    "seq, at, actor, login, command, noun, record_id, kind, rev, reason, rules_version, changes, private_values, salt, "
    "digests, state_hash, previous_hash, hash";
inline constexpr int kEventColumnCount = 18;

EventRow read_event_row(Statement const& row);
/// Fills in everything but the chain's own: seq, state_hash, previous_hash, hash.
EventRow to_event_row(model::Event const& event, base::IdSource& ids);
/// Throws `store.damaged` when the row is no event. Changes stand in the order of the record's fields; those of a first
/// event are left empty.
model::Event to_event(EventRow const& row, Schema const& schema);

/// The hash that the row's columns give: SHA-256 over the JSON list of seq, at, command, noun, record_id, kind, rev,
/// rules_version, changes (null for a first event), the digests as an object sorted by name, state_hash, previous_hash.
std::string chain_hash(EventRow const& row);
/// Reports what the hash does not cover: texts written otherwise than this program writes them, and values that are
/// gone although they may not be erased, or where this program cannot tell.
void verify_private_values(EventRow const& row, Schema const& schema,
                           std::function<void(std::string const& problem)> const& report);

}  // namespace umsops::store
