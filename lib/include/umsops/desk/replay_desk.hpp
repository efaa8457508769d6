// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/query/query.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::desk {

class OpenDesk;

/// A record of which two rule sets think differently.
struct ReplayedChange {
  std::string number, title;
  std::string field;
  std::string before, after;            ///< what each says; empty: nothing
  std::string rule_before, rule_after;  ///< the rule behind it; empty: a default
  std::string carried;                  ///< what the record carries now
  bool by_person = false;               ///< a person gave it
};

/// What becomes of one field.
struct ReplayedField {
  std::string field;
  std::uint64_t changed = 0;
  std::uint64_t judged = 0;                                            ///< records whose value a person gave
  std::uint64_t right_before = 0, right_after = 0;                     ///< of these: the rules say the same
  std::map<std::pair<std::string, std::string>, std::uint64_t> moves;  ///< from, to
  std::map<std::pair<std::string, std::string>, std::pair<std::uint64_t, std::uint64_t>>
      confusion;  ///< person's, the
                  ///< rules': old, new
};

/// What a rule gains or loses.
struct ReplayedRule {
  std::string rule, file;
  std::int64_t line = 0;
  std::uint64_t decided_before = 0, decided_after = 0;  ///< fields of records
  std::uint64_t right_before = 0, right_after = 0;      ///< as a person has it
  std::uint64_t judged_before = 0, judged_after = 0;    ///< of how many a person spoke
};

struct Replay {
  std::uint64_t records = 0, changed = 0;
  std::vector<ReplayedField> fields;  ///< in the order of outcomes
  std::vector<ReplayedRule> rules;    ///< that decide otherwise, those with the most changes first
  std::vector<ReplayedChange> examples;
};

/// A rule that would have been right where people corrected the machine.
struct ProposedRule {
  std::string field, value;
  std::vector<std::string> words;     ///< any of them
  std::uint64_t support = 0;          ///< records that have a word, and a value that a person gave
  std::uint64_t right = 0;            ///< of these, the value is this one
  std::uint64_t corrected = 0;        ///< of these, the rules say otherwise today
  std::vector<std::string> examples;  ///< numbers of records
};

/// Rule sets over the records of the past. Nothing is stored.
class ReplayDesk {
 public:
  explicit ReplayDesk(OpenDesk& desk) : desk_(desk) {}

  /// Both over all records of their kind that pass; `examples`: how many of each move are kept.
  Replay compare(rules::RuleSet const& before, rules::RuleSet const& after, rules::Target const& target,
                 query::Filter const& filter, std::size_t examples);
  std::vector<ProposedRule> propose(rules::RuleSet const& rules, query::Filter const& filter, double precision,
                                    std::uint64_t support);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
