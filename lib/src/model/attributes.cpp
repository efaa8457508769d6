// SPDX-License-Identifier: Apache-2.0
#include "model/attributes.hpp"

#include <algorithm>

#include "model/refusal.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace umsops::model {

using base::Value;

bool is_attribute_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name[0] < 'a' || name[0] > 'z') return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

namespace {

std::string text_of(std::string const& field, Value const& member) {
  if (member.get_if<std::string>()) return std::string(member.text());
  if (auto const* at = member.get_if<base::TimePoint>()) return base::format_rfc3339(*at);
  if (member.get_if<Value::Object>() || member.get_if<Value::List>()) refuse(field, "not a text");
  return base::to_json(member);
}

Value parsed(std::string_view text) {
  try {
    return base::parse_json(text, "attributes");
  } catch (base::Error const& error) {
    refuse("attributes", error.message());
  }
}

}  // namespace

Attributes attributes_from(Value const& value) {
  if (value.is_null()) return {};
  if (value.get_if<std::string>()) return value.text().empty() ? Attributes() : attributes_from(parsed(value.text()));
  auto const* object = value.get_if<Value::Object>();
  if (!object) refuse("attributes", "not an object of texts");
  Attributes out;
  for (auto const& [name, member] : *object) {
    std::string const field = "attributes." + echo(name);
    if (!is_attribute_name(name)) refuse(field, std::string(kAttributeNameRule));
    if (!member.is_null()) out.emplace_back(name, text_of(field, member));
  }
  // Before anybody goes through them one by one for each.
  if (out.size() > kMostAttributes) refuse("attributes", "more than " + std::to_string(kMostAttributes));
  std::sort(out.begin(), out.end());
  auto const same_name = [](auto const& a, auto const& b) { return a.first == b.first; };
  auto const twice = std::adjacent_find(out.begin(), out.end(), same_name);
  if (twice != out.end()) refuse("attributes." + twice->first, "given twice");
  return out;
}

Value to_value(Attributes const& attributes) {
  Value::Object object;
  for (auto const& [name, text] : attributes) object.emplace_back(name, text);
  return object;
}

}  // namespace umsops::model
