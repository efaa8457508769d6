// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "rules/enrichment.hpp"
#include "rules/folded_text.hpp"
#include "rules/image.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::rules {

/// The facts of one classification, by the numbers that the image gives them. Absent ones are empty texts.
class FactTexts {
 public:
  FactTexts(Image const& image, Facts const& facts);
  /// A fact that nobody gave; the caller keeps its text.
  void add(AddedFact const& fact);
  bool asks_for(AddedFact const& fact) const { return number_of(fact.name) < count(); }

  std::uint32_t count() const { return static_cast<std::uint32_t>(originals_.size()); }
  std::string_view original(std::uint32_t fact) const {
    return fact < originals_.size() ? originals_[fact] : std::string_view();
  }
  /// The first rule that sees the fact.
  std::uint32_t seen_from(std::uint32_t fact) const { return fact < seen_from_.size() ? seen_from_[fact] : 0; }
  /// Folded on first use.
  FoldedText const& folded(std::uint32_t fact);

 private:
  std::uint32_t number_of(std::string_view name) const;

  Image const& image_;
  std::vector<std::string_view> originals_;
  std::vector<std::uint32_t> seen_from_;
  std::vector<std::optional<FoldedText>> folded_;
};

}  // namespace umsops::rules
