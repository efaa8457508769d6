// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "config/problems.hpp"
#include "umsops/config/runbook_files.hpp"

namespace umsops::config {

/// Reads one runbook; all errors go to `problems`.
runbook::Runbook read_runbook_text(std::string_view text, std::string const& file, Problems& problems);

/// Parts of it, each over one node.
Node const& runbook_map(Node const& node, std::string_view what, std::string_view example);
Node const& runbook_list(Node const& node, std::string_view what, std::string_view example);
/// A duration within bounds that the message tells.
base::Milliseconds runbook_span(Node const& node, base::Milliseconds least, base::Milliseconds most,
                                std::string_view bounds);
runbook::Words command_words(Node const& node);
/// `{NAME: value}` as an environment has it.
runbook::Pairs environment_of(Node const& node, Problems& problems);
/// A command as a list, or a map that says more: command, stdin, env, folder, host, timeout; or http, method, headers,
/// body, expect, timeout.
runbook::Action action_of(Node const& node, Problems& problems);
/// An address alone, or a map with url, method, headers, body, expect.
runbook::Action request_of(Node const& node, Problems& problems);

/// One step without its condition.
runbook::Step step_of(Node const& node, Problems& problems);

}  // namespace umsops::config
