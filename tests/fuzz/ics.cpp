// SPDX-License-Identifier: Apache-2.0
// A holiday feed: whatever it says, its days lie in years that exist, or it is refused with a line.
#include "config/ics_reader.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace umsops::fuzz {

void one_input(std::string_view bytes) {
  static base::TimeZone const zone = base::TimeZone::load("Asia/Shanghai");
  config::Problems problems(base::errors::config_invalid);
  for (auto const& day : config::read_ics(bytes, "feed.ics", zone, problems)) {
    int const year{std::chrono::year_month_day(day.date).year()};
    require(year >= 1 && year <= 10'001);
  }
  for (auto const& error : problems.all()) require(error.spot().line > 0 && !error.message().empty());
}

}  // namespace umsops::fuzz
