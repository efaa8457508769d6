// SPDX-License-Identifier: Apache-2.0
#include "desk/ticket_hooks.hpp"

#include <utility>

#include "desk/history.hpp"
#include "model/ticket_changes.hpp"

namespace umsops::desk {
namespace {

base::Row changed(base::Row const& row, std::vector<std::pair<std::size_t, base::Value>> const& wanted) {
  model::Ticket const before = model::ticket_from(row);
  model::Ticket after = before;
  for (auto const& [field, value] : wanted) model::set(after, field, value);
  refuse_unsound(after);
  for (auto const& change : model::changes_between(before, after)) {
    model::note_decision(after, change.field, change.after.text(), "hook");
  }
  return to_row(after);
}

HookKind const& ticket_hooks() {
  static HookKind const kKind{model::ticket_type(), changed};
  return kKind;
}

HookedTicket typed(Hooked seen) {
  return {model::ticket_from(seen.row), std::move(seen.feedback), std::move(seen.ran)};
}

}  // namespace

HookedTicket hooked(OpenDesk& desk, model::Ticket const* before, model::Ticket after) {
  if (!desk.hooks().active()) return {std::move(after), {}, {}};
  return typed(desk.hooks().look_up(ticket_hooks(), before ? to_row(*before) : base::Row(), to_row(after)));
}

HookedTicket run_hooks(OpenDesk& desk, model::Ticket after) {
  if (!desk.hooks().active()) return {std::move(after), {}, {}};
  return typed(desk.hooks().run(ticket_hooks(), {}, to_row(after)));
}

}  // namespace umsops::desk
