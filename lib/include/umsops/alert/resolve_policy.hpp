// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "umsops/base/time.hpp"

namespace umsops::alert {

/// Which ends of alarms prove that an incident is over: that of the first one, of the one that came last, of all, or
/// none: then people say so.
struct ResolvePolicy {
  enum class On { first, last, all, never };
  On on = On::all;
  /// How long it then has to stay quiet until the incident is RESOLVED by itself; none: people do that.
  std::optional<base::Milliseconds> quiet;

  friend bool operator==(ResolvePolicy const&, ResolvePolicy const&) = default;
};
/// `first`, `last`, `all`, `never`, or `quiet:30m`: all, and RESOLVED after that time. nullopt for any other text.
std::optional<ResolvePolicy> parse_resolve_policy(std::string_view text);
inline constexpr std::string_view kResolvePolicies = "first, last, all, never, or quiet:T, e.g. quiet:30m";

}  // namespace umsops::alert
