// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/open_desk.hpp"
#include "desk/privacy_found.hpp"

namespace umsops::desk {

/// What was found, for the person to read: `person`, `directory`, `tickets`, `mentions`, each of the last with where it
/// stands, since when, and the passage.
base::Value personal_data(OpenDesk& desk, store::Connection& db, Person const& person, Found const& found);

}  // namespace umsops::desk
