// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/completion/candidates.hpp"
#include "cli/incident/incident.hpp"
#include "cli/record/kind.hpp"
#include "umsops/desk/runbook_desk.hpp"
#include "umsops/runbook/execution.hpp"
#include "umsops/runbook/plan.hpp"

/// What the verbs of runbooks share.
namespace umsops::cli::runbooks {

extern record::Kind const kKind;
inline constexpr std::string_view kPlanSchema = "umsops.runbook.plan/v1",
                                  kExecutionSchema = "umsops.runbook.execution/v1";

/// Of the files of --file, or of the setting `runbooks`, which a project file cannot set.
std::vector<runbook::Runbook> configured(Env& env, Call const& call);
/// Throws `runbook.not_found` with the nearest id.
runbook::Runbook const& require(std::vector<runbook::Runbook> const& all, std::string_view id);
/// The first that is for that type of incident, else the first that is for none in particular; null: there is none.
runbook::Runbook const* suited(std::vector<runbook::Runbook> const& all, std::string_view type);

/// What --incident and --with say, and what an execution with it would do.
struct Prepared {
  desk::RunbookIncident incident;  ///< empty: none
  runbook::Pairs inputs, facts;
  runbook::Plan plan;
};
Prepared prepare(Env& env, runbook::Runbook const& runbook, std::string const& incident, runbook::Pairs const& given);
/// Writes the plan: for programs whole, for people a line for each step.
void write_plan(Env& env, runbook::Runbook const& runbook, Prepared const& prepared);

/// A word of a command as a shell would be given it: quoted where it has to be.
std::string shown_word(std::string_view word);

/// The runbook of an execution, as it was when that began.
runbook::Runbook runbook_of(runbook::Execution const& execution);
/// The steps as programs see them, and a line of each for people.
base::Value steps_of(Env& env, runbook::Runbook const& runbook, runbook::Execution const& execution);
/// Writes where it stands.
void write_execution(Env& env, runbook::Runbook const& runbook, runbook::Execution const& execution);
/// Throws what its state makes of a command that was to bring it to its end: `runbook.failed`, `runbook.waiting`, ...
void check_end(Env& env, runbook::Runbook const& runbook, runbook::Execution const& execution);

/// The same of one that can only go on with somebody's word.
void check_waiting(Env& env, runbook::Runbook const& runbook, runbook::Execution const& execution);

/// Throws `runbook.running` while another process has it: as far as this host can tell, or until its lease is over.
void refuse_others(Env& env, runbook::Execution const& execution);
/// Makes it this process's, once nothing of the one before is at work any more; `check` sees it as it is then, and
/// throws where it cannot go on.
runbook::Execution take_over(Env& env, std::string const& id,
                             std::function<void(runbook::Execution const&)> const& check);

/// Goes on with one that failed or was cut off, as `runbook resume` does, and throws what its end makes of it.
void take_up(Env& env, runbook::Execution const& execution);

void offer_runbooks(Candidates& out);
void offer_executions(Candidates& out);

inline constexpr Flag kFile{
    .name = "file",
    .value = "FILE",
    .type = FlagType::file,
    .doc = {"these runbook files or folders in place of the configured ones", "用这些手册文件或文件夹代替所配置的"},
    .repeatable = true,
    .offer = offer::files};
inline constexpr Flag kIncident{.name = "incident",
                                .value = "ID",
                                .type = FlagType::text,
                                .doc = {"the incident that it is for", "所处理的事件"},
                                .offer = incident::offer_numbers};
inline constexpr Flag kInput{.name = "with",
                             .value = "NAME=VALUE",
                             .type = FlagType::pair,
                             .doc = {"an input of the runbook", "手册的输入"},
                             .repeatable = true};

}  // namespace umsops::cli::runbooks
