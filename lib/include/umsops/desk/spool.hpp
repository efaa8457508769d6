// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {

/// A report that waits in a file of this machine until its desk can be reached. It has a key: filed twice, it is one
/// ticket.
struct SpooledTicket {
  NewTicket wanted;
  std::string actor, reason;
};

/// Whether the desk was out of reach, so that the report may wait: `wanted` itself was not refused.
bool may_wait(base::Error const& error);

/// Appends the report to the spool in `folder`, 0600; it is on the disk when this returns. Gives the spool's path.
std::string spool(std::string const& folder, SpooledTicket const& report);

struct SpoolItem {
  std::string key;
  std::optional<TicketResult> done;
  std::optional<base::Error> failed;
};
struct SpoolEnd {
  std::int64_t left = 0;               ///< reports that still wait
  std::optional<base::Error> stopped;  ///< the desk is out of reach again
};

/// Files what waits, in its order and each once, and keeps what could not be filed. `store.locked` when another flush
/// is at work.
SpoolEnd flush_spool(TicketDesk& tickets, std::string const& folder,
                     std::function<void(SpoolItem const&)> const& visit);

}  // namespace umsops::desk
