// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "config/rule_fields.hpp"
#include "config/sla_reader.hpp"
#include "model/attributes.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/requester.hpp"

namespace umsops::config {
namespace {

using base::Milliseconds;
using sla::Policy;

constexpr std::string_view kAttribute = "attributes.";
constexpr Milliseconds kLongestTarget = std::chrono::hours(24 * 366);

void require_match_field(Node const& key) {
  std::string_view const name = key.scalar;
  auto const known = sla::match_fields();
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  if (name.starts_with(kAttribute) && model::is_attribute_name(name.substr(kAttribute.size()))) return;
  if (model::is_requester_fact(name)) return;
  std::string const best = base::nearest(name, known);
  throw invalid(key.spot, fmt::format("{} is no field that a policy looks at", echo(name)),
                best.empty() ? fmt::format("one of: {}, attributes.NAME, requester.NAME", fmt::join(known, ", "))
                             : "did you mean " + best + "?");
}

Milliseconds read_target(Node const& node) {
  Milliseconds const target = working_span(text_of(node), node.spot);
  if (target <= Milliseconds{0})
    throw invalid(node.spot, "a target is longer than nothing", "leave it out for no target");
  if (target > kLongestTarget) throw invalid(node.spot, "a target of more than a year of working time");
  return target;
}

/// `75%` or `75`
int percent_of(Node const& node) {
  std::string const text = text_of(node);
  std::string_view digits = text;
  if (digits.ends_with('%')) digits.remove_suffix(1);
  auto const percent = base::parse_integer(digits, 1, 99);
  if (!percent) throw invalid(node.spot, fmt::format("{} is no share of the target", echo(text)), "1% to 99%");
  return static_cast<int>(*percent);
}

void read_at_risk(Node const& node, Policy& out, Problems& problems) {
  if (node.kind != Node::Kind::map) {
    out.response_at_risk = out.resolution_at_risk = percent_of(node);
    return;
  }
  problems.check_keys(node, {"response", "resolution"});
  if (Node const* const share = node.find("response")) out.response_at_risk = percent_of(*share);
  if (Node const* const share = node.find("resolution")) out.resolution_at_risk = percent_of(*share);
}

/// The states in which the resolution clock stands still unless a policy says otherwise.
void read_counts_also(Node const& node, Policy& out) {
  auto const add = [&](Node const& item) {
    auto const status = model::parse_status(text_of(item));
    if (status != model::TicketStatus::pending && status != model::TicketStatus::resolved) {
      throw invalid(item.spot, fmt::format("{} is no state that a clock may count as well", echo(item.scalar)),
                    "one of: PENDING, RESOLVED");
    }
    out.counts_also.push_back(*status);
  };
  if (node.kind != Node::Kind::list) add(node);
  for (auto const& item : node.items) add(item);
}

}  // namespace

Milliseconds working_span(std::string_view text, base::SourceSpot const& spot) {
  auto const span = base::parse_duration(text);
  if (!span) throw invalid(spot, fmt::format("{} is no duration", echo(text)), "e.g. 30m, 8h, 1h30m");
  if (text.find_first_of("dw") != std::string_view::npos) {
    throw invalid(spot, fmt::format("{}: a day of working time can be 24 hours or a working day", echo(text)),
                  "write hours, e.g. " + sla::duration_text(*span));
  }
  return *span;
}

sla::Match read_match(Node const& node, Problems& problems) {
  sla::Match out;
  if (node.kind == Node::Kind::null) return out;
  if (node.kind != Node::Kind::map) {
    problems.add(node.spot, "expected fields with the values that are accepted", "e.g. {priority: [HIGH, CRITICAL]}");
    return out;
  }
  for (auto const& [key, value] : node.members) {
    problems.guard([&, &k = key, &v = value] {
      require_match_field(k);
      std::vector<std::string> values;
      auto const add = [&](Node const& item) {
        values.push_back(value_for(model::ticket_type(), k.scalar, text_of(item), item.spot));
      };
      if (v.kind != Node::Kind::list) add(v);
      for (auto const& item : v.items) add(item);
      if (values.empty()) throw invalid(v.spot, fmt::format("{} accepts no value at all", k.scalar));
      out.fields.emplace_back(k.scalar, std::move(values));
    });
  }
  return out;
}

std::optional<Policy> read_policy(Node const& node, Problems& problems) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "a policy is a map", "it has name, calendar and a target");
  problems.check_keys(node,
                      {"name", "match", "calendar", "response", "resolution", "at_risk", "counts_also", "ladder"});
  Policy out;
  out.spot = node.spot;
  Node const* const name = node.find("name");
  if (!name) problems.add(node.spot, "policy without name", "add name: and a word that is used once");
  if (name) problems.guard([&] { out.name = id_of(*name); });
  Node const* const calendar = node.find("calendar");
  if (!calendar) problems.add(node.spot, "policy without calendar", "24x7, business, or one of your own");
  if (calendar) problems.guard([&] { out.calendar = text_of(*calendar); });
  Problems in_match = problems.fresh();
  if (Node const* const match = node.find("match")) out.match = read_match(*match, in_match);
  for (auto const& error : in_match.all()) problems.add(error);
  Problems in_targets = problems.fresh();
  if (Node const* const span = node.find("response")) in_targets.guard([&] { out.response = read_target(*span); });
  if (Node const* const span = node.find("resolution")) in_targets.guard([&] { out.resolution = read_target(*span); });
  for (auto const& error : in_targets.all()) problems.add(error);
  if (!node.find("response") && !node.find("resolution")) {
    problems.add(node.spot, fmt::format("policy {} is empty", echo(out.name)),
                 "give it response or resolution, or both");
  }
  if (Node const* const share = node.find("at_risk")) problems.guard([&] { read_at_risk(*share, out, problems); });
  if (Node const* const also = node.find("counts_also")) problems.guard([&] { read_counts_also(*also, out); });
  Node const* const ladder = node.find("ladder");
  if (ladder && in_targets.all().empty()) out.ladder = read_ladder(*ladder, out, problems);
  return in_match.all().empty() ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace umsops::config
