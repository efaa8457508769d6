// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/report/reports.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kSchema = "umsops.report.columns/v1";

std::string told(Env const& env, std::optional<desk::ReportColumns> const& kept) {
  if (!kept) {
    return std::string(env.text({"a store on a server has no columns: reports read its tables",
                                 "服务器上的数据不使用列文件：报表直接读取其表"}));
  }
  if (kept->busy) return std::string(env.text({"another process writes ", "另一进程正在写入 "})) + kept->folder;
  return kept->folder + ": " + std::to_string(kept->rows) +
         std::string(env.text({" tickets, written now: ", " 张工单，本次写入："})) + std::to_string(kept->renewed);
}

int run_columns(Env& env, Call const& call) {
  if (auto const zone = call.text("days-of"); zone && !env.dry_run())
    env.desk().reports().count_days_of(base::TimeZone::load(*zone));
  auto const days = env.desk().reports().days_of();
  auto const kept = env.desk().reports().keep_columns();
  if (!env.human()) {
    auto const state = kept.value_or(desk::ReportColumns{});
    format::write_document(env.out(), env.style("folder"),
                           base::Value::Object{{"schema", kSchema},
                                               {"folder", base::text_or_null(state.folder)},
                                               {"rows", state.rows},
                                               {"renewed", state.renewed},
                                               {"busy", state.busy},
                                               {"days_of", base::text_or_null(days)}});
    return 0;
  }
  env.out().write(told(env, kept) + "\n");
  if (call.has("days-of"))
    env.out().write(std::string(env.text({"tickets are counted by the days of ", "工单按此时区的日期计数："})) + days +
                    "\n");
  return 0;
}

constexpr Flag kFlags[] = {
    {.name = "days-of",
     .value = "ZONE",
     .type = FlagType::text,
     .doc = {"count tickets by the days of this time zone from now on", "此后按该时区的日期为工单计数"},
     .fallback = "UTC"}};
constexpr Example kExamples[] = {
    {"umsops report columns --days-of Asia/Shanghai",
     {"the desk's reports go by the days of Shanghai", "服务台的报表按上海时间划分日期"}},
    {"umsops report columns", {"once, for a desk with many tickets", "工单很多时运行一次"}},
    {"umsops report columns -o json | jq .rows", {"for a program", "供程序使用"}},
};
constexpr int kExits[] = {7, 8, 9, 12};

}  // namespace

constinit Command const kReportColumns{
    .path = "report columns",
    .summary = {"keep tickets as columns, for fast reports", "以列文件保存工单，加快报表"},
    .description =
        {"Writes a copy of the tickets' fields beside the store, column by column, in the folder STORE-columns: "
         "reports "
         "over hundreds of thousands of tickets take milliseconds then. What changed since is read from the store, so "
         "figures are the same with and without. Once they are there, 'umsops tick' keeps them up to date; remove the "
         "folder to be rid of them. Names of requesters and texts are not in them. A store on a server has none.\n\n"
         "Without them, too, the store keeps counts of tickets by day, category and priority, in the same transaction "
         "as each change, on a server as well: numbers and means of reports by these come from there, at once "
         "however many tickets there are. Days are those of one time zone, --days-of; reports with another (--tz), "
         "and percentiles, are made of the columns or the tickets.",
         "将工单字段逐列复制到数据文件旁的目录 STORE-columns "
         "中：数十万张工单的报表只需几毫秒。之后的更改从数据文件读取，"
         "因此有无列文件结果相同。建立后由 umsops tick 保持更新；删除该目录即可停用。其中不含请求人姓名和正文。"
         "服务器上的数据不使用列文件。\n\n此外，数据中始终保存按日、类别和优先级的工单计数，与每次更改在同一事务中更新"
         "，"
         "服务器上也是如此：按这些划分的数量和平均值直接取自计数，与工单多少无关。日期按一个时区（--days-"
         "of）划分；使用其他时区"
         "（--tz）的报表和百分位数由列文件或工单算出。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .run = run_columns,
};

}  // namespace umsops::cli
