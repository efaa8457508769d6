// SPDX-License-Identifier: Apache-2.0
// Filters and orders from what flags give, without the filter language.
#include "query/condition.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::query {

std::size_t resolve_field(std::string_view name, base::RecordType const& type) {
  if (auto const exact = type.find(name)) return *exact;
  // What people say for a longer name.
  struct Alias {
    std::string_view said, meant;
  };
  static constexpr Alias kAliases[] = {{"number", "ticket_number"}, {"due", "sla_deadline"}, {"body", "description"}};
  for (auto const& alias : kAliases) {
    if (alias.said == name) {
      if (auto const found = type.find(alias.meant)) return *found;
    }
  }
  for (std::string_view const suffix : {"_at", "_id"}) {
    if (auto const found = type.find(std::string(name) + std::string(suffix))) return *found;
  }
  return type.require(name);
}

Filter make_condition(FilterContext const& context, std::string_view field, Op op, std::string_view values) {
  ConditionWords words{resolve_filter_field(field, *context.type), op, {}};
  for (std::size_t at = 0; at <= values.size();) {
    std::size_t const comma = std::min(values.find(',', at), values.size());
    words.words.emplace_back(values.substr(at, comma - at));
    at = comma + 1;
  }
  try {
    return build_condition(words, context);
  } catch (WordProblem const& problem) {
    auto const& described = context.type->fields[words.name.field];
    std::string const word = problem.word < words.words.size() ? words.words[problem.word] : std::string(values);
    std::string const best = base::nearest(word, described.choices);
    base::Value detail;
    detail.add("field", described.name);
    if (!best.empty()) detail.add("suggestion", best);
    throw base::Error(base::errors::usage_bad_value,
                      {{"flag", std::string(field)},
                       {"value", word.substr(0, 80)},
                       {"expected", "acceptable (" + problem.what + ")"},
                       {"suggestion", best.empty() ? "" : "did you mean " + best + "?"}})
        .detail(std::move(detail));
  }
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
  for (std::size_t at = 0; at <= text.size() && !text.empty();) {
    std::size_t const comma = std::min(text.find(',', at), text.size());
    std::string_view name = text.substr(at, comma - at);
    bool const descending = name.starts_with('-');
    if (descending || name.starts_with('+')) name.remove_prefix(1);
    std::size_t const field = resolve_field(name, type);
    if (!(type.fields[field].traits & base::kFilter) || type.fields[field].type == base::FieldType::object) {
      throw base::Error(base::errors::field_unknown, {{"noun", std::string(type.noun)},
                                                      {"field", std::string(name.substr(0, 80))},
                                                      {"suggestion", "this field has no order"}});
    }
    keys.push_back({field, descending});
    at = comma + 1;
  }
  return keys;
}

}  // namespace umsops::query
