// SPDX-License-Identifier: Apache-2.0
#include "umsops/notify/channel.hpp"

#include <algorithm>

namespace umsops::notify {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::string_view kTypes[] = {"smtp", "sendmail", "webhook", "command", "file"};
constexpr std::string_view kBodies[] = {"generic", "slack", "dingtalk", "feishu", "wecom", "teams", "pagerduty"};

/// A week; what wakes people is of no use when they have slept.
constexpr base::Milliseconds kLongestUse = hours(7 * 24);

bool at_least(std::optional<model::Priority> const& wanted, std::optional<model::Priority> const& has) {
  return !wanted || (has && *has >= *wanted);
}

}  // namespace

std::span<std::string_view const> channel_type_names() { return kTypes; }
std::span<std::string_view const> body_type_names() { return kBodies; }

Channel const* Setup::channel(std::string_view name) const {
  auto const found = std::find_if(channels.begin(), channels.end(), [&](auto const& one) { return one.name == name; });
  return found == channels.end() ? nullptr : &*found;
}

Audience const* Setup::audience(std::string_view name) const {
  auto const found =
      std::find_if(audiences.begin(), audiences.end(), [&](auto const& one) { return one.name == name; });
  return found == audiences.end() ? nullptr : &*found;
}

base::Milliseconds Setup::use_of(std::string_view kind) const {
  std::size_t longest = 0;
  base::Milliseconds use = kLongestUse;
  for (auto const& [prefix, span] : expires) {
    bool const fits = kind == prefix || (prefix.ends_with('.') && kind.starts_with(prefix));
    if (!fits || prefix.size() < longest) continue;
    longest = prefix.size();
    use = span;
  }
  return use;
}

Setup builtin_setup() {
  Setup setup;
  Audience operations{.name = "operations", .message = "incident.alert"};
  Audience business{.name = "business", .business_impact = model::Priority::high, .message = "incident.disruption"};
  Audience executives{.name = "executives", .severity = model::Priority::critical, .message = "incident.critical"};
  setup.audiences = {std::move(operations), std::move(business), std::move(executives)};
  setup.expires = {{"incident.", hours(12)}, {"incident.escalated", hours(2)}, {"ticket.escalated", hours(12)}};
  return setup;
}

std::vector<Limit> usual_limits(ChannelType type, BodyType body) {
  switch (type) {
    case ChannelType::smtp:
    case ChannelType::sendmail:
      // What GoAlert allows for one contact, where a message is an alarm.
      return {{1, minutes(1)}, {5, minutes(15)}, {11, hours(1)}, {21, hours(3)}};
    case ChannelType::webhook:
      break;
    case ChannelType::command:
    case ChannelType::file:
      return {};
  }
  switch (body) {  // what their makers let a robot say
    case BodyType::dingtalk:
    case BodyType::wecom:
      return {{20, minutes(1)}};
    case BodyType::feishu:
      return {{100, minutes(1)}};
    case BodyType::slack:
    case BodyType::teams:
      return {{60, minutes(1)}};
    case BodyType::generic:
    case BodyType::pagerduty:
      break;
  }
  return {};
}

bool is_for(Audience const& audience, Assessed const& incident) {
  return at_least(audience.severity, incident.severity) && at_least(audience.priority, incident.priority) &&
         at_least(audience.impact, incident.impact) && at_least(audience.business_impact, incident.business_impact);
}

}  // namespace umsops::notify
