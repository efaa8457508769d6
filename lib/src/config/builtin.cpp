// SPDX-License-Identifier: Apache-2.0
#include "config/builtin.hpp"

#include "base/embedded.hpp"
#include "umsops/config/rule_files.hpp"

namespace umsops::config {
namespace {

std::string_view embedded_file(std::string_view name) {
  for (auto const& file : embedded::builtin_rules()) {
    if (file.name == name) return file.bytes;
  }
  throw base::Error(base::errors::internal, {{"problem", "no embedded file " + std::string(name)}});
}

/// The first kind of record had the name to itself: stored decisions of tickets name `builtin.yaml`.
std::string stem_of(rules::Target const& target) {
  return &target == rules::targets()[0] ? "builtin" : "builtin-" + std::string(target.type.noun);
}

}  // namespace

std::string_view builtin_rules_image(rules::Target const& target) { return embedded_file(stem_of(target) + ".image"); }
std::string_view builtin_rules_text(rules::Target const& target) { return embedded_file(builtin_rules_name(target)); }
std::string builtin_rules_name(rules::Target const& target) { return stem_of(target) + ".yaml"; }
rules::RuleSet builtin_rules(rules::Target const& target) {
  return rules::RuleSet::from_image(builtin_rules_image(target), nullptr, rules::RuleSet::Sum::vouched, target);
}

}  // namespace umsops::config
