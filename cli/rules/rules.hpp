// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/env.hpp"
#include "umsops/config/rule_files.hpp"

namespace umsops::cli {

/// The kinds of records that have rules.
std::span<std::string_view const> rule_nouns();

/// The rules for one kind of record, with the test cases of their files.
struct NounRules {
  rules::Target const* target;
  std::vector<std::string> files;  ///< empty: the built-in rules
  rules::RuleSource source;
};
/// Those that the named files hold, in the order of kinds; without any file all that are in use: of the settings'
/// files, and the built-in ones where these say nothing.
std::vector<NounRules> rule_sources(Env& env, std::vector<std::string> const& named);

/// `--noun`, by default the first.
inline constexpr Flag kNoun{.name = "noun",
                            .value = "NOUN",
                            .type = FlagType::choice,
                            .doc = {"for this kind of record", "针对此类记录"},
                            .fallback = "the first",
                            .choices = rule_nouns};
rules::Target const& target_of(Call const& call);

/// A count as documents have it.
inline std::int64_t number(std::uint64_t count) { return static_cast<std::int64_t>(count); }

/// Everything wrong with these files, one error line each on standard error; gives the number.
std::int64_t tell_problems(Env& env, std::vector<base::Error> const& problems);
base::Value problem_of(base::Error const& error, base::Language language);
/// What a check of so many files found, for people or as a document of that schema. Throws `lint.failed` where it found
/// anything.
void answer_problems(Env& env, std::string_view schema, std::vector<base::Error> const& problems, std::size_t files);

}  // namespace umsops::cli
