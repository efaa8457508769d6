// SPDX-License-Identifier: Apache-2.0
#include "mute/matcher_index.hpp"

#include <algorithm>

namespace umsops::mute {

void MatcherIndex::add(Matchers const& matchers, std::size_t number) {
  Matcher const* by_value = nullptr;
  Matcher const* by_name = nullptr;
  for (Matcher const& matcher : matchers) {
    auto const values = matcher.alternatives().size();
    // The fewer values the better.
    if (values > 0 && (!by_value || values < by_value->alternatives().size())) by_value = &matcher;
    if (!by_name && !matcher.matches_absence()) by_name = &matcher;
  }
  if (by_value) {
    auto& values = by_value_[by_value->name()];
    for (auto const& value : by_value->alternatives()) values[value].push_back(number);
  } else if (by_name) {
    by_name_[by_name->name()].push_back(number);
  } else {
    always_.push_back(number);
  }
}

std::vector<std::size_t> MatcherIndex::candidates(Labels const& labels) const {
  Numbers out = always_;
  auto const add = [&](Numbers const& numbers) { out.insert(out.end(), numbers.begin(), numbers.end()); };
  for (auto const& [name, value] : labels) {
    if (value.empty()) continue;
    if (auto const values = by_value_.find(name); values != by_value_.end()) {
      if (auto const found = values->second.find(value); found != values->second.end()) add(found->second);
    }
    if (auto const found = by_name_.find(name); found != by_name_.end()) add(found->second);
  }
  std::sort(out.begin(), out.end());
  // `a|a` lists one value twice.
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace umsops::mute
