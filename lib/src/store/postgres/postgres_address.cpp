// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/postgres_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "store/postgres/libpq.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/store_address.hpp"

namespace umsops::store {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

/// What libpq would wait for endlessly. Seconds; a dead host is noticed after idle + interval * count.
constexpr std::pair<std::string_view, std::string_view> kPatience[] = {
    {"connect_timeout", "10"}, {"keepalives_idle", "30"},     {"keepalives_interval", "10"},
    {"keepalives_count", "3"}, {"tcp_user_timeout", "60000"},
};

[[noreturn]] void refuse(std::string const& address, std::string problem) {
  throw base::Error(base::errors::store_address,
                    {{"path", base::shown_store(address)}, {"problem", std::move(problem)}});
}

Values take(PQconninfoOption* options) {
  Values values;
  for (auto const* option = options; option && option->keyword; ++option) {
    if (option->val && *option->val != '\0') values[option->keyword] = option->val;
  }
  libpq().PQconninfoFree(options);
  return values;
}

/// What the address itself says. libpq's own words of what is wrong with it would repeat the password.
Values given_values(std::string const& address) {
  std::size_t const slashes = address.find("://");
  if (slashes != std::string::npos) {
    std::string const server = address.substr(slashes + 3, address.find_first_of("/?", slashes + 3) - slashes - 3);
    if (server.find('@') != server.rfind('@')) refuse(address, "write @ as %40 in a name or password");
  }
  char* problem = nullptr;
  PQconninfoOption* const options = libpq().PQconninfoParse(address.c_str(), &problem);
  libpq().PQfreemem(problem);
  if (!options) refuse(address, "it is not well formed");
  return take(options);
}

std::string variable(char const* name) {
  char const* const value = std::getenv(name);
  return value ? value : "";
}

/// Also what a service file says, which only a connection that was begun can tell.
Values effective_values(std::string const& address, Values const& given) {
  if (!given.contains("service") && variable("PGSERVICE").empty()) {
    Values values = given;
    for (auto const& [key, name] : {std::pair{"host", "PGHOST"},
                                    {"hostaddr", "PGHOSTADDR"},
                                    {"sslmode", "PGSSLMODE"},
                                    {"connect_timeout", "PGCONNECT_TIMEOUT"}}) {
      if (std::string value = variable(name); !value.empty()) values.try_emplace(key, std::move(value));
    }
    return values;
  }
  char const* const keywords[] = {"dbname", nullptr};
  char const* const settings[] = {address.c_str(), nullptr};
  // Only begun and then dropped: libpq has no other way to tell what a service file says.
  PGconn* const begun = libpq().PQconnectStartParams(keywords, settings, 1);
  if (!begun) throw base::Error(base::errors::store_unavailable, {{"problem", "out of memory"}});
  Values values = take(libpq().PQconninfo(begun));
  libpq().PQfinish(begun);
  // The value that libpq falls back to is not told from one that was chosen.
  bool const chosen = given.contains("sslmode") || !variable("PGSSLMODE").empty();
  if (auto const mode = values.find("sslmode"); mode != values.end() && mode->second == "prefer" && !chosen)
    values.erase(mode);
  return values;
}

std::string_view value_of(Values const& values, std::string_view key) {
  auto const found = values.find(key);
  return found == values.end() ? std::string_view() : std::string_view(found->second);
}

bool all_local(std::string_view hosts) {
  while (true) {
    std::size_t const end = std::min(hosts.find(','), hosts.size());
    if (!is_local_host(hosts.substr(0, end))) return false;
    if (end == hosts.size()) return true;
    hosts.remove_prefix(end + 1);
  }
}

}  // namespace

bool is_local_host(std::string_view host) {
  if (host.empty() || host.starts_with("/") || host.starts_with("@") || host == "localhost") return true;
  // As an address, not by how it begins: `127.example.org` is somebody's name.
  std::string const text(host);
  in_addr four{};
  in6_addr six{};
  if (::inet_pton(AF_INET, text.c_str(), &four) == 1) return ntohl(four.s_addr) >> 24 == IN_LOOPBACKNET;
  if (::inet_pton(AF_INET6, text.c_str(), &six) != 1) return false;
  return IN6_IS_ADDR_LOOPBACK(&six) || (IN6_IS_ADDR_V4MAPPED(&six) && six.s6_addr[12] == IN_LOOPBACKNET);
}

std::vector<std::pair<std::string, std::string>> connection_parameters(std::string const& address) {
  Values const given = given_values(address);
  Values const values = effective_values(address, given);
  std::vector<std::pair<std::string, std::string>> parameters = {{"dbname", address}};
  for (auto const& [key, value] : kPatience) {
    if (!values.contains(key)) parameters.emplace_back(key, value);
  }
  // libpq's own choice, `prefer`, would talk in the clear to any host that answers.
  bool const local = all_local(value_of(values, "host")) && all_local(value_of(values, "hostaddr"));
  if (!local && !values.contains("sslmode")) parameters.emplace_back("sslmode", "verify-full");
  parameters.emplace_back("client_encoding", "UTF8");
  parameters.emplace_back("fallback_application_name", "umsops");
  return parameters;
}

}  // namespace umsops::store
