// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/base/time.hpp"
#include "umsops/base/value.hpp"

/// Members of an imported object, read strictly: what is not as it should be is `record.invalid`.
namespace umsops::desk {

[[noreturn]] void refuse_member(std::string field, std::string problem);

/// Empty when it is absent or null; `longest` is in characters.
std::string text_of(base::Value const& object, std::string_view name, std::size_t longest);
/// The same, as long as that field may be.
std::string text_of(base::Value const& object, std::string_view name, base::RecordType const& type);
/// The text that a member, or an item of a list, is.
std::string text_in(base::Value const& value, std::string_view name, std::size_t longest);
/// The name of a person.
std::string person_of(base::Value const& object, std::string_view name);
base::TimePoint time_of(base::Value const& object, std::string_view name);
std::int64_t integer_of(base::Value const& object, std::string_view name, std::int64_t least);

/// A name that is not known is a fault of the data here, not of the call; the nearest one is named.
void refuse_unknown(std::string const& name, std::span<std::string_view const> known);
/// The same for all members; `what` is told of what is no object.
void refuse_unknown_members(base::Value const& object, std::string_view what, std::span<std::string_view const> known);
std::vector<std::string_view> field_names(base::RecordType const& type);

template <class Item>
std::vector<Item> items_of(std::string const& name, base::Value const& value, Item (*read)(base::Value const&)) {
  auto const* list = value.get_if<base::Value::List>();
  if (!list) refuse_member(name, "not a list");
  std::vector<Item> items;
  for (auto const& item : *list) items.push_back(read(item));
  return items;
}

}  // namespace umsops::desk
