// SPDX-License-Identifier: Apache-2.0
#include "store/cursor.hpp"

#include <optional>

#include "umsops/base/base64.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/text.hpp"

namespace umsops::store {
namespace {

/// A cursor comes from outside: its length is bounded before anything is allocated for it.
constexpr std::size_t kLongest = 16'384;

/// The first letter says how the rest is written, and keeps a cursor from looking like a flag.
constexpr char kForm = 'a';
constexpr std::size_t kSignature = 8;

void append_number(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>((number & 0x7f) | 0x80);
  out += static_cast<char>(number);
}

/// Takes a number off the front; nothing where it does not end.
std::optional<std::uint64_t> take_number(std::string_view& bytes) {
  std::uint64_t number = 0;
  for (int shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    auto const byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    number |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return number;
  }
  return std::nullopt;
}

/// An integer without its sign in front, so that small ones are short.
std::uint64_t folded(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0);
}
std::int64_t unfolded(std::uint64_t number) { return static_cast<std::int64_t>((number >> 1) ^ (~(number & 1) + 1)); }

/// Each key is a letter for its type, and its number or the length of its text.
void append_key(std::string& out, base::Value const& key) {
  auto const* const number = key.get_if<std::int64_t>();
  out += number != nullptr ? 'n' : 't';
  append_number(out, number != nullptr ? folded(*number) : key.text().size());
  out += key.text();
}

std::optional<base::Value> take_key(std::string_view& bytes) {
  if (!bytes.starts_with('t') && !bytes.starts_with('n')) return std::nullopt;
  bool const text = bytes.front() == 't';
  bytes.remove_prefix(1);
  auto const number = take_number(bytes);
  if (!number) return std::nullopt;
  if (!text) return base::Value(unfolded(*number));
  if (*number > bytes.size()) return std::nullopt;
  base::Value key(bytes.substr(0, *number));
  if (base::check_text(key.text(), base::TextShape::block)) return std::nullopt;
  bytes.remove_prefix(*number);
  return key;
}

/// What a cursor holds, or nothing when the text is none.
std::optional<base::Value::List> decode(std::string_view cursor) {
  if (cursor.size() > kLongest || !cursor.starts_with(kForm)) return std::nullopt;
  std::string text(cursor.substr(1));
  for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
  text.append((4 - text.size() % 4) % 4, '=');
  auto const whole = base::base64_decode(text);
  if (!whole || whole->size() < kSignature / 2) return std::nullopt;
  std::string_view rest = *whole;
  base::Value::List list{base::to_hex(rest.substr(0, kSignature / 2))};
  rest.remove_prefix(kSignature / 2);
  while (!rest.empty()) {
    auto key = take_key(rest);
    if (!key) return std::nullopt;
    list.push_back(std::move(*key));
  }
  return list;
}

}  // namespace

std::string make_cursor(std::string_view query_signature, std::vector<base::Value> const& keys) {
  // With the signature of its query: the keys of one order would skip rows in another without a word.
  std::string bytes = base::from_hex(query_signature.substr(0, kSignature)).value_or("");
  for (auto const& key : keys) append_key(bytes, key);
  std::string text = base::base64_encode(bytes);
  while (text.ends_with('=')) text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return kForm + text;
}

std::vector<base::Value> read_cursor(std::string_view cursor, std::string_view query_signature, std::size_t keys) {
  auto list = decode(cursor);
  bool const fits = list && list->size() == keys + 1 && list->front().text() == query_signature.substr(0, kSignature);
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
