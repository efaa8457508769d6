// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/model/import_mapping.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::config {

/// The rules that the program brings along, compiled at build time: no file is read.
rules::RuleSet builtin_rules();
/// Their YAML text, as `rules show` prints it.
std::string_view builtin_rules_text();

/// Reads rule files into one source, in the order given: of what they decide alike, the first has the word. `use:
/// builtin` in any of them puts the built-in rules behind them all, without those whose id a file uses itself, and
/// without their cases. Throws `yaml.invalid` or `rules.invalid` with file and line (the first mistake; the others are
/// its details), `file.unreadable` for a rule file that is not there.
rules::RuleSource read_rules(std::vector<std::string> const& files);
rules::RuleSource read_rules_text(std::string_view text, std::string_view file);
/// Test cases from a rule file, or from a file of their own (`cases:` at the root).
std::vector<rules::TestCase> read_rule_cases(std::string const& file);

/// The compiled set of these files. Unchanged files are only stat'ed: the compile is kept under `cache_directory`
/// (empty: nowhere) together with size, times, inode and program version of every file behind it, and used while all
/// still fit. A cache that cannot be read or written is passed over in silence. No files: the built-in rules.
rules::RuleSet load_rules(std::vector<std::string> const& files, std::string const& cache_directory);

/// A mapping file for `ticket import --mapping`. Throws `yaml.invalid`, `config.invalid`, `file.unreadable`.
model::ImportMapping read_mapping(std::string const& file);

/// Everything wrong with a file of any kind that the program reads (settings, rules, rule cases, mapping, roster, SLA,
/// flow), told by its `kind:` line or its keys. Empty: sound.
std::vector<base::Error> lint_file(std::string const& file);

}  // namespace umsops::config
