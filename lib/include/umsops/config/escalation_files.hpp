// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/ladder/incident_escalation.hpp"

namespace umsops::config {

/// A file of the kind `escalation`. Of policies and updates, what it does not name stays as it is built in. Throws
/// `yaml.invalid` or `config.invalid` with file and line (the first mistake; the others are its details),
/// `file.unreadable`.
ladder::Escalation read_escalation(std::string const& file);

}  // namespace umsops::config
