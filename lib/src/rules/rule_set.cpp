// SPDX-License-Identifier: Apache-2.0
#include "umsops/rules/rule_set.hpp"

#include <algorithm>

#include "rules/compiler.hpp"
#include "rules/enrichment.hpp"
#include "rules/fact_texts.hpp"
#include "rules/image.hpp"
#include "rules/regexes.hpp"
#include "rules/rule_run.hpp"
#include "rules/source_check.hpp"
#include "rules/verdict.hpp"

namespace umsops::rules {
namespace {

std::vector<std::uint32_t> rules_of(std::vector<HeldRule> const& held) {
  std::vector<std::uint32_t> out;
  out.reserve(held.size());
  for (auto const& rule : held) out.push_back(rule.rule);
  return out;
}

}  // namespace

struct RuleSet::State {
  State(std::string_view bytes, std::shared_ptr<void const> owner, Sum sum, Target const& records)
      : keep(std::move(owner)),
        target(records),
        image(bytes, target.type.noun, sum == Sum::checked),
        regexes(image.regexes()),
        version(image.version()) {}

  std::shared_ptr<void const> keep;
  Target const& target;
  Image image;
  Regexes regexes;
  std::string version;
};

RuleSet RuleSet::compile(RuleSource const& source) {
  check_source(source);
  auto const bytes = std::make_shared<std::string const>(compile_image(source));
  return from_image(*bytes, bytes, Sum::vouched, *source.target);
}

RuleSet RuleSet::from_image(std::string_view bytes, std::shared_ptr<void const> keep, Sum sum, Target const& target) {
  RuleSet set;
  set.state_ = std::make_shared<State const>(bytes, std::move(keep), sum, target);
  return set;
}

std::string_view RuleSet::image() const { return state_->image.bytes(); }
std::string const& RuleSet::version() const { return state_->version; }
std::size_t RuleSet::size() const { return state_->image.count(Section::rules); }

/// A rule that sets an attribute may let a later one hold: the rules are asked again until nothing new is set. Each
/// round is right for one more setter at least, and few rules build on each other so.
Verdict RuleSet::classify(Facts const& facts, Tell tell) const {
  constexpr int kMostRounds = 16;
  Image const& image = state_->image;
  auto const mapped = mapped_facts(image, facts);
  std::vector<AddedFact> set;
  Verdict verdict;
  for (int round = 0; round < kMostRounds; ++round) {
    FactTexts texts(image, facts);
    for (auto const& fact : mapped) texts.add(fact);
    for (auto const& fact : set) texts.add(fact);
    RuleRun run(image, state_->regexes, texts);
    auto const held = run.held();
    verdict.hits = hits_of(image, state_->target, texts, held);
    auto next = set_facts(verdict.hits, rules_of(held), facts, mapped);
    bool const asked = std::any_of(next.begin(), next.end(), [&](auto const& fact) { return texts.asks_for(fact); });
    if (next == set || !asked) {
      if (tell == Tell::held_back) verdict.held_back = held_back_of(image, texts, run.passed_over());
      break;
    }
    set = std::move(next);
  }
  verdict.outcomes = outcomes_of(image, state_->target, facts, verdict.hits);
  return verdict;
}

}  // namespace umsops::rules
