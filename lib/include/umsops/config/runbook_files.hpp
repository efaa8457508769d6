// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/runbook/definition.hpp"

namespace umsops::config {

/// Reads a text of the kind `runbook`; `file` is what messages call it. Throws `yaml.invalid` or `config.invalid` with
/// file, line and column (the first mistake; the others are its details).
runbook::Runbook read_runbook(std::string_view text, std::string const& file);

/// Reads these files and folders. Refuses two of one id. Throws the same, and
/// `file.unreadable` for what is not there.
std::vector<runbook::Runbook> read_runbooks(std::vector<std::string> const& paths);

}  // namespace umsops::config
