// SPDX-License-Identifier: Apache-2.0
#include "desk/import_values.hpp"

#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/person.hpp"

namespace umsops::desk {

using base::Error;
using base::Value;

void refuse_member(std::string field, std::string problem) {
  throw Error(base::errors::record_invalid, {{"field", std::move(field)}, {"problem", std::move(problem)}});
}

std::string text_in(Value const& value, std::string_view name, std::size_t longest) {
  if (value.is_null()) return {};
  if (!value.get_if<std::string>()) refuse_member(std::string(name), "not a text");
  if (auto fault = base::text_fault(value.text(), base::TextShape::block, longest)) {
    refuse_member(std::string(name), std::move(*fault));
  }
  return std::string(value.text());
}

std::string text_of(Value const& object, std::string_view name, std::size_t longest) {
  Value const* const value = object.find(name);
  return value ? text_in(*value, name, longest) : std::string();
}

std::string text_of(Value const& object, std::string_view name, base::RecordType const& type) {
  return text_of(object, name, type.fields[type.require(name)].max_length);
}

std::string person_of(Value const& object, std::string_view name) {
  return base::person_name(text_of(object, name, model::kLongestPerson));
}

base::TimePoint time_of(Value const& object, std::string_view name) {
  Value const* const value = object.find(name);
  if (auto const* at = value ? value->get_if<base::TimePoint>() : nullptr) return *at;
  auto const at = base::parse_rfc3339(value ? value->text() : std::string_view());
  if (!at) refuse_member(std::string(name), "not a time such as 2026-11-23T09:30:00Z");
  return *at;
}

std::int64_t integer_of(Value const& object, std::string_view name, std::int64_t least) {
  Value const* const value = object.find(name);
  auto const* number = value ? value->get_if<std::int64_t>() : nullptr;
  if (!number || *number < least) refuse_member(std::string(name), "not a whole number from " + std::to_string(least));
  return *number;
}

void refuse_unknown(std::string const& name, std::span<std::string_view const> known) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  std::string const best = base::nearest(name, known);
  refuse_member(name.substr(0, 80), "no such field" + (best.empty() ? std::string() : "; did you mean " + best + "?"));
}

void refuse_unknown_members(Value const& object, std::string_view what, std::span<std::string_view const> known) {
  auto const* members = object.get_if<Value::Object>();
  if (!members) refuse_member(std::string(what), "not an object");
  for (auto const& member : *members) refuse_unknown(member.first, known);
}

std::vector<std::string_view> field_names(base::RecordType const& type) {
  std::vector<std::string_view> names;
  for (auto const& field : type.fields) names.push_back(field.name);
  return names;
}

}  // namespace umsops::desk
