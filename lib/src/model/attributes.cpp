// SPDX-License-Identifier: Apache-2.0
#include "model/attributes.hpp"

#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace umsops::model {

using base::Error;
using base::Value;

bool is_attribute_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name[0] < 'a' || name[0] > 'z') return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

Attributes attributes_from(Value const& value) {
  if (value.is_null()) return {};
  if (value.get_if<std::string>()) {
    if (value.text().empty()) return {};
    return attributes_from(base::parse_json(value.text(), "attributes"));
  }
  auto const* object = value.get_if<Value::Object>();
  if (!object) {
    throw Error(base::errors::record_invalid, {{"field", "attributes"}, {"problem", "not an object of texts"}});
  }
  Attributes out;
  for (auto const& [name, member] : *object) {
    if (!is_attribute_name(name)) {
      throw Error(base::errors::record_invalid,
                  {{"field", "attributes." + name.substr(0, 80)},
                   {"problem", "a name is lower-case letters, digits and _, beginning with a letter, at most 64"}});
    }
    if (member.is_null()) continue;
    if (member.get_if<Value::Object>() || member.get_if<Value::List>()) {
      throw Error(base::errors::record_invalid, {{"field", "attributes." + name}, {"problem", "not a text"}});
    }
    out.emplace_back(name, member.get_if<std::string>() ? std::string(member.text()) : base::to_json(member));
  }
  std::sort(out.begin(), out.end());
  return out;
}

Value to_value(Attributes const& attributes) {
  Value::Object object;
  for (auto const& [name, text] : attributes) object.emplace_back(name, text);
  return object;
}

}  // namespace umsops::model
