// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/model/import_mapping.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::config {

/// The built-in rules of a kind of record (one of `rules::targets()`), compiled at build time; reads no file.
rules::RuleSet builtin_rules(rules::Target const& target = rules::ticket_target());
/// Their YAML text, as `rules show` prints it, and the name of that file.
std::string_view builtin_rules_text(rules::Target const& target = rules::ticket_target());
std::string builtin_rules_name(rules::Target const& target = rules::ticket_target());

/// Rule files by the kind of record that each is for (its `noun:`, tickets where it says nothing), in the order of
/// `rules::targets()`; a kind without a file has an empty list. Throws as `read_rules` does.
struct NounFiles {
  rules::Target const* target;
  std::vector<std::string> files;
};
std::vector<NounFiles> by_noun(std::vector<std::string> const& files);

/// Reads those of the rule files that are for `target` into one source, in the order given; where files disagree, the
/// first wins. `use: builtin` in any of them appends the built-in rules, except those whose id a file uses itself, and
/// without their cases; none of the files for `target`: the built-in rules as they are. Throws `yaml.invalid` or
/// `rules.invalid` with file and line (the first mistake; the others are its details), `file.unreadable` for a rule
/// file that is not there.
rules::RuleSource read_rules(std::vector<std::string> const& files,
                             rules::Target const& target = rules::ticket_target());
rules::RuleSource read_rules_text(std::string_view text, std::string_view file,
                                  rules::Target const& target = rules::ticket_target());
/// Test cases from a rule file or a file of cases only (`cases:` at the root).
std::vector<rules::TestCase> read_rule_cases(std::string const& file,
                                             rules::Target const& target = rules::ticket_target());

/// The compiled set of these files. The compile is kept under `cache_directory` (empty: nowhere) with the size, times
/// and inode of every file and the program version, and reused while all of them are unchanged: then files are only
/// stat'ed. A cache that cannot be read or written is ignored. No files for `target`: the built-in rules.
rules::RuleSet load_rules(std::vector<std::string> const& files, std::string const& cache_directory,
                          rules::Target const& target = rules::ticket_target());

/// A mapping file for `ticket import --mapping`. Throws `yaml.invalid`, `config.invalid`, `file.unreadable`.
model::ImportMapping read_mapping(std::string const& file, base::RecordType const& type = model::ticket_type());

/// All problems of a file of any kind that the program reads (settings, rules, rule cases, mapping, roster, SLA, flow,
/// services, priority matrix);
/// its `kind:` line or its keys tell which. Empty: none.
std::vector<base::Error> lint_file(std::string const& file);

}  // namespace umsops::config
