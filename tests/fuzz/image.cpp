// SPDX-License-Identifier: Apache-2.0
// A stored compile that somebody altered: it is refused, or it classifies without reading outside its bytes.
#include <memory>
#include <string>

#include "tests/fuzz/fuzz.hpp"
#include "umsops/base/error.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::fuzz {

void one_input(std::string_view bytes) {
  auto const keep = std::make_shared<std::string>(bytes);
  try {
    // Without its sum, which a fuzzer could not guess: the bounds alone have to hold.
    auto const set = rules::RuleSet::from_image(*keep, keep, rules::RuleSet::Sum::vouched);
    (void)set.classify({{"title", "VPN 登录失败, not urgent 紧急"}, {"requester_id", "zhang.wei"}});
  } catch (base::Error const&) {
  }
}

}  // namespace umsops::fuzz
