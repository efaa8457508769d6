// SPDX-License-Identifier: Apache-2.0
#include "rules/fact_texts.hpp"

namespace umsops::rules {
namespace {

constexpr std::size_t kLongestText = 4 << 20;  // bytes; checked texts are far shorter

}  // namespace

FactTexts::FactTexts(Image const& image, Facts const& facts)
    : image_(image),
      originals_(image.count(Section::facts)),
      seen_from_(originals_.size()),
      folded_(originals_.size()) {
  for (std::uint32_t i = 0; i < originals_.size(); ++i) {
    std::string_view const name = image.text(image.get<FactRecord>(Section::facts, i).name);
    for (auto const& [fact, text] : facts) {
      if (fact != name) continue;
      originals_[i] = std::string_view(text).substr(0, kLongestText);
      break;
    }
  }
}

std::uint32_t FactTexts::number_of(std::string_view name) const {
  std::uint32_t i = 0;
  while (i < count() && image_.text(image_.get<FactRecord>(Section::facts, i).name) != name) ++i;
  return i;
}

void FactTexts::add(AddedFact const& fact) {
  std::uint32_t const i = number_of(fact.name);
  if (i == count() || !originals_[i].empty()) return;
  originals_[i] = std::string_view(fact.value).substr(0, kLongestText);
  seen_from_[i] = fact.from;
}

FoldedText const& FactTexts::folded(std::uint32_t fact) {
  if (fact >= folded_.size()) {
    static FoldedText const kEmpty{std::string_view()};
    return kEmpty;
  }
  if (!folded_[fact]) folded_[fact].emplace(originals_[fact]);
  return *folded_[fact];
}

}  // namespace umsops::rules
