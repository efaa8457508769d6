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

}  // namespace

std::string_view builtin_rules_image() { return embedded_file("builtin.image"); }
std::string_view builtin_rules_text() { return embedded_file("builtin.yaml"); }
rules::RuleSet builtin_rules() {
  return rules::RuleSet::from_image(builtin_rules_image(), nullptr, rules::RuleSet::Sum::vouched);
}

}  // namespace umsops::config
