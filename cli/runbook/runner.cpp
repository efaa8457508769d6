// SPDX-License-Identifier: Apache-2.0
#include "cli/runbook/runner.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>

#include "cli/process.hpp"
#include "cli/runbook/worker.hpp"
#include "cli/signals.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/format/output.hpp"

namespace umsops::cli::runbooks {

namespace {

using runbook::Action;
using runbook::Next;
using runbook::Part;
using runbook::Result;
using runbook::Step;
using runbook::StepKind;
using What = Next::What;

constexpr base::Milliseconds kGrace{10'000};  ///< that the helper takes at most to end what has timed out
constexpr int kSpell = 50;

std::string seconds(base::Milliseconds span) {
  auto const tenths = std::to_string((span.count() + 50) / 100);
  return tenths.size() == 1 ? "0." + tenths + " s" : tenths.substr(0, tenths.size() - 1) + "." + tenths.back() + " s";
}

std::string told(Result const& result) {
  std::string out = result.how == Result::How::exited ? "exit " + std::to_string(result.exit) : result.note;
  return out + ", " + seconds(result.duration);
}

}  // namespace

Runner::Runner(Env& env, runbook::Runbook const& runbook, runbook::Execution execution, runbook::Worker worker)
    : env_(env),
      runbook_(runbook),
      execution_(std::move(execution)),
      worker_(std::move(worker)),
      secrets_(runbook),
      folder_(log_folder(env, execution_)) {
  if (folder_.empty()) return;
  std::error_code problem;
  std::filesystem::create_directories(std::filesystem::path(folder_).parent_path(), problem);
  mkdir(folder_.c_str(), 0700);
}

runbook::Execution Runner::run() {
  for (;;) {
    if (signals::received() != 0) {
      give_back();
      signals::check();
    }
    Next const next = next_of(runbook_, execution_);
    switch (next.what) {
      case What::skip:
        skip(next);
        break;
      case What::perform:
        perform(next);
        break;
      case What::end:
        if (next.end == runbook::State::failed && !execution_.cancelling &&
            runbook_.on_failure == runbook::OnFailure::rollback) {
          execution_.cancelling = execution_.failing = true;
          break;
        }
        rest(next);
        return execution_;
      case What::wait:
      case What::ask:
        rest(next);
        return execution_;
    }
  }
}

/// Told with the next change: that a step is left out changes nothing that could be lost.
void Runner::skip(Next const& next) {
  execution_ = with_skip(std::move(execution_), next.step, env_.clock().now());
  env_.hint("- " + runbook_.steps[next.step].id + ": SKIPPED");
}

void Runner::perform(Next const& next) {
  Step const& step = runbook_.steps[next.step];
  if (!wait(next.after)) return;  // the caller sees the signal
  auto const action = filled_in(next);
  keep(with_begin(execution_, next, worker_, lease_for(next), env_.clock().now()), {"step_begun", step.id, "", {}});
  env_.hint("> " + step.id + (next.part == Part::main ? "" : " (" + std::string(to_string(next.part)) + ")"));
  auto const result = result_of(action, next);
  if (!result) return;
  auto after = with_result(runbook_, execution_, next, *result, env_.clock().now());
  after.lease_until = env_.clock().now() + kSilence + next_of(runbook_, after).after;
  auto const news = news_of(after, next, *result);
  keep(std::move(after), news);
  env_.hint("  " + step.id + ": " + std::string(to_string(execution_.steps[next.step].state)) + ", " + told(*result));
}

/// Before anything is stored of the step: where a secret cannot be had, nothing of it has begun.
Runner::Filled Runner::filled_in(Next const& next) {
  try {
    return {resolved(
                runbook_, action_of(next), [&](std::string_view name) { return fill(name); }, &shown_word),
            ""};
  } catch (base::Error const& error) {
    // A hole without a value is the step's own failure.
    if (&error.code() == &base::errors::runbook_input)
      return {{}, base::terminal_text(error.message(), base::TextShape::line)};
    give_back();
    throw;
  }
}

std::optional<Result> Runner::result_of(Filled const& filled, Next const& next) {
  Result failed;
  failed.how = Result::How::not_started;
  failed.note = filled.problem;
  if (!failed.note.empty()) return failed;
  try {
    bool const verifies = next.part == Part::main && runbook_.steps[next.step].kind == StepKind::verify;
    return verifies ? verified(filled.action, next) : once(filled.action, next, execution_.steps[next.step].attempts);
  } catch (base::Error const& error) {
    if (error.kind() == base::ErrorKind::interrupted) return std::nullopt;
    // A helper that cannot be used fails the step, and not what is known of it.
    if (error.kind() != base::ErrorKind::unavailable) throw;
    failed.note = base::terminal_text(error.message(), base::TextShape::line);
    return failed;
  }
}

std::optional<Result> Runner::once(Action action, Next const& next, std::int64_t pass) {
  // A request that was cut off may have arrived: the same key tells the other side that it is the same one.
  if (action.http) action.http->headers.emplace_back("Idempotency-Key", key_of(next));
  auto const name = log_name(next.step, runbook_.steps[next.step].id, next.part, pass);
  return runbooks::perform(action, environment_of(next), secrets_.known(), folder_.empty() ? "" : folder_ + "/" + name,
                           runbook_.output);
}

/// So many passes in a row, with the step's time between them; each that fails costs one of its retries.
std::optional<Result> Runner::verified(Action const& action, Next const& next) {
  Step const& step = runbook_.steps[next.step];
  std::int64_t passed = 0, failed = 0;
  for (std::int64_t pass = 1;; ++pass) {
    auto result = once(action, next, pass);
    if (!result) return result;
    passed = result->ok ? passed + 1 : 0;
    failed += result->ok ? 0 : 1;
    if (passed >= step.passes || failed > step.retries) {
      if (result->ok) result->note = std::to_string(passed) + " passes in a row";
      return result;
    }
    if (!wait(step.every)) return std::nullopt;
  }
}

void Runner::rest(Next const& next) {
  auto after = with_rest(runbook_, execution_, next, env_.clock().now());
  bool const ends = next.what == What::end;
  std::string const step = ends && next.end != runbook::State::failed ? "" : runbook_.steps[next.step].id;
  std::string const state(to_string(after.state));
  auto const text = "runbook " + execution_.runbook + ": " + state + (step.empty() ? "" : " at step " + step);
  keep(std::move(after), {ends ? "finished" : "waiting", step, text, {{"state", state}}});
}

/// Nobody works on it any more; the step that was cut off is RUNNING until somebody takes it up.
void Runner::give_back() {
  signals::Peace const peace;
  auto after = execution_;
  after.worker.reset();
  after.lease_until.reset();
  keep(std::move(after), {"interrupted", "", "", {}});
}

Action const& Runner::action_of(Next const& next) const {
  Step const& step = runbook_.steps[next.step];
  switch (next.part) {
    case Part::main:
      break;
    case Part::on_error:
      return *step.on_error;
    case Part::probe:
      return *step.probe;
    case Part::rollback:
      return *step.rollback;
  }
  return step.action;
}

std::optional<std::string> Runner::fill(std::string_view name) {
  constexpr std::string_view kSecrets = "secrets.";
  if (name.starts_with(kSecrets)) return secrets_.find(name.substr(kSecrets.size()));
  for (auto const& [fact, value] : facts_of(runbook_, execution_))
    if (fact == name) return value;
  return std::nullopt;
}

std::vector<std::string> Runner::environment_of(Next const& next) const {
  auto out = allowed_environment(env_);
  auto const& step = runbook_.steps[next.step].id;
  auto const id = runbook::execution_id(execution_.n);
  out.push_back("UMSOPS_EXECUTION=" + id);
  out.push_back("UMSOPS_RUNBOOK=" + execution_.runbook);
  out.push_back("UMSOPS_STEP=" + step);
  if (!execution_.incident.empty()) out.push_back("UMSOPS_INCIDENT=" + execution_.incident);
  // The same in every attempt: what a program does under one key it need not do twice.
  out.push_back("UMSOPS_KEY=" + key_of(next));
  return out;
}

std::string Runner::key_of(Next const& next) const {
  return execution_.name + "." + runbook_.steps[next.step].id + "." + std::string(to_string(next.part));
}

base::TimePoint Runner::lease_for(Next const& next) const {
  Step const& step = runbook_.steps[next.step];
  auto span = action_of(next).timeout + kGrace;
  if (next.part == Part::main && step.kind == StepKind::verify)
    span = (span + step.every) * (step.passes * (step.retries + 1));
  return env_.clock().now() + span + kSilence;
}

desk::ExecutionNews Runner::news_of(runbook::Execution const& after, Next const& next, Result const& result) const {
  auto const& record = after.steps[next.step];
  Step const& step = runbook_.steps[next.step];
  bool const back = next.part == Part::rollback;
  auto const rollback = runbook::rollback_names()[static_cast<std::size_t>(record.rollback)];
  std::string const state(back ? rollback : to_string(record.state));
  std::string text = "runbook " + after.runbook + ": step " + step.id;
  if (next.part != Part::main) text += " (" + std::string(to_string(next.part)) + ")";
  text += ": " + state + " (" + told(result) + ", " + worker_.host + ")";
  if (!record.note.empty() && result.how == Result::How::exited) text += ": " + record.note;
  return {"step_ended",
          step.id,
          std::move(text),
          {{"step", step.id},
           {"part", to_string(next.part)},
           {"state", state},
           {"attempt", record.attempts},
           {"exit", result.how == Result::How::exited ? base::Value(result.exit) : base::Value()},
           {"duration_ms", std::int64_t{result.duration.count()}},
           {"host", worker_.host},
           {"sha256", base::text_or_null(result.sha256)}}};
}

void Runner::keep(runbook::Execution next, desk::ExecutionNews const& news) {
  // A signal that comes between a step's end and this must not make anybody perform the step once more.
  signals::Peace const peace;
  execution_ = env_.desk().runbooks().store(std::move(next), worker_, news);
}

bool Runner::wait(base::Milliseconds span) const {
  auto const end = std::chrono::steady_clock::now() + span;
  while (signals::received() == 0 && std::chrono::steady_clock::now() < end) poll(nullptr, 0, kSpell);
  return signals::received() == 0;
}

runbook::Execution begin(Env& env, runbook::Runbook const& runbook, Prepared const& prepared,
                         std::string const& reason) {
  auto const helper = helper_path("umsops-step");
  if (access(helper.c_str(), X_OK) != 0)
    throw base::Error(base::errors::step_helper, {{"problem", helper + ": " + std::strerror(errno)}});
  auto execution = begun(runbook, prepared.inputs, prepared.facts);
  execution.incident = prepared.incident.number;
  execution.incident_id = prepared.incident.id;
  execution.plan_hash = prepared.plan.hash;
  execution.reason = reason;
  execution.worker = this_worker();
  execution.lease_until = env.clock().now() + kSilence;
  auto const text = "runbook " + runbook.id + ": begun on " + execution.worker->host;
  auto stored =
      env.desk().runbooks().begin(std::move(execution), {"begun", "", text, {{"plan_hash", prepared.plan.hash}}});
  env.out().told().stored(runbook::execution_id(stored.n));
  return stored;
}

std::string log_folder(Env& env, runbook::Execution const& execution) {
  auto const state = env.settings().state_directory();
  return state.empty() || execution.name.empty() ? "" : state + "/runbooks/" + execution.name;
}

std::string log_name(std::size_t step, std::string const& id, runbook::Part part, std::int64_t attempt) {
  auto const number = std::to_string(step + 1);
  return (number.size() < 2 ? "0" : "") + number + "-" + id + "." + std::string(to_string(part)) + "." +
         std::to_string(attempt) + ".log";
}

bool is_quiet(std::string const& folder, base::Milliseconds most) {
  auto const end = std::chrono::steady_clock::now() + most;
  std::error_code problem;
  for (auto entry = std::filesystem::directory_iterator(folder, problem);
       !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem)) {
    int const file = open(entry->path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) continue;
    bool free = false;
    while (!(free = flock(file, LOCK_SH | LOCK_NB) == 0) && std::chrono::steady_clock::now() < end)
      poll(nullptr, 0, kSpell);
    close(file);
    if (!free) return false;
  }
  return true;
}

}  // namespace umsops::cli::runbooks
