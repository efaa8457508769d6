// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

#include "umsops/base/time_zone.hpp"
#include "umsops/report/definition.hpp"

namespace umsops::report {

/// Parts of local time as numbers that sort like time: 20261118, 202645 (ISO week), 202611, 20264 (quarter), 2026,
/// 1 to 7 (Monday is 1), 0 to 23.
class DayParts {
 public:
  DayParts(base::TimeZone zone, Part part) : zone_(std::move(zone)), part_(part) {}

  std::int64_t key(std::int64_t milliseconds);
  /// `2026-11-18`, `2026-W45`, `2026-11`, `2026-Q4`, `2026`, `WED`, `07`.
  static std::string text(Part part, std::int64_t key);

 private:
  /// Offsets change at quarters of an hour only, so all of one quarter is in one hour, and on one day.
  static constexpr std::int64_t kQuarters = 96;
  using Day = std::array<std::int32_t, kQuarters>;

  std::int64_t compute(std::int64_t milliseconds) const;

  base::TimeZone zone_;
  Part part_;
  std::unordered_map<std::int64_t, std::unique_ptr<Day>> days_;
  std::int64_t last_day_ = INT64_MIN;
  Day* last_ = nullptr;
};

/// `MON`, ... `SUN`.
std::span<std::string_view const> weekday_names();

}  // namespace umsops::report
