// SPDX-License-Identifier: Apache-2.0
// A RESOLVED ticket that nobody came back to.
#include "desk/acts.hpp"
#include "desk/tick/job.hpp"
#include "store/links.hpp"

namespace umsops::desk::tick {
namespace {

std::optional<Due> due(Session& session, model::Ticket const& ticket, Standing const&) {
  auto const rest = session.options().auto_close;
  if (ticket.status != model::TicketStatus::resolved || !ticket.resolved_at || rest.count() <= 0) return std::nullopt;
  return Due{*ticket.resolved_at + rest, "CLOSED", {}};
}

std::string perform(Session& session, store::WriteTx& tx, model::Ticket const& ticket, Due const&,
                    std::string const& reason) {
  if (!store::open_children(tx.connection(), ticket.id).empty()) return "";  // a later tick will find them finished
  return std::string(model::to_string(close(session, tx, ticket, {}, reason).ticket.status));
}

}  // namespace

Act const kClose{"close", due, perform};

}  // namespace umsops::desk::tick
