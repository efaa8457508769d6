// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/value.hpp"

/// How helper programs read what they are asked: an object of JSON, member by member.
namespace umsops::helpers {

/// Throws `record.invalid`.
[[noreturn]] inline void refuse_member(std::string_view name) {
  throw base::Error(base::errors::record_invalid, {{"field", std::string(name)}, {"problem", "of another type"}});
}

/// Takes the member over; one that is absent leaves `into` as it is, one of another type is refused.
template <class Type>
void take(base::Value const& from, std::string_view name, Type& into) {
  auto const* const found = from.find(name);
  if (!found || found->is_null()) return;
  auto const* const value = found->get_if<Type>();
  if (!value) refuse_member(name);
  into = *value;
}

/// The same of a list of texts.
inline void take(base::Value const& from, std::string_view name, std::vector<std::string>& into) {
  base::Value::List items;
  take(from, name, items);
  for (auto const& item : items) into.emplace_back(item.text());
}

}  // namespace umsops::helpers
