// SPDX-License-Identifier: Apache-2.0
#include "query/condition.hpp"

#include <algorithm>

#include "query/lexer.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/chinese.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/base/time_text.hpp"
#include "umsops/model/requester.hpp"

namespace umsops::query {
namespace {

using base::Field;
using base::FieldType;
using base::Value;

bool orders(Op op) { return op == Op::lt || op == Op::le || op == Op::gt || op == Op::ge; }
bool searches(Op op) { return op == Op::contains || op == Op::lacks; }

bool is_text(FieldType type) {
  return type == FieldType::text || type == FieldType::block || type == FieldType::object || type == FieldType::list;
}

bool is_none(ValueWord const& word) { return !word.quoted && same_word(word.text, "none"); }

Filter leaf(FieldName const& name, Op op, std::vector<Value> values) {
  Filter filter;
  filter.kind = Filter::Kind::condition;
  filter.condition = {name.field, name.member, op, std::move(values), {}};
  return filter;
}

Filter group(Filter::Kind kind, std::vector<Filter> children) {
  Filter filter;
  filter.kind = kind;
  filter.children = std::move(children);
  return filter;
}

[[noreturn]] void refuse_op(std::string what) { throw WordProblem{WordProblem::About::op, 0, std::move(what), {}, {}}; }

[[noreturn]] void refuse_word(std::size_t index, std::string const& word, std::string expected, std::string best = {}) {
  std::string what = echo(word) + " is not " + expected;
  if (!best.empty()) what += "; did you mean " + best + "?";
  throw WordProblem{WordProblem::About::word, index, std::move(what), std::move(expected), std::move(best)};
}

/// A named span compares by its ends: `created<=today` means until the end of today.
Filter time_condition(FieldName const& name, Op op, base::TimeRange const& range) {
  bool const instant = range.begin == range.end;
  switch (op) {
    case Op::ge:
      return leaf(name, Op::ge, {range.begin});
    case Op::lt:
      return leaf(name, Op::lt, {range.begin});
    case Op::gt:
      return instant ? leaf(name, Op::gt, {range.begin}) : leaf(name, Op::ge, {range.end});
    case Op::le:
      return instant ? leaf(name, Op::le, {range.begin}) : leaf(name, Op::lt, {range.end});
    case Op::eq:
    case Op::ne:
    case Op::contains:
    case Op::lacks:
      break;
  }
  if (instant) return leaf(name, op, {range.begin});
  Filter inside = group(Filter::Kind::all, {leaf(name, Op::ge, {range.begin}), leaf(name, Op::lt, {range.end})});
  return op == Op::ne ? group(Filter::Kind::none, {std::move(inside)}) : inside;
}

/// What a word says of a time. Of times that lie ahead a bare duration is one: `due<2h`.
base::TimeRange range_of(std::string const& word, Field const& field, FilterContext const& context) {
  auto const ahead = field.traits & base::kAhead ? base::parse_duration(word) : std::nullopt;
  if (ahead) return {context.now + *ahead, context.now + *ahead};
  return base::parse_time_range(word, context.now, context.zone);
}

Filter time_conditions(ConditionWords const& words, FilterContext const& context) {
  std::vector<Filter> parts;
  for (auto const& word : words.words) {
    parts.push_back(is_none(word)
                        ? leaf(words.name, words.op, {Value()})
                        : time_condition(words.name, words.op,
                                         range_of(word.text, context.type->fields[words.name.field], context)));
  }
  if (parts.size() == 1) return parts.front();
  return group(words.op == Op::ne ? Filter::Kind::all : Filter::Kind::any, std::move(parts));
}

Value choice_value(Field const& field, std::string const& word, std::size_t index) {
  std::string expected = "one of";
  std::string const narrow = base::narrow(word);
  for (auto const choice : field.choices) {
    if (same_word(narrow, choice)) return Value(choice);
    expected.append(" ").append(choice);
  }
  if (auto const meant = base::english_choice(word, field.choices); !meant.empty()) return Value(meant);
  refuse_word(index, word, std::move(expected), base::nearest(word, field.choices));
}

/// What the directory says of a person.
Value fact_value(std::string const& fact, std::string const& word, std::size_t index) {
  bool const is_flag = fact == "vip";
  if (is_flag && (same_word(word, "true") || same_word(word, "yes"))) return "true";
  if (is_flag && (same_word(word, "false") || same_word(word, "no"))) return "false";
  if (is_flag) refuse_word(index, word, "true or false");
  auto const state = fact == "state" ? model::parse_requester_state(word) : std::nullopt;
  if (fact == "state" && !state) refuse_word(index, word, "ACTIVE or LEFT");
  return state ? Value(model::to_string(*state)) : Value(word);
}

Value typed(Field const& field, ValueWord const& said, std::size_t index, FilterContext const& context) {
  std::string const& word = said.text;
  switch (field.type) {
    case FieldType::choice:
      return choice_value(field, word, index);
    case FieldType::integer:
      if (auto const number = base::parse_integer(word, INT64_MIN, INT64_MAX)) return *number;
      refuse_word(index, word, "a whole number");
    case FieldType::decimal:
      if (auto const number = base::parse_decimal(word)) return *number;
      refuse_word(index, word, "a number");
    case FieldType::boolean:
      if (same_word(word, "true")) return true;
      if (same_word(word, "false")) return false;
      refuse_word(index, word, "true or false");
    case FieldType::text:
    case FieldType::block:
    case FieldType::time:
    case FieldType::object:
    case FieldType::list:
      break;
  }
  if (!(field.traits & base::kPerson)) return word;
  bool const is_me = !said.quoted && !context.me.empty() && (same_word(word, "me") || same_word(word, "@me"));
  return base::person_name(is_me ? context.me : word);
}

void check_shape(ConditionWords const& words, Field const& field) {
  std::string const name(field.name);
  if (searches(words.op) && !is_text(field.type)) refuse_op("~ searches text, and " + name + " is none");
  if (orders(words.op) && (is_text(field.type) || field.type == FieldType::boolean)) refuse_op(name + " has no order");
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    auto const& word = words.words[i];
    auto const refuse = [&](std::string what) {
      throw WordProblem{WordProblem::About::word, i, std::move(what), {}, {}};
    };
    if (word.text.empty())
      refuse(searches(words.op) ? "nothing to look for" : "an empty value; none says: has no value");
    if (orders(words.op) && i > 0) refuse("an order takes one value");
    if (orders(words.op) && is_none(word)) refuse("none has no order");
  }
}

/// Of a list of words a value is one of them: its JSON text stands in that of the list.
Filter list_conditions(ConditionWords const& words) {
  bool const negative = words.op == Op::ne;
  std::vector<Filter> parts;
  for (auto const& word : words.words) {
    if (is_none(word)) {
      parts.push_back(leaf(words.name, words.op, {Value()}));
    } else {
      parts.push_back(leaf(words.name, negative ? Op::lacks : Op::contains, {base::to_json(Value(word.text))}));
    }
  }
  if (parts.size() == 1) return std::move(parts.front());
  return group(negative ? Filter::Kind::all : Filter::Kind::any, std::move(parts));
}

}  // namespace

Filter build_condition(ConditionWords const& words, FilterContext const& context) {
  Field const& field = context.type->fields[words.name.field];
  check_shape(words, field);
  if (field.type == FieldType::time) return time_conditions(words, context);
  if (field.type == FieldType::list && !searches(words.op)) return list_conditions(words);
  std::vector<Value> values;
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    bool const none = is_none(words.words[i]) && !searches(words.op);
    bool const fact = field.type != FieldType::object && !words.name.member.empty();
    values.push_back(none   ? Value()
                     : fact ? fact_value(words.name.member, words.words[i].text, i)
                            : typed(field, words.words[i], i, context));
  }
  Filter filter = leaf(words.name, words.op, std::move(values));
  if (field.traits & base::kComputed) filter.condition.at = context.now;
  return filter;
}

Value detail_of(WordProblem const& problem, Field const& field) {
  Value detail;
  detail.add("field", field.name);
  if (!problem.suggestion.empty()) detail.add("suggestion", problem.suggestion);
  if (problem.about == WordProblem::About::op || field.choices.empty()) return detail;
  Value::List allowed(field.choices.begin(), field.choices.end());
  detail.add("allowed", std::move(allowed));
  return detail;
}

std::string echo(std::string_view text) { return base::cut_cells(text, 40); }

}  // namespace umsops::query
