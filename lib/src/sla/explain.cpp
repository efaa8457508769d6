// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "umsops/sla/clocks.hpp"

namespace umsops::sla {
namespace {

constexpr std::array<std::string_view, 5> kReasons{"WINDOW", "MAKE_UP", "OUTSIDE", "HOLIDAY", "PAUSED"};

Reason reason_of(calendar::Why why) {
  switch (why) {
    case calendar::Why::window:
      return Reason::window;
    case calendar::Why::make_up:
      return Reason::make_up;
    case calendar::Why::holiday:
      return Reason::holiday;
    case calendar::Why::outside:
      break;
  }
  return Reason::outside;
}

/// Explains one clock from its start on, stretch by stretch.
class Teller {
 public:
  Teller(calendar::Calendar const& calendar, Clock const& clock, TimePoint now, std::vector<Explained>& out)
      : calendar_(calendar), clock_(clock), now_(now), out_(out), at_(clock.started) {
    cuts_ = {now};
    if (clock.due) cuts_.push_back(*clock.due);
    std::sort(cuts_.begin(), cuts_.end());
  }

  void tell() {
    for (auto const& run : clock_.runs) {
      pause_until(run.begin);
      TimePoint const end = run.open && clock_.due ? std::max(now_, *clock_.due) : run.end;
      count_until(end);
    }
    if (!clock_.running) pause_until(clock_.ended.value_or(now_));
  }

 private:
  void pause_until(TimePoint end) {
    if (end > at_) add({at_, end, false, calendar::Why::outside, ""}, true);
  }

  void count_until(TimePoint end) {
    for (auto const& segment : segments(calendar_, at_, end)) {
      calendar::Segment rest = segment;
      for (TimePoint const cut : cuts_) {
        if (cut <= rest.begin || cut >= rest.end) continue;
        calendar::Segment head = rest;
        head.end = rest.begin = cut;
        add(head, false);
      }
      add(rest, false);
    }
  }

  void add(calendar::Segment const& segment, bool paused) {
    Explained line;
    line.clock = clock_.kind;
    line.generation = clock_.generation;
    line.begin = segment.begin;
    line.end = segment.end;
    line.reason = paused ? Reason::paused : reason_of(segment.why);
    line.label = segment.label;
    line.ahead = segment.begin >= now_;
    if (paused) line.working = working_between(calendar_, segment.begin, segment.end);
    if (segment.working) line.working = line.counted = segment.end - segment.begin;
    used_ += line.counted;
    line.used = used_;
    at_ = segment.end;
    out_.push_back(std::move(line));
  }

  calendar::Calendar const& calendar_;
  Clock const& clock_;
  TimePoint now_;
  std::vector<Explained>& out_;
  TimePoint at_;
  std::vector<TimePoint> cuts_;
  Milliseconds used_{0};
};

}  // namespace

std::string_view to_string(Reason reason) { return kReasons[static_cast<std::size_t>(reason)]; }

std::vector<Explained> explain(calendar::Calendar const& calendar, Clocks const& clocks) {
  std::vector<Explained> out;
  for (auto const& clock : clocks.all) Teller(calendar, clock, clocks.now, out).tell();
  return out;
}

}  // namespace umsops::sla
