// SPDX-License-Identifier: Apache-2.0
#include <initializer_list>

#include "umsops/sla/policy.hpp"

namespace umsops::sla {
namespace {

using std::chrono::minutes;

struct Rung {
  minutes after;
  int level;
};

Policy policy_for(model::Priority priority, char const* name, char const* calendar, minutes response,
                  minutes resolution, int at_risk, std::initializer_list<Rung> rungs) {
  Policy out;
  out.name = name;
  out.match.fields = {{"priority", {std::string(model::to_string(priority))}}};
  out.calendar = calendar;
  out.response = response;
  out.resolution = resolution;
  out.response_at_risk = out.resolution_at_risk = at_risk;
  for (Rung const rung : rungs) {
    Step step;
    step.offset = Milliseconds(rung.after);
    step.level = rung.level;
    out.ladder.push_back(std::move(step));
  }
  return out;
}

}  // namespace

Book builtin(base::TimeZone const& zone) {
  using enum model::Priority;
  calendar::CalendarSource business;
  business.name = "business";
  business.zone = zone;
  for (std::size_t day = 0; day < 5; ++day) business.week[day] = {{9 * 60, 18 * 60}};
  std::vector<Policy> policies;
  policies.reserve(4);
  policies.push_back(policy_for(critical, "critical", "24x7", minutes(15), minutes(240), 75,
                                {{minutes(0), 1}, {minutes(60), 2}, {minutes(120), 3}}));
  policies.push_back(policy_for(high, "high", "business", minutes(30), minutes(480), 75,
                                {{minutes(0), 1}, {minutes(120), 2}, {minutes(240), 3}}));
  policies.push_back(
      policy_for(medium, "medium", "business", minutes(240), minutes(1440), 80, {{minutes(0), 1}, {minutes(480), 2}}));
  policies.push_back(policy_for(low, "low", "business", minutes(480), minutes(2880), 80, {{minutes(0), 1}}));
  return Book({calendar::Calendar(), calendar::Calendar::make(std::move(business))}, std::move(policies));
}

}  // namespace umsops::sla
