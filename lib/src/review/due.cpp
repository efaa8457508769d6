// SPDX-License-Identifier: Apache-2.0
#include "umsops/review/due.hpp"

namespace umsops::review {
namespace {

constexpr int kCalendarDays = 3, kBusinessDays = 5, kFarthestDays = 366;

calendar::Calendar usual_days() {
  calendar::CalendarSource source;
  source.name = "review";
  for (std::size_t day = 0; day < 5; ++day) source.week[day] = {{0, calendar::kMinutesOfDay}};
  return calendar::Calendar::make(std::move(source));
}

/// The end of the fifth business day after the one in which it ended.
base::TimePoint fifth_business_day(calendar::Calendar const& calendar, base::TimePoint ended) {
  auto date = calendar::date_of(calendar, ended);
  int minute = 0;
  for (int counted = 0, passed = 0; counted < kBusinessDays && passed < kFarthestDays; ++passed) {
    date += std::chrono::days{1};
    auto const windows = calendar.windows(date);
    if (windows.empty()) continue;
    ++counted;
    minute = windows.back().to;
  }
  return calendar::instant_of(calendar, date, minute);
}

}  // namespace

std::optional<base::TimePoint> due_for(model::Priority severity, base::TimePoint ended,
                                       calendar::Calendar const* business) {
  if (severity == model::Priority::critical) return ended + std::chrono::days{kCalendarDays};
  if (severity != model::Priority::high) return std::nullopt;
  return fifth_business_day(business ? *business : usual_days(), ended);
}

}  // namespace umsops::review
