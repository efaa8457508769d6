// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/model/article.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

/// A record after its hooks have seen it.
template <class Record>
struct HookedRecord {
  Record record;
  std::vector<std::string> feedback;
  base::Value ran;  ///< as `Hooked::ran`
};
using HookedTicket = HookedRecord<model::Ticket>;
using HookedIncident = HookedRecord<model::Incident>;
using HookedArticle = HookedRecord<model::Article>;

/// `Hooks::look_up`, within a transaction of `OpenDesk::write`; `before` is null for a new record. Without hooks it
/// costs nothing.
HookedTicket hooked(OpenDesk& desk, model::Ticket const* before, model::Ticket after);
HookedIncident hooked(OpenDesk& desk, model::Incident const* before, model::Incident after);
HookedArticle hooked(OpenDesk& desk, model::Article const* before, model::Article after);
/// `Hooks::run` for a new record, where there is no transaction.
HookedTicket run_hooks(OpenDesk& desk, model::Ticket after);
HookedIncident run_hooks(OpenDesk& desk, model::Incident after);
HookedArticle run_hooks(OpenDesk& desk, model::Article after);

}  // namespace umsops::desk
