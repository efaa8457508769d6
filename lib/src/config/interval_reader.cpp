// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/mute_reader.hpp"
#include "config/roster_reader.hpp"

namespace umsops::config {
namespace {

using mute::TimeInterval;

constexpr char kExample[] = "e.g. {weekdays: [saturday, sunday], location: Asia/Shanghai}";

/// The items of a list, each read at its own place.
template <class Read>
void each_text(Node const& map, char const* key, Problems& problems, Read const& read) {
  Node const* const node = map.find(key);
  if (!node) return;
  problems.guard([&] {
    if (node->kind != Node::Kind::list || node->items.empty())
      throw invalid(node->spot, fmt::format("{} is a list of one range or more", key), "leave it out for all");
    for (auto const& item : node->items) {
      problems.guard([&] {
        try {
          read(item);
        } catch (base::Error const& error) {
          if (error.code().code != base::errors::interval_invalid.code) throw;
          throw invalid(item.spot, error.message(), error.hint());
        }
      });
    }
  });
}

mute::MinuteRange read_times(Node const& node, Problems& problems) {
  if (node.kind != Node::Kind::map)
    throw invalid(node.spot, "times are maps", "e.g. times: [{start_time: \"22:00\", end_time: \"24:00\"}]");
  problems.check_keys(node, {"start_time", "end_time"});
  return mute::parse_times(text_of(need(node, "start_time", "e.g. start_time: \"22:00\"")),
                           text_of(need(node, "end_time", "e.g. end_time: \"24:00\"")));
}

/// What is no YAML in a flag is a mistake of the flag, not of a configuration.
Node parsed(std::string const& text) {
  try {
    return parse_yaml(text, "--every");
  } catch (base::Error const& error) {
    throw invalid(error.spot(), error.message(), error.hint());
  }
}

}  // namespace

TimeInterval read_interval(Node const& node, Problems& problems) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "a time interval is a map", kExample);
  problems.check_keys(node, {"times", "weekdays", "days_of_month", "months", "years", "location"});
  TimeInterval out;
  each_text(node, "times", problems, [&](Node const& n) { out.times.push_back(read_times(n, problems)); });
  each_text(node, "weekdays", problems,
            [&](Node const& n) { out.weekdays.push_back(mute::parse_weekdays(text_of(n))); });
  each_text(node, "days_of_month", problems,
            [&](Node const& n) { out.days_of_month.push_back(mute::parse_days_of_month(text_of(n))); });
  each_text(node, "months", problems, [&](Node const& n) { out.months.push_back(mute::parse_months(text_of(n))); });
  each_text(node, "years", problems, [&](Node const& n) { out.years.push_back(mute::parse_years(text_of(n))); });
  if (Node const* const location = node.find("location")) problems.guard([&] { out.location = zone_of(*location); });
  return out;
}

std::vector<TimeInterval> read_intervals(std::string_view text) {
  // The inside of a map is what people write between the quotes of a shell.
  std::size_t const begin = text.find_first_not_of(' ');
  bool const bare = begin == std::string_view::npos || (text[begin] != '{' && text[begin] != '[');
  Problems problems(base::errors::interval_invalid);
  std::vector<TimeInterval> out;
  problems.guard([&] {
    Node const root = parsed(bare ? "{" + std::string(text) + "}" : std::string(text));
    if (root.kind != Node::Kind::list) {
      if (root.members.empty()) throw invalid(root.spot, "a time interval without any range", kExample);
      out.push_back(read_interval(root, problems));
      return;
    }
    if (root.items.empty()) throw invalid(root.spot, "an empty list of time intervals", kExample);
    for (auto const& item : root.items) problems.guard([&] { out.push_back(read_interval(item, problems)); });
  });
  problems.raise();
  return out;
}

}  // namespace umsops::config
