// SPDX-License-Identifier: Apache-2.0
#include "desk/incident_hooks.hpp"

#include <utility>

#include "desk/history.hpp"

namespace umsops::desk {
namespace {

base::Row changed(base::Row const& row, std::vector<std::pair<std::size_t, base::Value>> const& wanted) {
  model::Incident after = model::incident_from(row);
  for (auto const& [field, value] : wanted) model::set(after, field, value);
  refuse_unsound(after);
  return to_row(after);
}

HookKind const& incident_hooks() {
  static HookKind const kKind{model::incident_type(), changed};
  return kKind;
}

HookedIncident typed(Hooked seen) {
  return {model::incident_from(seen.row), std::move(seen.feedback), std::move(seen.ran)};
}

}  // namespace

HookedIncident hooked(OpenDesk& desk, model::Incident const* before, model::Incident after) {
  if (!desk.hooks().active()) return {std::move(after), {}, {}};
  return typed(desk.hooks().look_up(incident_hooks(), before ? to_row(*before) : base::Row(), to_row(after)));
}

HookedIncident run_hooks(OpenDesk& desk, model::Incident after) {
  if (!desk.hooks().active()) return {std::move(after), {}, {}};
  return typed(desk.hooks().run(incident_hooks(), {}, to_row(after)));
}

}  // namespace umsops::desk
