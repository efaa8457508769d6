// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/incident_labels.hpp"

#include <map>

#include "model/attributes.hpp"
#include "model/incident_limits.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mute/inhibition.hpp"

namespace umsops::desk {
namespace {

using model::Incident;

/// One for each service, that of the attributes set aside: it is among them, or there is none.
std::vector<mute::Labels> spread(mute::Labels labels, std::vector<std::string> const& services) {
  if (services.empty()) return {std::move(labels)};
  std::vector<mute::Labels> sets;
  for (auto const& service : services) {
    labels[std::string(mute::kServiceLabel)] = service;
    sets.push_back(labels);
  }
  return sets;
}

mute::Labels attributes_of(Incident const& incident) {
  return {incident.attributes.begin(), incident.attributes.end()};
}

void add(mute::Labels& labels, char const* name, std::string_view value) {
  if (!value.empty()) labels.emplace(name, value);
}

}  // namespace

std::string attribute_name(std::string_view label) {
  std::string name;
  for (char const c : base::ascii_lower(label)) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    name += plain ? c : '_';
  }
  if (name.empty() || name[0] < 'a' || name[0] > 'z') name.insert(0, "l_");
  return name.substr(0, 64);
}

void give_labels(Incident& incident, alert::Event const& event) {
  std::map<std::string, std::string> attributes;
  for (auto const& [label, value] : event.labels) attributes.emplace(attribute_name(label), value);
  if (!event.link.empty()) attributes.emplace("link", event.link);
  if (!event.runbook.empty()) attributes.emplace("runbook", event.runbook);
  for (auto const& [name, value] : attributes) {
    if (incident.attributes.size() == model::kMostAttributes) break;
    incident.attributes.emplace_back(name, base::first_code_points(value, model::kLongestAttribute));
  }
}

std::vector<mute::Labels> label_sets(Incident const& incident) {
  mute::Labels labels = attributes_of(incident);
  add(labels, "title", incident.title);
  add(labels, "type", model::to_string(incident.type));
  add(labels, "severity", model::to_string(incident.severity));
  add(labels, "priority", model::to_string(incident.priority));
  add(labels, "category", incident.category);
  add(labels, "source", incident.source);
  return spread(std::move(labels), incident.affected_services);
}

std::vector<mute::Labels> label_sets(alert::Event const& event) {
  Incident incident;
  give_labels(incident, event);
  mute::Labels labels = attributes_of(incident);
  add(labels, "title", event.title);
  if (event.severity) add(labels, "severity", model::to_string(*event.severity));
  add(labels, "source", event.source);
  return spread(std::move(labels), event.services);
}

}  // namespace umsops::desk
