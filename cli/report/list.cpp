// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/report/reports.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;

constexpr std::string_view kSchema = "umsops.report.list/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kColumns[] = {
    {"name", FieldType::text, {}, kShown, "Name for 'report run'", "用于 report run 的名称", "名称"},
    {"doc", FieldType::text, {}, kShown, "What it shows", "内容", "说明"},
    {"from",
     FieldType::text,
     {},
     base::kInWide,
     "What it is made from; absent: it has several tables",
     "数据来源；为空表示含有多张表",
     "来源"},
    {"sections", FieldType::list, {}, base::kInWide, "Its tables, where it has several", "所含的各张表", "各表"},
};

int run_list(Env& env, Call const& call) {
  auto writer = format::list_writer(env.out(), env.style("name"), kSchema, "report", kColumns);
  for (auto const& report : reports::all_of(env, call)) {
    base::Value::List sections;
    for (auto const& section : report.sections) sections.emplace_back(section.name);
    writer->row({report.name, reports::text_of(env, report.doc.en.empty() ? report.title : report.doc),
                 base::text_or_null(report.from), std::move(sections)});
  }
  writer->end({});
  return 0;
}

constexpr Flag kFlags[] = {reports::kFile, flags::kHeader, flags::kCsvSafe, flags::kCsvBom};
constexpr Example kExamples[] = {
    {"umsops report list", {"which there are", "有哪些报表"}},
    {"umsops report list -q", {"names only", "仅输出名称"}},
};
constexpr int kExits[] = {9};

}  // namespace

constinit Command const kReportList{
    .path = "report list",
    .summary = {"list the reports", "列出报表"},
    .description = {"Lists the reports that 'report run' knows: the built-in ones, and those of the files that the "
                    "setting reports names.",
                    "列出 report run 可运行的报表：内置报表，以及设置 reports 所指文件中的报表。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_list,
};

}  // namespace umsops::cli
