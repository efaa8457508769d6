// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace umsops::desk {

/// What an administrator runs by psql so that people and hosts work on a desk of a server without owning it.
std::string server_roles();

}  // namespace umsops::desk
