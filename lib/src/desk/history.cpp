// SPDX-License-Identifier: Apache-2.0
#include "desk/history.hpp"

#include <algorithm>

#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

bool in_history(base::Field const& field) {
  return field.name != "id" && field.name != "rev" && field.name != "updated_at" && field.name != "created_at" &&
         field.name != "classification" && field.name != "ticket_number";
}

bool says_nothing(base::Value const& value) {
  auto const* object = value.get_if<base::Value::Object>();
  return value.is_null() || (object && object->empty());
}

}  // namespace

std::vector<model::Change> changes_of_new(model::Ticket const& ticket) {
  std::vector<model::Change> changes;
  auto const fields = model::ticket_type().fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!in_history(fields[i])) continue;
    base::Value value = model::get(ticket, i);
    if (says_nothing(value)) continue;
    changes.push_back({std::string(fields[i].name), {}, std::move(value), (fields[i].traits & base::kPersonal) != 0, false});
  }
  return changes;
}

std::vector<model::Change> changes_between(model::Ticket const& before, model::Ticket const& after) {
  std::vector<model::Change> changes;
  auto const fields = model::ticket_type().fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!in_history(fields[i])) continue;
    base::Value was = model::get(before, i), is = model::get(after, i);
    if (was == is) continue;
    changes.push_back({std::string(fields[i].name), std::move(was), std::move(is),
                       (fields[i].traits & base::kPersonal) != 0, false});
  }
  return changes;
}

model::Event ticket_event(Session const& session, model::Ticket const& ticket, std::string kind, std::string reason,
                          std::vector<model::Change> changes) {
  model::Event event;
  event.at = session.now();
  event.actor = session.options().actor;
  event.noun = "ticket";
  event.record_id = ticket.id;
  event.kind = std::move(kind);
  event.rev = ticket.rev;
  event.reason = std::move(reason);
  event.changes = std::move(changes);
  return event;
}

void refuse_unsound(model::Ticket const& ticket) {
  auto const problems = model::check(ticket);
  if (problems.empty()) return;
  base::Error error(base::errors::record_invalid, {{"field", problems.front().field}, {"problem", problems.front().what}});
  for (auto const& problem : problems) {
    base::Value detail;
    detail.add("field", problem.field);
    detail.add("problem", problem.what);
    error.detail(std::move(detail));
  }
  throw error;
}

}  // namespace umsops::desk
