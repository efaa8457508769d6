// SPDX-License-Identifier: Apache-2.0
#include "desk/incident_floods.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "desk/incident_steps.hpp"
#include "store/incidents.hpp"
#include "store/links.hpp"
#include "store/tickets.hpp"
#include "umsops/desk/incident_desk.hpp"

namespace umsops::desk {
namespace {

constexpr std::size_t kMostAround = 500, kMostRead = 10'000;

using store::RecentRow;

/// What tickets are compared by: their service, or the category of those that name none.
struct Topic {
  std::string service, category;
  bool operator==(Topic const&) const = default;
  bool operator<(Topic const& other) const {
    return std::tie(service, category) < std::tie(other.service, other.category);
  }
};

Topic topic_of(RecentRow const& row) { return {row.service, row.service.empty() ? row.category : std::string()}; }

bool by_default(model::Ticket const& ticket) {
  auto const* const decision = ticket.classification.find("category");
  return decision && decision->origin == "default";
}

/// The newest open incident that touches it.
std::string open_incident(store::Connection& db, std::string const& service) {
  std::string number;
  if (service.empty()) return number;
  store::list_incidents(db, open_incidents(), [&](model::Incident const& incident) {
    auto const& touched = incident.affected_services;
    if (std::find(touched.begin(), touched.end(), service) == touched.end()) return true;
    number = incident.incident_number;
    return false;
  });
  return number;
}

/// Rows of one topic, newest first, until enough people were seen.
class Gathering {
 public:
  explicit Gathering(Topic topic) { flood_.service = topic.service, flood_.category = topic.category; }

  void add(RecentRow const& row) {
    people_.insert(row.requester_id);
    if (flood_.tickets.empty()) flood_.last_at = row.created_at;
    flood_.first_at = row.created_at;
    flood_.tickets.push_back(row.ticket_number);
    flood_.requesters = static_cast<std::int64_t>(people_.size());
  }
  Flood const& flood() const { return flood_; }

 private:
  Flood flood_;
  std::set<std::string> people_;
};

bool is_linked(store::Connection& db, std::string const& id) {
  auto const links = store::links_from(db, {std::string(model::ticket_type().noun), id});
  return std::any_of(links.begin(), links.end(),
                     [](auto const& link) { return link.kind == model::LinkKind::caused_by; });
}

}  // namespace

std::optional<Flood> flood_around(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket) {
  auto const& rule = desk.options().flood;
  if (rule.requesters == 0 || ticket.requester_id.empty()) return std::nullopt;
  Topic const topic{ticket.service, ticket.service.empty() && !by_default(ticket) ? ticket.category : ""};
  if (topic == Topic{}) return std::nullopt;
  Gathering found(topic);
  store::recent_requests(db, desk.now() - rule.window, kMostAround, [&](RecentRow const& row) {
    if (topic_of(row) == topic) found.add(row);
    return found.flood().requesters < rule.requesters;
  });
  if (found.flood().requesters < rule.requesters) return std::nullopt;
  Flood flood = found.flood();
  flood.incident = open_incident(db, flood.service);
  return flood;
}

std::vector<Flood> floods(OpenDesk& desk, store::Connection& db, FloodRule const& rule) {
  std::vector<RecentRow> rows;
  store::recent_requests(db, desk.now() - rule.window, kMostRead, [&](RecentRow const& row) {
    if (!row.service.empty() || !row.category.empty()) rows.push_back(row);
    return true;
  });
  std::map<Topic, Gathering> found;
  for (auto const& row : rows) {
    if (!is_linked(db, row.id)) found.try_emplace(topic_of(row), topic_of(row)).first->second.add(row);
  }
  std::vector<Flood> out;
  for (auto const& [topic, gathering] : found) {
    Flood flood = gathering.flood();
    if (rule.requesters == 0 || flood.requesters < rule.requesters) continue;
    auto const newest = store::find_ticket_by_number(db, flood.tickets.front());
    if (flood.service.empty() && newest && by_default(*newest)) continue;
    flood.incident = open_incident(db, flood.service);
    out.push_back(std::move(flood));
  }
  std::stable_sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.requesters > b.requesters; });
  return out;
}

std::vector<Flood> IncidentDesk::suggest(FloodRule const& rule) {
  auto* const store = desk_.reading();
  if (!store) return {};
  store::ReadTx const view(*store);
  return floods(desk_, store->connection(), rule);
}

}  // namespace umsops::desk
