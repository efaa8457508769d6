// SPDX-License-Identifier: Apache-2.0 The steps of a policy: `ladder:`.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "config/sla_reader.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

using base::Milliseconds;
using sla::ClockKind;
using sla::Step;

constexpr std::size_t kMostSteps = 50;
constexpr std::string_view kLevels[] = {"LEVEL_1", "LEVEL_2", "LEVEL_3"};
constexpr Milliseconds kLongestOffset = std::chrono::hours(24 * 366);

sla::Offset offset_of(Node const& node, bool working) {
  std::string const text = text_of(node);
  bool const before = text.starts_with('-');
  if (!before && !text.starts_with('+')) {
    throw invalid(node.spot, fmt::format("{} does not say before or after", echo(text)), "e.g. -25%, +0, +2h, -30m");
  }
  std::string_view const amount = std::string_view(text).substr(1);
  if (amount.ends_with('%')) {
    auto const percent = base::parse_integer(amount.substr(0, amount.size() - 1), 1, 1000);
    if (!percent) {
      throw invalid(node.spot, fmt::format("{} is no share of the target", echo(text)),
                    "e.g. -25%, +50%; the due time is +0");
    }
    return sla::Percent{static_cast<int>(before ? -*percent : *percent)};
  }
  if (amount == "0" && !before) return Milliseconds{0};
  auto const real = base::parse_duration(amount);
  Milliseconds const span = working || !real ? working_span(amount, node.spot) : *real;
  if (span > kLongestOffset) throw invalid(node.spot, "a step more than a year away");
  return before ? -span : span;
}

bool working_of(Node const& node) {
  std::string const word = text_of(node);
  if (word == "working" || word == "real") return word == "working";
  throw invalid(node.spot, fmt::format("{} is no kind of time", echo(word)), "working or real");
}

ClockKind clock_of(Node const& node) {
  std::string const word = text_of(node);
  if (auto const clock = sla::parse_clock(word)) return *clock;
  throw invalid(node.spot, fmt::format("{} is no clock", echo(word)), "response or resolution");
}

int level_of(Node const& node) {
  std::string const word = text_of(node);
  auto const at = std::find(std::begin(kLevels), std::end(kLevels), word);
  if (at == std::end(kLevels))
    throw invalid(node.spot, fmt::format("{} is no level", echo(word)), "LEVEL_1, LEVEL_2 or LEVEL_3");
  return static_cast<int>(at - std::begin(kLevels)) + 1;
}

model::Priority priority_of(Node const& node) {
  std::string const word = text_of(node);
  if (auto const priority = model::parse_priority(word)) return *priority;
  throw invalid(node.spot, fmt::format("{} is no priority", echo(word)),
                fmt::format("one of: {}", fmt::join(model::priority_names(), ", ")));
}

void read_actions(Node const& node, Step& out, Problems& problems) {
  if (Node const* const level = node.find("level")) problems.guard([&] { out.level = level_of(*level); });
  if (Node const* const person = node.find("assign")) problems.guard([&] { out.assign = recipient_of(*person); });
  if (Node const* const raise = node.find("priority")) problems.guard([&] { out.priority = priority_of(*raise); });
  if (Node const* const names = node.find("notify")) {
    problems.guard([&] {
      if (names->kind != Node::Kind::list) out.notify.push_back(recipient_of(*names));
      for (auto const& name : names->items) out.notify.push_back(recipient_of(name));
    });
  }
  if (Node const* const when = node.find("when")) out.when = read_match(*when, problems);
  bool const acts = node.find("level") || node.find("assign") || node.find("priority") || node.find("notify");
  if (!acts) problems.add(node.spot, "a step that does nothing", "give it level, assign, notify or priority");
}

Step read_step(Node const& node, Problems& problems) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "a step is a map", "e.g. {at: +2h, level: LEVEL_1}");
  problems.check_keys(node, {"at", "clock", "time", "level", "assign", "notify", "priority", "when"});
  Step out;
  out.spot = node.spot;
  if (Node const* const clock = node.find("clock")) out.clock = clock_of(*clock);
  if (Node const* const time = node.find("time")) out.working = working_of(*time);
  Node const* const at = node.find("at");
  if (!at) throw invalid(node.spot, "a step without a time", "e.g. at: -25%, at: +0, at: +2h");
  out.offset = offset_of(*at, out.working);
  if (!out.working && std::holds_alternative<sla::Percent>(out.offset)) {
    throw invalid(at->spot, "a share of the target is working time", "leave out time: real, or give a duration");
  }
  read_actions(node, out, problems);
  return out;
}

/// The steps of each clock must come in the order in which they are due.
class Order {
 public:
  void check(Step const& step, sla::Policy const& policy) {
    auto const target = policy.target(step.clock);
    if (!target) {
      throw invalid(step.spot, fmt::format("a step of the {} clock, which has no target", to_string(step.clock)));
    }
    Milliseconds const used = step.used_at(*target);
    if (used <= Milliseconds{0}) throw invalid(step.spot, fmt::format("{} lies before the clock starts", step.id()));
    auto const same = [&](Step const* other) { return other->id() == step.id(); };
    if (std::any_of(seen_.begin(), seen_.end(), same))
      throw invalid(step.spot, fmt::format("{} occurs twice", step.id()));
    seen_.push_back(&step);
    Milliseconds& latest = latest_[static_cast<std::size_t>(step.clock)];
    if (used < latest) {
      throw invalid(step.spot, fmt::format("{} comes due before the step in front of it", step.id()),
                    "put the steps in order");
    }
    latest = used;
  }

 private:
  std::vector<Step const*> seen_;
  std::array<Milliseconds, 2> latest_{};
};

}  // namespace

std::string recipient_of(Node const& node) {
  std::string name = text_of(node);
  bool const blank = name.empty() || name.ends_with(':') || name.find(' ') == 0;
  if (blank || base::check_text(name, base::TextShape::line) || base::code_points(name) > 100) {
    throw invalid(node.spot, fmt::format("{} names nobody", echo(name)), "a person, team:NAME or oncall:SCHEDULE");
  }
  return name;
}

std::vector<Step> read_ladder(Node const& node, sla::Policy const& policy, Problems& problems) {
  std::vector<Step> out;
  if (node.kind == Node::Kind::null) return out;
  if (node.kind != Node::Kind::list) {
    problems.add(node.spot, "ladder is a list of steps", "e.g. - {at: +0, level: LEVEL_1}");
    return out;
  }
  for (auto const& item : node.items) problems.guard([&] { out.push_back(read_step(item, problems)); });
  if (out.size() > kMostSteps) problems.add(node.spot, fmt::format("more than {} steps", kMostSteps));
  Order order;
  for (auto const& step : out) problems.guard([&] { order.check(step, policy); });
  return out;
}

}  // namespace umsops::config
