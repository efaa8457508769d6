// SPDX-License-Identifier: Apache-2.0
#include "report/sample.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace umsops::report {

std::int64_t Sample::size() const {
  auto const dense = std::accumulate(dense_.begin(), dense_.end(), std::int64_t{0});
  return std::accumulate(counted_.begin(), counted_.end(), dense + static_cast<std::int64_t>(loose_.size()),
                         [](std::int64_t sum, Counted const& one) { return sum + one.second; });
}

bool Sample::spread() {
  auto const greatest = *std::max_element(loose_.begin(), loose_.end());
  if (!dense_.empty() || !counted_.empty() || greatest < 0 || greatest >= kMostDense ||
      static_cast<std::size_t>(greatest) > 2 * loose_.size())
    return false;
  dense_.resize(static_cast<std::size_t>(greatest) + 1);
  auto const rest = std::partition(loose_.begin(), loose_.end(), [](std::int64_t value) { return value < 0; });
  std::for_each(rest, loose_.end(), [&](std::int64_t value) { ++dense_[static_cast<std::size_t>(value)]; });
  loose_.erase(rest, loose_.end());
  return true;
}

void Sample::crowded() {
  if (spread()) {
    most_ = kMostLoose;
  } else if (most_ < kMostLoose) {
    most_ *= 2;
  } else {
    settle();
    most_ = kMostLoose + counted_.size();
  }
}

void Sample::merge(std::vector<Counted> more) {
  if (counted_.empty()) {
    counted_ = std::move(more);
    return move_to_places();
  }
  std::vector<Counted> both, merged;
  both.reserve(counted_.size() + more.size());
  std::merge(counted_.begin(), counted_.end(), more.begin(), more.end(), std::back_inserter(both));
  merged.reserve(both.size());
  for (auto const& [value, count] : both) {
    if (!merged.empty() && merged.back().first == value)
      merged.back().second += count;
    else
      merged.emplace_back(value, count);
  }
  counted_ = std::move(merged);
  move_to_places();
}

void Sample::settle() {
  if (loose_.empty()) return;
  auto const [least, greatest] = std::minmax_element(loose_.begin(), loose_.end());
  std::vector<Counted> counted;
  // Small numbers lie close together: counting them is a tenth of sorting them.
  if (*least >= 0 && *greatest < kMostDense && static_cast<std::size_t>(*greatest) < 16 * loose_.size()) {
    thread_local std::vector<std::uint32_t> scratch;
    auto const most = static_cast<std::size_t>(*greatest) + 1;
    if (scratch.size() < most) scratch.resize(most);
    for (auto const value : loose_) ++scratch[static_cast<std::size_t>(value)];
    for (std::size_t value = 0; value < most; ++value) {
      if (scratch[value] == 0) continue;
      counted.emplace_back(static_cast<std::int64_t>(value), std::int64_t{scratch[value]});
      scratch[value] = 0;
    }
  } else {
    std::sort(loose_.begin(), loose_.end());
    for (auto const value : loose_) {
      if (!counted.empty() && counted.back().first == value)
        ++counted.back().second;
      else
        counted.emplace_back(value, 1);
    }
  }
  loose_.clear();
  merge(std::move(counted));
}

/// Values that have a place of their own are counted there alone.
void Sample::move_to_places() {
  if (dense_.empty() || counted_.empty()) return;
  auto const end = static_cast<std::int64_t>(dense_.size());
  for (auto const& [value, count] : counted_) {
    if (value >= 0 && value < end) dense_[static_cast<std::size_t>(value)] += static_cast<std::uint32_t>(count);
  }
  std::erase_if(counted_, [&](Counted const& one) { return one.first >= 0 && one.first < end; });
}

void Sample::add(Sample const& other) {
  if (other.dense_.size() > dense_.size()) {
    dense_.resize(other.dense_.size());
    move_to_places();
  }
  for (std::size_t value = 0; value < other.dense_.size(); ++value) dense_[value] += other.dense_[value];
  for (auto const value : other.loose_) add(value);
  // Of many small samples, as the groups of a long table are, each merge would copy all that there is so far.
  std::vector<Counted> often;
  for (auto const& one : other.counted_) {
    if (one.second > kSeldom)
      often.push_back(one);
    else
      for (std::int64_t i = 0; i < one.second; ++i) add(one.first);
  }
  if (!often.empty()) merge(std::move(often));
}

std::int64_t Sample::at(std::int64_t place) const {
  auto next = counted_.begin();
  auto const pass = [&](std::int64_t below) {
    for (; next != counted_.end() && next->first < below; ++next) {
      place -= next->second;
      if (place <= 0) return true;
    }
    return false;
  };
  if (pass(0)) return next->first;
  for (std::size_t value = 0; value < dense_.size(); ++value) {
    place -= dense_[value];
    if (place <= 0) return static_cast<std::int64_t>(value);
  }
  pass(INT64_MAX);
  return next == counted_.end() ? counted_.back().first : next->first;
}

std::int64_t Sample::nearest_rank(std::int64_t percent) {
  settle();
  return at((size() * percent + 99) / 100);
}

std::int64_t Sample::twice_median() {
  settle();
  auto const all = size();
  return at((all + 1) / 2) + at(all / 2 + 1);
}

}  // namespace umsops::report
