// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace umsops::report {

/// Values, of which ranks are asked. Exact; takes as much memory as there are different values, not as there are
/// values.
class Sample {
 public:
  void add(std::int64_t value) {
    loose_.push_back(value);
    if (loose_.size() >= kMostLoose + counted_.size()) settle();
  }
  void add(Sample const& other);

  std::int64_t size() const { return settled_ + static_cast<std::int64_t>(loose_.size()); }
  /// The smallest value that `percent` of 100 values do not exceed. There must be one.
  std::int64_t nearest_rank(std::int64_t percent);
  /// Twice the median: a mean of two whole numbers may end in a half.
  std::int64_t twice_median();

 private:
  static constexpr std::size_t kMostLoose = 1 << 15;

  void settle();
  /// The value in that place, from 1, of all in their order.
  std::int64_t at(std::int64_t place) const;

  std::vector<std::int64_t> loose_;
  std::vector<std::pair<std::int64_t, std::int64_t>> counted_;  ///< each value once, ascending, with how often it came
  std::int64_t settled_ = 0;
};

}  // namespace umsops::report
