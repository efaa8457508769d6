// SPDX-License-Identifier: Apache-2.0
#include "umsops/alert/resolve_policy.hpp"

#include <catch2/catch.hpp>

using namespace umsops::alert;
using On = ResolvePolicy::On;

TEST_CASE("a resolve policy is one of four words, or a time of quiet") {
  CHECK(parse_resolve_policy("first") == ResolvePolicy{On::first, std::nullopt});
  CHECK(parse_resolve_policy("last") == ResolvePolicy{On::last, std::nullopt});
  CHECK(parse_resolve_policy("all") == ResolvePolicy{On::all, std::nullopt});
  CHECK(parse_resolve_policy("never") == ResolvePolicy{On::never, std::nullopt});
  CHECK(parse_resolve_policy("quiet:30m") == ResolvePolicy{On::all, std::chrono::minutes(30)});
  for (auto const* text :
       {"", "All", "some", "quiet", "quiet:", "quiet:0s", "quiet:-5m", "quiet:x", "quiet:31d", "first "})
    CHECK_FALSE(parse_resolve_policy(text));
}
