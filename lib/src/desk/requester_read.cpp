// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "desk/requester_steps.hpp"
#include "store/event_log.hpp"
#include "store/requesters.hpp"

namespace umsops::desk {
namespace {

using Kind = DirectoryFinding::Kind;

std::string number_at(store::Connection& db, std::int64_t place) {
  auto const person = store::requester_at(db, place);
  return person ? person->requester_number : std::string();
}

void add_shared_names(store::Connection& db, std::size_t most, std::vector<DirectoryFinding>& out) {
  std::size_t const first = out.size();
  store::each_shared_name(db, [&](std::string const& name, std::int64_t record) {
    if (out.size() == first || out.back().name != name) {
      if (out.size() - first == most) return false;
      out.push_back({Kind::shared_name, name, {}, 0});
    }
    out.back().people.push_back(number_at(db, record));
    return true;
  });
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::shared_name:
      return "shared-name";
    case Kind::stranger:
      return "stranger";
    case Kind::left_with_open:
      return "left-with-open";
    case Kind::unknown_manager:
      return "unknown-manager";
  }
  return "";
}

ListEnd RequesterDesk::list(query::Query const& query, std::function<bool(model::Requester const&)> const& visit) {
  ListEnd end;
  auto* const store = desk_.reading();
  if (!store) return end;
  auto const rest = store::list_requesters(store->connection(), query, [&](model::Requester const& requester) {
    ++end.count;
    return visit(requester);
  });
  end.truncated = rest.truncated;
  end.next = rest.next;
  return end;
}

std::int64_t RequesterDesk::count(query::Filter const& filter) {
  auto* const store = desk_.reading();
  return store ? store::count_records(store->connection(), store::requester_table(), filter) : 0;
}

WholeRequester RequesterDesk::show(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(requesters(), id);
  store::ReadTx const view(*store);
  auto& db = store->connection();
  WholeRequester whole;
  whole.requester = find_requester(desk_, db, id);
  whole.found_by = store::stored_names(whole.requester);
  auto const asked = store::asked_by(db, store::place_in_number(whole.requester.requester_number));
  whole.tickets = asked.tickets;
  whole.open_tickets = asked.open;
  whole.history = store::events_of(db, model::requester_type().noun, whole.requester.id);
  return whole;
}

std::vector<model::Event> RequesterDesk::history(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(requesters(), id);
  store::ReadTx const view(*store);
  auto const requester = find_requester(desk_, store->connection(), id);
  return store::events_of(store->connection(), model::requester_type().noun, requester.id);
}

std::vector<std::pair<std::string, std::string>> RequesterDesk::complete(std::string const& prefix, std::size_t most) {
  std::vector<std::pair<std::string, std::string>> out;
  auto* const store = desk_.reading();
  if (!store) return out;
  for (auto const& columns : store::find_by_prefix(store->connection(), store::requester_table(), prefix, most)) {
    auto const requester = store::to_requester(columns);
    out.emplace_back(requester.requester_number, model::shown_name(requester));
  }
  return out;
}

std::vector<DirectoryFinding> RequesterDesk::check(base::TimePoint since, std::size_t most) {
  std::vector<DirectoryFinding> out;
  auto* const store = desk_.reading();
  if (!store) return out;
  store::ReadTx const view(*store);
  auto& db = store->connection();
  add_shared_names(db, most, out);
  auto const limit = static_cast<std::int64_t>(most);
  for (auto const& one : store::strangers(db, since, limit))
    out.push_back({Kind::stranger, one.requester_id, {}, one.tickets});
  for (auto const& one : store::left_with_open(db, limit))
    out.push_back({Kind::left_with_open, one.requester_id, {number_at(db, one.record)}, one.tickets});
  for (auto const& one : store::unknown_managers(db, limit))
    out.push_back({Kind::unknown_manager, one.requester_id, {number_at(db, one.record)}, 0});
  return out;
}

}  // namespace umsops::desk
