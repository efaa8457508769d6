// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/env.hpp"
#include "umsops/query/query.hpp"

namespace umsops::cli::kb {

/// Writes the articles of the query that outsiders may see as a site into the folder that the call names.
int export_site(Env& env, Call const& call, query::Query const& query);

}  // namespace umsops::cli::kb
