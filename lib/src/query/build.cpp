// SPDX-License-Identifier: Apache-2.0
// Filters and orders from what flags give, without the filter language.
#include "query/condition.hpp"
#include "umsops/base/error.hpp"

namespace umsops::query {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// The parts of a list; a text without a comma is a list of one.
std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= list.size();) {
    std::size_t const comma = std::min(list.find(',', at), list.size());
    parts.push_back(trimmed(list.substr(at, comma - at)));
    at = comma + 1;
  }
  return parts;
}

[[noreturn]] void refuse(WordProblem const& problem, ConditionWords const& words, FilterContext const& context) {
  base::Field const& field = context.type->fields[words.name.field];
  std::string expected = problem.expected.empty() ? "acceptable: " + problem.what : problem.expected;
  throw base::Error(base::errors::usage_bad_value,
                    {{"flag", std::string(field.name)},
                     {"value", "'" + echo(words.words[problem.word].text) + "'"},
                     {"expected", std::move(expected)},
                     {"suggestion", problem.suggestion.empty() ? "" : "did you mean " + problem.suggestion + "?"}})
      .detail(detail_of(problem, field));
}

}  // namespace

Filter make_condition(FilterContext const& context, std::string_view field, Op op, std::string_view values) {
  ConditionWords words{resolve_filter_field(field, context), op, {}};
  for (auto const part : split(values)) words.words.push_back({std::string(part), false});
  try {
    return build_condition(words, context);
  } catch (WordProblem const& problem) {
    refuse(problem, words, context);
  }
}

Filter condition_on(std::size_t field, Op op, std::vector<base::Value> values) {
  Filter filter;
  filter.kind = Filter::Kind::condition;
  filter.condition = {field, {}, op, std::move(values), {}};
  return filter;
}

Filter all_of(std::vector<Filter> filters) {
  std::erase_if(filters, [](Filter const& f) { return f.kind == Filter::Kind::everything; });
  if (filters.empty()) return {};
  if (filters.size() == 1) return std::move(filters.front());
  Filter filter;
  filter.kind = Filter::Kind::all;
  filter.children = std::move(filters);
  return filter;
}

std::vector<SortKey> parse_sort(std::string_view text, base::RecordType const& type) {
  std::vector<SortKey> keys;
  if (trimmed(text).empty()) return keys;
  for (std::string_view name : split(text)) {
    bool const descending = name.starts_with('-');
    if (descending || name.starts_with('+')) name.remove_prefix(1);
    std::size_t const field = resolve_field(name, type);
    base::Field const& described = type.fields[field];
    bool const ordered = described.type != base::FieldType::object && described.type != base::FieldType::list;
    if (!(described.traits & base::kFilter) || !ordered) {
      base::Value detail;
      detail.add("field", described.name);
      throw base::Error(base::errors::field_unknown, {{"noun", std::string(type.noun)},
                                                      {"field", echo(name) + " to sort by"},
                                                      {"suggestion", "see: umsops fields " + std::string(type.noun)}})
          .detail(std::move(detail));
    }
    keys.push_back({field, descending});
  }
  return keys;
}

}  // namespace umsops::query
