// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/input.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kListSchema = "umsops.report.list/v1";

constexpr Field kColumns[] = {
    {"name",
     FieldType::text,
     {},
     base::kInTable | base::kInWide,
     "Name for 'report run'",
     "用于 report run 的名称",
     "名称"},
    {"doc", FieldType::text, {}, base::kInTable | base::kInWide, "What it shows", "内容", "说明"},
};

int run_list(Env& env, Call const&) {
  auto writer = format::list_writer(env.out(), env.style("name"), kListSchema, "report", kColumns);
  for (auto const& report : desk::reports()) writer->row({report.name, env.text({report.doc, report.doc_zh})});
  writer->end({});
  return 0;
}

void tell_span(Env& env, report::Table const& table) {
  env.hint(env.phrase(Phrase::report_span, {{"since", env.zone().format(table.since)},
                                            {"until", env.zone().format(table.until)},
                                            {"zone", table.zone},
                                            {"count", std::to_string(table.counted)}}));
}

int run_run(Env& env, Call const& call) {
  desk::ReportOptions options;
  options.since = time_flag(env, call, "since");
  options.until = time_flag(env, call, "until");
  options.zone = env.zone();
  auto const table = env.desk().reports().run(call.words[0], options);
  auto const limit = call.integer("limit");
  auto const most = limit && *limit > 0 ? static_cast<std::size_t>(*limit) : table.rows.size();
  bool const cut = most < table.rows.size();
  auto writer = format::list_writer(env.out(), env.style(table.columns.front().name),
                                    "umsops.report." + table.name + "/v1", "report", table.columns);
  for (std::size_t i = 0; i < std::min(most, table.rows.size()); ++i) writer->row(table.rows[i]);
  writer->end({cut,
               {},
               {{"name", table.name},
                {"since", table.since},
                {"until", table.until},
                {"zone", table.zone},
                {"counted", table.counted}}});
  env.out().flush();
  if (env.human()) tell_span(env, table);
  return 0;
}

constexpr Argument kArguments[] = {
    {"NAME", {"a report, see 'umsops report list'", "报表名称，见 umsops report list"}, true, false, offer::reports}};
constexpr Flag kFlags[] = {
    {.name = "since",
     .value = "TIME",
     .type = FlagType::time,
     .doc = {"from this time on, e.g. -7d, 'last week', 昨天", "从此时间起，例如 -7d、上周、昨天"},
     .fallback = "30 days before --until"},
    flags::kUntil,
    flags::kLimit,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kListExamples[] = {
    {"umsops report list", {"which there are", "有哪些报表"}},
    {"umsops report list -q", {"names only", "仅输出名称"}},
};
constexpr Example kRunExamples[] = {
    {"umsops report run support --since 'last week' --until 'last week'", {"last week, day by day", "上周按日统计"}},
    {"umsops report run support --since -90d -o csv --csv-safe > support.csv",
     {"a quarter, for a spreadsheet", "一个季度，供电子表格使用"}},
    {"umsops report run support --tz Asia/Shanghai -o json | jq '[.items[].total_tickets] | add'",
     {"for a program", "供程序使用"}},
};
constexpr int kExits[] = {3, 7, 8, 9, 12};

}  // namespace

constinit Command const kReportList{
    .path = "report list",
    .summary = {"list the reports", "列出报表"},
    .description = {"Lists the reports that 'report run' knows.", "列出 report run 可运行的报表。"},
    .examples = kListExamples,
    .schema = kListSchema,
    .run = run_list,
};

constinit Command const kReportRun{
    .path = "report run",
    .summary = {"run a report", "运行报表"},
    .description =
        {"Counts and averages over the tickets of a period, by default the last 30 days. Days are those of the time "
         "zone (--tz). Every figure comes with its number of tickets. knowledge_base_statistics is of all articles "
         "that "
         "are not ARCHIVED, whatever the period.",
         "统计一段时间内的工单；不给 --since 时为最近 30 天。日期按时区（--tz）划分，每个数字都注明所依据的工单数。"
         "knowledge_base_statistics 统计全部未归档的条目，与时间段无关。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kRunExamples,
    .exits = kExits,
    .schema = "umsops.report.support/v1",
    .run = run_run,
};

}  // namespace umsops::cli
