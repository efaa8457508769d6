// SPDX-License-Identifier: Apache-2.0
#include "desk/record_hooks.hpp"

#include <utility>

#include "desk/history.hpp"
#include "model/ticket_changes.hpp"

namespace umsops::desk {
namespace {

using Wanted = std::vector<std::pair<std::size_t, base::Value>>;

/// Why a ticket has its category and priority is told with it: a hook may be why.
void note_hook(model::Ticket const& before, model::Ticket& after) {
  for (auto const& change : model::changes_between(before, after))
    model::note_decision(after, change.field, change.after.text(), "hook");
}
void note_hook(model::Incident const&, model::Incident&) {}
void note_hook(model::Article const&, model::Article&) {}

model::Ticket from_row(base::Row const& row, model::Ticket const*) { return model::ticket_from(row); }
model::Incident from_row(base::Row const& row, model::Incident const*) { return model::incident_from(row); }
model::Article from_row(base::Row const& row, model::Article const*) { return model::article_from(row); }
base::RecordType const& type_of(model::Ticket const*) { return model::ticket_type(); }
base::RecordType const& type_of(model::Incident const*) { return model::incident_type(); }
base::RecordType const& type_of(model::Article const*) { return model::article_type(); }

template <class Record>
constexpr Record const* kOf = nullptr;

template <class Record>
base::Row changed(base::Row const& row, Wanted const& wanted) {
  Record const before = from_row(row, kOf<Record>);
  Record after = before;
  for (auto const& [field, value] : wanted) model::set(after, field, value);
  refuse_unsound(after);
  note_hook(before, after);
  return to_row(after);
}

template <class Record>
HookKind const& kind_of() {
  static HookKind const kKind{type_of(kOf<Record>), changed<Record>};
  return kKind;
}

template <class Record>
HookedRecord<Record> typed(Hooked seen) {
  return {from_row(seen.row, kOf<Record>), std::move(seen.feedback), std::move(seen.ran)};
}

template <class Record>
HookedRecord<Record> look_up(OpenDesk& desk, Record const* before, Record after) {
  if (!desk.hooks().active()) return {std::move(after), {}, {}};
  return typed<Record>(desk.hooks().look_up(kind_of<Record>(), before ? to_row(*before) : base::Row(), to_row(after)));
}

template <class Record>
HookedRecord<Record> run(OpenDesk& desk, Record after) {
  if (!desk.hooks().active()) return {std::move(after), {}, {}};
  return typed<Record>(desk.hooks().run(kind_of<Record>(), {}, to_row(after)));
}

}  // namespace

HookedTicket hooked(OpenDesk& desk, model::Ticket const* before, model::Ticket after) {
  return look_up(desk, before, std::move(after));
}
HookedIncident hooked(OpenDesk& desk, model::Incident const* before, model::Incident after) {
  return look_up(desk, before, std::move(after));
}
HookedArticle hooked(OpenDesk& desk, model::Article const* before, model::Article after) {
  return look_up(desk, before, std::move(after));
}
HookedTicket run_hooks(OpenDesk& desk, model::Ticket after) { return run(desk, std::move(after)); }
HookedIncident run_hooks(OpenDesk& desk, model::Incident after) { return run(desk, std::move(after)); }
HookedArticle run_hooks(OpenDesk& desk, model::Article after) { return run(desk, std::move(after)); }

}  // namespace umsops::desk
