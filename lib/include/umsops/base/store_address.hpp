// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace umsops::base {

/// Whether a store's name is the address of a PostgreSQL server: `postgresql://`, `postgres://`, or the keyword form
/// (`service=desk`, `host=a,b dbname=desk`). Anything else is a file; `./host=x` is one, too.
bool names_server(std::string_view store);

/// The store's name for display: every password in it becomes `***`.
std::string shown_store(std::string_view store);

bool has_password(std::string_view store);

/// The server's address with this password, to connect with. Show it only through `shown_store`.
std::string with_password(std::string_view store, std::string_view password);

/// What tells this server's desk from others, as a URL that is written alike however the address is: user, host, port,
/// database, options and service. No secret, nothing that only says how to connect. Where the address is silent,
/// `variable` is asked as libpq asks the environment (`PGHOST`).
std::string server_target(std::string_view store, std::function<std::string(char const*)> const& variable);

}  // namespace umsops::base
