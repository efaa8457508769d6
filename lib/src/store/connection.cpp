// SPDX-License-Identifier: Apache-2.0
#include "store/connection.hpp"

#include "umsops/base/error.hpp"

namespace umsops::store {

Statement& Statement::bind_value(int parameter, base::Value const& value) {
  if (value.is_null()) return bind_null(parameter);
  if (auto const* text = value.get_if<std::string>()) return bind(parameter, std::string_view(*text));
  if (auto const* number = value.get_if<std::int64_t>()) return bind(parameter, *number);
  if (auto const* flag = value.get_if<bool>()) return bind(parameter, std::int64_t{*flag ? 1 : 0});
  if (auto const* time = value.get_if<base::TimePoint>()) return bind(parameter, *time);
  throw base::Error(base::errors::internal, {{"problem", "a value of this type cannot be bound"}});
}

Statement& Statement::bind(int parameter, base::TimePoint value) {
  return bind(parameter, std::int64_t{value.time_since_epoch().count()});
}

Statement& Statement::bind_optional(int parameter, std::string_view value) {
  // Empty and absent are one value everywhere in the store.
  return value.empty() ? bind_null(parameter) : bind(parameter, value);
}

std::int64_t Connection::number(std::string_view sql) {
  Reading row(prepare(sql));
  return row->step() ? row->integer(0) : 0;
}

std::string parameter_list(std::size_t count) {
  std::string list;
  for (std::size_t i = 1; i <= count; ++i) list.append(i == 1 ? "$" : ", $").append(std::to_string(i));
  return list;
}

std::string end_of_prefix(std::string_view prefix) {
  return std::string(prefix) + "\xf4\x8f\xbf\xbf";  // U+10FFFF sorts behind all other text
}

}  // namespace umsops::store
