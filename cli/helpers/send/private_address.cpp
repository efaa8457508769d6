// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/send/private_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <cstring>

namespace umsops::send_helper {
namespace {

struct Range {
  std::uint32_t base;
  int bits;
};

constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}

constexpr Range kRanges[] = {{ip(0, 0, 0, 0), 8},     {ip(10, 0, 0, 0), 8},      {ip(100, 64, 0, 0), 10},
                             {ip(127, 0, 0, 0), 8},   {ip(169, 254, 0, 0), 16},  {ip(172, 16, 0, 0), 12},
                             {ip(192, 0, 0, 0), 24},  {ip(192, 0, 2, 0), 24},    {ip(192, 168, 0, 0), 16},
                             {ip(198, 18, 0, 0), 15}, {ip(198, 51, 100, 0), 24}, {ip(203, 0, 113, 0), 24},
                             {ip(224, 0, 0, 0), 3}};

bool is_private_ipv4(std::uint32_t address) {
  for (auto const& range : kRanges) {
    std::uint32_t const mask = ~std::uint32_t{0} << (32 - range.bits);
    if ((address & mask) == range.base) return true;
  }
  return false;
}

std::uint32_t ipv4_at(unsigned char const* bytes) { return ip(bytes[0], bytes[1], bytes[2], bytes[3]); }

bool is_private_ipv6(unsigned char const* bytes) {
  constexpr unsigned char kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  constexpr unsigned char kTranslated[12] = {0, 0x64, 0xff, 0x9b};
  if (std::memcmp(bytes, kMapped, sizeof kMapped) == 0) return is_private_ipv4(ipv4_at(bytes + 12));
  if (std::memcmp(bytes, kTranslated, sizeof kTranslated) == 0) return is_private_ipv4(ipv4_at(bytes + 12));
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return is_private_ipv4(ipv4_at(bytes + 2));  // 6to4
  // Of the rest only 2000::/3 is given to anybody, but for the documentation's and Teredo.
  bool const documentation = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == 0xb8;
  bool const teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
  return (bytes[0] & 0xe0) != 0x20 || documentation || teredo;
}

}  // namespace

bool is_private(sockaddr const* address) {
  if (address->sa_family == AF_INET) {
    sockaddr_in four;
    std::memcpy(&four, address, sizeof four);
    return is_private_ipv4(ntohl(four.sin_addr.s_addr));
  }
  if (address->sa_family == AF_INET6) {
    sockaddr_in6 six;
    std::memcpy(&six, address, sizeof six);
    return is_private_ipv6(six.sin6_addr.s6_addr);
  }
  return true;
}

}  // namespace umsops::send_helper
