// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "umsops/base/time.hpp"
#include "umsops/model/incident.hpp"

/// How long an incident took. Pure functions of values.
namespace umsops::review {

/// Whether a measurement says something: PENDING while its end may still come, NOT_APPLICABLE where nobody recorded an
/// end of it and none will come, INVALID where it ends before it begins.
enum class Validity { recorded, pending, not_applicable, invalid };
std::string_view to_string(Validity v);

/// TTD = detected - impact started, TTA = acknowledged - detected, TTM = recovered - detected, TTR = resolved -
/// detected. The means of many are MTTD, MTTA, MTTM, MTTR.
enum class Measure { detect, acknowledge, mitigate, resolve };
/// `ttd`, `tta`, `ttm`, `ttr`.
std::string_view to_string(Measure v);

struct Measurement {
  Measure measure = Measure::detect;
  Validity validity = Validity::pending;
  std::optional<base::TimePoint> from, to;
  std::optional<base::Milliseconds> length;  ///< of a RECORDED one
};

Measurement measure(model::Incident const& incident, Measure what);
/// All four, in the order of the enumerators.
std::array<Measurement, 4> measurements(model::Incident const& incident);

}  // namespace umsops::review
