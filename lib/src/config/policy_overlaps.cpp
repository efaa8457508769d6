// SPDX-License-Identifier: Apache-2.0 Finds policies that can never be chosen: divides the records that a policy
// matches by the values in all policies; the policy is dead if an earlier one takes each of these parts.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "config/sla_reader.hpp"

namespace umsops::config {
namespace {

using sla::Match;
using sla::Policy;

constexpr std::size_t kMostCombinations = 20'000;
constexpr std::string_view kAnyOther = "\n";  // a value that no policy names

using Values = std::map<std::string_view, std::string_view>;  ///< field → value

std::vector<std::string> const* values_of(Match const& match, std::string_view field) {
  for (auto const& [name, values] : match.fields) {
    if (name == field) return &values;
  }
  return nullptr;
}

bool takes(Match const& match, Values const& record) {
  return std::all_of(match.fields.begin(), match.fields.end(), [&](auto const& field) {
    return std::find(field.second.begin(), field.second.end(), record.at(field.first)) != field.second.end();
  });
}

/// The values of a field that tell records apart, among those that `policy` matches.
std::vector<std::string_view> values_to_try(base::RecordType const& type, Policy const& policy,
                                            std::span<Policy const> earlier, std::string_view field) {
  if (auto const* const own = values_of(policy.match, field)) return {own->begin(), own->end()};
  auto const index = type.find(field);
  if (index && !type.fields[*index].choices.empty()) {
    auto const choices = type.fields[*index].choices;
    return {choices.begin(), choices.end()};
  }
  std::set<std::string_view> named{kAnyOther};
  for (auto const& other : earlier) {
    if (auto const* const values = values_of(other.match, field)) named.insert(values->begin(), values->end());
  }
  return {named.begin(), named.end()};
}

/// All combinations of values, each once; `visit` says whether to go on.
template <class Visit>
bool each_combination(std::vector<std::pair<std::string_view, std::vector<std::string_view>>> const& axes,
                      std::size_t depth, Values& values, Visit const& visit) {
  if (depth == axes.size()) return visit(values);
  for (auto const value : axes[depth].second) {
    values[axes[depth].first] = value;
    if (!each_combination(axes, depth + 1, values, visit)) return false;
  }
  return true;
}

/// The earlier policies that take all records of `policy`; empty if some record is left over.
std::set<Policy const*> takers(base::RecordType const& type, Policy const& policy, std::span<Policy const> earlier) {
  std::set<std::string_view> fields;
  for (auto const& other : earlier) {
    for (auto const& field : other.match.fields) fields.insert(field.first);
  }
  std::vector<std::pair<std::string_view, std::vector<std::string_view>>> axes;
  std::size_t combinations = 1;
  for (auto const field : fields) {
    axes.emplace_back(field, values_to_try(type, policy, earlier, field));
    combinations *= axes.back().second.size();
    if (combinations > kMostCombinations) return {};
  }
  std::set<Policy const*> out;
  Values values;
  bool const all = each_combination(axes, 0, values, [&](Values const& record) {
    auto const first =
        std::find_if(earlier.begin(), earlier.end(), [&](Policy const& p) { return takes(p.match, record); });
    if (first == earlier.end()) return false;
    out.insert(&*first);
    return true;
  });
  return all ? out : std::set<Policy const*>();
}

std::string place(base::SourceSpot const& spot) { return fmt::format("{}:{}", spot.file, spot.line); }

}  // namespace

void check_overlaps(base::RecordType const& type, std::vector<Policy> const& policies, Problems& problems) {
  for (std::size_t i = 1; i < policies.size(); ++i) {
    auto const by = takers(type, policies[i], std::span(policies).first(i));
    if (by.empty()) continue;
    std::vector<Policy const*> in_order(by.begin(), by.end());
    std::sort(in_order.begin(), in_order.end());  // of one vector: their order in the file
    std::string names;
    for (auto const* const policy : in_order) names += (names.empty() ? "" : ", ") + echo(policy->name);
    problems.add(
        policies[i].spot,
        fmt::format("policy {} can never be chosen: all that it matches is taken by {}", echo(policies[i].name), names),
        fmt::format("put it in front of {}", place(in_order.front()->spot)));
  }
}

}  // namespace umsops::config
