// SPDX-License-Identifier: Apache-2.0
#include "desk/requester_lookup.hpp"

#include <algorithm>

#include "store/requesters.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {

std::optional<model::Requester> person_called(store::Connection& db, std::string_view said) {
  return store::requester_called(db, model::lookup_name(said));
}

void know_new_requester(OpenDesk& desk, model::Ticket& ticket) {
  if (ticket.requester_id.empty() || desk.absent_default()) return;
  auto name = model::lookup_name(ticket.requester_id);
  auto const person = store::requester_called(desk.writing().connection(), name);
  if (!person) return;
  // All tickets of one name then lie together, however it was written.
  ticket.requester_id = std::move(name);
  ticket.requester_facts = model::facts_of(*person);
}

void know_requester(store::Connection& db, model::Ticket& ticket) {
  if (ticket.requester_id.empty()) return;
  if (auto const person = person_called(db, ticket.requester_id)) ticket.requester_facts = model::facts_of(*person);
}

bool is_same_requester(store::Connection& db, std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return false;
  if (base::same_person(a, b)) return true;
  auto const first = store::requesters_called(db, model::lookup_name(a));
  return first.size() == 1 && first == store::requesters_called(db, model::lookup_name(b));
}

std::vector<std::string> all_names(store::Connection& db, std::string const& said) {
  std::vector<std::string> names{said};
  if (auto const person = person_called(db, said)) {
    for (auto& name : model::lookup_names(*person)) {
      if (name != said) names.push_back(std::move(name));
    }
  }
  return names;
}

}  // namespace umsops::desk
