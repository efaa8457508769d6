// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "base/store_syntax.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/store_address.hpp"

namespace umsops::base {
namespace {

/// What tells one desk on a server from another, with the variable that libpq takes it from where the address is silent
/// (PostgreSQL's manual, 34.15). All else says how to connect, or is a secret.
struct Part {
  std::string_view keyword;
  char const* variable;
};
constexpr Part kParts[] = {
    {"user", "PGUSER"},       {"host", "PGHOST"},       {"hostaddr", "PGHOSTADDR"}, {"port", "PGPORT"},
    {"dbname", "PGDATABASE"}, {"options", "PGOPTIONS"}, {"service", "PGSERVICE"},
};
enum { kUser, kHost, kHostAddress, kPort, kDatabase, kPartCount = std::size(kParts) };
using Parts = std::array<std::string, kPartCount>;

void put(Parts& parts, std::string_view keyword, std::string value) {
  auto const* const part =
      std::find_if(std::begin(kParts), std::end(kParts), [&](Part const& known) { return known.keyword == keyword; });
  if (part != std::end(kParts)) parts[static_cast<std::size_t>(part - kParts)] = std::move(value);
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const byte =
        text[i] == '%' && i + 2 < text.size() ? from_hex(ascii_lower(text.substr(i + 1, 2))) : std::nullopt;
    out += byte ? *byte : std::string(1, text[i]);
    if (byte) i += 2;
  }
  return out;
}

/// `a:1,[::1]:2` is host `a,::1` with port `1,2`.
void put_hosts(Parts& parts, std::string_view hosts) {
  std::string names, ports;
  for (bool first = true;; first = false) {
    std::size_t const end = std::min(hosts.find(','), hosts.size());
    std::string_view host = hosts.substr(0, end), port;
    std::size_t const colon = host.starts_with('[') ? host.find(':', host.find(']')) : host.rfind(':');
    if (colon != std::string_view::npos) {
      port = host.substr(colon + 1);
      host = host.substr(0, colon);
    }
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    names += (first ? "" : ",") + percent_decoded(host);
    ports += (first ? "" : ",") + percent_decoded(port);
    if (end == hosts.size()) break;
    hosts.remove_prefix(end + 1);
  }
  put(parts, "host", std::move(names));
  put(parts, "port", ports.find_first_not_of(',') == std::string::npos ? std::string() : std::move(ports));
}

Parts parts_of_url(std::string_view rest) {
  Parts parts;
  if (std::size_t const at = end_of_user(rest); at != std::string_view::npos) {
    put(parts, "user", percent_decoded(rest.substr(0, std::min(rest.find(':'), at))));
    rest.remove_prefix(at + 1);
  }
  std::size_t const question = std::min(rest.find('?'), rest.size());
  std::string_view const place = rest.substr(0, question);
  std::size_t const slash = std::min(place.find('/'), place.size());
  put_hosts(parts, place.substr(0, slash));
  if (slash < place.size()) put(parts, "dbname", percent_decoded(place.substr(slash + 1)));
  std::string_view query = rest.substr(std::min(question + 1, rest.size()));
  while (!query.empty()) {
    std::size_t const end = std::min(query.find('&'), query.size());
    std::string_view const pair = query.substr(0, end);
    std::size_t const equals = std::min(pair.find('='), pair.size());
    put(parts, pair.substr(0, equals), percent_decoded(pair.substr(std::min(equals + 1, pair.size()))));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return parts;
}

std::string unquoted(std::string_view value) {
  if (value.size() > 1 && value.front() == '\'') value = value.substr(1, value.size() - (value.back() == '\'' ? 2 : 1));
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) ++i;
    out += value[i];
  }
  return out;
}

Parts parts_of_keywords(std::string_view store) {
  Parts parts;
  for (std::size_t at = 0; at < store.size();) {
    std::size_t const equals = store.find('=', at);
    if (equals == std::string_view::npos) break;
    std::size_t value = equals + 1;
    while (value < store.size() && is_blank(store[value])) ++value;
    std::size_t const end = end_of_value(store, value);
    put(parts, without_blanks(store.substr(at, equals - at)), unquoted(store.substr(value, end - value)));
    at = end;
  }
  return parts;
}

bool is_plain(char c) {
  bool const letter = ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
  return letter || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (is_plain(c) || c == '/' || c == ',') {
      out += c;
    } else {
      out += '%';
      out += ascii_upper(to_hex(std::string_view(&c, 1)));
    }
  }
  return out;
}

}  // namespace

std::string server_target(std::string_view store, std::function<std::string(char const*)> const& variable) {
  std::string_view const scheme = scheme_of(store);
  Parts parts = scheme.empty() ? parts_of_keywords(store) : parts_of_url(store.substr(scheme.size()));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].empty()) parts[i] = variable(kParts[i].variable);
  }
  if (parts[kPort] == "5432") parts[kPort].clear();
  std::string& host = parts[kHost];
  std::string out = "postgresql://";
  if (!parts[kUser].empty()) out += percent_encoded(std::exchange(parts[kUser], {})) + "@";
  if (std::all_of(host.begin(), host.end(), is_plain) && !host.empty()) {
    out += ascii_lower(std::exchange(host, {}));
    if (!parts[kPort].empty()) out += ":" + percent_encoded(std::exchange(parts[kPort], {}));
  }
  out += "/" + percent_encoded(std::exchange(parts[kDatabase], {}));
  char before = '?';
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].empty()) continue;
    out.append(1, std::exchange(before, '&')).append(kParts[i].keyword).append("=").append(percent_encoded(parts[i]));
  }
  return out;
}

}  // namespace umsops::base
