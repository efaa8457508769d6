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
    if (value >= 0 && value < static_cast<std::int64_t>(dense_.size())) {
      ++dense_.data()[value];
      return;
    }
    loose_.push_back(value);
    if (loose_.size() >= most_) crowded();
  }
  void add(Sample const& other);

  std::int64_t size() const;
  /// The smallest value that `percent` of 100 values do not exceed. There must be one.
  std::int64_t nearest_rank(std::int64_t percent);
  /// Twice the median: a mean of two whole numbers may end in a half.
  std::int64_t twice_median();

 private:
  using Counted = std::pair<std::int64_t, std::int64_t>;
  static constexpr std::size_t kFew = 256, kMostLoose = 1 << 15;
  static constexpr std::int64_t kMostDense = 1 << 16, kSeldom = 8;

  /// Too many are loose: they are counted.
  void crowded();
  /// Counts small values by their place from now on, where that takes less memory than the values.
  bool spread();
  void settle();
  void merge(std::vector<Counted> more);
  void move_to_places();
  /// The value in that place, from 1, of all in their order.
  std::int64_t at(std::int64_t place) const;

  std::size_t most_ = kFew;
  std::vector<std::uint32_t> dense_;  ///< by value: how often it came; none of these is in the other two
  std::vector<std::int64_t> loose_;
  std::vector<Counted> counted_;  ///< each value once, ascending, with how often it came
};

}  // namespace umsops::report
