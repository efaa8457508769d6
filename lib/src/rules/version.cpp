// SPDX-License-Identifier: Apache-2.0
#include <bit>

#include "rules/compiler.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::rules {
namespace {

/// Serialises everything that affects decisions, each piece after its length, so that different rule sets give
/// different bytes.
class Canonical {
 public:
  explicit Canonical(Target const& target) : target_(target) {}

  void text(std::string_view text) {
    number(text.size());
    bytes_ += text;
  }
  void number(std::uint64_t n) {
    for (; n >= 0x80; n >>= 7) bytes_ += static_cast<char>(n | 0x80);
    bytes_ += static_cast<char>(n);
  }
  void decimal(double value) { number(std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value)); }
  template <class Text>
  void texts(std::vector<Text> const& list) {
    number(list.size());
    for (auto const& entry : list) text(entry);
  }
  void pairs(std::vector<std::pair<std::string, std::string>> const& list) {
    number(list.size());
    for (auto const& [name, value] : list) {
      text(name);
      text(value);
    }
  }

  void test(Test const& test) {
    number(static_cast<std::uint64_t>(test.kind));
    texts(fields_of(test, target_));
    texts(test.words);
    texts(test.except);
    number(std::uint64_t{test.guard_negation} | std::uint64_t{test.has_min} << 1 | std::uint64_t{test.has_max} << 2);
    decimal(test.has_min ? test.min : 0);
    decimal(test.has_max ? test.max : 0);
    number(test.children.size());
    for (auto const& child : test.children) this->test(child);
  }

  void rule(Rule const& rule) {
    text(rule.id);
    test(rule.test);
    pairs(rule.sets);
    pairs(rule.extracts);
    decimal(rule.weight);
    number(rule.stop);
  }

  void mapping(Mapping const& mapping) {
    text(mapping.id);
    text(mapping.fact);
    texts(mapping.columns);
    number(mapping.rows.size());
    for (auto const& [key, cells] : mapping.rows) {
      text(key);
      texts(cells);
    }
  }

  std::string hash() const { return base::sha256_hex(bytes_).substr(0, 16); }

 private:
  Target const& target_;
  std::string bytes_;
};

}  // namespace

std::vector<std::string_view> fields_of(Test const& test, Target const& target) {
  if (!test.fields.empty()) return {test.fields.begin(), test.fields.end()};
  return {target.texts.begin(), target.texts.end()};
}

std::string version_of(RuleSource const& source) {
  Canonical out(*source.target);
  out.number(source.rules.size());
  for (auto const& rule : source.rules) out.rule(rule);
  out.number(source.mappings.size());
  for (auto const& mapping : source.mappings) out.mapping(mapping);
  out.number(source.decide.size());
  for (auto const& [field, how] : source.decide) {
    out.text(field);
    out.number(static_cast<std::uint64_t>(how));
  }
  out.pairs(source.defaults);
  out.pairs(source.without_text);
  // Stored tickets name the version that classified them, so versions for tickets must not change.
  auto const noun = source.target->type.noun;
  if (noun != ticket_target().type.noun) out.text(noun);
  return out.hash();
}

}  // namespace umsops::rules
