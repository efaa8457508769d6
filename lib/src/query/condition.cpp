// SPDX-License-Identifier: Apache-2.0
#include "query/condition.hpp"

#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/base/time_text.hpp"

namespace umsops::query {
namespace {

using base::Field;
using base::FieldType;
using base::Value;

bool same_word(std::string_view a, std::string_view b) { return base::edit_distance(a, b, 0) == 0; }

bool orders(Op op) { return op == Op::lt || op == Op::le || op == Op::gt || op == Op::ge; }

Filter leaf(FieldName const& name, Op op, std::vector<Value> values) {
  Filter filter;
  filter.kind = Filter::Kind::condition;
  filter.condition = {name.field, name.member, op, std::move(values)};
  return filter;
}

Filter group(Filter::Kind kind, std::vector<Filter> children) {
  Filter filter;
  filter.kind = kind;
  filter.children = std::move(children);
  return filter;
}

std::string list_of(std::span<std::string_view const> names) {
  std::string out;
  for (auto const name : names) out += (out.empty() ? "" : " ") + std::string(name);
  return out;
}

Value choice_value(Field const& field, std::string const& word, std::size_t index) {
  for (auto const choice : field.choices) {
    if (same_word(word, choice)) return Value(choice);
  }
  std::string const best = base::nearest(word, field.choices);
  throw WordProblem{index, word.substr(0, 40) + " is none of " + list_of(field.choices) +
                               (best.empty() ? "" : "; did you mean " + best + "?")};
}

/// A named span compares by its ends: `created<=today` means until the end of today.
Filter time_condition(FieldName const& name, Op op, base::TimeRange const& range) {
  bool const instant = range.begin == range.end;
  switch (op) {
    case Op::ge: return leaf(name, Op::ge, {range.begin});
    case Op::lt: return leaf(name, Op::lt, {range.begin});
    case Op::gt: return instant ? leaf(name, Op::gt, {range.begin}) : leaf(name, Op::ge, {range.end});
    case Op::le: return instant ? leaf(name, Op::le, {range.begin}) : leaf(name, Op::lt, {range.end});
    default: break;
  }
  if (instant) return leaf(name, op, {range.begin});
  Filter inside = group(Filter::Kind::all, {leaf(name, Op::ge, {range.begin}), leaf(name, Op::lt, {range.end})});
  return op == Op::ne ? group(Filter::Kind::none, {std::move(inside)}) : inside;
}

Filter time_conditions(ConditionWords const& words, FilterContext const& context) {
  std::vector<Filter> parts;
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    if (words.words[i] == "none") {
      if (orders(words.op)) throw WordProblem{i, "none has no order"};
      parts.push_back(leaf(words.name, words.op, {Value()}));
      continue;
    }
    parts.push_back(
        time_condition(words.name, words.op, base::parse_time_range(words.words[i], context.now, context.zone)));
  }
  if (parts.size() == 1) return parts.front();
  return group(words.op == Op::ne ? Filter::Kind::all : Filter::Kind::any, std::move(parts));
}

Value typed(Field const& field, std::string const& word, std::size_t index) {
  switch (field.type) {
    case FieldType::choice: return choice_value(field, word, index);
    case FieldType::integer: {
      auto const number = base::parse_integer(word, INT64_MIN, INT64_MAX);
      if (!number) throw WordProblem{index, word.substr(0, 40) + " is not a whole number"};
      return *number;
    }
    case FieldType::boolean:
      if (word != "true" && word != "false") throw WordProblem{index, word.substr(0, 40) + " is neither true nor false"};
      return word == "true";
    default: return word;
  }
}

void check_operator(ConditionWords const& words, Field const& field) {
  bool const text = field.type == FieldType::text || field.type == FieldType::block || field.type == FieldType::object;
  bool const searches = words.op == Op::contains || words.op == Op::lacks;
  if (searches && !text) throw WordProblem{0, "~ searches text, and " + std::string(field.name) + " is none"};
  if (orders(words.op) && (text || field.type == FieldType::boolean)) {
    throw WordProblem{0, std::string(field.name) + " has no order"};
  }
  if (orders(words.op) && words.words.size() > 1) throw WordProblem{1, "one value only"};
}

}  // namespace

FieldName resolve_filter_field(std::string_view name, base::RecordType const& type) {
  std::size_t const dot = name.find('.');
  FieldName out{resolve_field(name.substr(0, dot), type), {}};
  Field const& field = type.fields[out.field];
  if (dot != std::string_view::npos && field.type == FieldType::object) out.member = std::string(name.substr(dot + 1));
  bool const shaped = field.type == FieldType::object ? !out.member.empty() : dot == std::string_view::npos;
  if (!(field.traits & base::kFilter) || !shaped) type.require(name);  // throws: no such field to filter by
  if (!(field.traits & base::kFilter)) {
    throw base::Error(base::errors::field_unknown, {{"noun", std::string(type.noun)},
                                                    {"field", std::string(name)},
                                                    {"suggestion", "this field cannot be filtered"}});
  }
  if (!shaped) {
    throw base::Error(base::errors::field_unknown, {{"noun", std::string(type.noun)},
                                                    {"field", std::string(name)},
                                                    {"suggestion", "name a member: attributes.NAME=VALUE"}});
  }
  return out;
}

Filter build_condition(ConditionWords const& words, FilterContext const& context) {
  Field const& field = context.type->fields[words.name.field];
  check_operator(words, field);
  if (field.type == FieldType::time) return time_conditions(words, context);
  std::vector<Value> values;
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    bool const none = words.words[i] == "none" && field.type != FieldType::choice;
    if (none && (words.op == Op::contains || words.op == Op::lacks)) {
      values.push_back(words.words[i]);
    } else if (none && orders(words.op)) {
      throw WordProblem{i, "none has no order"};
    } else {
      values.push_back(none ? Value() : typed(field, words.words[i], i));
    }
  }
  return leaf(words.name, words.op, std::move(values));
}

}  // namespace umsops::query
