// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"
#include "umsops/sla/policy.hpp"

namespace umsops::sla {
namespace {

using base::Value;

Value windows_of(std::vector<calendar::Window> const& windows) {
  Value::List out;
  for (auto const window : windows) out.emplace_back(Value::List{window.from, window.to});
  return out;
}

Value value_of(calendar::Calendar const& calendar) {
  Value::List week, exceptions;
  for (auto const& day : calendar.week()) week.push_back(windows_of(day));
  for (auto const& rule : calendar.exceptions()) {
    exceptions.emplace_back(Value::List{std::int64_t{rule.date.time_since_epoch().count()}, rule.working, rule.name,
                                        windows_of(rule.windows)});
  }
  return Value::List{calendar.name(), calendar.zone().name(), calendar.always(), std::move(week),
                     std::move(exceptions)};
}

Value value_of(Match const& match) {
  Value::Object out;
  for (auto const& [field, values] : match.fields) {
    Value::List list;
    for (auto const& value : values) list.emplace_back(value);
    out.emplace_back(field, std::move(list));
  }
  return out;
}

Value value_of(Step const& step) {
  Value::List notify;
  for (auto const& name : step.notify) notify.emplace_back(name);
  return Value::List{step.id(),
                     step.level ? Value(*step.level) : Value(),
                     step.assign,
                     std::move(notify),
                     step.priority ? Value(model::to_string(*step.priority)) : Value(),
                     value_of(step.when)};
}

Value value_of(std::optional<Milliseconds> const& target) {
  return target ? Value(std::int64_t{target->count()}) : Value();
}

Value value_of(Policy const& policy) {
  Value::List ladder;
  for (auto const& step : policy.ladder) ladder.push_back(value_of(step));
  Value::List also;
  for (auto const status : policy.counts_also) also.emplace_back(model::to_string(status));
  return Value::List{policy.name,
                     value_of(policy.match),
                     policy.calendar,
                     value_of(policy.response),
                     value_of(policy.resolution),
                     policy.response_at_risk,
                     policy.resolution_at_risk,
                     std::move(ladder),
                     std::move(also)};
}

template <class Item>
Item const* find_by_name(std::vector<Item> const& items, std::string_view name) {
  auto const at = std::find_if(items.begin(), items.end(), [&](Item const& item) {
    if constexpr (requires { item.name(); }) {
      return item.name() == name;
    } else {
      return item.name == name;
    }
  });
  return at == items.end() ? nullptr : &*at;
}

}  // namespace

Book::Book(std::vector<calendar::Calendar> calendars, std::vector<Policy> policies, std::vector<TeamCalendar> teams)
    : parts_(std::make_shared<Parts const>(Parts{std::move(calendars), std::move(policies), std::move(teams)})) {
  auto const need = [&](std::string const& calendar, base::SourceSpot const& spot) {
    if (find_calendar(calendar)) return;
    throw base::Error(base::errors::config_invalid, {{"problem", fmt::format("no calendar \"{}\"", calendar)}})
        .at(spot);
  };
  for (auto const& policy : parts_->policies) need(policy.calendar, policy.spot);
  for (auto const& team : parts_->teams) need(team.calendar, team.spot);
}

Policy const* Book::choose(model::Ticket const& ticket) const {
  auto const& policies = parts_->policies;
  auto const at =
      std::find_if(policies.begin(), policies.end(), [&](Policy const& p) { return p.match.accepts(ticket); });
  return at == policies.end() ? nullptr : &*at;
}

Policy const* Book::find(std::string_view policy) const { return find_by_name(parts_->policies, policy); }

calendar::Calendar const* Book::find_calendar(std::string_view name) const {
  return find_by_name(parts_->calendars, name);
}

calendar::Calendar const& Book::calendar(Policy const& policy, std::string_view team) const {
  auto const& own = calendar(policy.calendar);
  if (team.empty() || own.always()) return own;
  auto const& teams = parts_->teams;
  auto const at = std::find_if(teams.begin(), teams.end(), [&](TeamCalendar const& t) { return t.team == team; });
  return at == teams.end() ? own : calendar(at->calendar);
}

calendar::Calendar const& Book::calendar(std::string_view name) const {
  if (auto const* const found = find_calendar(name)) return *found;
  throw base::Error(base::errors::internal, {{"problem", fmt::format("no calendar {}", name)}});
}

std::string Book::version() const {
  Value::List all;
  for (auto const& calendar : parts_->calendars) all.push_back(value_of(calendar));
  for (auto const& policy : parts_->policies) all.push_back(value_of(policy));
  for (auto const& team : parts_->teams) all.emplace_back(Value::List{team.team, team.calendar});
  return base::sha256_hex(base::to_json(std::move(all))).substr(0, 16);
}

}  // namespace umsops::sla
