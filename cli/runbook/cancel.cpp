// SPDX-License-Identifier: Apache-2.0
// `runbook cancel`: ends an execution, and takes back what its steps have done.
#include "cli/runbook/runbooks.hpp"
#include "cli/runbook/runner.hpp"
#include "cli/runbook/worker.hpp"
#include "umsops/base/error.hpp"

namespace umsops::cli {

namespace {

using runbook::Execution;
using runbook::State;

void check_open(Execution const& execution) {
  bool const over = execution.state == State::succeeded || execution.state == State::cancelled ||
                    (execution.state == State::failed && execution.failing);
  if (!over) return;
  auto const id = runbook::execution_id(execution.n);
  throw base::Error(base::errors::runbook_state, {{"id", id},
                                                  {"state", std::string(to_string(execution.state))},
                                                  {"problem", "it has come to its end"},
                                                  {"suggestion", "see: umsops runbook log " + id}});
}

Execution cancelled(Env& env, runbook::Runbook const& runbook, Execution execution, Call const& call) {
  execution.cancelling = true;
  if (auto const reason = call.text("reason")) execution.reason = *reason;
  execution.as_it_is = !call.on("rollback", true);
  auto const worker = *execution.worker;
  auto const text =
      "runbook " + execution.runbook + ": cancelled" + (execution.reason.empty() ? "" : ": " + execution.reason);
  auto const stored = env.desk().runbooks().store(std::move(execution), worker, {"cancelled", "", text, {}});
  return runbooks::Runner(env, runbook, stored, worker).run();
}

int run_cancel(Env& env, Call const& call) {
  (void)env.style("id");
  auto const before = env.desk().runbooks().find(call.words[0]);
  auto const runbook = runbooks::runbook_of(before);
  runbooks::refuse_others(env, before);
  check_open(before);
  if (env.dry_run()) {
    runbooks::write_execution(env, runbook, before);
    return 0;
  }
  auto taken = runbooks::take_over(env, call.words[0], check_open);
  auto const end = cancelled(env, runbook, std::move(taken), call);
  runbooks::write_execution(env, runbook, end);
  runbooks::check_end(env, runbook, end);
  return 0;
}

constexpr Argument kExecution[] = {
    {"ID", {"number of the execution: R-3, or 3", "执行编号：R-3 或 3"}, true, false, runbooks::offer_executions}};
constexpr Flag kFlags[] = {
    {.name = "rollback",
     .doc = {"run the rollbacks of the steps, the last one first; --no-rollback leaves everything as it is",
             "按相反顺序执行各步骤的回滚；--no-rollback 则保持现状"},
     .fallback = "on"},
    flags::kReason,
};
constexpr Example kExamples[] = {
    {"umsops runbook run restart-by-hand --file runbooks --execute -q || umsops runbook cancel R-1 --reason 'not "
     "needed'",
     {"give it up, and take back what it did", "放弃并回滚"}},
    {"umsops runbook run restart-by-hand --file runbooks --execute -q || umsops runbook cancel 1 --no-rollback -o json "
     "| jq -r "
     ".state",
     {"for a program, without rollbacks", "供程序使用，不回滚"}},
};
constexpr int kExits[] = {3, 4, 6, 7, 8, 9, 10, 11, 12};

}  // namespace

constinit Command const kRunbookCancel{
    .path = "runbook cancel",
    .summary = {"give an execution up", "取消执行"},
    .description = {"Ends an execution that nobody is at work on, and runs the rollbacks of its steps, the last one "
                    "first: of those "
                    "that succeeded, and of those that failed or were cut off, which may have left half of their "
                    "effect. A rollback "
                    "that fails does not keep the others from running.",
                    "结束无人处理的执行，并按相反顺序执行各步骤的回滚：包括成功的步骤，以及失败或被中断、可能留下部分效"
                    "果的步骤。某个回滚"
                    "失败不影响其余回滚。"},
    .arguments = kExecution,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = runbooks::kExecutionSchema,
    .changes = true,
    .run = run_cancel,
};

}  // namespace umsops::cli
