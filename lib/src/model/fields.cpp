// SPDX-License-Identifier: Apache-2.0
#include "model/fields.hpp"

#include "umsops/base/number.hpp"

namespace umsops::model {

using base::Value;

bool is_absent(Value const& value) { return value.is_null() || (value.get_if<std::string>() && value.text().empty()); }

std::string text_from(std::string_view field, Value const& value) {
  if (value.is_null()) return {};
  if (auto const* text = value.get_if<std::string>()) return *text;
  refuse(field, "not a text");
}

std::optional<base::TimePoint> time_from(std::string_view field, Value const& value) {
  if (is_absent(value)) return std::nullopt;
  if (auto const* at = value.get_if<base::TimePoint>()) return *at;
  if (auto const at = base::parse_rfc3339(value.text())) return at;
  refuse(field, "not a time such as 2026-11-23T09:30:00Z");
}

std::optional<std::int64_t> integer_from(std::string_view field, Value const& value) {
  if (is_absent(value)) return std::nullopt;
  if (auto const* number = value.get_if<std::int64_t>()) return *number;
  if (value.get_if<std::string>()) {
    if (auto const number = base::parse_integer(value.text(), INT64_MIN, INT64_MAX)) return number;
  }
  refuse(field, "not a whole number");
}

}  // namespace umsops::model
