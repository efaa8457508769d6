// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/env.hpp"
#include "cli/runbook/actions.hpp"
#include "cli/runbook/runbooks.hpp"
#include "umsops/desk/runbook_desk.hpp"

namespace umsops::cli::runbooks {

/// Performs an execution that is this process's, step by step. What is about to be done is stored before, and how it
/// ended behind it: whoever comes after a sudden end knows where it came.
class Runner {
 public:
  Runner(Env& env, runbook::Runbook const& runbook, runbook::Execution execution, runbook::Worker worker);

  /// Until it ends, waits for somebody, or a signal to this process stops it: then the execution is given back, and
  /// `process.interrupted` thrown. Throws `runbook.lost` when another process has taken it over.
  runbook::Execution run();

 private:
  void skip(runbook::Next const& next);
  void perform(runbook::Next const& next);
  struct Filled {
    runbook::Action action;
    std::string problem;  ///< why it cannot be performed; empty: it can
  };
  Filled filled_in(runbook::Next const& next);
  /// nullopt: a signal ended it.
  std::optional<runbook::Result> result_of(Filled const& filled, runbook::Next const& next);
  std::optional<runbook::Result> once(runbook::Action action, runbook::Next const& next, std::int64_t pass);
  std::optional<runbook::Result> verified(runbook::Action const& action, runbook::Next const& next);
  void rest(runbook::Next const& next);
  void give_back();

  runbook::Action const& action_of(runbook::Next const& next) const;
  std::optional<std::string> fill(std::string_view name);
  std::vector<std::string> environment_of(runbook::Next const& next) const;
  std::string key_of(runbook::Next const& next) const;
  base::TimePoint lease_for(runbook::Next const& next) const;
  desk::ExecutionNews news_of(runbook::Execution const& after, runbook::Next const& next,
                              runbook::Result const& result) const;
  void keep(runbook::Execution next, desk::ExecutionNews const& news);
  bool wait(base::Milliseconds span) const;

  Env& env_;
  runbook::Runbook const& runbook_;
  runbook::Execution execution_;
  runbook::Worker worker_;
  Secrets secrets_;
  std::string folder_;
};

/// Stores a new execution that is this process's. Throws `runbook.busy`.
runbook::Execution begin(Env& env, runbook::Runbook const& runbook, Prepared const& prepared,
                         std::string const& reason);
/// Where the logs of an execution lie on this host; empty: there is no place for them.
std::string log_folder(Env& env, runbook::Execution const& execution);
/// `02-restart.main.1.log`
std::string log_name(std::size_t step, std::string const& id, runbook::Part part, std::int64_t attempt);
/// Waits until nothing of the step that was cut off is at work any more, which its helper sees to. False: it still is.
bool is_quiet(std::string const& folder, base::Milliseconds most);
/// How long a worker may be silent between two changes that it stores.
inline constexpr base::Milliseconds kSilence{60'000};

}  // namespace umsops::cli::runbooks
