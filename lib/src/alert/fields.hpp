// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "alert/walk.hpp"
#include "umsops/alert/event.hpp"

namespace umsops::alert {

/// The event that stands at `scope`, in its state, by the sender's fields. Throws `alert.field_missing`.
Event read_event(Sender const& sender, Scope const& scope, State state, base::TimePoint now);

/// A field that has to be there and is not; `looked`: where.
base::Error missing(Sender const& sender, std::string_view field, std::string looked, std::int32_t line);

}  // namespace umsops::alert
