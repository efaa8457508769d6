// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {

/// Adds a member for each kind of part that the ticket has, as `read_part` takes them.
void add_parts_of(ExportedTicket const& ticket, base::Value::Object& record);

}  // namespace umsops::desk
