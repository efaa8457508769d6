// SPDX-License-Identifier: Apache-2.0
#include "model/incident_limits.hpp"
#include "model/incident_text.hpp"
#include "model/record_check.hpp"
#include "model/word_list.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/limits.hpp"

namespace umsops::model {
namespace {

/// What began did so before it was noticed, and what follows that does not precede it. An alert may reach the desk long
/// after it was noticed, so the time of filing says nothing.
void check_order(std::vector<Problem>& out, Incident const& incident) {
  if (incident.impact_started_at && *incident.impact_started_at > incident.detected_at)
    out.push_back({"impact_started_at", "after detected_at"});
  auto const follows = [&](char const* name, std::optional<TimePoint> const& at) {
    if (at && *at < incident.detected_at) out.push_back({name, "before detected_at"});
  };
  follows("acknowledged_at", incident.acknowledged_at);
  follows("recovered_at", incident.recovered_at);
  follows("resolved_at", incident.resolved_at);
  follows("closed_at", incident.closed_at);
  if (incident.updated_at < incident.created_at) out.push_back({"updated_at", "before created_at"});
  if (incident.closed_at && incident.status != IncidentStatus::closed)
    out.push_back({"closed_at", "set, but not CLOSED"});
}

}  // namespace

std::vector<Problem> check(Incident const& incident) {
  std::vector<Problem> out;
  check_texts(out, incident_type(), [&](std::size_t field) { return text_of(incident, field); });
  if (is_blank(incident.title)) out.push_back({"title", "cannot be empty"});
  check_words(out, "affected_services", incident.affected_services, kMostServices, kLongestWord);
  check_words(out, "tags", incident.tags, kMostTags, kLongestTag);
  check_words(out, "related_alerts", incident.related_alerts, kMostAlerts, kLongestWord);
  check_words(out, "firing_alerts", incident.firing_alerts, kMostAlerts, kLongestWord);
  check_words(out, "silenced_by", incident.silenced_by, kMostMuting, kLongestWord);
  check_words(out, "inhibited_by", incident.inhibited_by, kMostMuting, kLongestWord);
  check_words(out, "acknowledgers", incident.acknowledgers, kMostAcknowledgers, kLongestWord);
  check_attributes(out, incident.attributes);
  check_classification(out, incident.classification);
  check_times(out, incident_type(), [&](std::size_t field) { return get(incident, field); });
  check_order(out, incident);
  if (incident.affected_users && *incident.affected_users < 0) out.push_back({"affected_users", "negative"});
  if (incident.alert_count && *incident.alert_count < 0) out.push_back({"alert_count", "negative"});
  if (incident.rev < 1) out.push_back({"rev", "not a number from 1"});
  return out;
}

}  // namespace umsops::model
