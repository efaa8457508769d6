// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string_view>

/// How the address of a server is written: as a URL or as keywords.
namespace umsops::base {

inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

inline std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// `postgresql://`; empty: the address is no URL.
inline std::string_view scheme_of(std::string_view store) {
  for (std::string_view const scheme : {"postgresql://", "postgres://"}) {
    if (store.starts_with(scheme)) return store.substr(0, scheme.size());
  }
  return {};
}

/// Where the part before the host of a URL ends, `rest` being what follows the scheme. A password that was not encoded
/// may hold any sign, so the last `@` counts.
inline std::size_t end_of_user(std::string_view rest) {
  std::size_t const query = std::min(rest.find('?'), rest.size());
  std::size_t const at = rest.substr(0, query).rfind('@');
  return at == std::string_view::npos ? rest.rfind('@') : at;
}

/// The end of a keyword's value, which may stand in single quotes.
inline std::size_t end_of_value(std::string_view text, std::size_t at) {
  bool const quoted = at < text.size() && text[at] == '\'';
  for (std::size_t i = at + (quoted ? 1 : 0); i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (quoted ? text[i] == '\'' : is_blank(text[i])) {
      return i + (quoted ? 1 : 0);
    }
  }
  return text.size();
}

}  // namespace umsops::base
