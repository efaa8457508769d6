// SPDX-License-Identifier: Apache-2.0
// A body as text.
#include <algorithm>

#include "umsops/alert/event.hpp"
#include "umsops/alert/reader.hpp"
#include "umsops/base/json.hpp"

namespace umsops::alert {
namespace {

using base::Value;

constexpr std::size_t kMostFields = 1000;

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// `a+b%20c` as the form meant it.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    int const high = text[at] == '%' && at + 2 < text.size() ? digit_of(text[at + 1]) : -1;
    int const low = high < 0 ? -1 : digit_of(text[at + 2]);
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      out += text[at] == '+' ? ' ' : text[at];
    }
  }
  return out;
}

/// `name=value&...`, without a blank or a line end but at its end.
bool is_form(std::string_view text) {
  auto const equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos || text.find_first_of(" \t\r\n") != std::string_view::npos)
    return false;
  auto const name = text.substr(0, equals);
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  });
}

Value read_form(std::string_view text, std::string_view source, base::JsonLimits const& limits) {
  Value out{Value::Object{}};
  std::size_t count = 0;
  while (!text.empty() && count++ < kMostFields) {
    auto const end = std::min(text.find('&'), text.size());
    auto const field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    auto const equals = std::min(field.find('='), field.size());
    auto const name = unescaped(field.substr(0, equals));
    auto value = unescaped(field.substr(std::min(equals + 1, field.size())));
    if (name == "payload" && (value.starts_with('{') || value.starts_with('[')))
      return base::parse_json(value, source, limits);
    if (!name.empty() && out.find(name) == nullptr) out.add(name, std::move(value));
  }
  return out;
}

}  // namespace

Value read_body(std::string_view text, std::string_view source) {
  if (text.size() > kLargestBody) {
    throw base::Error(base::errors::input_too_large, {{"what", "one body"}, {"limit", "16 MiB"}})
        .at({std::string(source), 0, 0});
  }
  auto const end = text.find_last_not_of(" \t\r\n");
  auto const trimmed = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
  base::JsonLimits const limits{kLargestBody, kDeepestBody, true};
  if (is_form(trimmed)) return read_form(trimmed, source, limits);
  return base::parse_json(trimmed, source, limits);
}

}  // namespace umsops::alert
