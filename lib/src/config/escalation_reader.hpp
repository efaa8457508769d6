// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "config/problems.hpp"
#include "umsops/ladder/incident_escalation.hpp"

namespace umsops::config {

/// Reads one file; all errors go to `problems`.
ladder::Escalation read_escalation_text(std::string_view text, std::string const& file, Problems& problems);

}  // namespace umsops::config
