// SPDX-License-Identifier: Apache-2.0
#include "umsops/alert/resolve_policy.hpp"

#include <algorithm>
#include <array>

namespace umsops::alert {
namespace {

constexpr std::array<std::string_view, 4> kNames{"first", "last", "all", "never"};
constexpr std::string_view kQuiet = "quiet:";
constexpr base::Milliseconds kLongestQuiet = std::chrono::hours(24 * 30);

}  // namespace

std::optional<ResolvePolicy> parse_resolve_policy(std::string_view text) {
  if (text.starts_with(kQuiet)) {
    auto const span = base::parse_duration(text.substr(kQuiet.size()));
    if (!span || *span <= base::Milliseconds{0} || *span > kLongestQuiet) return std::nullopt;
    return ResolvePolicy{ResolvePolicy::On::all, span};
  }
  auto const found = std::find(kNames.begin(), kNames.end(), text);
  if (found == kNames.end()) return std::nullopt;
  return ResolvePolicy{static_cast<ResolvePolicy::On>(found - kNames.begin()), std::nullopt};
}

}  // namespace umsops::alert
