// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace umsops::model {

/// Code points that a text of several lines may have: a description, a reply, an entry of a timeline.
inline constexpr std::size_t kLongestText = 65'536;

/// Tags of a record, and code points of each.
inline constexpr std::size_t kMostTags = 50, kLongestTag = 64;

/// Of what a requester says of a ticket.
inline constexpr std::int64_t kWorstRating = 1, kBestRating = 5;

/// Minutes that one reply or note may say were spent: a week. More is a slip of the unit.
inline constexpr std::int64_t kLongestSpent = 7 * 24 * 60;

}  // namespace umsops::model
