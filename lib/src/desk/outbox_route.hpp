// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "store/store.hpp"
#include "umsops/model/outbox.hpp"

namespace umsops::desk {

/// To whom a message goes, as things stand now.
struct Route {
  model::MessageState state = model::MessageState::sending;
  std::vector<model::Delivery> deliveries;
  std::string note;
};
Route route_of(OpenDesk& desk, store::Connection& db, model::Message const& message);

/// What a delivery of it is by the time it is sent: none, because its record is over. Empty: it is of use.
std::string why_moot(store::Connection& db, model::Message const& message);

/// Longer than that a note is not.
std::string short_note(std::string const& text);

}  // namespace umsops::desk
