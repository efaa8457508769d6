// SPDX-License-Identifier: Apache-2.0
// Inhibition files: rules, named time intervals and standing silences. The keys are those of Alertmanager's
// configuration, so that its rules can be taken over as they are.
#include "config/mute_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "config/roster_reader.hpp"

namespace umsops::config {
namespace {

constexpr std::size_t kMostSilences = 1000, kMostRules = 1000, kMostEqual = 20;

Node const& map_of(Node const& node, std::string const& problem, std::string const& example) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, problem, example);
  return node;
}

/// Each entry is one matcher, or a list of them as one text.
mute::Matchers read_matchers(Node const& node, Problems& problems) {
  if (node.kind != Node::Kind::list || node.items.empty())
    throw invalid(node.spot, "expected a list of matchers", "e.g. ['severity=\"critical\"', 'team=~\"a|b\"']");
  mute::Matchers out;
  for (auto const& item : node.items) {
    problems.guard([&] {
      try {
        for (auto& matcher : mute::parse_matchers(text_of(item))) out.push_back(std::move(matcher));
      } catch (base::Error const& error) {
        if (error.code().code != base::errors::matcher_invalid.code) throw;
        throw invalid(item.spot, error.message(), error.hint());
      }
    });
  }
  return out;
}

void read_along(Node const& node, mute::Inhibition& out) {
  std::string const word = text_of(node);
  if (word != "depends_on") throw invalid(node.spot, fmt::format("{} is no graph", echo(word)), "along: depends_on");
  out.along_services = true;
}

void read_equal(Node const& node, mute::Inhibition& out) {
  if (node.kind != Node::Kind::list || node.items.size() > kMostEqual)
    throw invalid(node.spot, fmt::format("equal is a list of up to {} labels", kMostEqual), "e.g. equal: [cluster]");
  for (auto const& item : node.items) {
    std::string name = line_of(item);
    if (name.empty()) throw invalid(item.spot, "a label needs a name");
    if (std::find(out.equal.begin(), out.equal.end(), name) == out.equal.end()) out.equal.push_back(std::move(name));
  }
}

/// A side may be left out only where the graph says which ones are meant.
void read_side(Node const& rule, char const* key, bool along, mute::Matchers& out, Problems& problems) {
  Node const* const node = rule.find(key);
  if (!node && along) return;
  problems.guard([&] {
    out =
        read_matchers(node ? *node : need(rule, key, fmt::format("e.g. {}: ['severity=\"critical\"']", key)), problems);
  });
}

void read_rule(Node const& node, MuteFile& file, Problems& problems) {
  map_of(node, "a rule is a map", "source_matchers, target_matchers, equal");
  problems.check_keys(node, {"name", "source_matchers", "target_matchers", "equal", "along"});
  mute::Inhibition rule;
  if (Node const* const name = node.find("name")) {
    problems.guard([&] { rule.name = name_of(*name); });
    file.given.push_back({"rule", rule.name, name->spot});
  }
  if (Node const* const along = node.find("along")) problems.guard([&] { read_along(*along, rule); });
  read_side(node, "source_matchers", rule.along_services, rule.source, problems);
  read_side(node, "target_matchers", rule.along_services, rule.target, problems);
  if (Node const* const equal = node.find("equal")) problems.guard([&] { read_equal(*equal, rule); });
  file.rules.inhibitions.push_back(std::move(rule));
}

void read_named_intervals(Node const& node, MuteFile& file, Problems& problems) {
  map_of(node, "a named time interval is a map", "name, time_intervals");
  problems.check_keys(node, {"name", "time_intervals"});
  NamedIntervals out;
  Node const& name = need(node, "name", "e.g. name: nights");
  out.name = name_of(name);
  file.given.push_back({"time interval", out.name, name.spot});
  Node const& intervals = need(node, "time_intervals", "e.g. time_intervals: [{weekdays: [sunday]}]");
  if (intervals.kind != Node::Kind::list || intervals.items.empty())
    throw invalid(intervals.spot, "time_intervals is a list of one or more");
  for (auto const& item : intervals.items) {
    problems.guard([&] { out.intervals.push_back(read_interval(item, problems)); });
  }
  file.rules.intervals.push_back(std::move(out));
}

void read_silence(Node const& node, MuteFile& file, Problems& problems) {
  map_of(node, "a silence is a map", "name, matchers, comment, mute_time_intervals");
  problems.check_keys(node, {"name", "matchers", "comment", "mute_time_intervals"});
  mute::Silence out;
  Node const& name = need(node, "name", "e.g. name: backups");
  out.id = name_of(name);
  file.given.push_back({"silence", out.id, name.spot});
  out.comment = line_of(need(node, "comment", "why it is there"));
  out.matchers = read_matchers(need(node, "matchers", "e.g. matchers: ['job=\"backup\"']"), problems);
  if (out.matchers.empty()) return;  // told already
  try {
    mute::refuse_unsound(out);
  } catch (base::Error const& error) {
    throw invalid(node.spot, error.message(), error.hint());
  }
  if (Node const* const intervals = node.find("mute_time_intervals")) {
    if (intervals->kind != Node::Kind::list || intervals->items.empty())
      throw invalid(intervals->spot, "mute_time_intervals is a list of names", "see time_intervals");
    for (auto const& item : intervals->items)
      file.used.emplace_back(file.rules.silences.size(), MuteName{"time interval", text_of(item), item.spot});
  }
  file.rules.silences.push_back(std::move(out));
}

void read_list(Node const& root, char const* key, std::size_t most, MuteFile& file, Problems& problems,
               void (*read)(Node const&, MuteFile&, Problems&)) {
  Node const* const node = root.find(key);
  if (!node || node->kind == Node::Kind::null) return;
  if (node->kind != Node::Kind::list) {
    problems.add(node->spot, fmt::format("{} is a list", key), "begin each entry with '- '");
    return;
  }
  if (node->items.size() > most) problems.add(node->spot, fmt::format("more than {} of {}", most, key));
  for (auto const& item : node->items) problems.guard([&] { read(item, file, problems); });
}

void read_root(Node const& root, MuteFile& file, Problems& problems) {
  map_of(root, "an inhibition file is a map", "kind: inhibition");
  problems.check_keys(root, {"kind", "inhibit_rules", "time_intervals", "silences"});
  Node const* const kind = root.find("kind");
  problems.guard([&] {
    if (kind && text_of(*kind) != "inhibition")
      throw invalid(kind->spot, "this is no inhibition file", "kind: inhibition");
  });
  read_list(root, "inhibit_rules", kMostRules, file, problems, read_rule);
  read_list(root, "time_intervals", kMostSilences, file, problems, read_named_intervals);
  read_list(root, "silences", kMostSilences, file, problems, read_silence);
}

void refuse_twins(std::vector<MuteName> const& given, Problems& problems) {
  std::map<std::pair<std::string_view, std::string_view>, MuteName const*> seen;
  for (auto const& one : given) {
    auto const [first, fresh] = seen.emplace(std::pair(std::string_view(one.what), std::string_view(one.name)), &one);
    if (fresh) continue;
    auto const& spot = first->second->spot;
    problems.add(one.spot,
                 fmt::format("{} {} occurs twice, first at {}:{}", one.what, echo(one.name), spot.file(), spot.line),
                 "give each its own name");
  }
}

/// The named intervals, or null.
NamedIntervals const* find_intervals(MuteRules const& rules, std::string_view name) {
  auto const found = std::find_if(rules.intervals.begin(), rules.intervals.end(),
                                  [&](NamedIntervals const& one) { return one.name == name; });
  return found == rules.intervals.end() ? nullptr : &*found;
}

std::string nearest_interval(MuteRules const& rules, std::string_view name) {
  std::vector<std::string_view> names;
  for (auto const& one : rules.intervals) names.push_back(one.name);
  return suggest(name, names);
}

template <class Item>
void append(std::vector<Item>& to, std::vector<Item>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

MuteRules read_all(std::vector<std::string> const& files, Problems& problems) {
  std::vector<MuteFile> read;
  for (auto const& file : files) {
    problems.guard([&] { read.push_back(read_mute_text(read_file(file, kMuteLimits.bytes), file, problems)); });
  }
  return join_mute_files(std::move(read), true, problems);
}

}  // namespace

std::vector<mute::TimeInterval> const& MuteRules::require_intervals(std::string_view name) const {
  if (auto const* const found = find_intervals(*this, name)) return found->intervals;
  std::string const near = nearest_interval(*this, name);
  throw base::Error(
      base::errors::interval_invalid,
      {{"problem", fmt::format("unknown time interval {}", echo(name))},
       {"suggestion", near.empty() ? "name it in an inhibition file, or give YAML: 'weekdays: [sunday]'" : near}});
}

MuteFile read_mute_text(std::string_view text, std::string const& file, Problems& problems) {
  MuteFile out;
  problems.guard([&] { read_root(parse_yaml(text, file, kMuteLimits), out, problems); });
  return out;
}

MuteRules join_mute_files(std::vector<MuteFile> files, bool whole, Problems& problems) {
  MuteRules all;
  std::vector<MuteName> given;
  std::vector<std::pair<std::size_t, MuteName>> used;
  for (auto& file : files) {
    for (auto& [silence, name] : file.used) used.emplace_back(silence + all.silences.size(), std::move(name));
    append(all.inhibitions, file.rules.inhibitions);
    append(all.intervals, file.rules.intervals);
    append(all.silences, file.rules.silences);
    append(given, file.given);
  }
  refuse_twins(given, problems);
  for (std::size_t i = 0; i < all.inhibitions.size(); ++i) {
    // People look a nameless rule up by its place among all.
    if (all.inhibitions[i].name.empty()) all.inhibitions[i].name = "#" + std::to_string(i + 1);
  }
  for (auto const& [silence, name] : used) {
    auto const* const found = find_intervals(all, name.name);
    if (found) {
      auto& to = all.silences[silence].intervals;
      to.insert(to.end(), found->intervals.begin(), found->intervals.end());
    } else if (whole || !all.intervals.empty()) {
      problems.add(name.spot, fmt::format("unknown time interval {}", echo(name.name)),
                   nearest_interval(all, name.name));
    }
  }
  return all;
}

MuteRules read_mute_rules(std::vector<std::string> const& files) {
  Problems problems(base::errors::config_invalid);
  auto rules = read_all(files, problems);
  problems.raise();
  return rules;
}

std::vector<base::Error> lint_mute_rules(std::vector<std::string> const& files) {
  Problems problems(base::errors::config_invalid);
  read_all(files, problems);
  return problems.all();
}

}  // namespace umsops::config
