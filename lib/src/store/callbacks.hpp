// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "store/store.hpp"
#include "umsops/model/callback.hpp"

namespace umsops::store {

/// Which call-backs: of any state when none is given, due at this time at the latest.
struct CallbackFilter {
  std::optional<model::CallbackState> state;
  std::optional<base::TimePoint> due_by;
};

/// The next event vouches for it, and for what `replace_callback` stores.
void insert_callback(WriteTx& tx, model::Callback const& callback);
/// Stores what it is from now on. The turn of this transaction must be taken before it was read.
void replace_callback(WriteTx& tx, model::Callback const& callback);

/// Those whose id begins so, at most `most`; with what they need of their tickets.
std::vector<model::Callback> find_callbacks(Connection& db, std::string_view prefix, std::size_t most);
/// Of one ticket, oldest first.
std::vector<model::Callback> callbacks_of(Connection& db, std::string_view ticket_id);
/// By their time. `visit` returns false to stop.
void list_callbacks(Connection& db, CallbackFilter const& filter,
                    std::function<bool(model::Callback const&)> const& visit);

}  // namespace umsops::store
