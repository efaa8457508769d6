// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace umsops::mail {

/// What somebody says of a finished ticket.
struct Rating {
  std::int64_t stars = 0;  ///< 1 to 5, the best
  std::string comment;     ///< what stands below it
};

/// The rating that an answer begins with: its first line is a number from 1 to 5 and nothing else, apart from what
/// people write around it (`5/5`, `5 stars`, `评分：5`, `5分`, ★★★★☆). Without quotes and signature. nullopt: it is
/// none, as `2 of us still cannot sign in`.
std::optional<Rating> rating_in(std::string_view text);

}  // namespace umsops::mail
