// SPDX-License-Identifier: Apache-2.0
// `runbook check`: whether runbooks could be run here.
#include <unistd.h>

#include <filesystem>

#include "cli/flags.hpp"
#include "cli/outcome.hpp"
#include "cli/process.hpp"
#include "cli/runbook/runbooks.hpp"
#include "umsops/format/output.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using runbook::Action;
using runbook::Runbook;
using runbook::Step;

constexpr std::string_view kSchema = "umsops.runbook.check/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr Field kFields[] = {
    {"runbook", FieldType::text, {}, kShown, "Name of the runbook", "手册名称", "手册"},
    {"step", FieldType::text, {}, kShown, "Step of it", "步骤", "步骤"},
    {"problem", FieldType::text, {}, kShown, "What would keep it from running here", "在此无法执行的原因", "问题"},
    {"file", FieldType::text, {}, base::kInWide, "Where it stands", "所在文件", "文件"},
    {"line", FieldType::integer, {}, kShown, "And in which line", "所在行", "行"},
};

/// As execvp looks for it.
bool is_found(Env& env, std::string const& program) {
  if (program.find('/') != std::string::npos) return access(program.c_str(), X_OK) == 0;
  auto const path = env.variable()("PATH").value_or("/usr/local/bin:/usr/bin:/bin");
  for (std::size_t at = 0; at <= path.size();) {
    auto const end = std::min(path.find(':', at), path.size());
    if (access((path.substr(at, end - at) + "/" + program).c_str(), X_OK) == 0) return true;
    at = end + 1;
  }
  return false;
}

/// Writes a line for each problem.
class Findings {
 public:
  Findings(Env& env, format::RecordWriter& writer, Runbook const& runbook)
      : env_(env), writer_(writer), runbook_(runbook) {}

  void look() {
    for (auto const& secret : runbook_.secrets) program("secrets." + secret.name, secret.command[0], 1);
    folder("", runbook_.folder, 1);
    for (auto const& step : runbook_.steps) {
      action(step, step.action);
      for (auto const* const further : {&step.on_error, &step.rollback, &step.probe})
        if (*further) action(step, **further);
      bool const changes = step.kind == runbook::StepKind::run || step.kind == runbook::StepKind::http;
      if (changes && !step.probe)
        found(step.id, "it has no check: when it is cut off, a person has to say whether it took effect",
              step.spot.line);
    }
  }
  std::int64_t count() const { return count_; }

 private:
  void action(Step const& step, Action const& one) {
    if (one.http) {
      if (access(helper_path("umsops-send").c_str(), X_OK) != 0)
        found(step.id, "the helper program umsops-send is missing", step.spot.line);
      return;
    }
    if (one.command.empty()) return;
    auto const* const host = runbook_.find_host(one.host);
    program(step.id, host ? host->prefix[0] : one.command[0], step.spot.line);
    folder(step.id, one.folder, step.spot.line);
  }
  void program(std::string const& step, std::string const& name, std::int64_t line) {
    if (name.find("{{") == std::string::npos && !is_found(env_, name)) found(step, "there is no program " + name, line);
  }
  void folder(std::string const& step, std::string const& path, std::int64_t line) {
    std::error_code problem;
    if (!path.empty() && path.find("{{") == std::string::npos && !std::filesystem::is_directory(path, problem))
      found(step, "there is no folder " + path, line);
  }
  void found(std::string const& step, std::string problem, std::int64_t line) {
    writer_.row({runbook_.id, base::text_or_null(step), std::move(problem), runbook_.file, line});
    ++count_;
  }

  Env& env_;
  format::RecordWriter& writer_;
  Runbook const& runbook_;
  std::int64_t count_ = 0;
};

int run_check(Env& env, Call const& call) {
  auto const all = runbooks::configured(env, call);
  for (auto const& word : call.words) (void)runbooks::require(all, word);
  auto writer = format::list_writer(env.out(), env.style("runbook"), kSchema, "finding", kFields);
  std::int64_t count = 0;
  for (auto const& one : all) {
    if (!call.words.empty() && std::find(call.words.begin(), call.words.end(), one.id) == call.words.end()) continue;
    Findings findings(env, *writer, one);
    findings.look();
    count += findings.count();
  }
  writer->end({});
  env.out().flush();
  if (count > 0) throw any_found(env, count);
  return 0;
}

constexpr Argument kRunbooks[] = {{"RUNBOOK",
                                   {"ids of runbooks; without one all", "手册名称；不给出则检查全部"},
                                   false,
                                   true,
                                   runbooks::offer_runbooks}};
constexpr Flag kFlags[] = {runbooks::kFile, flags::kHeader, flags::kCsvSafe, flags::kCsvBom};
constexpr Example kExamples[] = {
    {"umsops runbook check --file runbooks || [ $? = 10 ]", {"what is missing here", "此处缺少什么"}},
    {"umsops runbook check authentication --file runbooks -o json | jq -r '.items[].problem'",
     {"one runbook, for a program", "单个手册，供程序使用"}},
};
constexpr int kExits[] = {3, 9, 10};

}  // namespace

constinit Command const kRunbookCheck{
    .path = "runbook check",
    .summary = {"tell what keeps runbooks from running here", "检查手册能否在此执行"},
    .description = {"Reads the runbooks and looks for the programs and folders that they name, without running "
                    "anything; and tells of "
                    "steps that change something and have no check, because nothing but a person can tell whether such "
                    "a step took "
                    "effect when it was cut off. Ends with 10 when there is something to tell. 'umsops lint' looks at "
                    "the files alone.",
                    "读取手册并查找其中的程序和文件夹，不执行任何操作；并指出会做出更改却没有 check "
                    "的步骤——这类步骤被中断后只能由人判断是否"
                    "生效。发现问题时退出码为 10。umsops lint 仅检查文件本身。"},
    .arguments = kRunbooks,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_check,
};

}  // namespace umsops::cli
