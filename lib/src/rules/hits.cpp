// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/utf8.hpp"
#include "rules/target.hpp"
#include "rules/verdict.hpp"

namespace umsops::rules {
namespace {

constexpr std::size_t kLongestQuote = 200;  // bytes of a matched word

std::string quote(std::string_view text) {
  if (text.size() <= kLongestQuote) return std::string(text);
  std::size_t end = kLongestQuote;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

Match match_of(Image const& image, FactTexts& facts, Finding const& finding) {
  Match match;
  match.fact = image.text(image.get<FactRecord>(Section::facts, finding.fact).name);
  match.begin = finding.begin;
  match.end = finding.end;
  if (finding.is_word) {
    auto const& folded = facts.folded(finding.fact);
    match.begin = folded.original_begin(finding.begin);
    match.end = folded.original_end(finding.end);
  }
  std::string_view const text = facts.original(finding.fact);
  match.end = std::min(match.end, text.size());
  match.begin = std::min(match.begin, match.end);
  match.word = quote(text.substr(match.begin, match.end - match.begin));
  return match;
}

constexpr std::size_t kLongestAttribute = 200;  // characters; fields have limits of their own

/// Foreign text as the value of a field: one line without controls, not too long; empty if impossible.
std::string value_from(base::Field const* field, std::string_view text) {
  if (field && !field->choices.empty()) return std::string(choice_of(*field, text).value_or(""));
  std::string out;
  std::size_t characters = 0;
  std::size_t const most = field && field->max_length > 0 ? field->max_length : kLongestAttribute;
  for (std::size_t at = 0; at < text.size() && characters < most; ++characters) {
    auto const decoded = base::decode_utf8(text, at);
    bool const blank = !decoded.valid || decoded.code_point <= 0x20 ||
                       (decoded.code_point >= 0x7F && decoded.code_point <= 0xA0) || decoded.code_point == 0xFEFF;
    if (!blank) {
      out.append(text.substr(at, decoded.size));
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
    at += decoded.size;
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

void propose(Image const& image, Target const& target, HeldRule const& held, Hit& hit) {
  Span const sets = image.within(Section::sets, held.record.sets);
  Span const extracts = image.within(Section::extracts, held.record.extracts);
  hit.proposes.reserve((sets.end - sets.begin) + (extracts.end - extracts.begin));
  for (std::uint32_t i = sets.begin; i < sets.end; ++i) {
    auto const pair = image.get<PairRecord>(Section::sets, i);
    hit.proposes.emplace_back(image.text(pair.name), image.text(pair.value));
  }
  for (std::uint32_t i = extracts.begin; i < extracts.end; ++i) {
    auto const pair = image.get<PairRecord>(Section::extracts, i);
    std::string_view const field = image.text(pair.name), group = image.text(pair.value);
    for (auto const& [name, text] : held.captures) {
      if (name != group) continue;
      if (std::string value = value_from(field_of(target.type, field), text); !value.empty())
        hit.proposes.emplace_back(field, std::move(value));
      break;
    }
  }
}

}  // namespace

std::vector<HeldBack> held_back_of(Image const& image, FactTexts& facts, std::vector<PassedOver> const& passed_over) {
  std::vector<HeldBack> out;
  for (auto one = passed_over.begin(); one != passed_over.end(); ++one) {
    auto const same = [&](PassedOver const& other) { return other.rule == one->rule && other.finding == one->finding; };
    if (std::any_of(passed_over.begin(), one, same)) continue;
    auto const rule = image.get<RuleRecord>(Section::rules, one->rule);
    out.push_back({std::string(image.text(rule.id)), match_of(image, facts, one->finding), one->why});
  }
  return out;
}

std::vector<Hit> hits_of(Image const& image, Target const& target, FactTexts& facts,
                         std::vector<HeldRule> const& held) {
  std::vector<Hit> hits;
  hits.reserve(held.size());
  for (auto const& rule : held) {
    Hit& hit = hits.emplace_back();
    hit.rule = image.text(rule.record.id);
    hit.file = image.text(rule.record.file);
    hit.line = rule.record.line;
    hit.weight = rule.record.weight;
    hit.matches.reserve(rule.findings.size());
    for (auto const& finding : rule.findings) hit.matches.push_back(match_of(image, facts, finding));
    propose(image, target, rule, hit);
  }
  return hits;
}

}  // namespace umsops::rules
