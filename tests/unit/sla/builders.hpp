// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <utility>

#include "umsops/sla/clocks.hpp"
#include "unit/calendar/builders.hpp"

inline umsops::sla::Policy targets(umsops::base::Milliseconds response, umsops::base::Milliseconds resolution) {
  umsops::sla::Policy out;
  out.name = "test";
  out.calendar = "test";
  if (response.count() > 0) out.response = response;
  if (resolution.count() > 0) out.resolution = resolution;
  return out;
}

inline umsops::sla::History history(std::initializer_list<std::pair<std::string_view, std::string_view>> states,
                                    std::string_view first_response = "") {
  umsops::sla::History out;
  for (auto const& [when, status] : states)
    out.states.push_back({at(when), umsops::model::parse_status(status).value()});
  if (!first_response.empty()) out.first_response = at(first_response);
  return out;
}
