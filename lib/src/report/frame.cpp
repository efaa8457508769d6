// SPDX-License-Identifier: Apache-2.0
#include "report/frame.hpp"

#include <algorithm>
#include <cmath>

#include "umsops/base/json.hpp"

namespace umsops::report {

std::int64_t number_in(base::Value const& value, base::Field const& field, Words& words) {
  if (value.is_null()) return kNone;
  bool const decimal = field.type == base::FieldType::decimal;
  if (auto const* whole = value.get_if<std::int64_t>()) return decimal ? *whole * kMillion : *whole;
  if (auto const* number = value.get_if<double>())
    return static_cast<std::int64_t>(std::llround(*number * static_cast<double>(kMillion)));
  if (auto const* truth = value.get_if<bool>()) return *truth ? 1 : 0;
  if (auto const* at = value.get_if<base::TimePoint>()) return at->time_since_epoch().count();
  if (value.get_if<base::Value::List>()) return words.code(base::to_json(value));
  if (field.type != base::FieldType::choice) return words.code(value.text());
  auto const found = std::find(field.choices.begin(), field.choices.end(), value.text());
  return found == field.choices.end() ? kNone : found - field.choices.begin();
}

}  // namespace umsops::report
