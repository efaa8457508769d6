// SPDX-License-Identifier: Apache-2.0
#include "cli/call.hpp"

#include "umsops/base/number.hpp"

namespace umsops::cli {

std::vector<std::string> const* Call::find(std::string_view flag) const {
  for (auto const& [known, values] : values_) {
    if (known->name == flag) return &values;
  }
  return nullptr;
}

void Call::put(Flag const& flag, std::vector<std::string> values) { values_.emplace_back(&flag, std::move(values)); }

bool Call::on(std::string_view flag, bool fallback) const {
  auto const* values = find(flag);
  return values == nullptr ? fallback : values->back() == "true";
}

std::optional<std::string> Call::text(std::string_view flag) const {
  auto const* values = find(flag);
  return values == nullptr ? std::nullopt : std::optional(values->back());
}

std::vector<std::string> Call::all(std::string_view flag) const {
  auto const* values = find(flag);
  return values == nullptr ? std::vector<std::string>() : *values;
}

std::optional<std::int64_t> Call::integer(std::string_view flag) const {
  auto const* values = find(flag);
  return values == nullptr ? std::nullopt : base::parse_integer(values->back(), 0, INT64_MAX);
}

std::vector<std::pair<std::string, std::string>> Call::pairs(std::string_view flag) const {
  std::vector<std::pair<std::string, std::string>> out;
  for (auto const& pair : all(flag)) {
    auto const equals = pair.find('=');
    out.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
  return out;
}

void Call::exclude(std::string_view first, std::string_view second) const {
  if (!has(first) || !has(second)) return;
  throw base::Error(base::errors::usage_excludes,
                    {{"first", "--" + std::string(first)}, {"second", "--" + std::string(second)}});
}

void Call::missing(std::string_view what) const {
  bool const is_choice = what.find(", ") != std::string_view::npos && what.find(", or ") == std::string_view::npos;
  std::string const choice = is_choice ? "one of " : "";
  base::Error error(base::errors::usage_missing, {{"what", choice + std::string(what)}, {"command", line}});
  base::Value detail;
  detail.add("missing", what);
  error.detail(std::move(detail));
  throw error;
}

}  // namespace umsops::cli
