// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "umsops/mute/matcher.hpp"

namespace umsops::mute {

/// Finds the lists of matchers that a set of labels may satisfy without looking at all of them: each list stands under
/// one label that it needs, with the value where it names one.
class MatcherIndex {
 public:
  /// The list goes by this number from then on.
  void add(Matchers const& matchers, std::size_t number);
  /// The numbers of lists that may match, each once, ascending; not those that cannot.
  std::vector<std::size_t> candidates(Labels const& labels) const;

 private:
  using Numbers = std::vector<std::size_t>;
  std::map<std::string, std::map<std::string, Numbers, std::less<>>, std::less<>> by_value_;
  std::map<std::string, Numbers, std::less<>> by_name_;
  Numbers always_;
};

}  // namespace umsops::mute
