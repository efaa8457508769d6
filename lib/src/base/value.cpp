// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/value.hpp"

namespace umsops::base {

std::string_view Value::text() const {
  auto const* held = get_if<std::string>();
  return held ? std::string_view(*held) : std::string_view();
}

Value const* Value::find(std::string_view name) const {
  auto const* object = get_if<Object>();
  if (!object) return nullptr;
  for (auto const& [key, value] : *object) {
    if (key == name) return &value;
  }
  return nullptr;
}

Value& Value::add(std::string_view name, Value value) {
  if (is_null()) data_ = Object();
  auto& object = std::get<Object>(data_);
  return object.emplace_back(std::string(name), std::move(value)).second;
}

}  // namespace umsops::base
