// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "alert/walk.hpp"

namespace umsops::alert {

/// Of the senders that recognise the body the one with the most conditions, the first of equals; null: none does.
Sender const* recognise(std::vector<Sender> const& senders, Patterns const& patterns, base::Value const& body,
                        Input input);

/// `alert.unrecognised`, with the sender of which most holds.
base::Error unrecognised(std::vector<Sender> const& senders, Patterns const& patterns, base::Value const& body,
                         Input input);

}  // namespace umsops::alert
