// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "config/roster_reader.hpp"
#include "umsops/base/number.hpp"

namespace umsops::config {
namespace {

using people::Layer;
using people::Schedule;
using people::Window;
using Kind = PlacedName::Kind;

constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr char kHours[] = "e.g. hours: {mon-fri: \"09:00-18:00\"}";

unsigned day_at(std::string_view text, Node const& key) {
  auto const found = std::find(kDays.begin(), kDays.end(), text);
  if (found == kDays.end()) {
    throw invalid(key.spot, fmt::format("{} is no day of the week", echo(text)),
                  "mon tue wed thu fri sat sun, or mon-fri");
  }
  return static_cast<unsigned>(found - kDays.begin());
}

/// `sat`, or `mon-fri`, also over the end of the week.
unsigned days_of(Node const& key) {
  std::string_view const text = key.scalar;
  auto const dash = std::min(text.find('-'), text.size());
  unsigned const first = day_at(text.substr(0, dash), key);
  unsigned const last = dash == text.size() ? first : day_at(text.substr(dash + 1), key);
  unsigned days = 1u << last;
  for (unsigned day = first; day != last; day = (day + 1) % 7) days |= 1u << day;
  return days;
}

/// `09:00` as minutes of the day; -1 for anything else.
int minute_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return -1;
  auto const hour = base::parse_integer(text.substr(0, 2), 0, 24);
  auto const minute = base::parse_integer(text.substr(3), 0, 59);
  if (!hour || !minute || *hour * 60 + *minute > 1440) return -1;
  return static_cast<int>(*hour * 60 + *minute);
}

}  // namespace

Window window_of(std::string_view text, unsigned days, Node const& node) {
  int const begin = text.size() == 11 && text[5] == '-' ? minute_of(text.substr(0, 5)) : -1;
  int const end = begin < 0 ? -1 : minute_of(text.substr(6));
  if (begin < 0 || begin == 1440 || end < 0)
    throw invalid(node.spot, fmt::format("{} are no hours of a day", echo(text)), kHours);
  if (begin == end) throw invalid(node.spot, fmt::format("{} lasts no time", echo(text)), "a whole day is 00:00-24:00");
  return {days, begin, end};
}

namespace {

void read_hours(Node const& node, std::vector<Window>& out, Problems& problems) {
  if (node.kind != Node::Kind::map || node.members.empty()) throw invalid(node.spot, "hours is a map of days", kHours);
  for (auto const& [key, value] : node.members) {
    problems.guard([&, &key = key, &value = value] {
      unsigned const days = days_of(key);
      auto const texts = texts_of(value);
      if (texts.empty()) throw invalid(value.spot, "an empty list of hours", "leave the days out");
      for (auto const& text : texts) out.push_back(window_of(text, days, value));
    });
  }
}

void read_type(Node const& node, Layer& out) {
  std::string const word = text_of(node);
  auto const names = people::rotation_names();
  auto const found = std::find(names.begin(), names.end(), word);
  if (found == names.end()) {
    throw invalid(node.spot, fmt::format("{} is no rotation", echo(word)), suggest(word, {names.begin(), names.end()}));
  }
  out.type = static_cast<people::RotationType>(found - names.begin());
}

void read_participants(Node const& node, Layer& out, RosterFile& file) {
  if (node.kind != Node::Kind::list)
    throw invalid(node.spot, "participants is a list of people", "e.g. [li.na, wang.fang]");
  if (node.items.empty()) throw invalid(node.spot, "a rotation with nobody", "name one participant or more");
  for (auto const& item : node.items) {
    out.participants.push_back(text_of(item));
    file.used.push_back({Kind::person, out.participants.back(), item.spot, ""});
  }
}

Layer read_layer(Node const& node, std::size_t number, base::TimeZone const& zone, RosterFile& file,
                 Problems& problems) {
  if (node.kind != Node::Kind::map) {
    throw invalid(node.spot, "a layer is a map", "e.g. {type: weekly, start: 2026-11-02 09:00, participants: [li.na]}");
  }
  problems.check_keys(node, {"name", "type", "shift_length", "start", "participants", "hours"});
  Layer out;
  out.name = std::to_string(number);
  if (Node const* const name = node.find("name")) problems.guard([&] { out.name = line_of(*name); });
  problems.guard([&] { read_type(need(node, "type", "hourly, daily, weekly or monthly"), out); });
  if (Node const* const length = node.find("shift_length")) {
    problems.guard([&] { out.shift_length = integer_of(*length, 1, people::longest_shift(out.type)); });
  }
  problems.guard([&] { out.start = time_of(need(node, "start", "e.g. start: 2026-11-02 09:00"), zone); });
  problems.guard([&] { read_participants(need(node, "participants", "e.g. participants: [li.na]"), out, file); });
  if (Node const* const hours = node.find("hours")) problems.guard([&] { read_hours(*hours, out.windows, problems); });
  return out;
}

people::Override read_override(Node const& node, base::TimeZone const& zone, RosterFile& file, Problems& problems) {
  if (node.kind != Node::Kind::map) {
    throw invalid(node.spot, "an override is a map",
                  "e.g. {from: 2026-12-24 09:00, to: 2026-12-25 09:00, person: li.na}");
  }
  problems.check_keys(node, {"from", "to", "person"});
  Node const& person = need(node, "person", "e.g. person: li.na");
  people::Override out;
  out.person = text_of(person);
  file.used.push_back({Kind::person, out.person, person.spot, ""});
  auto const span = span_of(node, zone);
  out.begin = span.begin;
  out.end = span.end;
  return out;
}

void read_layers(Node const& node, Schedule& out, RosterFile& file, Problems& problems) {
  if (node.kind != Node::Kind::list || node.items.empty()) {
    throw invalid(node.spot, "layers is a list of one rotation or more, the lowest first");
  }
  for (auto const& item : node.items) {
    problems.guard([&] {
      auto layer = read_layer(item, out.layers.size() + 1, out.zone, file, problems);
      bool const twice =
          std::any_of(out.layers.begin(), out.layers.end(), [&](auto const& l) { return l.name == layer.name; });
      if (twice)
        problems.add(item.spot, fmt::format("layer {} occurs twice", echo(layer.name)), "give each its own name");
      out.layers.push_back(std::move(layer));
    });
  }
}

}  // namespace

Schedule read_schedule(Node const& key, Node const& node, base::TimeZone const& zone, RosterFile& file,
                       Problems& problems) {
  Schedule out;
  out.name = name_of(key);
  out.zone = zone;
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "a schedule is a map with layers");
  problems.check_keys(node, {"zone", "layers", "overrides", "cover"});
  if (Node const* const own = node.find("zone")) problems.guard([&] { out.zone = zone_of(*own); });
  problems.guard([&] { read_layers(need(node, "layers", "a list of rotations"), out, file, problems); });
  if (Node const* const cover = node.find("cover")) problems.guard([&] { read_hours(*cover, out.cover, problems); });
  Node const* const overrides = node.find("overrides");
  if (!overrides) return out;
  if (overrides->kind != Node::Kind::list) throw invalid(overrides->spot, "overrides is a list of {from, to, person}");
  for (auto const& item : overrides->items) {
    problems.guard([&] { out.overrides.push_back(read_override(item, out.zone, file, problems)); });
  }
  return out;
}

}  // namespace umsops::config
