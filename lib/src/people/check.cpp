// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <tuple>

#include "umsops/people/roster.hpp"

namespace umsops::people {
namespace {

constexpr std::array<std::string_view, 4> kKinds{"GAP", "DOUBLE_BOOKING", "UNKNOWN_PERSON", "ABSENT"};

/// The looked-at span, and what was found in it.
struct Findings {
  TimePoint from, to;
  std::vector<Finding> all;

  void add(FindingKind kind, std::string const& schedule, TimePoint begin, TimePoint end,
           std::string const& person = "", std::string const& other = "") {
    begin = std::max(begin, from);
    end = std::min(end, to);
    if (begin < end) all.push_back({kind, schedule, begin, end, person, other});
  }
};

/// A schedule with its shifts.
struct Line {
  Schedule const* schedule;
  std::vector<Shift> shifts;
};

/// The times within [from, to) at which somebody has to be on call: those of a rotation of one that has these hours.
std::vector<Shift> times_to_cover(Schedule const& schedule, TimePoint from, TimePoint to) {
  if (schedule.cover.empty()) return {{from, to, {}, {}}};
  Layer hours;
  hours.start = from - std::chrono::days(7);
  hours.participants = {"anybody"};
  hours.windows = schedule.cover;
  return shifts({schedule.name, schedule.zone, {hours}, {}, {}}, from, to);
}

void find_gaps(Line const& line, Findings& out) {
  auto shift = line.shifts.begin();
  for (auto const& needed : times_to_cover(*line.schedule, out.from, out.to)) {
    TimePoint free = needed.begin;
    while (shift != line.shifts.end() && shift->end <= free) ++shift;
    for (auto at = shift; at != line.shifts.end() && at->begin < needed.end; ++at) {
      out.add(FindingKind::gap, line.schedule->name, free, at->begin);
      free = std::max(free, at->end);
    }
    out.add(FindingKind::gap, line.schedule->name, free, needed.end);
  }
}

void find_wrong_people(Roster const& roster, Line const& line, Findings& out) {
  for (auto const& shift : line.shifts) {
    auto const* const person = roster.person(shift.person);
    if (!person) {
      out.add(FindingKind::unknown_person, line.schedule->name, shift.begin, shift.end, shift.person);
      continue;
    }
    for (auto const& absence : person->absences) {
      out.add(FindingKind::absent, line.schedule->name, std::max(shift.begin, absence.begin),
              std::min(shift.end, absence.end), shift.person, absence.reason);
    }
  }
}

void find_crossed_overrides(Schedule const& schedule, Findings& out) {
  auto const& all = schedule.overrides;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      out.add(FindingKind::double_booking, schedule.name, std::max(all[i].begin, all[j].begin),
              std::min(all[i].end, all[j].end), all[i].person, all[j].person);
    }
  }
}

void find_double_bookings(Line const& one, Line const& other, Findings& out) {
  auto b = other.shifts.begin();
  for (auto const& a : one.shifts) {
    while (b != other.shifts.end() && b->end <= a.begin) ++b;
    for (auto c = b; c != other.shifts.end() && c->begin < a.end; ++c) {
      if (a.person != c->person) continue;
      out.add(FindingKind::double_booking, one.schedule->name, std::max(a.begin, c->begin), std::min(a.end, c->end),
              a.person, other.schedule->name);
    }
  }
}

/// One after the other with nothing but the time between them is one.
void join(std::vector<Finding>& all) {
  auto const same = [](Finding const& f) { return std::tie(f.kind, f.schedule, f.person, f.other); };
  std::sort(all.begin(), all.end(), [&](Finding const& a, Finding const& b) {
    return std::tuple(same(a), a.begin, a.end) < std::tuple(same(b), b.begin, b.end);
  });
  std::vector<Finding> joined;
  for (auto& finding : all) {
    if (!joined.empty() && same(joined.back()) == same(finding) && finding.begin <= joined.back().end) {
      joined.back().end = std::max(joined.back().end, finding.end);
    } else {
      joined.push_back(std::move(finding));
    }
  }
  std::stable_sort(joined.begin(), joined.end(), [](Finding const& a, Finding const& b) { return a.begin < b.begin; });
  all = std::move(joined);
}

}  // namespace

std::span<std::string_view const> finding_names() { return kKinds; }
std::string_view to_string(FindingKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::vector<Finding> check(Roster const& roster, TimePoint from, TimePoint to) {
  Findings out{from, to, {}};
  std::vector<Line> lines;
  for (auto const& schedule : roster.schedules) lines.push_back({&schedule, shifts(schedule, from, to)});
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    find_gaps(*line, out);
    find_wrong_people(roster, *line, out);
    find_crossed_overrides(*line->schedule, out);
    for (auto other = line + 1; other != lines.end(); ++other) find_double_bookings(*line, *other, out);
  }
  join(out.all);
  return std::move(out.all);
}

}  // namespace umsops::people
