// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/past_records.hpp"
#include "umsops/desk/replay_desk.hpp"
#include "umsops/desk/rule_desk.hpp"

namespace umsops::desk {
namespace {

std::string value_of(rules::Outcome const* outcome) { return outcome ? outcome->value : std::string(); }

rules::Outcome const* find(rules::Verdict const& verdict, std::string_view field) {
  auto const found = std::find_if(verdict.outcomes.begin(), verdict.outcomes.end(),
                                  [&](auto const& outcome) { return outcome.field == field; });
  return found == verdict.outcomes.end() ? nullptr : &*found;
}

rules::Hit const* hit_of(rules::Verdict const& verdict, rules::Outcome const* outcome) {
  return outcome && outcome->hit >= 0 ? &verdict.hits[static_cast<std::size_t>(outcome->hit)] : nullptr;
}

/// Puts the verdicts on one record after the other together.
class Comparer {
 public:
  Comparer(rules::RuleSet const& before, rules::RuleSet const& after, std::size_t examples)
      : before_(before), after_(after), examples_(examples) {}

  void add(HeldRecord const& record) {
    auto const facts = record.first_facts();
    auto const before = before_.classify(facts), after = after_.classify(facts);
    ++out_.records;
    bool changed = false;
    for (auto const& outcome : after.outcomes) changed |= add(record, outcome.field, before, after);
    for (auto const& outcome : before.outcomes) {
      if (!find(after, outcome.field)) changed |= add(record, outcome.field, before, after);
    }
    out_.changed += changed;
  }

  Replay finish() {
    for (auto& [name, rule] : rules_) {
      if (rule.decided_before != rule.decided_after) out_.rules.push_back(std::move(rule));
    }
    auto const size = [](ReplayedRule const& rule) {
      return std::max(rule.decided_before, rule.decided_after) - std::min(rule.decided_before, rule.decided_after);
    };
    std::stable_sort(out_.rules.begin(), out_.rules.end(),
                     [&](auto const& a, auto const& b) { return size(a) > size(b); });
    return std::move(out_);
  }

 private:
  bool add(HeldRecord const& record, std::string const& field, rules::Verdict const& before,
           rules::Verdict const& after);
  void add_rule(rules::Hit const* hit, bool is_after, bool judged, bool right);
  ReplayedField& field_at(std::string const& name);

  rules::RuleSet const& before_;
  rules::RuleSet const& after_;
  std::size_t examples_;
  Replay out_;
  std::map<std::string, ReplayedRule> rules_;
};

ReplayedField& Comparer::field_at(std::string const& name) {
  auto const found =
      std::find_if(out_.fields.begin(), out_.fields.end(), [&](auto const& field) { return field.field == name; });
  if (found != out_.fields.end()) return *found;
  out_.fields.emplace_back().field = name;
  return out_.fields.back();
}

void Comparer::add_rule(rules::Hit const* hit, bool is_after, bool judged, bool right) {
  if (!hit) return;
  auto& rule = rules_[hit->rule];
  rule.rule = hit->rule;
  rule.file = hit->file;
  rule.line = hit->line;
  ++(is_after ? rule.decided_after : rule.decided_before);
  (is_after ? rule.judged_after : rule.judged_before) += judged;
  (is_after ? rule.right_after : rule.right_before) += right;
}

bool Comparer::add(HeldRecord const& record, std::string const& field, rules::Verdict const& before,
                   rules::Verdict const& after) {
  auto const* const was = find(before, field);
  auto const* const is = find(after, field);
  std::string const old_value = value_of(was), new_value = value_of(is);
  auto const* const old_hit = hit_of(before, was);
  auto const* const new_hit = hit_of(after, is);
  auto const carried = record.carried(field);
  bool const judged = !carried.empty() && is_by_person(record.classification, field);
  auto& sums = field_at(field);
  add_rule(old_hit, false, judged, judged && carried == old_value);
  add_rule(new_hit, true, judged, judged && carried == new_value);
  if (judged) {
    ++sums.judged;
    sums.right_before += carried == old_value;
    sums.right_after += carried == new_value;
    ++sums.confusion[{carried, old_value}].first;
    ++sums.confusion[{carried, new_value}].second;
  }
  if (old_value == new_value) return false;
  ++sums.changed;
  if (++sums.moves[{old_value, new_value}] <= examples_) {
    out_.examples.push_back({record.number, record.title, field, old_value, new_value,
                             old_hit ? old_hit->rule : std::string(), new_hit ? new_hit->rule : std::string(), carried,
                             judged});
  }
  return true;
}

}  // namespace

Replay ReplayDesk::compare(rules::RuleSet const& before, rules::RuleSet const& after, rules::Target const& target,
                           query::Filter const& filter, std::size_t examples) {
  Comparer comparer(before, after, examples);
  each_record(desk_, target.type.noun, filter, [&](HeldRecord const& record) {
    comparer.add(record);
    return true;
  });
  return comparer.finish();
}

}  // namespace umsops::desk
