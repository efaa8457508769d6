// SPDX-License-Identifier: Apache-2.0
#include "report/sample.hpp"

#include <algorithm>

namespace umsops::report {

void Sample::add(Sample const& other) {
  for (auto const value : other.loose_) add(value);
  if (other.counted_.empty()) return;
  settle();
  std::vector<std::pair<std::int64_t, std::int64_t>> both;
  std::merge(counted_.begin(), counted_.end(), other.counted_.begin(), other.counted_.end(), std::back_inserter(both));
  counted_.clear();
  for (auto const& [value, count] : both) {
    if (!counted_.empty() && counted_.back().first == value)
      counted_.back().second += count;
    else
      counted_.emplace_back(value, count);
  }
  settled_ += other.settled_;
}

void Sample::settle() {
  if (loose_.empty()) return;
  std::sort(loose_.begin(), loose_.end());
  std::vector<std::pair<std::int64_t, std::int64_t>> merged;
  merged.reserve(counted_.size() + 16);
  auto known = counted_.begin();
  for (std::size_t i = 0; i < loose_.size();) {
    std::size_t end = i;
    while (end < loose_.size() && loose_[end] == loose_[i]) ++end;
    while (known != counted_.end() && known->first < loose_[i]) merged.push_back(*known++);
    auto count = static_cast<std::int64_t>(end - i);
    if (known != counted_.end() && known->first == loose_[i]) count += (known++)->second;
    merged.emplace_back(loose_[i], count);
    i = end;
  }
  merged.insert(merged.end(), known, counted_.end());
  counted_ = std::move(merged);
  settled_ += static_cast<std::int64_t>(loose_.size());
  loose_.clear();
}

std::int64_t Sample::at(std::int64_t place) const {
  for (auto const& [value, count] : counted_) {
    place -= count;
    if (place <= 0) return value;
  }
  return counted_.back().first;
}

std::int64_t Sample::nearest_rank(std::int64_t percent) {
  settle();
  return at((settled_ * percent + 99) / 100);
}

std::int64_t Sample::twice_median() {
  settle();
  return at((settled_ + 1) / 2) + at(settled_ / 2 + 1);
}

}  // namespace umsops::report
