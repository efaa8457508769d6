// SPDX-License-Identifier: Apache-2.0
#include "umsops/people/schedule.hpp"

#include <algorithm>
#include <array>

#include "people/rotation.hpp"

namespace umsops::people {
namespace {

constexpr std::array<std::string_view, 4> kRotations{"hourly", "daily", "weekly", "monthly"};

/// Adds the part of `shift` that lies in each of the spans.
void add_open_parts(Shift const& shift, std::vector<Span> const& open, std::vector<Shift>& out) {
  auto const first =
      std::partition_point(open.begin(), open.end(), [&](Span const& s) { return s.second <= shift.begin; });
  for (auto span = first; span != open.end() && span->first < shift.end; ++span) {
    Shift part = shift;
    part.begin = std::max(shift.begin, span->first);
    part.end = std::min(shift.end, span->second);
    out.push_back(std::move(part));
  }
}

std::vector<Shift> layer_shifts(Layer const& layer, base::TimeZone const& zone, TimePoint from, TimePoint to) {
  std::vector<Shift> out;
  if (layer.participants.empty()) return out;
  Rotation const rotation(layer, zone);
  std::vector<Shift> whole;
  for (auto turn = std::max<std::int64_t>(0, rotation.turn_at(from)); rotation.hand_off(turn) < to; ++turn) {
    auto const& person = layer.participants[static_cast<std::size_t>(turn) % layer.participants.size()];
    Shift shift{rotation.hand_off(turn), rotation.hand_off(turn + 1), person, layer.name, false};
    // Where a zone left out a whole day, so did its shift.
    if (shift.begin < shift.end) whole.push_back(std::move(shift));
  }
  if (layer.windows.empty() || whole.empty()) return whole;
  auto const open = open_spans(layer.windows, zone, whole.front().begin, whole.back().end);
  for (auto const& shift : whole) add_open_parts(shift, open, out);
  return out;
}

/// `below` where `above` does not cover, and all of `above`, by time.
std::vector<Shift> overlay(std::vector<Shift> const& below, std::vector<Shift> const& above) {
  std::vector<Shift> out;
  auto over = above.begin();
  for (auto const& shift : below) {
    TimePoint free = shift.begin;
    while (over != above.end() && over->end <= free) out.push_back(*over++);
    while (over != above.end() && over->begin < shift.end) {
      if (free < over->begin) {
        out.push_back(shift);
        out.back().begin = free;
        out.back().end = over->begin;
      }
      free = over->end;
      if (over->end >= shift.end) break;  // it may cover the next one too
      out.push_back(*over++);
    }
    if (free < shift.end) {
      out.push_back(shift);
      out.back().begin = free;
    }
  }
  out.insert(out.end(), over, above.end());
  return out;
}

std::vector<Shift> override_shifts(std::vector<Override> const& overrides, TimePoint from, TimePoint to) {
  std::vector<Shift> out;
  for (auto const& one : overrides) {
    if (one.begin < to && one.end > from && one.begin < one.end) {
      out = overlay(out, {{one.begin, one.end, one.person, "", true}});
    }
  }
  return out;
}

/// So far that every shift and override which reaches into the span lies in it, and with them all that cuts into these.
Span widened(Schedule const& schedule, TimePoint from, TimePoint to) {
  Span wide{from, to};
  for (auto const& layer : schedule.layers) {
    Rotation const rotation(layer, schedule.zone);
    auto const first = rotation.turn_at(from), last = rotation.turn_at(to);
    if (first >= 0) wide.first = std::min(wide.first, rotation.hand_off(first));
    if (last >= 0) wide.second = std::max(wide.second, rotation.hand_off(last + 1));
  }
  for (auto const& one : schedule.overrides) {
    if (one.begin >= to || one.end <= from) continue;
    wide.first = std::min(wide.first, one.begin);
    wide.second = std::max(wide.second, one.end);
  }
  return wide;
}

}  // namespace

std::span<std::string_view const> rotation_names() { return kRotations; }

std::int64_t longest_shift(RotationType type) {
  switch (type) {
    case RotationType::hourly:
      return 8784;
    case RotationType::daily:
      return 366;
    case RotationType::weekly:
      return 52;
    case RotationType::monthly:
      return 12;
  }
  return 0;
}

std::vector<Shift> shifts(Schedule const& schedule, TimePoint from, TimePoint to) {
  if (from >= to) return {};
  auto const [begin, end] = widened(schedule, from, to);
  std::vector<Shift> line;
  for (auto const& layer : schedule.layers) line = overlay(line, layer_shifts(layer, schedule.zone, begin, end));
  line = overlay(line, override_shifts(schedule.overrides, begin, end));
  std::erase_if(line, [&](Shift const& shift) { return shift.end <= from || shift.begin >= to; });
  return line;
}

std::optional<Shift> who(Schedule const& schedule, TimePoint at) {
  auto found = shifts(schedule, at, at + base::Milliseconds(1));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

}  // namespace umsops::people
