// SPDX-License-Identifier: Apache-2.0
#include "config/roster_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/number_format.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::config {
namespace {

using people::Person;
using people::Team;
using Kind = PlacedName::Kind;

Node const& map_of(Node const& node, std::string_view what) {
  if (node.kind != Node::Kind::map)
    throw invalid(node.spot, fmt::format("{} is a map", what), "each name with what belongs to it");
  return node;
}

base::TimeRange range_of(Node const& node, base::TimeZone const& zone) {
  std::string const text = text_of(node);
  // A file means the same on every day: no -7d, no tomorrow.
  bool const absolute = text.size() > 4 && text[4] == '-' && base::parse_integer(text.substr(0, 4), 1, 9999);
  if (!absolute)
    throw invalid(node.spot, fmt::format("not a time: {}", echo(text)),
                  "e.g. 2026-11-02 09:00, or 2026-11-02T09:00:00+08:00");
  try {
    return base::parse_time_range(text, {}, zone);
  } catch (base::Error const& error) {
    auto ours = invalid(node.spot, error.message(), error.hint());
    for (auto const& detail : error.details()) ours.detail(detail);
    throw ours;
  }
}

void read_skills(Node const& node, Person& out, Problems& problems) {
  for (auto const& [key, value] : map_of(node, "skills").members) {
    problems.guard([&, &key = key, &value = value] {
      out.skills.emplace_back(line_of(key), static_cast<int>(integer_of(value, 1, 5)));
    });
  }
}

void read_absences(Node const& node, Person& out, Problems& problems) {
  if (node.kind != Node::Kind::list)
    throw invalid(node.spot, "absences is a list", "e.g. [{from: 2026-12-24, to: 2026-12-26}]");
  for (auto const& item : node.items) {
    problems.guard([&] {
      problems.check_keys(map_of(item, "an absence"), {"from", "to", "reason"});
      auto const span = span_of(item, out.zone);
      Node const* const reason = item.find("reason");
      out.absences.push_back({span.begin, span.end, reason ? line_of(*reason) : ""});
    });
  }
}

void read_contact(Node const& node, people::Contacting& out, Problems& problems) {
  constexpr unsigned kEveryDay = 127;
  problems.check_keys(map_of(node, "contact"), {"language", "channels", "addresses", "quiet", "own_acts"});
  auto const each = [&](std::string_view name, auto const& act) {
    if (Node const* const value = node.find(name)) problems.guard([&] { act(*value); });
  };
  each("language", [&](Node const& value) {
    out.language = text_of(value);
    if (out.language != "en" && out.language != "zh_CN")
      throw invalid(value.spot, fmt::format("{} is no language", echo(out.language)), "en or zh_CN");
  });
  each("channels", [&](Node const& value) { out.channels = texts_of(value); });
  each("addresses", [&](Node const& value) {
    for (auto const& [channel, address] : map_of(value, "addresses").members)
      problems.guard([&, &c = channel, &a = address] { out.addresses.emplace_back(line_of(c), line_of(a)); });
  });
  each("quiet", [&](Node const& value) {
    for (auto const& text : texts_of(value)) out.quiet.push_back(window_of(text, kEveryDay, value));
  });
  each("own_acts", [&](Node const& value) { out.own_acts = boolean_of(value); });
}

Person read_person(Node const& key, Node const& node, base::TimeZone const& zone, Problems& problems) {
  Person out;
  out.name = name_of(key);
  out.zone = zone;
  if (node.kind == Node::Kind::null) return out;
  problems.check_keys(map_of(node, "a person"),
                      {"display_name", "email", "phone", "zone", "skills", "capacity", "absences", "contact"});
  auto const line = [&](std::string_view field, std::string& to) {
    if (Node const* const value = node.find(field)) problems.guard([&] { to = line_of(*value); });
  };
  line("display_name", out.display_name);
  line("email", out.email);
  line("phone", out.phone);
  if (Node const* const own = node.find("zone")) problems.guard([&] { out.zone = zone_of(*own); });
  if (Node const* const skills = node.find("skills")) problems.guard([&] { read_skills(*skills, out, problems); });
  if (Node const* const most = node.find("capacity"))
    problems.guard([&] { out.capacity = integer_of(*most, 1, 1'000'000); });
  if (Node const* const absences = node.find("absences"))
    problems.guard([&] { read_absences(*absences, out, problems); });
  if (Node const* const contact = node.find("contact"))
    problems.guard([&] { read_contact(*contact, out.contact, problems); });
  return out;
}

/// Names of one kind, each once.
std::vector<std::string> read_names(Node const& node, Kind kind, std::string const& team, RosterFile& file,
                                    Problems& problems) {
  if (node.kind != Node::Kind::list) throw invalid(node.spot, "expected a list of names");
  std::vector<std::string> out;
  for (auto const& item : node.items) {
    problems.guard([&] {
      std::string const name = line_of(item);
      if (std::find(out.begin(), out.end(), name) != out.end())
        throw invalid(item.spot, fmt::format("{} occurs twice", echo(name)));
      out.push_back(name);
      file.used.push_back({kind, name, item.spot, team});
    });
  }
  return out;
}

void read_strategy(Node const& node, Team& out) {
  std::string const word = text_of(node);
  auto const strategy = people::parse_strategy(word);
  auto const names = people::strategy_names();
  if (!strategy) {
    throw invalid(node.spot, fmt::format("{} is no strategy", echo(word)), suggest(word, {names.begin(), names.end()}));
  }
  out.strategy = *strategy;
}

Team read_team(Node const& key, Node const& node, RosterFile& file, Problems& problems) {
  Team out;
  out.name = name_of(key);
  problems.check_keys(map_of(node, "a team"),
                      {"members", "strategy", "categories", "schedules", "default", "number_format"});
  problems.guard([&] {
    Node const& members = need(node, "members", "e.g. members: [li.na, wang.fang]");
    out.members = read_names(members, Kind::person, "", file, problems);
    if (out.members.empty() && members.items.empty()) throw invalid(members.spot, "a team with nobody");
  });
  if (Node const* const strategy = node.find("strategy")) problems.guard([&] { read_strategy(*strategy, out); });
  if (Node const* const first = node.find("default")) {
    problems.guard([&] { out.is_default = boolean_of(*first); });
  }
  if (Node const* const format = node.find("number_format")) {
    problems.guard([&] {
      out.number_format = text_of(*format);
      if (!model::is_number_format(out.number_format))
        throw invalid(format->spot, fmt::format("{} is no number format", echo(out.number_format)), "e.g. IAM-{seq:5}");
    });
  }
  if (Node const* const served = node.find("categories")) {
    problems.guard([&] { out.categories = read_names(*served, Kind::skill, out.name, file, problems); });
  }
  if (Node const* const own = node.find("schedules")) {
    problems.guard([&] { out.schedules = read_names(*own, Kind::schedule, "", file, problems); });
  }
  return out;
}

void read_root(Node const& root, RosterFile& out, Problems& problems) {
  if (root.kind != Node::Kind::map) throw invalid(root.spot, "a roster file is a map", "it begins with kind: roster");
  problems.check_keys(root, {"kind", "zone", "people", "teams", "schedules"});
  problems.guard([&] {
    Node const* const kind = root.find("kind");
    if (kind && text_of(*kind) != "roster") throw invalid(kind->spot, "this is no roster file", "kind: roster");
  });
  base::TimeZone zone;
  if (Node const* const node = root.find("zone")) problems.guard([&] { zone = zone_of(*node); });
  auto const each = [&](std::string_view what, Kind kind, auto const& read) {
    Node const* const node = root.find(what);
    if (!node) return;
    problems.guard([&] {
      for (auto const& [key, value] : map_of(*node, what).members) {
        problems.guard([&, &key = key, &value = value] {
          out.given.push_back({kind, name_of(key), key.spot, ""});
          read(key, value);
        });
      }
    });
  };
  auto& roster = out.roster;
  each("people", Kind::person, [&](auto& k, auto& v) { roster.people.push_back(read_person(k, v, zone, problems)); });
  each("teams", Kind::team, [&](auto& k, auto& v) { roster.teams.push_back(read_team(k, v, out, problems)); });
  each("schedules", Kind::schedule,
       [&](auto& k, auto& v) { roster.schedules.push_back(read_schedule(k, v, zone, out, problems)); });
}

}  // namespace

std::string name_of(Node const& node) {
  std::string name = line_of(node);
  if (name.empty() || name == "me" || name == "auto" || name == "none" ||
      name.find_first_of(":,") != std::string::npos) {
    throw invalid(node.spot, fmt::format("{} cannot be a name", echo(name)),
                  "not empty, without : and , and not one of me, auto, none");
  }
  return name;
}

std::string line_of(Node const& node) {
  static std::size_t const longest = model::ticket_type().fields[*model::ticket_type().find("assignee_id")].max_length;
  std::string text = text_of(node);
  if (auto const problem = base::check_text(text, base::TextShape::line)) {
    throw invalid(node.spot, "not one line of text: " + problem->what);
  }
  if (base::code_points(text) > longest) throw invalid(node.spot, fmt::format("longer than {} characters", longest));
  return text;
}

base::TimeZone zone_of(Node const& node) {
  try {
    return base::TimeZone::load(text_of(node));
  } catch (base::Error const& error) {
    throw invalid(node.spot, error.message(), error.hint());
  }
}

Node const& need(Node const& map, std::string_view key, std::string_view example) {
  if (Node const* const node = map.find(key)) return *node;
  throw invalid(map.spot, fmt::format("{} is missing", key), std::string(example));
}

base::TimePoint time_of(Node const& node, base::TimeZone const& zone) { return range_of(node, zone).begin; }

base::TimeRange span_of(Node const& map, base::TimeZone const& zone) {
  auto const from = range_of(need(map, "from", "e.g. from: 2026-12-24 09:00"), zone);
  Node const& to_node = need(map, "to", "e.g. to: 2026-12-25 09:00");
  base::TimeRange const out{from.begin, range_of(to_node, zone).end};
  if (out.begin >= out.end) throw invalid(to_node.spot, "to is not behind from");
  return out;
}

RosterFile read_roster_text(std::string_view text, std::string const& file, Problems& problems) {
  RosterFile out;
  problems.guard([&] { read_root(parse_yaml(text, file, kRosterLimits), out, problems); });
  return out;
}

}  // namespace umsops::config
