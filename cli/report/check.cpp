// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/report/reports.hpp"
#include "cli/rules/rules.hpp"
#include "umsops/config/report_files.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kSchema = "umsops.report.check/v1";

int run_check(Env& env, Call const& call) {
  auto const files = call.words.empty() ? env.settings().list("reports") : call.words;
  auto const problems = config::lint_reports(files);
  answer_problems(env, kSchema, problems, files.size());
  return 0;
}

constexpr Argument kFiles[] = {{"FILE",
                                {"report files; default: those of the settings", "报表文件；缺省为设置中的文件"},
                                false,
                                true,
                                offer::files}};
constexpr Example kExamples[] = {
    {"umsops report check", {"those of the settings, and the built-in ones", "设置中的报表和内置报表"}},
    {"umsops report check reports.yaml -o json | jq .ok",
     {"for CI: exit 9 if there are problems", "用于 CI：有问题时退出码为 9"}},
};
constexpr int kExits[] = {9};

}  // namespace

constinit Command const kReportCheck{
    .path = "report check",
    .summary = {"check report files", "检查报表文件"},
    .description =
        {"Lists everything wrong with report files: what cannot be read, unknown fields, filters that are "
         "none, figures that do not fit what they are made of. No store is opened.",
         "列出报表文件中的全部问题：无法读取之处、未知字段、错误的过滤条件、与字段不符的指标。不打开数据文件。"},
    .arguments = kFiles,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_check,
};

}  // namespace umsops::cli
