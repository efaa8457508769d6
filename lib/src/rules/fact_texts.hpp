// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "rules/folded_text.hpp"
#include "rules/image.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::rules {

/// The facts of one classification, by the numbers that the image gives them. Absent ones are empty texts.
class FactTexts {
 public:
  FactTexts(Image const& image, Facts const& facts);

  std::uint32_t count() const { return static_cast<std::uint32_t>(originals_.size()); }
  std::string_view original(std::uint32_t fact) const {
    return fact < originals_.size() ? originals_[fact] : std::string_view();
  }
  /// Folded on first use.
  FoldedText const& folded(std::uint32_t fact);

 private:
  std::vector<std::string_view> originals_;
  std::vector<std::optional<FoldedText>> folded_;
};

}  // namespace umsops::rules
