// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/env.hpp"
#include "cli/process.hpp"
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

/// Performs actions: programs through the helper umsops-step, requests through umsops-send.
class Actions {
 public:
  /// `log`: the file that takes the output; empty: none. nullopt: a signal to this process ended it.
  std::optional<runbook::Result> perform(runbook::Action const& action, std::vector<std::string> const& environment,
                                         std::vector<std::string> const& secrets, std::string const& log,
                                         std::int64_t keep);

 private:
  runbook::Result send(runbook::Action const& action, std::vector<std::string> const& secrets, std::string const& log,
                       std::int64_t keep);

  std::unique_ptr<Companion> sender_;
  std::int64_t last_ = 0;
};

/// What of this process's environment programs of runbooks get.
std::vector<std::string> allowed_environment(Env& env);

}  // namespace umsops::cli::runbooks
