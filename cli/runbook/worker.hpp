// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/runbook/execution.hpp"

namespace umsops::cli::runbooks {

/// This process, as an execution names who works on it.
runbook::Worker this_worker();

enum class Alive { yes, no, unknown };
/// Whether that process still runs. Unknown: it is one of another host, or of another container of this one.
Alive is_alive(runbook::Worker const& worker);

}  // namespace umsops::cli::runbooks
