// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/model/incident.hpp"

namespace umsops::desk {

/// `Hooks` for incidents.
struct HookedIncident {
  model::Incident incident;
  std::vector<std::string> feedback;
  base::Value ran;
};
/// Within a transaction of `OpenDesk::write`; `before` is null for a new incident.
HookedIncident hooked(OpenDesk& desk, model::Incident const* before, model::Incident after);
/// At once, where there is no transaction.
HookedIncident run_hooks(OpenDesk& desk, model::Incident after);

}  // namespace umsops::desk
