// SPDX-License-Identifier: Apache-2.0
// A rule file: whatever it says, it is refused with a place, or it compiles, and then it classifies any text. What was
// compiled comes back from its image and decides alike.
#include "tests/fuzz/fuzz.hpp"
#include "umsops/base/error.hpp"
#include "umsops/config/rule_files.hpp"

namespace umsops::fuzz {

void one_input(std::string_view bytes) {
  try {
    auto const source = config::read_rules_text(bytes, "rules.yaml");
    auto const set = rules::RuleSet::compile(source);
    rules::Facts const facts{{"title", "VPN 登录失败, not urgent 紧急"},
                             {"description", std::string(bytes.substr(0, 512))}};
    auto const verdict = set.classify(facts);
    auto const again = rules::RuleSet::from_image(set.image(), nullptr).classify(facts);
    require(verdict.hits.size() == again.hits.size() && verdict.outcomes.size() == again.outcomes.size());
    for (auto const& hit : verdict.hits) require(!hit.rule.empty() || hit.line > 0);
  } catch (base::Error const& error) {
    require(error.kind() != base::ErrorKind::internal && !error.message().empty());
  }
}

}  // namespace umsops::fuzz
