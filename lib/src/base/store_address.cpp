// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/store_address.hpp"

#include <algorithm>
#include <iterator>

#include "base/store_syntax.hpp"

namespace umsops::base {
namespace {

constexpr std::string_view kHidden = "***";
constexpr std::string_view kSecrets[] = {"password", "sslpassword"};
/// What a keyword string may begin with; any order is allowed.
constexpr std::string_view kKeywords[] = {"application_name",
                                          "channel_binding",
                                          "client_encoding",
                                          "connect_timeout",
                                          "dbname",
                                          "gssencmode",
                                          "host",
                                          "hostaddr",
                                          "keepalives",
                                          "options",
                                          "passfile",
                                          "password",
                                          "port",
                                          "service",
                                          "sslmode",
                                          "sslrootcert",
                                          "target_session_attrs",
                                          "tcp_user_timeout",
                                          "user"};

bool is_secret(std::string_view name) {
  return std::find(std::begin(kSecrets), std::end(kSecrets), name) != std::end(kSecrets);
}

std::string hide_in_query(std::string_view query) {
  std::string out;
  while (!query.empty()) {
    std::size_t const end = std::min(query.find('&'), query.size());
    std::string_view const pair = query.substr(0, end);
    std::size_t const equals = std::min(pair.find('='), pair.size());
    out.append(pair.substr(0, equals));
    if (equals < pair.size())
      out.append("=").append(is_secret(pair.substr(0, equals)) ? kHidden : pair.substr(equals + 1));
    if (end < query.size()) out += '&';
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return out;
}

std::string hide_in_url(std::string_view store, std::string_view scheme) {
  std::string out(scheme);
  std::string_view rest = store.substr(scheme.size());
  if (std::size_t const at = end_of_user(rest); at != std::string_view::npos) {
    std::size_t const colon = rest.find(':');
    out.append(rest.substr(0, std::min(colon, at)));
    if (colon < at) out.append(":").append(kHidden);
    rest.remove_prefix(at);
  }
  std::size_t const query = std::min(rest.find('?'), rest.size());
  out.append(rest.substr(0, query));
  if (query < rest.size()) out.append("?").append(hide_in_query(rest.substr(query + 1)));
  return out;
}

std::string hide_in_keywords(std::string_view store) {
  std::string out;
  for (std::size_t at = 0; at < store.size();) {
    std::size_t const equals = store.find('=', at);
    if (equals == std::string_view::npos) return out.append(store.substr(at));
    std::size_t value = equals + 1;
    while (value < store.size() && is_blank(store[value])) ++value;
    std::string_view const name = without_blanks(store.substr(at, equals - at));
    std::size_t const end = end_of_value(store, value);
    out.append(store.substr(at, value - at)).append(is_secret(name) ? kHidden : store.substr(value, end - value));
    at = end;
  }
  return out;
}

std::string percent_encoded(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    out.append({'%', kHex[byte >> 4], kHex[byte & 15]});
  }
  return out;
}

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (char const c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

}  // namespace

bool names_server(std::string_view store) {
  if (!scheme_of(store).empty()) return true;
  std::size_t const equals = store.find('=');
  if (equals == std::string_view::npos) return false;
  std::string_view name = store.substr(0, equals);
  while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
  return std::find(std::begin(kKeywords), std::end(kKeywords), name) != std::end(kKeywords);
}

std::string shown_store(std::string_view store) {
  if (!names_server(store)) return std::string(store);
  std::string_view const scheme = scheme_of(store);
  return scheme.empty() ? hide_in_keywords(store) : hide_in_url(store, scheme);
}

bool has_password(std::string_view store) { return shown_store(store) != store; }

std::string with_password(std::string_view store, std::string_view password) {
  std::string out(store);
  if (scheme_of(store).empty()) return out.append(" password=").append(quoted(password));
  return out.append(store.find('?') == std::string_view::npos ? "?" : "&")
      .append("password=")
      .append(percent_encoded(password));
}

}  // namespace umsops::base
