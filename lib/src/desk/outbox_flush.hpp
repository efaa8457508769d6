// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "desk/open_desk.hpp"
#include "umsops/desk/outbox_desk.hpp"

namespace umsops::desk {

/// What a message is once its deliveries are as they are.
model::MessageState state_of(std::vector<model::Delivery> const& deliveries);

/// Sends what is due; see OutboxDesk::flush.
FlushEnd flush_outbox(OpenDesk& desk, notify::Sender& sender, std::function<void(FlushItem const&)> const& visit);
/// What would be tried first.
FlushEnd rehearse_outbox(OpenDesk& desk, std::function<void(FlushItem const&)> const& visit);

}  // namespace umsops::desk
