// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/env.hpp"
#include "umsops/runbook/execution.hpp"
#include "umsops/runbook/plan.hpp"

namespace umsops::cli::runbooks {

/// What a runbook's `secrets` print, each asked for once, when it is needed.
class Secrets {
 public:
  explicit Secrets(runbook::Runbook const& runbook) : runbook_(runbook) {}
  /// nullopt: there is none of that name. Throws `runbook.secret`.
  std::optional<std::string> find(std::string_view name);
  /// Those that were asked for.
  std::vector<std::string> known() const;

 private:
  runbook::Runbook const& runbook_;
  std::map<std::string, std::string, std::less<>> known_;
};

/// Performs an action: a program through the helper umsops-step, a request through umsops-send. `log`: the file that
/// takes the output, locked until nothing of the action is at work; empty: none. nullopt: a signal to this process
/// ended it.
std::optional<runbook::Result> perform(runbook::Action const& action, std::vector<std::string> const& environment,
                                       std::vector<std::string> const& secrets, std::string const& log,
                                       std::int64_t keep);

/// What of this process's environment programs of runbooks get.
std::vector<std::string> allowed_environment(Env& env);

}  // namespace umsops::cli::runbooks
