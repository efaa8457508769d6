// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/alert/event.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/mute/matcher.hpp"

/// What matchers of silences and inhibition rules see of an incident. Its attributes, among which are the labels of the
/// alert that opened it; and, where no attribute has that name, `title`, `type`, `severity`, `priority`, `category` and
/// `source` as the fields have them. `service` is one of the affected services: one that touches several is muted only
/// where that holds for each of them.
namespace umsops::desk {

/// `severity` of a label, `alertname`, ... as the name of an attribute: small letters, digits and _.
std::string attribute_name(std::string_view label);
/// The alert's labels, link and runbook as attributes, as many as an incident takes.
void give_labels(model::Incident& incident, alert::Event const& event);

/// One set for each affected service; one without `service` where there is none.
std::vector<mute::Labels> label_sets(model::Incident const& incident);
/// Of the incident that the event would open, without what rules decide.
std::vector<mute::Labels> label_sets(alert::Event const& event);

}  // namespace umsops::desk
