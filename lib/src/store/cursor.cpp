// SPDX-License-Identifier: Apache-2.0
#include "store/cursor.hpp"

#include <optional>

#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

/// A cursor comes from outside: its length is bounded before anything is allocated for it.
constexpr std::size_t kLongest = 16'384;

/// The list that a cursor holds, or nothing when the text is none.
std::optional<base::Value::List> decode(std::string_view cursor) {
  auto const text = cursor.size() > kLongest ? std::nullopt : base::from_hex(cursor);
  if (!text) return std::nullopt;
  try {
    base::Value const value = base::parse_json(*text);
    if (auto const* list = value.get_if<base::Value::List>()) return *list;
  } catch (base::Error const&) {
    return std::nullopt;  // the caller says that it is no cursor
  }
  return std::nullopt;
}

bool is_key(base::Value const& value) { return value.get_if<std::int64_t>() || value.get_if<std::string>(); }

}  // namespace

std::string make_cursor(std::string_view query_signature, std::vector<base::Value> const& keys) {
  // With the signature of its query: the keys of one order would skip rows in another without a word.
  base::Value::List list{query_signature};
  list.insert(list.end(), keys.begin(), keys.end());
  return base::to_hex(base::to_json(std::move(list)));
}

std::vector<base::Value> read_cursor(std::string_view cursor, std::string_view query_signature, std::size_t keys) {
  auto list = decode(cursor);
  bool fits = list && list->size() == keys + 1 && list->front().text() == query_signature;
  for (std::size_t i = 1; fits && i <= keys; ++i) fits = is_key((*list)[i]);
  if (!fits) {
    throw base::Error(base::errors::usage_bad_value,
                      {{"flag", "--after"},
                       {"value", std::string(cursor.substr(0, 40))},
                       {"expected", "a cursor of this query"},
                       {"suggestion", "take `next` from the answer to the same filter and order"}});
  }
  return {list->begin() + 1, list->end()};
}

}  // namespace umsops::store
