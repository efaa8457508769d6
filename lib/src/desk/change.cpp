// SPDX-License-Identifier: Apache-2.0
#include "desk/change.hpp"

#include <chrono>
#include <iterator>
#include <utility>

#include "desk/history.hpp"
#include "model/changes.hpp"
#include "store/event_log.hpp"
#include "store/record_row.hpp"

namespace umsops::desk {
namespace {

std::int64_t integer_of(store::RecordTable const& table, base::Row const& row, std::string_view field) {
  auto const* number = row[table.type.require(field)].get_if<std::int64_t>();
  return number ? *number : 0;
}

}  // namespace

model::Event event_of(OpenDesk const& desk, model::Ref const& record, std::int64_t rev, Told told) {
  model::Event event;
  event.at = desk.now();
  // Ahead of the clock is what a rehearsal of coming days pretends.
  auto const& clock = *desk.options().clock;
  event.given_time = clock.is_given() || event.at > clock.now() + std::chrono::minutes(1);
  event.actor = desk.options().actor;
  event.noun = record.noun;
  event.record_id = record.id;
  event.kind = std::move(told.kind);
  event.rev = rev;
  event.reason = std::move(told.reason);
  refuse_unsound(event);
  event.changes = std::move(told.further);
  return event;
}

void store_record(OpenDesk& desk, store::WriteTx& tx, store::RecordTable const& table, base::Row const& before,
                  base::Row const& after, Told told) {
  std::string const state =
      store::update_record(tx, table, store::to_columns(table, after), integer_of(table, before, "rev"));
  auto changes = model::changes_between(table.type, before, after);
  std::move(told.further.begin(), told.further.end(), std::back_inserter(changes));
  told.further = std::move(changes);
  model::Ref const record{std::string(table.type.noun), std::string(after[table.type.require("id")].text())};
  model::Event event = event_of(desk, record, integer_of(table, after, "rev"), std::move(told));
  store::append_event(tx, event, state, desk.ids());
}

}  // namespace umsops::desk
