// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/import_parts.hpp"
#include "umsops/base/value.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

/// One record of an import, read: which fields it gives, with their values, and what belongs to the ticket.
struct ImportedTicket {
  model::Ticket ticket;            ///< the given fields set, the rest as in a new ticket
  std::vector<std::size_t> given;  ///< field indexes
  std::vector<model::Response> responses;
  std::vector<model::Event> history;  ///< without seq and hashes
  bool has_history = false;
  ImportedParts parts;

  bool gives(std::string_view field) const;
  /// Nothing but fields.
  bool is_plain() const { return responses.empty() && history.empty() && parts.empty(); }
};

/// Throws `record.invalid` for an unknown member (with the nearest match) or a value of another kind.
ImportedTicket read_import(base::Value const& object);

/// The given fields of `record` put over a stored ticket.
model::Ticket merged(model::Ticket stored, ImportedTicket const& record);

/// Do both say the same, as an export would write them?
bool same_event(model::Event const& a, model::Event const& b);

}  // namespace umsops::desk
