// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/env.hpp"
#include "umsops/alert/reader.hpp"

namespace umsops::cli::incident {

/// Stores what the files of the call, or standard input, say, and answers each event with what became of it. Gives the
/// exit code; throws what refused a single event, `batch.partial` when some of several were refused.
int store_alerts(Env& env, Call const& call, alert::Reader const& reader);

}  // namespace umsops::cli::incident
