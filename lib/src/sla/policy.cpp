// SPDX-License-Identifier: Apache-2.0
#include "umsops/sla/policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "umsops/model/requester.hpp"

namespace umsops::sla {
namespace {

constexpr std::array<std::string_view, 2> kClocks{"response", "resolution"};
constexpr std::string_view kMatchFields[] = {"priority", "category", "subcategory",  "service",
                                             "team",     "source",   "requester_id", "assignee_id"};
constexpr std::string_view kAttribute = "attributes.";

std::string_view value_of(model::Ticket const& ticket, std::string_view field) {
  if (field == "priority") return model::to_string(ticket.priority);
  if (field == "source") return model::to_string(ticket.source);
  if (field == "category") return ticket.category;
  if (field == "subcategory") return ticket.subcategory;
  if (field == "service") return ticket.service;
  if (field == "team") return ticket.team;
  if (field == "requester_id") return ticket.requester_id;
  if (field == "assignee_id") return ticket.assignee_id;
  auto const named = [](auto const& values, std::string_view wanted) -> std::string_view {
    for (auto const& [name, value] : values) {
      if (name == wanted) return value;
    }
    return {};
  };
  if (field.starts_with(kAttribute)) return named(ticket.attributes, field.substr(kAttribute.size()));
  if (!field.starts_with(model::kRequesterPrefix)) return {};
  return named(ticket.requester_facts, field.substr(model::kRequesterPrefix.size()));
}

}  // namespace

std::span<std::string_view const> clock_names() { return kClocks; }
std::string_view to_string(ClockKind kind) { return kClocks[static_cast<std::size_t>(kind)]; }

std::optional<ClockKind> parse_clock(std::string_view text) {
  if (text == kClocks[0]) return ClockKind::response;
  if (text == kClocks[1]) return ClockKind::resolution;
  return std::nullopt;
}

std::span<std::string_view const> match_fields() { return kMatchFields; }

bool Match::accepts(model::Ticket const& ticket) const {
  return std::all_of(fields.begin(), fields.end(), [&](auto const& field) {
    auto const& [name, values] = field;
    return std::find(values.begin(), values.end(), value_of(ticket, name)) != values.end();
  });
}

std::string duration_text(Milliseconds amount) {
  auto rest = amount.count();
  std::string out;
  auto const put = [&](std::int64_t unit, char const* name) {
    if (rest >= unit) out += fmt::format("{}{}", rest / unit, name);
    rest %= unit;
  };
  put(3'600'000, "h");
  put(60'000, "m");
  put(1000, "s");
  put(1, "ms");
  return out.empty() ? "0" : out;
}

std::string Step::id() const {
  std::string out(to_string(clock));
  if (auto const* const percent = std::get_if<Percent>(&offset)) {
    out += fmt::format(":{:+}%", percent->value);
  } else {
    auto const amount = std::get<Milliseconds>(offset);
    out += amount < Milliseconds{0} ? ":-" : ":+";
    out += duration_text(amount < Milliseconds{0} ? -amount : amount);
  }
  return working ? out : out + ":real";
}

Milliseconds Step::used_at(Milliseconds target) const {
  auto const* const percent = std::get_if<Percent>(&offset);
  Milliseconds const away = percent ? target * percent->value / 100 : std::get<Milliseconds>(offset);
  return std::max(Milliseconds{0}, target + away);
}

}  // namespace umsops::sla
