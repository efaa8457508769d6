// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/enrichment.hpp"
#include "rules/folded_text.hpp"
#include "rules/verdict.hpp"

namespace umsops::rules {
namespace {

constexpr std::string_view kCategory = "category", kSubcategory = "subcategory";

std::string_view fact_named(Facts const& facts, std::string_view name) {
  for (auto const& [fact, text] : facts) {
    if (fact == name) return text;
  }
  return {};
}

/// Any character that can be seen will do; only where no plain one is, folding tells.
bool has_text(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; }) ||
         !FoldedText(text).text().empty();
}

bool has_text(Target const& target, Facts const& facts) {
  return std::any_of(target.texts.begin(), target.texts.end(),
                     [&](auto name) { return has_text(fact_named(facts, name)); });
}

std::string const* proposed(Hit const& hit, std::string_view field) {
  for (auto const& [name, value] : hit.proposes) {
    if (name == field) return &value;
  }
  return nullptr;
}

class Decision {
 public:
  Decision(Image const& image, Target const& target, Facts const& facts, std::vector<Hit> const& hits)
      : image_(image), target_(target), facts_(facts), hits_(hits) {}

  /// In the order of the target; further fields follow as the rules named them.
  std::vector<Outcome> run() {
    for (auto const field : target_.decided) decide(field);
    for (auto const& hit : hits_) {
      for (auto const& [field, value] : hit.proposes) decide(field);
    }
    for (std::uint32_t i = 0; i < image_.count(Section::mappings); ++i) map(i);
    fill(has_text(target_, facts_) ? Section::defaults : Section::without_text);
    std::stable_sort(outcomes_.begin(), outcomes_.end(),
                     [this](Outcome const& a, Outcome const& b) { return rank(a.field) < rank(b.field); });
    return std::move(outcomes_);
  }

 private:
  std::ptrdiff_t rank(std::string_view field) const {
    return std::find(target_.decided.begin(), target_.decided.end(), field) - target_.decided.begin();
  }

  Outcome const* outcome(std::string_view field) const {
    for (auto const& one : outcomes_) {
      if (one.field == field) return &one;
    }
    return nullptr;
  }

  bool by_weight(std::string_view field) const {
    for (std::uint32_t i = 0; i < image_.count(Section::weighed); ++i) {
      if (image_.text(image_.get<Text>(Section::weighed, i)) == field) return true;
    }
    return false;
  }

  /// A subcategory belongs to its category: if the category lost, so does the subcategory.
  bool may_say(Hit const& hit, std::string_view field) const {
    if (field != kSubcategory) return true;
    auto const* const category = proposed(hit, kCategory);
    auto const* const won = outcome(kCategory);
    return !category || !won || *category == won->value;
  }

  void decide(std::string_view field) {
    if (outcome(field)) return;
    struct Candidate {
      std::string const* value;
      int hit;
      double score;
    };
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < hits_.size(); ++i) {
      std::string const* const value = proposed(hits_[i], field);
      if (!value || !may_say(hits_[i], field)) continue;
      auto const same =
          std::find_if(candidates.begin(), candidates.end(), [&](auto const& c) { return *c.value == *value; });
      if (same != candidates.end()) {
        same->score += hits_[i].weight;
      } else {
        candidates.push_back({value, static_cast<int>(i), hits_[i].weight});
      }
    }
    if (candidates.empty()) return;
    auto winner = candidates.begin();
    if (by_weight(field)) {
      winner = std::max_element(candidates.begin(), candidates.end(),
                                [](auto const& a, auto const& b) { return a.score < b.score; });
    }
    Outcome& one = outcomes_.emplace_back();
    one.field = field;
    one.value = *winner->value;
    one.origin = "rule";
    one.hit = winner->hit;
    one.score = winner->score;
    for (auto candidate = candidates.begin(); candidate != candidates.end(); ++candidate) {
      if (candidate != winner) one.losers.emplace_back(*candidate->value, candidate->score);
    }
  }

  /// The fact may also be a value that a rule or an earlier mapping has set.
  std::string_view value_of(std::string_view fact) const {
    std::string_view const given = fact_named(facts_, fact);
    auto const* const decided = outcome(fact);
    return given.empty() && decided ? std::string_view(decided->value) : given;
  }

  void map(std::uint32_t index) {
    auto const mapping = image_.get<MappingRecord>(Section::mappings, index);
    if (auto const row = find_row(image_, mapping, value_of(image_.text(mapping.fact)))) take_row(mapping, *row);
  }

  void take_row(MappingRecord const& mapping, RowRecord const& row) {
    Span const columns = image_.within(Section::columns, mapping.columns);
    for (std::uint32_t i = columns.begin; i < columns.end; ++i) {
      std::string_view const field = image_.text(image_.get<Text>(Section::columns, i));
      std::string_view const value = image_.text(image_.get<Text>(Section::cells, row.cells + (i - columns.begin)));
      if (!value.empty() && !outcome(field)) add(field, value, "mapping");
    }
  }

  void fill(Section section) {
    for (std::uint32_t i = 0; i < image_.count(section); ++i) {
      auto const pair = image_.get<PairRecord>(section, i);
      std::string_view const field = image_.text(pair.name);
      if (!outcome(field)) add(field, image_.text(pair.value), "default");
    }
  }

  void add(std::string_view field, std::string_view value, char const* origin) {
    Outcome& one = outcomes_.emplace_back();
    one.field = field;
    one.value = value;
    one.origin = origin;
  }

  Image const& image_;
  Target const& target_;
  Facts const& facts_;
  std::vector<Hit> const& hits_;
  std::vector<Outcome> outcomes_;
};

}  // namespace

std::vector<Outcome> outcomes_of(Image const& image, Target const& target, Facts const& facts,
                                 std::vector<Hit> const& hits) {
  return Decision(image, target, facts, hits).run();
}

}  // namespace umsops::rules
