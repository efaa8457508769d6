// SPDX-License-Identifier: Apache-2.0
#include "umsops/rules/rule_set.hpp"

#include "rules/compiler.hpp"
#include "rules/fact_texts.hpp"
#include "rules/image.hpp"
#include "rules/regexes.hpp"
#include "rules/rule_run.hpp"
#include "rules/source_check.hpp"
#include "rules/verdict.hpp"

namespace umsops::rules {

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

Verdict RuleSet::classify(Facts const& facts) const {
  FactTexts texts(state_->image, facts);
  RuleRun run(state_->image, state_->regexes, texts);
  Verdict verdict;
  verdict.hits = hits_of(state_->image, state_->target, texts, run.held());
  verdict.outcomes = outcomes_of(state_->image, state_->target, facts, verdict.hits);
  return verdict;
}

}  // namespace umsops::rules
