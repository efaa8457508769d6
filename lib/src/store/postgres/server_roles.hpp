// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "store/schema.hpp"

namespace umsops::store {

/// What an administrator runs by psql, so that people and hosts work on a desk without owning it: three roles, what
/// each may do with every table of the schema, and triggers that hold the writer to what this program does. Throws
/// `internal` for a table of which it does not know what a writer does with it.
std::string server_roles(Schema const& schema);

}  // namespace umsops::store
