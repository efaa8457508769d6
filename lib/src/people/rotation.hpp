// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "umsops/people/schedule.hpp"

namespace umsops::people {

/// The hand-offs of a layer: turn k lasts from `hand_off(k)` to `hand_off(k + 1)`.
class Rotation {
 public:
  Rotation(Layer const& layer, base::TimeZone const& zone);

  TimePoint hand_off(std::int64_t turn) const;
  /// The last turn that has begun; -1 before the first.
  std::int64_t turn_at(TimePoint at) const;

 private:
  std::int64_t units_until(TimePoint at) const;

  Layer const& layer_;
  base::TimeZone const& zone_;
  base::CivilTime start_;
};

using Span = std::pair<TimePoint, TimePoint>;

/// When the layer's windows are open, as far as they touch [from, to), joined where they meet.
std::vector<Span> open_spans(std::vector<Window> const& windows, base::TimeZone const& zone, TimePoint from,
                             TimePoint to);

}  // namespace umsops::people
