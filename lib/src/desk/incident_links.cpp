// SPDX-License-Identifier: Apache-2.0
#include "desk/incident_links.hpp"

#include "desk/incident_batch.hpp"
#include "desk/ticket_links.hpp"
#include "store/incidents.hpp"
#include "store/links.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;
using model::Incident;
using model::Link;
using model::LinkKind;
using model::Ref;

bool is_incident(Ref const& record) { return record.noun == model::incident_type().noun; }

/// How an end of a link tells of it: `linked: caused-by INC-000002`.
IncidentStep tell_link(OpenDesk& desk, store::WriteTx& tx, Incident const& incident, std::string_view kind,
                       std::string const& other, LinkTo const& wanted, std::string const& reason,
                       std::vector<model::Change> further = {}) {
  char const* const what = wanted.remove ? "unlinked" : "linked";
  auto const entry = decision(desk, incident, std::string(what) + ": " + std::string(kind) + " " + other,
                              Value::Object{{"link", kind}, {"other", other}, {"removed", wanted.remove}});
  further.push_back(write_entry(tx, entry));
  return store_step(desk, tx, incident, incident, what, reason, std::move(further));
}

/// The row of a link that begins at an incident; false: it is as it should be already.
bool put_link(store::WriteTx& tx, Link const& link, std::string const& from, std::string const& to, bool remove) {
  if (remove) return store::erase_link(tx, link);
  refuse_cycle(tx.connection(), link, from, to);
  return store::insert_link(tx, link);
}

/// A link that begins at a ticket is part of its history.
bool put_ticket_link(OpenDesk& desk, store::WriteTx& tx, Link const& link, std::string const& to, bool remove,
                     std::string const& reason) {
  auto const ticket = store::find_ticket_by_id(tx.connection(), link.from.id);
  if (!ticket) throw Error(base::errors::store_damaged, {{"problem", "a link begins at no ticket"}});
  return (remove ? remove_link(desk, tx, *ticket, link, to, reason) : add_link(desk, tx, *ticket, link, to, reason))
      .changed;
}

IncidentStep link_incident(OpenDesk& desk, store::WriteTx& tx, Incident const& incident, LinkTo const& wanted,
                           std::string const& reason) {
  auto& db = tx.connection();
  Ref const own = model::ref_of(incident);
  auto const [other, number] = record_named(desk, db, incidents(), wanted.other);
  if (other == own) throw Error(base::errors::incident_link_self, {{"id", incident.incident_number}});
  std::string_view const kind = model::to_string(wanted.kind), back = model::seen_from_there(wanted.kind);
  if (wanted.from_there && !is_incident(other)) {
    Link const link{other, wanted.kind, own, desk.now()};
    if (!put_ticket_link(desk, tx, link, incident.incident_number, wanted.remove, reason)) return {incident, false};
    return tell_link(desk, tx, incident, back, number, wanted, reason);
  }
  if (!is_incident(other) && wanted.kind != LinkKind::relates_to)
    throw Error(base::errors::incident_link_noun, {{"kind", "--" + std::string(kind)}, {"other", number}});
  Link const link{wanted.from_there ? other : own, wanted.kind, wanted.from_there ? own : other, desk.now()};
  auto const& from = wanted.from_there ? number : incident.incident_number;
  auto const& to = wanted.from_there ? incident.incident_number : number;
  if (!put_link(tx, link, from, to, wanted.remove)) return {incident, false};
  model::Change const told = link_change(link, to, wanted.remove);
  auto const there = is_incident(other) ? store::find_incident_by_id(db, other.id) : std::nullopt;
  // The row first goes into the history of the incident that it begins at.
  if (wanted.from_there && there) {
    tell_link(desk, tx, *there, kind, to, wanted, reason, {told});
    return tell_link(desk, tx, incident, back, from, wanted, reason);
  }
  auto step = tell_link(desk, tx, incident, kind, to, wanted, reason, {told});
  if (there) tell_link(desk, tx, *there, back, from, wanted, reason);
  return step;
}

}  // namespace

Incident behind_merges(store::Connection& db, Incident incident) {
  auto found = store::find_incident_by_id(db, behind_merges(db, model::ref_of(incident)).id);
  return found ? *std::move(found) : incident;
}

std::vector<Incident> merged_into(store::Connection& db, Incident const& incident) {
  std::vector<Incident> merged;
  for (auto const& record : merged_into(db, model::ref_of(incident))) {
    auto other = is_incident(record) ? store::find_incident_by_id(db, record.id) : std::nullopt;
    if (other && other->status == model::IncidentStatus::closed) merged.push_back(*std::move(other));
  }
  return merged;
}

std::vector<Incident> relating_to(store::Connection& db, Incident const& incident) {
  std::vector<Incident> found;
  for (Link const& link : store::links_to(db, model::ref_of(incident))) {
    if (link.kind != LinkKind::relates_to || !is_incident(link.from)) continue;
    auto other = store::find_incident_by_id(db, link.from.id);
    if (other && other->status != model::IncidentStatus::closed) found.push_back(*std::move(other));
  }
  return found;
}

model::TimelineEntry decision(OpenDesk& desk, Incident const& incident, std::string text, Value data) {
  auto entry = entry_of(desk, incident, model::TimelineKind::decision, std::move(text));
  entry.data = std::move(data);
  return entry;
}

std::vector<IncidentOutcome> IncidentDesk::link(Ids const& ids, LinkTo const& wanted, ChangeOptions const& options,
                                                Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, Incident const& incident) {
    return link_incident(desk_, tx, incident, wanted, options.reason);
  });
}

}  // namespace umsops::desk
