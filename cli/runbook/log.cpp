// SPDX-License-Identifier: Apache-2.0
// `runbook log`: executions, and what one of them printed.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "cli/record/list.hpp"
#include "cli/runbook/runbooks.hpp"
#include "cli/runbook/runner.hpp"
#include "cli/runbook/worker.hpp"
#include "cli/signals.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/sound_text.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using runbook::Execution;

constexpr std::string_view kSchema = "umsops.runbook.log/v1";
constexpr int kSpell = 200;

int run_list(Env& env, Call const& call) {
  auto& runbooks = env.desk().runbooks();
  record::Listed const listed{[&](query::Query const& query, record::Visit const& visit) {
                                return runbooks.list(query, [&](Execution const& one) { return visit(to_row(one)); });
                              },
                              [&](query::Filter const& filter) { return runbooks.count(filter); }};
  return record::write_list(runbooks::kKind, env, call, listed);
}

/// The files of an execution's folder in the order in which they were begun, and how much of each was shown.
class Logs {
 public:
  Logs(Env& env, std::string folder, std::string step)
      : env_(env), folder_(std::move(folder)), step_(std::move(step)) {}

  bool exists() const { return !folder_.empty() && std::filesystem::is_directory(folder_); }
  /// Shows what has come since the last time.
  void show() {
    for (auto const& [time, path] : files()) show_file(path);
    env_.out().flush();
  }

 private:
  std::multimap<std::filesystem::file_time_type, std::string> files() const {
    std::multimap<std::filesystem::file_time_type, std::string> out;
    std::error_code problem;
    for (auto entry = std::filesystem::directory_iterator(folder_, problem);
         !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem)) {
      auto const name = entry->path().filename().string();
      bool const wanted = step_.empty() || name.find("-" + step_ + ".") == 2;
      if (wanted && name.ends_with(".log")) out.emplace(entry->last_write_time(problem), entry->path().string());
    }
    return out;
  }

  static std::string shown(std::string_view bytes) {
    return base::terminal_text(base::shown_text(bytes, bytes.size()).text, base::TextShape::block);
  }
  void show_file(std::string const& path) {
    int const file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) return;
    auto const [place, fresh] = shown_.try_emplace(path, 0);
    if (fresh) env_.out().write("== " + std::filesystem::path(path).stem().string() + "\n");
    char block[64 << 10];
    for (ssize_t got = 0; (got = pread(file, block, sizeof block, place->second)) > 0; place->second += got)
      env_.out().write(shown({block, static_cast<std::size_t>(got)}));
    close(file);
  }

  Env& env_;
  std::string folder_, step_;
  std::map<std::string, off_t> shown_;
};

bool is_at_work(Execution const& execution) {
  return execution.worker && runbooks::is_alive(*execution.worker) != runbooks::Alive::no;
}

/// Of the store, where the files are elsewhere.
void show_kept(Env& env, runbook::Runbook const& runbook, Execution const& execution, std::string const& step) {
  for (std::size_t i = 0; i < execution.steps.size() && i < runbook.steps.size(); ++i) {
    auto const& record = execution.steps[i];
    if (record.output.empty() || (!step.empty() && runbook.steps[i].id != step)) continue;
    env.out().write("== " + runbook.steps[i].id + "\n" + base::terminal_text(record.output, base::TextShape::block) +
                    (record.output.ends_with('\n') ? "" : "\n"));
  }
}

void show_logs(Env& env, runbook::Runbook const& runbook, Execution execution, Call const& call) {
  auto const step = call.text("step").value_or("");
  Logs logs(env, runbooks::log_folder(env, execution), step);
  if (!logs.exists() && !call.on("follow")) return show_kept(env, runbook, execution, step);
  logs.show();
  while (call.on("follow") && is_at_work(execution)) {
    signals::check();
    poll(nullptr, 0, kSpell);
    logs.show();
    execution = env.desk().runbooks().find(runbook::execution_id(execution.n));
  }
  if (call.on("follow")) logs.show();
}

int run_log(Env& env, Call const& call) {
  if (call.words.empty()) {
    for (auto const* const flag : {"step", "follow"})
      if (call.has(flag)) call.missing("ID");
    return run_list(env, call);
  }
  auto const execution = env.desk().runbooks().find(call.words[0]);
  auto const runbook = runbooks::runbook_of(execution);
  if (auto const step = call.text("step"); step && !runbook.find(*step))
    throw base::Error(base::errors::runbook_log, {{"id", runbook::execution_id(execution.n)},
                                                  {"problem", "it has no step " + *step},
                                                  {"host", execution.steps.empty() ? "" : execution.steps[0].host}});
  if (!env.human()) {
    runbooks::write_execution(env, runbook, execution);
    return 0;
  }
  show_logs(env, runbook, execution, call);
  if (!call.on("follow") && !call.has("step")) {
    if (!execution.steps.empty()) env.out().write("\n");
    runbooks::write_execution(env, runbook, execution);
  }
  return 0;
}

constexpr Argument kExecution[] = {{"ID",
                                    {"number of the execution: R-3, or 3; without it executions are listed",
                                     "执行编号：R-3 或 3；不给出则列出各次执行"},
                                    false,
                                    false,
                                    runbooks::offer_executions}};
constexpr Flag kFlags[] = {
    {.name = "step",
     .value = "STEP",
     .type = FlagType::text,
     .doc = {"the output of this step alone", "仅此步骤的输出"}},
    {.name = "follow", .letter = 'f', .doc = {"go on as long as its process does", "持续显示，直到其进程结束"}},
    flags::kAll,
    flags::kSince,
    flags::kUntil,
    flags::kWhere,
    flags::kSort,
    flags::kLimit,
    flags::kAfter,
    flags::kFailIfAny,
    flags::kFailIfEmpty,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kExamples[] = {
    {"umsops runbook log", {"what was run, and how it ended", "执行历史及结果"}},
    {"umsops runbook log -w 'state=failed,unknown' --fail-if-any -q",
     {"for monitoring: exit 10 when something is left to be done", "用于监控：有待处理的执行时退出码为 10"}},
};
constexpr int kExits[] = {3, 7, 8, 9, 10, 12};

}  // namespace

constinit Command const kRunbookLog{
    .path = "runbook log",
    .summary = {"show executions and their output", "显示执行记录及其输出"},
    .description = {"Without an ID lists executions, the newest first. With one shows where it stands and all that its "
                    "steps printed, "
                    "secrets masked: from the files of this host, or where it ran elsewhere the part that the store "
                    "keeps. --follow "
                    "shows what comes as it comes.",
                    "不给出编号时由新到旧列出各次执行。给出编号时显示其状态以及各步骤的全部输出（密钥以掩码显示）：来自"
                    "本机的日志文件；若在"
                    "其他主机执行，则显示数据文件中保存的部分。--follow 持续显示新输出。"},
    .arguments = kExecution,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_log,
};

}  // namespace umsops::cli
