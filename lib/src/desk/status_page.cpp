// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/status_page.hpp"

#include <algorithm>

#include "umsops/desk/desk.hpp"

namespace umsops::desk {
namespace {

using model::Incident;
using service::Catalogue;

/// Incidents last; older ones that go on are found by their state.
query::Query recent(base::TimePoint since) {
  std::vector<base::Value> open;
  for (auto const status : model::incident_status_names()) {
    if (model::is_open(*model::parse_incident_status(status))) open.emplace_back(status);
  }
  auto const& type = model::incident_type();
  query::Query query;
  query.filter.kind = query::Filter::Kind::any;
  query.filter.children = {query::condition_on(type.require("status"), query::Op::eq, std::move(open)),
                           query::condition_on(type.require("recovered_at"), query::Op::ge, {since}),
                           query::condition_on(type.require("resolved_at"), query::Op::ge, {since}),
                           query::condition_on(type.require("closed_at"), query::Op::ge, {since})};
  return query;
}

std::vector<Catalogue::Index> public_services(Incident const& incident, Catalogue const& services) {
  std::vector<Catalogue::Index> found;
  for (auto const& name : incident.affected_services) {
    auto const service = services.find(name);
    bool const fresh = service && std::find(found.begin(), found.end(), *service) == found.end();
    if (fresh && services.at(*service).is_public) found.push_back(*service);
  }
  return found;
}

bool is_published(model::TimelineEntry const& entry) {
  auto const* const published = entry.data.find("published");
  return published && *published == base::Value(true);
}

/// One that was corrected is left out: what stands in its place is published or not by itself.
std::vector<std::pair<base::TimePoint, std::string>> updates_of(std::vector<model::TimelineEntry> const& timeline) {
  std::vector<std::pair<base::TimePoint, std::string>> updates;
  for (auto const& entry : timeline) {
    bool const corrected = std::any_of(timeline.begin(), timeline.end(), [&](auto const& other) {
      return !entry.id.empty() && other.corrects == entry.id;
    });
    if (is_published(entry) && !corrected) updates.emplace_back(entry.at, entry.text);
  }
  std::stable_sort(updates.begin(), updates.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
  return updates;
}

std::optional<base::TimePoint> end_of(Incident const& incident) {
  if (model::is_active(incident.status)) return std::nullopt;
  if (incident.recovered_at) return incident.recovered_at;
  return incident.resolved_at ? incident.resolved_at : incident.closed_at;
}

}  // namespace

std::vector<PublicIncident> public_incidents(Desk& desk, Catalogue const& services, base::TimePoint since) {
  std::vector<std::pair<std::string, PublicIncident>> touching;
  desk.incidents().list(recent(since), [&](Incident const& incident) {
    PublicIncident one{public_services(incident, services),
                       incident.impact_started_at.value_or(incident.detected_at),
                       end_of(incident),
                       {}};
    if (!one.services.empty()) touching.emplace_back(incident.id, std::move(one));
    return true;
  });
  std::vector<PublicIncident> out;
  for (auto& [id, one] : touching) {
    one.updates = updates_of(desk.incidents().show(id).timeline);
    if (!one.updates.empty()) out.push_back(std::move(one));
  }
  std::stable_sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.began_at > b.began_at; });
  return out;
}

}  // namespace umsops::desk
