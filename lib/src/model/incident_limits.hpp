// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace umsops::model {

// Of the lists of an incident, and of a name in them or of its source in code points: `check` refuses more, and what
// comes from other systems is cut to it.
inline constexpr std::size_t kMostServices = 100, kMostAlerts = 1000, kLongestWord = 200;
inline constexpr std::size_t kMostMuting = 50, kMostAcknowledgers = 100;

/// Puts those of `more` behind the others that are not among them, as far as there is room.
inline void add_words(std::vector<std::string>& words, std::vector<std::string> const& more, std::size_t most) {
  for (auto const& word : more) {
    bool const known = std::find(words.begin(), words.end(), word) != words.end();
    if (!known && words.size() < most) words.push_back(word);
  }
}

}  // namespace umsops::model
