// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {

/// How alike two titles are, 0 to 1: the Dice coefficient of their character bigrams after folding, blanks and
/// punctuation left out. (L. R. Dice, Ecology 26, 1945.) Chinese needs no words for it.
double title_likeness(std::string_view a, std::string_view b);

/// The same against one title, for many others.
class LikeTitle {
 public:
  explicit LikeTitle(std::string_view title);
  double likeness(std::string_view other);

 private:
  std::vector<std::uint64_t> wanted_, seen_;  // bigrams
};

/// The requester's recent tickets that say much the same, best first, at most five.
std::vector<DuplicateCandidate> find_duplicates(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket);

}  // namespace umsops::desk
