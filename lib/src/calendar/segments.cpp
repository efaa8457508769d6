// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "umsops/calendar/calendar.hpp"

namespace umsops::calendar {
namespace {

/// Takes segments in the order of time, clips them to the span that is asked for, and joins neighbours.
class Cutter {
 public:
  Cutter(TimePoint from, TimePoint to) : from_(from), to_(to) {}

  void add(Segment segment) {
    segment.begin = std::max(segment.begin, from_);
    segment.end = std::min(segment.end, to_);
    if (segment.begin >= segment.end) return;
    if (!out_.empty() && out_.back().why == segment.why && out_.back().label == segment.label) {
      out_.back().end = segment.end;
    } else {
      out_.push_back(std::move(segment));
    }
  }
  std::vector<Segment> take() { return std::move(out_); }

 private:
  TimePoint from_, to_;
  std::vector<Segment> out_;
};

/// The segments of one whole day, which reaches from `begin` to `end`.
void add_day(Calendar const& calendar, Date date, TimePoint begin, TimePoint end, Cutter& out) {
  DayRule const* const rule = calendar.exception(date);
  std::string const label = rule ? rule->name : std::string();
  if (rule && !rule->working) return out.add({begin, end, false, Why::holiday, label});
  TimePoint at = begin;
  for (Window const window : calendar.windows(date)) {
    TimePoint const opens = instant_of(calendar, date, window.from), closes = instant_of(calendar, date, window.to);
    out.add({at, opens, false, Why::outside, ""});
    out.add({opens, closes, true, rule ? Why::make_up : Why::window, label});
    at = closes;
  }
  out.add({at, end, false, Why::outside, ""});
}

}  // namespace

std::vector<Segment> segments(Calendar const& calendar, TimePoint from, TimePoint to) {
  Cutter out(from, to);
  if (to <= from) return {};
  if (calendar.always()) return {{from, to, true, Why::window, ""}};
  Date date = date_of(calendar, from);
  for (TimePoint begin = instant_of(calendar, date, 0); begin < to;) {
    TimePoint const end = instant_of(calendar, date, kMinutesOfDay);
    add_day(calendar, date, begin, end, out);
    begin = end;
    date += std::chrono::days(1);
  }
  return out.take();
}

}  // namespace umsops::calendar
