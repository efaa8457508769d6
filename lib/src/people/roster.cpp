// SPDX-License-Identifier: Apache-2.0
#include "umsops/people/roster.hpp"

#include <algorithm>
#include <array>

#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::people {
namespace {

constexpr std::array<std::string_view, 3> kStrategies{"skill", "least_loaded", "round_robin"};

template <class Item>
Item const* find(std::vector<Item> const& items, std::string_view name) {
  auto const found = std::find_if(items.begin(), items.end(), [&](Item const& item) { return item.name == name; });
  return found == items.end() ? nullptr : &*found;
}

template <class Item>
Item const& require(std::vector<Item> const& items, std::string_view what, std::string_view name) {
  if (auto const* const item = find(items, name)) return *item;
  std::vector<std::string_view> names;
  for (auto const& item : items) names.push_back(item.name);
  std::string const shown(name.substr(0, 80));
  std::string const best = base::nearest(shown, names);
  base::Value detail;
  detail.add(what, shown);
  if (!best.empty()) detail.add("suggestion", best);
  throw base::Error(
      base::errors::people_unknown,
      {{"what", std::string(what)}, {"name", shown}, {"suggestion", best.empty() ? "" : "did you mean " + best + "?"}})
      .detail(std::move(detail));
}

}  // namespace

std::span<std::string_view const> strategy_names() { return kStrategies; }

std::optional<Strategy> parse_strategy(std::string_view name) {
  auto const found = std::find(kStrategies.begin(), kStrategies.end(), name);
  if (found == kStrategies.end()) return std::nullopt;
  return static_cast<Strategy>(found - kStrategies.begin());
}

Person const* Roster::person(std::string_view name) const { return find(people, name); }
Team const* Roster::team(std::string_view name) const { return find(teams, name); }
Schedule const* Roster::schedule(std::string_view name) const { return find(schedules, name); }
Person const& Roster::require_person(std::string_view name) const { return require(people, "person", name); }
Team const& Roster::require_team(std::string_view name) const { return require(teams, "team", name); }
Schedule const& Roster::require_schedule(std::string_view name) const { return require(schedules, "schedule", name); }

Absence const* absence_at(Person const& person, TimePoint at) {
  for (auto const& absence : person.absences) {
    if (absence.begin <= at && at < absence.end) return &absence;
  }
  return nullptr;
}

}  // namespace umsops::people
