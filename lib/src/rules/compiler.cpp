// SPDX-License-Identifier: Apache-2.0
#include "rules/compiler.hpp"

#include <algorithm>
#include <unordered_map>

#include "rules/folded_text.hpp"
#include "rules/image_writer.hpp"
#include "rules/literals.hpp"
#include "rules/target.hpp"
#include "rules/word_table.hpp"

namespace umsops::rules {
namespace {

using Kind = Test::Kind;

/// A word or expression must occur in the text before this can hold, so that the word table finds its rule.
bool needs_word(Test const& test) {
  switch (test.kind) {
    case Kind::all:
      return std::any_of(test.children.begin(), test.children.end(), needs_word);
    case Kind::any:
      return std::all_of(test.children.begin(), test.children.end(), needs_word);
    case Kind::keywords:
      return true;
    case Kind::regex:
      return !required_literals(test.words[0]).empty();
    case Kind::none:
    case Kind::equals:
    case Kind::in:
    case Kind::range:
    case Kind::exists:
      return false;
  }
  return false;
}

bool holds_regex(Test const& test) {
  return test.kind == Kind::regex || std::any_of(test.children.begin(), test.children.end(), holds_regex);
}

std::string folded(std::string_view text) { return std::string(FoldedText(text).text()); }

class Compiler {
 public:
  explicit Compiler(Target const& target) : target_(target) {}

  std::string run(RuleSource const& source) {
    for (auto const name : target_.texts) fact(name);
    for (auto const& rule : source.rules) write_rule(rule);
    for (auto const& mapping : source.mappings) write_mapping(mapping);
    for (auto const& [field, how] : source.decide) {
      if (how == Decide::weight) out_.add(Section::weighed, out_.text(field));
    }
    write_pairs(Section::defaults, source.defaults);
    write_pairs(Section::without_text, source.without_text);
    for (auto const& record : facts_) out_.add(Section::facts, record);
    std::uint32_t const lengths = words_.write(out_);
    return out_.finish({target_.type.noun, version_of(source), regexes_, lengths});
  }

 private:
  std::uint32_t fact(std::string_view name) {
    auto const [entry, fresh] = fact_numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(facts_.size()));
    if (fresh) facts_.push_back({out_.text(name)});
    return entry->second;
  }

  /// A value as its field spells it.
  std::string_view spelled(std::string const& name, std::string const& value) const {
    auto const* const field = field_of(target_.type, name);
    return field ? choice_of(*field, value).value_or(value) : value;
  }

  Span write_pairs(Section section, std::vector<std::pair<std::string, std::string>> const& pairs) {
    Span span{out_.count(section), 0};
    for (auto const& [name, value] : pairs) {
      out_.add(section, PairRecord{out_.text(name), out_.text(section == Section::extracts ? std::string_view(value)
                                                                                           : spelled(name, value))});
    }
    span.end = out_.count(section);
    return span;
  }

  void write_rule(Rule const& rule) {
    std::uint32_t const number = out_.count(Section::rules);
    RuleRecord record;
    record.id = out_.text(rule.id);
    record.file = out_.text(rule.file);
    record.line = static_cast<std::uint32_t>(std::clamp<std::int64_t>(rule.line, 0, INT32_MAX));
    record.weight = rule.weight;
    record.stop = rule.stop;
    record.tests.begin = out_.count(Section::tests);
    write_test(rule.test, number);
    record.tests.end = out_.count(Section::tests);
    record.sets = write_pairs(Section::sets, rule.sets);
    record.extracts = write_pairs(Section::extracts, rule.extracts);
    out_.add(Section::rules, record);
    if (!needs_word(rule.test)) out_.add(Section::always, number);
  }

  void write_test(Test const& test, std::uint32_t rule) {
    TestRecord record;
    record.kind = static_cast<std::uint32_t>(test.kind);
    record.min = test.min;
    record.max = test.max;
    record.flags = (test.guard_negation ? TestRecord::kGuard : 0u) | (test.has_min ? TestRecord::kMin : 0u) |
                   (test.has_max ? TestRecord::kMax : 0u);
    std::uint32_t const number = out_.add(Section::tests, record);
    if (test.children.empty()) {
      write_facts(test, record);
      write_words(test, number, rule, record);
    }
    write_children(test, rule);
    record.end = out_.count(Section::tests);
    out_.replace(Section::tests, number, record);
  }

  /// In `all`, expressions come last: cheap conditions are evaluated first.
  void write_children(Test const& test, std::uint32_t rule) {
    bool const sorted = test.kind == Kind::all;
    for (auto const& child : test.children) {
      if (!sorted || !holds_regex(child)) write_test(child, rule);
    }
    for (auto const& child : test.children) {
      if (sorted && holds_regex(child)) write_test(child, rule);
    }
  }

  void write_facts(Test const& test, TestRecord& record) {
    record.facts.begin = out_.count(Section::test_facts);
    for (auto const name : fields_of(test, target_)) {
      std::uint32_t const number = fact(name);
      out_.add(Section::test_facts, number);
      if (test.kind == Kind::keywords || test.kind == Kind::regex) facts_[number].scanned = 1;
    }
    record.facts.end = out_.count(Section::test_facts);
  }

  void write_words(Test const& test, std::uint32_t number, std::uint32_t rule, TestRecord& record) {
    record.words.begin = out_.count(Section::words);
    if (test.kind == Kind::keywords) {
      for (auto const& word : test.words) words_.add(folded(word), {number, rule, PostingRecord::keyword});
      for (auto const& word : test.except) words_.add(folded(word), {number, rule, PostingRecord::exception});
    } else if (test.kind == Kind::regex) {
      record.regex = regexes_++;
      out_.add(Section::words, out_.text(test.words[0]));
      for (auto& literal : required_literals(test.words[0])) {
        record.flags |= TestRecord::kLiterals;
        words_.add(std::move(literal), {number, rule, PostingRecord::literal});
      }
    } else {
      for (auto const& word : test.words) out_.add(Section::words, out_.text(folded(word)));
    }
    record.words.end = out_.count(Section::words);
  }

  void write_mapping(Mapping const& mapping) {
    MappingRecord record;
    record.id = out_.text(mapping.id);
    record.fact = out_.text(mapping.fact);
    record.file = out_.text(mapping.file);
    record.line = static_cast<std::uint32_t>(std::clamp<std::int64_t>(mapping.line, 0, INT32_MAX));
    record.columns.begin = out_.count(Section::columns);
    for (auto const& column : mapping.columns) out_.add(Section::columns, out_.text(column));
    record.columns.end = out_.count(Section::columns);

    std::vector<std::pair<std::string, std::uint32_t>> keys;
    for (auto const& [key, cells] : mapping.rows) {
      keys.emplace_back(folded(key), out_.count(Section::cells));
      for (std::size_t i = 0; i < cells.size(); ++i) {
        out_.add(Section::cells, out_.text(spelled(mapping.columns[i], cells[i])));
      }
    }
    std::stable_sort(keys.begin(), keys.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
    record.rows.begin = out_.count(Section::rows);
    for (auto const& [key, cells] : keys) out_.add(Section::rows, RowRecord{out_.text(key), cells});
    record.rows.end = out_.count(Section::rows);
    out_.add(Section::mappings, record);
  }

  Target const& target_;
  ImageWriter out_;
  WordTableBuilder words_;
  std::vector<FactRecord> facts_;
  std::unordered_map<std::string, std::uint32_t> fact_numbers_;
  std::uint32_t regexes_ = 0;
};

}  // namespace

std::string compile_image(RuleSource const& source) { return Compiler(*source.target).run(source); }

}  // namespace umsops::rules
