// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/csv_head.hpp"

#include <algorithm>

#include "umsops/base/ascii.hpp"

namespace umsops::base {
namespace {

constexpr std::string_view kDelimiters = ";\t|";

/// `sep=;` and its line end.
CsvHead of_declaration(std::string_view text) {
  std::size_t const end = std::min(text.find_first_of("\r\n"), text.size());
  if (end != 5 || ascii_lower(text.substr(0, 4)) != "sep=") return {};
  std::size_t const behind = text.substr(end, 2) == "\r\n" ? end + 2 : end + 1;
  return {text[4], std::min(behind, text.size())};
}

}  // namespace

CsvHead csv_head(std::string_view text) {
  if (auto const declared = of_declaration(text); declared.skip > 0) return declared;
  char found = ',';
  bool quoted = false;
  for (char const c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == ',') return {};
    if (c == '\n') break;
    if (found == ',' && kDelimiters.find(c) != std::string_view::npos) found = c;
  }
  return {found, 0};
}

}  // namespace umsops::base
