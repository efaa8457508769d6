// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catch2/catch.hpp>

#include "umsops/base/time_text.hpp"
#include "umsops/people/roster.hpp"

namespace umsops::tests {

inline base::TimePoint at(std::string const& text) { return base::parse_rfc3339(text).value(); }
inline base::TimePoint local(std::string const& text, base::TimeZone const& zone) {
  return base::parse_time(text, {}, zone);
}

inline people::Layer layer(people::RotationType type, std::int64_t length, base::TimePoint start,
                           std::vector<std::string> participants) {
  people::Layer out;
  out.name = "base";
  out.type = type;
  out.shift_length = length;
  out.start = start;
  out.participants = std::move(participants);
  return out;
}

/// `begin person end` of each shift by the clock of the schedule's zone.
inline std::vector<std::string> told(people::Schedule const& schedule, base::TimePoint from, base::TimePoint to) {
  std::vector<std::string> out;
  for (auto const& shift : people::shifts(schedule, from, to)) {
    out.push_back(schedule.zone.format(shift.begin) + " " + shift.person + " " + schedule.zone.format(shift.end));
  }
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace umsops::tests
