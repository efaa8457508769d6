// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace umsops::store {

/// What to hand to libpq for a store's address: the address itself, and what makes it safe where neither it nor a
/// service nor a variable says otherwise. Throws `store.address`.
std::vector<std::pair<std::string, std::string>> connection_parameters(std::string const& address);

/// A host to which the way does not leave this machine.
bool is_local_host(std::string_view host);

}  // namespace umsops::store
