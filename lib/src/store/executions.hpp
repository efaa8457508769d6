// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "store/listing.hpp"
#include "store/store.hpp"
#include "umsops/runbook/execution.hpp"

namespace umsops::store {

/// Stores a new one and gives it its number. The next event vouches for it, and for what `replace_execution` stores.
/// `incident`: its place; 0: none.
void insert_execution(WriteTx& tx, runbook::Execution& execution, std::int64_t incident);
/// Stores what it is from now on. The turn of this transaction must be taken before it was read.
void replace_execution(WriteTx& tx, runbook::Execution const& execution, std::int64_t incident);

std::optional<runbook::Execution> find_execution(Connection& db, std::int64_t number);
/// The one of that runbook that may still go on for that incident.
std::optional<runbook::Execution> live_execution(Connection& db, std::int64_t incident, std::string_view runbook);
/// All of that incident, in the order in which they began.
std::vector<runbook::Execution> executions_of(Connection& db, std::int64_t incident);
Rest list_executions(Connection& db, query::Query const& query,
                     std::function<bool(runbook::Execution const&)> const& visit);
std::int64_t count_executions(Connection& db, query::Filter const& filter);

}  // namespace umsops::store
