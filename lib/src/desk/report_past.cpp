// SPDX-License-Identifier: Apache-2.0
#include "desk/report_past.hpp"

#include <algorithm>

#include "desk/due_times.hpp"
#include "model/changes.hpp"
#include "store/articles.hpp"
#include "store/event_log.hpp"
#include "store/incidents.hpp"
#include "store/report_walk.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using base::TimePoint;

std::optional<model::Ticket> stored(store::Connection& db, model::Ticket const*, std::string const& id) {
  return store::find_ticket_by_id(db, id);
}
std::optional<model::Incident> stored(store::Connection& db, model::Incident const*, std::string const& id) {
  return store::find_incident_by_id(db, id);
}
std::optional<model::Article> stored(store::Connection& db, model::Article const*, std::string const& id) {
  return store::find_article_by_id(db, id);
}

/// The events of that noun behind `at`, the latest first.
void each_later(store::Connection& db, std::string_view noun, TimePoint at,
                std::function<void(model::Event const&)> const& visit) {
  auto const& type = model::event_type();
  query::Query query;
  query.filter = query::all_of({query::condition_on(type.require("noun"), query::Op::eq, {noun}),
                                query::condition_on(type.require("at"), query::Op::gt, {at})});
  query.sort = {{type.require("seq"), true}};
  store::list_events(db, query, [&](model::Event const& event) {
    visit(event);
    return true;
  });
}

/// Its due times were derived from the history so far, and are again.
void derive(OpenDesk& desk, store::Connection& db, model::Ticket& ticket, TimePoint at) {
  auto moves = store::moves_of(db, ticket.id);
  bool const reopened = std::any_of(moves.begin(), moves.end(), [&](store::Moved const& moved) {
    return moved.at > at && !model::is_open(moved.from) && model::is_open(moved.to);
  });
  std::erase_if(moves, [&](store::Moved const& moved) { return moved.at > at; });
  OpenDesk::PretendedTime time(desk);
  time.set(at);
  // A ticket without a policy had none: it is not given one now.
  if (!ticket.sla_policy.empty()) set_past_due_times(desk, ticket, moves, !reopened);
  ticket.sla = model::sla_status_at(ticket, at);
}
void derive(OpenDesk&, store::Connection&, model::Incident& incident, TimePoint at) {
  incident.update = model::update_state_at(incident, at);
}
void derive(OpenDesk&, store::Connection&, model::Article&, TimePoint) {}

std::int64_t replies(store::Connection& db, model::Ticket const& ticket, TimePoint at) {
  return store::replies_until(db, store::place_of_ticket(db, ticket.id), at);
}
template <class Record>
std::int64_t replies(store::Connection&, Record const&, TimePoint) {
  return 0;
}

template <class Record>
struct State {
  bool stored = true;
  Record record;
  std::vector<std::string> erased;
};

/// Calls `keep` with the id of each record that changed, and the record as it was; null: it was not there.
template <class Record>
void take_back(OpenDesk& desk, store::Connection& db, base::RecordType const& type, TimePoint at,
               std::function<void(std::string const&, Record const*)> const& keep) {
  std::unordered_map<std::string, State<Record>> states;
  each_later(db, type.noun, at, [&](model::Event const& event) {
    auto [found, is_new] = states.try_emplace(event.record_id);
    auto& state = found->second;
    if (is_new) {
      auto now = stored(db, static_cast<Record const*>(nullptr), event.record_id);
      state.stored = now.has_value();
      if (now) state.record = *std::move(now);
    }
    if (event.first) state.stored = false;
    if (!state.stored) return;
    model::undo(type, event.changes, state.erased,
                [&](std::size_t field, base::Value const& before) { model::set(state.record, field, before); });
  });
  for (auto& [id, state] : states) {
    if (state.stored) derive(desk, db, state.record, at);
    keep(id, state.stored ? &state.record : nullptr);
  }
}

}  // namespace

base::Value extra_of(PastRecord const& record, std::string_view field) {
  if (field == "external_replies") return record.external_replies;
  if (field == "ended_at") {
    auto const& type = model::ticket_type();
    auto const& resolved = record.row[type.require("resolved_at")];
    return resolved.is_null() ? record.row[type.require("closed_at")] : resolved;
  }
  if (field != "votes") return {};
  auto const& type = model::article_type();
  std::int64_t votes = 0;
  for (auto const* name : {"helpful_count", "not_helpful_count"}) {
    if (auto const* count = record.row[type.require(name)].get_if<std::int64_t>()) votes += *count;
  }
  return votes;
}

PastRecords::PastRecords(OpenDesk& desk, store::Connection& db, std::string_view noun, TimePoint at) {
  auto const keep = [&](std::string const& id, auto const* record) {
    auto& was = records_[id];
    was.stored = record != nullptr;
    if (!record) return;
    was.record.row = to_row(*record);
    was.record.external_replies = replies(db, *record, at);
  };
  if (noun == model::ticket_type().noun) take_back<model::Ticket>(desk, db, model::ticket_type(), at, keep);
  if (noun == model::incident_type().noun) take_back<model::Incident>(desk, db, model::incident_type(), at, keep);
  if (noun == model::article_type().noun) take_back<model::Article>(desk, db, model::article_type(), at, keep);
}

void PastRecords::each(std::function<void(PastRecord const&)> const& visit) const {
  for (auto const& [id, was] : records_) {
    if (was.stored) visit(was.record);
  }
}

}  // namespace umsops::desk
