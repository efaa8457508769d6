// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/date.hpp"

#include "umsops/base/number.hpp"

namespace umsops::base {

std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto const year = parse_integer(text.substr(0, 4), 1, 9999);
  auto const month = parse_integer(text.substr(5, 2), 1, 12);
  auto const day = parse_integer(text.substr(8, 2), 1, 31);
  if (!year || !month || !day) return std::nullopt;
  std::chrono::year_month_day const date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace umsops::base
