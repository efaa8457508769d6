// SPDX-License-Identifier: Apache-2.0
// `runbook run`: begins an execution.
#include "cli/runbook/runbooks.hpp"
#include "cli/runbook/runner.hpp"
#include "cli/runbook/worker.hpp"
#include "umsops/base/error.hpp"

namespace umsops::cli {

namespace {

void refuse_other_plan(Call const& call, runbooks::Prepared const& prepared) {
  auto const expected = call.text("plan-hash");
  if (!expected || *expected == prepared.plan.hash) return;
  throw base::Error(base::errors::runbook_plan, {{"actual", prepared.plan.hash}, {"expected", *expected}});
}

int run_run(Env& env, Call const& call) {
  auto const all = runbooks::configured(env, call);
  auto const& one = runbooks::require(all, call.words[0]);
  auto const prepared = runbooks::prepare(env, one, call.text("incident").value_or(""), call.pairs("with"));
  refuse_other_plan(call, prepared);
  if (!call.on("execute") || env.dry_run()) {
    runbooks::write_plan(env, one, prepared);
    if (env.human())
      env.hint(env.text({"nothing was run; --execute does it", "未执行任何操作；加上 --execute 才会执行"}));
    return 0;
  }
  (void)env.style("id");  // a wrong -F is told before anything is done
  auto const execution = runbooks::begin(env, one, prepared, call.text("reason").value_or(""));
  auto const end = runbooks::Runner(env, one, execution, *execution.worker).run();
  runbooks::write_execution(env, one, end);
  runbooks::check_end(env, one, end);
  return 0;
}

constexpr Argument kRunbook[] = {{"RUNBOOK", {"id of a runbook", "手册名称"}, true, false, runbooks::offer_runbooks}};
constexpr Flag kFlags[] = {
    {.name = "execute", .doc = {"really run it; without it only the plan is shown", "实际执行；不加则仅显示计划"}},
    {.name = "plan-hash",
     .value = "HASH",
     .type = FlagType::text,
     .doc = {"only if the plan has this hash, else exit 4", "仅当计划的哈希与此相同时执行，否则退出码为 4"}},
    runbooks::kIncident,
    runbooks::kInput,
    runbooks::kFile,
    flags::kReason,
};
constexpr Example kExamples[] = {
    {"umsops runbook run authentication --file runbooks", {"the plan alone", "仅显示计划"}},
    {"umsops runbook run authentication --file runbooks --execute -o json | jq -r .state",
     {"for a program: how it ended", "供程序使用：执行结果"}},
};
constexpr int kExits[] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

}  // namespace

constinit Command const kRunbookRun{
    .path = "runbook run",
    .summary = {"run a runbook", "执行处置手册"},
    .description =
        {"Shows the plan, and with --execute runs it, step by step. The runbook is kept as it is now; whatever becomes "
         "of "
         "this process, 'umsops runbook resume' goes on at the right step. At a manual step or an approval it ends "
         "with "
         "10, and goes on with 'runbook resume'; when a step failed it ends with 6. For one incident a runbook is run "
         "once "
         "at a time, on whatever host.\n\nPrograms get a list of words and never a shell, a process group of their "
         "own, "
         "and of the environment PATH, HOME, USER, LANG, LC_ALL, TZ and what the runbook says. At a time-out they and "
         "all "
         "they started are ended. Their output is kept in a file of the state directory, a part of it in the store, "
         "without secrets.",
         "显示计划；加上 --execute 则逐步执行。手册按当前内容保存；无论本进程发生什么，umsops runbook resume "
         "都会从正确的步骤继续。遇到人工步骤或审批时以 10 结束，之后用 runbook resume 继续；步骤失败时以 6 "
         "结束。同一事件的同一手册在所有主机上同时只执行一次。\n\n程序以参数列表启动，不经过 "
         "shell，拥有独立的进程组，环境变量仅含 "
         "PATH、HOME、USER、LANG、LC_ALL、TZ "
         "及手册所设。超时后结束该程序及其启动的全部进程。输出去除密钥后保存在状态目录"
         "的文件中，部分保存在数据文件中。"},
    .arguments = kRunbook,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = runbooks::kExecutionSchema,
    .changes = true,
    .run = run_run,
};

}  // namespace umsops::cli
