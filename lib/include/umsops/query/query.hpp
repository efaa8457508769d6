// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/base/time_zone.hpp"

namespace umsops::query {

enum class Op { eq, ne, lt, le, gt, ge, contains, lacks };

/// One comparison. Several values mean "any of them" (for `ne` and `lacks`: none of them). A null value stands for "has
/// no value" (`assignee_id=none`). Choices compare by rank. `begin` and `end` of a named span come as two conditions.
struct Condition {
  std::size_t field = 0;
  std::string member;  ///< of an object field: `attributes.host`
  Op op = Op::eq;
  std::vector<base::Value> values;
  base::TimePoint at{};  ///< for a computed field: the time to evaluate it at
};

/// A condition tree as a plain value: the store turns it into SQL.
struct Filter {
  /// `none`: not (first child). `text`: one of the condition's values, as words, is in the record's text; who has the
  /// search index makes `rows` of it: the record's place is one of the condition's values.
  enum class Kind { everything, condition, all, any, none, text, rows };
  Kind kind = Kind::everything;
  Condition condition;
  std::vector<Filter> children;
};

struct SortKey {
  std::size_t field = 0;
  bool descending = false;
};

/// What to read: filter, order, limit.
struct Query {
  Filter filter;
  std::vector<SortKey> sort;          ///< empty: newest first
  std::optional<std::int64_t> limit;  ///< none: all
  std::string after;                  ///< cursor from an earlier answer, empty: from the start
  bool details = true;                ///< false: leaves fields with the trait kDetail empty
  std::vector<std::size_t> only;      ///< leaves all others empty but the number; empty: none
};

/// Inputs of the parser besides the text.
struct FilterContext {
  base::RecordType const* type;
  base::TimePoint now;
  base::TimeZone zone;
  std::string me = {};  ///< who asks: `assignee=me`
  /// Whether a name that is no field's is that of an attribute, which then needs no `attributes.` before it.
  std::function<bool(std::string_view name)> is_attribute = {};
};

/// The filter language: `status=open priority>=HIGH created>=-7d title~登录 (assignee=none or not
/// category=mfa,password)`. A blank or `and` joins; `or` needs parentheses beside `and`; `not` or a leading `!`
/// negates. Operators: = != < <= > >= ~ !~, and `:` for `=`. Values are bare, quoted (`\` before a quote) or lists with
/// commas; unquoted `none` means no value, and `me` who asks, where a person is meant; outside quotes full-width signs,
/// letters and digits are what they look like; `~` looks at neither case nor width; a bare word (登录) means that title
/// or description contains it. Keywords and choices ignore case. Fields have short names (`created` for created_at,
/// `assignee` for assignee_id, `due` for sla_deadline). `text~words` means that all of the words are in the text of the
/// record, in any form, Chinese words as search finds them. For future times a bare duration counts from now: `due<2h`.
/// Throws `filter.syntax` with a caret under the spot; details: offset, and field, suggestion, allowed where known.
Filter parse_filter(std::string_view text, FilterContext const& context);

/// One condition as a flag gives it: `--status OPEN,ASSIGNED`, `--assignee none`. Throws `usage.bad_value`,
/// `field.unknown` or `time.*`.
Filter make_condition(FilterContext const& context, std::string_view field, Op op, std::string_view values);
/// One condition on a field, by its index; of several values one must fit.
Filter condition_on(std::size_t field, Op op, std::vector<base::Value> values);
/// The filter as a text that means the same at any time: fields by their names, times as instants, who asks by name.
std::string to_text(Filter const& filter, base::RecordType const& type);
/// All of the filters.
Filter all_of(std::vector<Filter> filters);

/// `-priority,created_at`. Throws `field.unknown`.
std::vector<SortKey> parse_sort(std::string_view text, base::RecordType const& type);
/// Index of a field by its name, its name without `_at` or `_id`, or its common name (`number`, `due`, `body`). Throws
/// `field.unknown` with the nearest of them.
std::size_t resolve_field(std::string_view name, base::RecordType const& type);

}  // namespace umsops::query
