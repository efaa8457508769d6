// SPDX-License-Identifier: Apache-2.0
// `runbook resume`: goes on where an execution came to a halt.
#include "cli/runbook/runbooks.hpp"
#include "cli/runbook/runner.hpp"
#include "cli/runbook/worker.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace runbooks {

namespace {

using runbook::Execution;
using runbook::State;

/// What the helper of a process that died takes to end its step.
constexpr base::Milliseconds kLastBreath{15'000};

[[noreturn]] void refuse_running(Env& env, Execution const& execution) {
  throw base::Error(base::errors::runbook_running,
                    {{"id", runbook::execution_id(execution.n)},
                     {"host", execution.worker->host},
                     {"until", env.zone().format(execution.lease_until.value_or(execution.updated_at))}});
}

}  // namespace

void refuse_others(Env& env, Execution const& execution) {
  if (!execution.worker) return;
  auto const alive = is_alive(*execution.worker);
  bool const leased = execution.lease_until && *execution.lease_until > env.clock().now();
  if (alive == Alive::yes || (alive == Alive::unknown && leased)) refuse_running(env, execution);
}

Execution take_over(Env& env, std::string const& id, std::function<void(Execution const&)> const& check) {
  auto const before = env.desk().runbooks().find(id);
  refuse_others(env, before);
  // The process is gone, and what it had begun is being ended.
  if (auto const folder = log_folder(env, before); before.worker && !folder.empty() && !is_quiet(folder, kLastBreath))
    refuse_running(env, before);
  auto taken = env.desk().runbooks().take(id, this_worker(), env.clock().now() + kSilence, [&](Execution const& now) {
    refuse_others(env, now);
    check(now);
  });
  env.out().told().stored(runbook::execution_id(taken.n));
  return taken;
}

}  // namespace runbooks

namespace {

using runbook::Execution;
using runbook::Next;
using runbook::State;

[[noreturn]] void refuse_state(Execution const& execution, std::string problem, std::string suggestion) {
  throw base::Error(base::errors::runbook_state, {{"id", runbook::execution_id(execution.n)},
                                                  {"state", std::string(to_string(execution.state))},
                                                  {"problem", std::move(problem)},
                                                  {"suggestion", std::move(suggestion)}});
}

std::span<std::string_view const> assumptions() {
  static constexpr std::string_view kWords[] = {"done", "not-done"};
  return kWords;
}

/// What the flags say of the step at which it stands.
struct Word {
  bool given = false, done = true;
  State of = State::waiting_manual;  ///< the state that it is an answer to
  std::string kind;
  std::optional<std::string> from;  ///< the step to go on at, wherever it stands
};

Word word_of(Call const& call) {
  call.exclude("approve", "done");
  call.exclude("approve", "assume");
  call.exclude("done", "assume");
  for (auto const* const other : {"approve", "done", "assume"}) call.exclude("from", other);
  if (call.on("approve")) return {true, true, State::waiting_approval, "approved"};
  if (call.on("done")) return {true, true, State::waiting_manual, "done"};
  if (auto const assume = call.text("assume")) return {true, *assume == "done", State::unknown, "assumed"};
  Word out;
  out.from = call.text("from");
  return out;
}

/// Where `--from` leads. What a person has to consent to is never passed over.
std::size_t start_of(runbook::Runbook const& runbook, Execution const& execution, std::string const& from) {
  auto const at = runbook.index_of(from);
  if (!at) {
    runbook::Words ids;
    for (auto const& step : runbook.steps) ids.push_back(step.id);
    auto const near = base::nearest(from, ids);
    refuse_state(
        execution, "it has no step " + base::shortened(from, 80),
        near.empty() ? "see: umsops runbook log " + runbook::execution_id(execution.n) : "did you mean " + near + "?");
  }
  if (execution.cancelling)
    refuse_state(execution, "its steps are rolled back",
                 "umsops runbook cancel " + runbook::execution_id(execution.n) + " goes on with that");
  for (std::size_t i = 0; i < *at; ++i) {
    auto const& step = runbook.steps[i];
    auto const state = execution.steps[i].state;
    bool const over = state == runbook::StepState::succeeded || state == runbook::StepState::skipped;
    if (step.kind == runbook::StepKind::approve && !over)
      refuse_state(execution, "step " + step.id + " was not approved",
                   "umsops runbook resume " + runbook::execution_id(execution.n) + " --from " + step.id);
  }
  return *at;
}

/// Whether the execution can go on with that word, or without one.
void check_word(Env& env, runbook::Runbook const& runbook, Execution const& execution, Word const& word) {
  auto const id = runbook::execution_id(execution.n);
  if (execution.state == State::succeeded || execution.state == State::cancelled)
    refuse_state(execution, "it has come to its end", "see: umsops runbook log " + id);
  if (execution.state == State::failed && execution.failing)
    refuse_state(execution, "its steps were rolled back", "begin anew: umsops runbook run " + execution.runbook);
  if (word.given && word.of != execution.state)
    refuse_state(execution, "it does not wait for that", "see: umsops runbook log " + id);
  if (word.from) {
    (void)start_of(runbook, execution, *word.from);
    return;
  }
  if (!word.given) return runbooks::check_waiting(env, runbook, execution);
  auto const& step = runbook.steps[next_of(runbook, execution).step];
  auto const actor = env.actor().name;
  if (word.of == State::waiting_approval && step.another && actor == execution.started_by)
    throw base::Error(base::errors::runbook_approver, {{"step", step.id}, {"id", id}, {"actor", actor}});
}

/// The execution with the word that was given, or as it is to be taken up.
Execution with_answer(Env& env, runbook::Runbook const& runbook, Execution execution, State before, Word const& word,
                      std::string const& note) {
  if (word.from) {
    auto const at = start_of(runbook, execution, *word.from);
    auto after = with_start_at(std::move(execution), at, env.actor().name, note, env.clock().now());
    auto const text =
        "runbook " + after.runbook + ": goes on at step " + *word.from + (note.empty() ? "" : ": " + note);
    base::Value::List passed_over;
    for (std::size_t i = 0; i < at; ++i)
      if (after.steps[i].passed_over) passed_over.emplace_back(runbook.steps[i].id);
    desk::ExecutionNews const news{
        "goes_on",
        *word.from,
        text,
        {{"step", *word.from}, {"word", "from"}, {"by", env.actor().name}, {"passed_over", std::move(passed_over)}}};
    return env.desk().runbooks().store(std::move(after), runbooks::this_worker(), news);
  }
  if (before == State::failed) return with_retry(runbook, std::move(execution));
  if (!word.given) return execution;
  auto const at = next_of(runbook, execution).step;
  auto after = with_word(std::move(execution), at, word.done, env.actor().name, note, env.clock().now());
  auto const& step = runbook.steps[at].id;
  auto const text = "runbook " + after.runbook + ": step " + step + " " + word.kind +
                    (word.of == State::unknown ? (word.done ? ": it took effect" : ": it did not take effect") : "") +
                    (note.empty() ? "" : ": " + note);
  return env.desk().runbooks().store(
      std::move(after), runbooks::this_worker(),
      {word.kind, step, text, {{"step", step}, {"word", word.kind}, {"by", env.actor().name}}});
}

/// Makes it this process's, and goes on to its end or its next halt.
Execution gone_on(Env& env, runbook::Runbook const& runbook, Execution const& before, Word const& word,
                  std::string const& note) {
  State stood = before.state;
  auto taken = runbooks::take_over(env, runbook::execution_id(before.n), [&](Execution const& now) {
    check_word(env, runbook, now, word);
    stood = now.state;
  });
  taken = with_answer(env, runbook, std::move(taken), stood, word, note);
  return runbooks::Runner(env, runbook, taken, *taken.worker).run();
}

int run_resume(Env& env, Call const& call) {
  auto const word = word_of(call);
  (void)env.style("id");
  auto const before = env.desk().runbooks().find(call.words[0]);
  auto const runbook = runbooks::runbook_of(before);
  runbooks::refuse_others(env, before);
  check_word(env, runbook, before, word);
  auto const note = call.text("reason").value_or("");
  if (env.dry_run()) {
    auto const after = word.from ? with_start_at(before, start_of(runbook, before, *word.from), env.actor().name, note,
                                                 env.clock().now())
                                 : before;
    runbooks::write_execution(env, runbook, after);
    return 0;
  }
  auto const end = gone_on(env, runbook, before, word, note);
  runbooks::write_execution(env, runbook, end);
  runbooks::check_end(env, runbook, end);
  return 0;
}

constexpr Argument kExecution[] = {
    {"ID", {"number of the execution: R-3, or 3", "执行编号：R-3 或 3"}, true, false, runbooks::offer_executions}};
constexpr Flag kFlags[] = {
    {.name = "done", .doc = {"the manual step is done", "人工步骤已完成"}},
    {.name = "approve", .doc = {"the step is approved", "批准该步骤"}},
    {.name = "assume",
     .value = "WHAT",
     .type = FlagType::choice,
     .doc = {"of a step that was cut off: it took effect (done), or it did not and is run once more (not-done)",
             "对被中断的步骤：已生效（done），或未生效并重新执行（not-done）"},
     .choices = assumptions},
    {.name = "from",
     .value = "STEP",
     .type = FlagType::text,
     .doc = {"go on at this step: it and those behind it are done anew, and those before it that are not finished are "
             "passed over",
             "从此步骤继续：该步骤及其后的步骤重新执行，其前未完成的步骤被略过"}},
    flags::kReason,
};
constexpr Example kExamples[] = {
    {"umsops runbook run restart-by-hand --file runbooks --execute -q || umsops runbook resume R-1 --done",
     {"go on after a manual step", "人工步骤完成后继续"}},
    {"umsops runbook run restart-by-hand --file runbooks --execute -q || umsops runbook resume 1 --done -o json | jq "
     "-r .state",
     {"for a program", "供程序使用"}},
    {"umsops runbook run restart-by-hand --file runbooks --execute -q || umsops runbook resume R-1 --from look "
     "--reason "
     "'restarted from the console'",
     {"what a step was to do was done otherwise: go on behind it", "某步骤的操作已另行完成：从其后继续"}},
};
constexpr int kExits[] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

}  // namespace

void runbooks::take_up(Env& env, Execution const& execution) {
  auto const runbook = runbook_of(execution);
  refuse_others(env, execution);
  check_word(env, runbook, execution, {});
  check_end(env, runbook, gone_on(env, runbook, execution, {}, ""));
}

constinit Command const kRunbookResume{
    .path = "runbook resume",
    .summary = {"go on with an execution", "继续执行"},
    .description =
        {"Goes on with an execution that waits, failed, or whose process came to an end. No step that was finished is "
         "run "
         "again. A step that was cut off is asked by its check whether it took effect; without a check, which only a "
         "person can tell, --assume says so. The step at which it failed is tried again; --from goes on at another "
         "one, "
         "back or forth, with that in the timeline, but never past what is still to be approved. Where the runbook "
         "says that "
         "another person approves, that is somebody else than who began it. While its process runs, or until the lease "
         "of "
         "one on another host is over, it is refused with 4.",
         "继续处于等待、失败或进程已终止的执行。已完成的步骤不会重复执行。对被中断的步骤，先由其 check "
         "判断是否已生效；没有 check 时须由人通过 --assume "
         "说明。失败的步骤会重试；--from "
         "可改从另一步骤继续，向前或向后均可，并记入时间线，但不能越过尚未批准的步骤。手册要求他人批准时，批准人不能是"
         "执行的发起人。"
         "其进程仍在运行，或其他主机的租约未到期时，以 4 拒绝。"},
    .arguments = kExecution,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = runbooks::kExecutionSchema,
    .changes = true,
    .run = run_resume,
};

}  // namespace umsops::cli
