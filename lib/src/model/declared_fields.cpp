// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/declared_fields.hpp"

#include <algorithm>
#include <array>

#include "model/choice.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/date.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {
namespace {

constexpr std::array<std::string_view, 6> kTypes{"text", "integer", "decimal", "boolean", "date", "choice"};
constexpr std::string_view kYes[] = {"true", "yes", "1", "是"}, kNo[] = {"false", "no", "0", "否"};

bool holds(std::vector<std::string> const& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string list_of(std::vector<std::string> const& words) {
  std::string list;
  for (auto const& word : words) list.append(list.empty() ? "" : " ").append(word);
  return list;
}

std::optional<std::string> normal_flag(std::string_view value) {
  auto const is = [&](std::string_view word) { return base::ascii_lower(value) == word; };
  if (std::any_of(std::begin(kYes), std::end(kYes), is)) return "true";
  if (std::any_of(std::begin(kNo), std::end(kNo), is)) return "false";
  return std::nullopt;
}

std::optional<std::string> normal_number(DeclaredField const& field, std::string_view value) {
  constexpr std::int64_t kFar = std::int64_t{1} << 53;  // what JSON's readers hold exactly
  if (field.type == DeclaredType::integer) {
    auto const number = base::parse_integer(value, field.least.value_or(-kFar), field.most.value_or(kFar));
    return number ? std::optional(std::to_string(*number)) : std::nullopt;
  }
  auto const number = base::parse_decimal(value);
  bool const fits = number && *number >= static_cast<double>(field.least.value_or(-kFar)) &&
                    *number <= static_cast<double>(field.most.value_or(kFar));
  return fits ? std::optional(std::string(value)) : std::nullopt;
}

std::optional<std::string> normal_choice(DeclaredField const& field, std::string_view value) {
  for (auto const& choice : field.choices) {
    if (base::ascii_lower(choice) == base::ascii_lower(value)) return choice;
  }
  return std::nullopt;
}

std::string with_limits(DeclaredField const& field, std::string what) {
  if (field.least) what += " from " + std::to_string(*field.least);
  if (field.most) what += " up to " + std::to_string(*field.most);
  return what;
}

}  // namespace

std::optional<DeclaredType> parse_declared_type(std::string_view text) {
  return parse_choice<DeclaredType>(text, kTypes);
}
std::string_view to_string(DeclaredType type) { return kTypes[static_cast<std::size_t>(type)]; }

bool DeclaredField::belongs_to(std::string_view category) const {
  return categories.empty() || holds(categories, category);
}

bool DeclaredField::is_required_in(std::string_view category) const {
  return belongs_to(category) && (required || holds(required_in, category));
}

std::string expected_of(DeclaredField const& field) {
  switch (field.type) {
    case DeclaredType::text:
      break;
    case DeclaredType::integer:
      return with_limits(field, "a whole number");
    case DeclaredType::decimal:
      return with_limits(field, "a number");
    case DeclaredType::boolean:
      return "true or false";
    case DeclaredType::date:
      return "a date such as 2026-11-30";
    case DeclaredType::choice:
      return "one of " + list_of(field.choices);
  }
  return "a text";
}

DeclaredField const* DeclaredFields::find(std::string_view name) const {
  auto const found =
      std::find_if(fields_.begin(), fields_.end(), [&](auto const& field) { return field.name == name; });
  return found == fields_.end() ? nullptr : &*found;
}

std::optional<std::string> DeclaredFields::normal(DeclaredField const& field, std::string_view value) {
  switch (field.type) {
    case DeclaredType::text:
      break;
    case DeclaredType::integer:
    case DeclaredType::decimal:
      return normal_number(field, value);
    case DeclaredType::boolean:
      return normal_flag(value);
    case DeclaredType::date:  // times of day and zones would make one day two
      return base::parse_date(value) ? std::optional(std::string(value)) : std::nullopt;
    case DeclaredType::choice:
      return normal_choice(field, value);
  }
  return std::string(value);
}

std::vector<FieldProblem> DeclaredFields::settle(Ticket& ticket) const {
  using Kind = FieldProblem::Kind;
  std::vector<FieldProblem> problems;
  std::vector<std::string_view> names;
  for (auto const& field : fields_) names.push_back(field.name);
  for (auto& [name, value] : ticket.attributes) {
    auto const* const field = find(name);
    if (!field) {
      problems.push_back({Kind::undeclared, name, value, {}, base::nearest(name, names)});
    } else if (!field->belongs_to(ticket.category)) {
      problems.push_back({Kind::elsewhere, name, value, list_of(field->categories), {}});
    } else if (auto settled = normal(*field, value)) {
      value = *std::move(settled);
    } else {
      problems.push_back({Kind::bad_value, name, value, expected_of(*field), {}});
    }
  }
  for (auto const& field : fields_) {
    auto const has = [&](auto const& attribute) { return attribute.first == field.name; };
    if (!field.is_required_in(ticket.category)) continue;
    if (std::none_of(ticket.attributes.begin(), ticket.attributes.end(), has))
      problems.push_back({Kind::missing, field.name, {}, expected_of(field), {}});
  }
  return problems;
}

}  // namespace umsops::model
