// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/env.hpp"
#include "umsops/desk/store_desk.hpp"

namespace umsops::cli {

/// A line for each finding that is told, and how many there are beside.
std::string findings_text(Env const& env, desk::Findings const& findings);
/// Adds `findings`, `total` and `truncated`.
void add_findings(base::Value::Object& document, desk::Findings const& findings);

}  // namespace umsops::cli
