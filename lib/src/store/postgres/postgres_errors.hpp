// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "store/postgres/libpq.hpp"
#include "umsops/base/time.hpp"

namespace umsops::store {

/// What a server, or the way to it, said no with. Without a state it came from this side: the connection is lost.
struct PostgresFailure {
  std::string state, message;
  std::string right = {};  ///< what the statement needed: `INSERT`
  bool lost() const { return state.empty(); }
};

PostgresFailure failure_of(PGresult const* result);

/// The one place where the server's errors become ours. `shown` is the store's name without its password.
[[noreturn]] void raise_postgres(PostgresFailure const& failure, std::string const& shown,
                                 base::Milliseconds lock_wait);

/// What a connection that never came about ended with.
[[noreturn]] void raise_unconnected(std::string const& message, std::string const& shown);

}  // namespace umsops::store
