// SPDX-License-Identifier: Apache-2.0
#include "umsops/review/measurement.hpp"

namespace umsops::review {
namespace {

constexpr std::array<std::string_view, 4> kValidity{"RECORDED", "PENDING", "NOT_APPLICABLE", "INVALID"};
constexpr std::array<std::string_view, 4> kMeasure{"ttd", "tta", "ttm", "ttr"};

std::optional<base::TimePoint> end_of(model::Incident const& incident, Measure what) {
  switch (what) {
    case Measure::detect:
      return incident.detected_at;
    case Measure::acknowledge:
      return incident.acknowledged_at;
    case Measure::mitigate:
      return incident.recovered_at;
    case Measure::resolve:
      return incident.resolved_at;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Validity v) { return kValidity[static_cast<std::size_t>(v)]; }
std::string_view to_string(Measure v) { return kMeasure[static_cast<std::size_t>(v)]; }

Measurement measure(model::Incident const& incident, Measure what) {
  Measurement out;
  out.measure = what;
  out.from = what == Measure::detect ? incident.impact_started_at : std::optional(incident.detected_at);
  out.to = end_of(incident, what);
  if (!out.from || !out.to) {
    // When the impact began may be found out at any time, even after the end; the rest ends with the incident.
    bool const over = !model::is_open(incident.status);
    out.validity = over ? Validity::not_applicable : Validity::pending;
  } else if (*out.to < *out.from) {
    out.validity = Validity::invalid;
  } else {
    out.validity = Validity::recorded;
    out.length = *out.to - *out.from;
  }
  return out;
}

std::array<Measurement, 4> measurements(model::Incident const& incident) {
  return {measure(incident, Measure::detect), measure(incident, Measure::acknowledge),
          measure(incident, Measure::mitigate), measure(incident, Measure::resolve)};
}

}  // namespace umsops::review
