// SPDX-License-Identifier: Apache-2.0
#pragma once

struct sockaddr;

namespace umsops::send_helper {

/// Whether it belongs to no host of the internet: loopback, private and link-local networks, and what else stands in
/// the registries of special addresses (RFC 6890). IPv4 inside IPv6 counts as what it is.
bool is_private(sockaddr const* address);

}  // namespace umsops::send_helper
