// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"
#include "umsops/config/yaml.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::config {

/// Reads a file: `read_file`, or a wrapper that notes which files were read.
using ReadFile = std::function<std::string(std::string const& path, std::size_t limit)>;

/// Rule files may be large: half of them are word lists.
inline constexpr YamlLimits kRuleLimits{200'000, 8u << 20};

/// One rule file, without the built-in rules.
struct RuleFile {
  rules::RuleSource source;
  bool ours = true;  ///< false: its `noun:` is another kind of record; nothing else of it was read
  bool uses_builtin = false;
  base::SourceSpot use;  ///< position of `use:`
};

/// Reads one rule file; all errors go to `problems`. `read` loads the tables that it names.
RuleFile read_rule_text(rules::Target const& target, std::string_view text, std::string const& file,
                        ReadFile const& read, Problems& problems);

/// Whether the program carries rules for this kind of record.
bool has_builtin(rules::Target const& target);
/// The kind of record that a rule file is for: its `noun:`, or tickets. Throws `config.invalid` for an unknown one.
std::string noun_of(Node const& root);

/// Parts of it, each over one node.
rules::Test read_test(rules::Target const& target, Node const& node, Problems& problems);
std::vector<rules::TestCase> read_cases(rules::Target const& target, Node const& node, Problems& problems);
rules::Mapping read_table(rules::Target const& target, Node const& node, ReadFile const& read, Problems& problems);
using FieldValues = std::vector<std::pair<std::string, std::string>>;
FieldValues read_sets(rules::Target const& target, Node const& node, Problems& problems);

/// A relative path, resolved from the folder of `file`.
std::string beside(std::string const& file, std::string const& path);

/// An id or a name: letters, digits, `.`, `_`, `-`, at most 64 characters.
std::string id_of(Node const& node);

}  // namespace umsops::config
