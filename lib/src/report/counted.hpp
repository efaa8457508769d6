// SPDX-License-Identifier: Apache-2.0
// Figures from records that were counted already, by day and kind, where these are all that a plan asks for.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "report/aggregate.hpp"

namespace umsops::report {

/// Tickets that are alike to such a plan.
struct CountedRow {
  base::TimePoint created_at{};  ///< of all of them, as far as days go
  std::string_view category, priority, status;
  base::TimePoint late_at{};                     ///< of open ones: since when they are late
  std::int64_t n = 0, beyond = 0;                ///< `beyond`: resolved after more than 240 minutes
  std::array<std::int64_t, 2> counts{}, sums{};  ///< of `CountedRows::minutes()`
};

/// What a plan asks of counted rows beside their keys.
struct Asked {
  bool late = false, beyond = false;
  bool any() const { return late || beyond; }
};
/// nullopt: it asks for more than was counted.
std::optional<Asked> asked_of_counts(Plan const& plan);
/// Whether it matters which days there are.
bool asks_for_days(Plan const& plan);
/// Whether counts of whole months are enough, where whole months are asked for.
bool fits_months(Plan const& plan, Asked const& asked);

/// Gives counted rows to an aggregator; the plan must be made with `Where::here`.
class CountedRows {
 public:
  CountedRows(Aggregator& into, Asked asked);
  static std::span<std::string_view const> minutes();
  void add(CountedRow const& row);
  void flush();

 private:
  void put(CountedRow const& row, std::int64_t n, std::int64_t resolution, bool carries);

  Aggregator& into_;
  Asked asked_;
  std::vector<std::vector<std::int64_t>> columns_;        ///< by input
  std::vector<std::vector<std::int64_t>> counts_, sums_;  ///< by input
  std::vector<std::int64_t> records_;
  std::size_t rows_ = 0;
};

}  // namespace umsops::report
