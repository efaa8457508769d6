// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "desk/open_desk.hpp"
#include "umsops/desk/outbox_desk.hpp"

namespace umsops::desk {

/// Lets the history of its record tell what became of the message: `message_sent`, `message_failed`, ... To whom it
/// went stands in the outbox alone, where it can be erased.
void note_message(OpenDesk& desk, store::WriteTx& tx, model::Message const& message, std::string const& kind,
                  std::string const& reason = {});

/// What a message is once its deliveries are as they are.
model::MessageState state_of(std::vector<model::Delivery> const& deliveries);

/// Sends what is due; see OutboxDesk::flush.
FlushEnd flush_outbox(OpenDesk& desk, notify::Sender& sender, std::function<void(FlushItem const&)> const& visit);
/// What would be tried first.
FlushEnd rehearse_outbox(OpenDesk& desk, std::function<void(FlushItem const&)> const& visit);

}  // namespace umsops::desk
