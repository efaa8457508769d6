// SPDX-License-Identifier: Apache-2.0
// Incidents out of a desk, and into one.
#include "cli/record/export.hpp"
#include "cli/record/tags.hpp"

#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"
#include "cli/record/import.hpp"
#include "umsops/desk/incident_export.hpp"
#include "umsops/desk/mapped_source.hpp"

namespace umsops::cli {

namespace {

int run_export(Env& env, Call const& call) {
  auto const incidents = [&](query::Query const& query, record::WriteWhole const& write) {
    return env.desk().incidents().export_all(query, [&](desk::ExportedIncident const& exported) {
      return write(to_row(exported.incident), [&] { return desk::to_record(exported); });
    });
  };
  return record::write_export(incident::kKind, env, call, incidents);
}

int run_import(Env& env, Call const& call) {
  return record::run_import(
      incident::kKind, env, call,
      [](desk::ImportSource records, model::ImportMapping mapping, desk::ImportOptions const&) {
        return desk::mapped_incidents(std::move(records), std::move(mapping));
      },
      [&](desk::ImportSource const& records, desk::ImportOptions const& options) {
        return env.desk().incidents().import(records, options);
      });
}

constexpr Flag kExportFlags[] = {
    record::kExportFormat,
    flags::kOutputFile,
    incident::kStatusList,
    incident::kTypeList,
    incident::kSeverityList,
    incident::kPriorityList,
    incident::kCategoryList,
    incident::kAssigneeList,
    record::kTagList,
    flags::kSince,
    flags::kUntil,
    flags::kWhere,
    flags::kSort,
    flags::kLimit,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Flag kImportFlags[] = {
    record::kImportFormat, record::kMapping,  record::kImportMode, record::kContinueOnError, record::kRejects,
    record::kClean,        record::kEncoding, record::kDelimiter,  record::kClassify,
};

constexpr Example kExportExamples[] = {
    {"umsops incident export -O incidents.export.jsonl",
     {"everything, timeline and history included", "导出全部内容，包括时间线和历史"}},
    {"umsops incident export --format csv --since -30d --csv-safe --csv-bom -O incidents.csv",
     {"for Excel", "供 Excel 使用"}},
};
constexpr Example kImportExamples[] = {
    {"umsops incident export -O incidents.export.jsonl && umsops incident import incidents.export.jsonl -o json | jq "
     ".unchanged",
     {"what is here already stays as it is", "已有的记录保持不变"}},
    {"echo '{\"incident_number\":\"OUT-17\",\"title\":\"旧系统故障\",\"severity\":\"HIGH\"}' | umsops incident import "
     "- "
     "--format jsonl",
     {"a record of another system, from a pipe", "从管道导入其他系统的记录"}},
};
constexpr int kExportExits[] = {7, 8, 9, 12};

}  // namespace

constinit Command const kIncidentExport{
    .path = "incident export",
    .summary = {"write out incidents with all that belongs to them", "导出事件及其全部内容"},
    .description =
        {"Writes incidents with timeline, history, escalations, links and the keys of notes, one JSON object a line, "
         "the "
         "oldest first. 'incident import' takes them back into another desk as they were: export, import, export gives "
         "the same bytes. A link goes with the record that it begins at: of tickets that an incident has caused it is "
         "in "
         "'ticket export'.",
         "导出事件及其时间线、历史、升级记录、关联和记录的幂等键，每行一个 JSON 对象，最早的在前。incident import "
         "可将其原样导入另一数据文件：导出、导入、再导出，字节相同。关联随其起点记录导出：由事件引发的工单，其关联在 "
         "ticket export 中。"},
    .flags = kExportFlags,
    .examples = kExportExamples,
    .exits = kExportExits,
    .schema = "umsops.incident.export/v1",
    .run = run_export,
};

constinit Command const kIncidentImport{
    .path = "incident import",
    .summary = {"import incidents from a file", "从文件导入事件"},
    .description =
        {"Reads CSV (with commas, semicolons, tabs or bars), TSV, JSON lines or JSON and stores the records: all or "
         "nothing, unless --continue-on-error keeps the good ones. Records are recognised by id, number, key, or else "
         "their content: importing a file twice changes nothing. What 'incident export' writes comes back as it was, "
         "timeline and history included. What a record does not say of type, severity, impact, urgency and priority "
         "the "
         "rules and the services decide. A link to a record that is neither here nor in the file is an error; with "
         "--continue-on-error only the link is rejected, as a record that can be imported later.",
         "读取 CSV、TSV、JSON Lines 或 JSON 并保存：默认全部成功或全部不做；--continue-on-error "
         "保留正确的记录。记录按内部编号、事件编号、键或内容识别，因此重复导入同一文件不会有变化。incident export "
         "的输出可原样导回，包括时间线和历史。记录未说明的类型、严重程度、影响、紧急程度和优先级由规则和服务目录决定。"
         "关联的记录若既不在数据文件中也不在导入文件中则报错；使用 --continue-on-error "
         "时仅拒绝该关联，并写成可稍后导入的记录。"},
    .arguments = record::kImportFile,
    .flags = kImportFlags,
    .examples = kImportExamples,
    .exits = record::kImportExits,
    .schema = "umsops.import.summary/v1",
    .changes = true,
    .run = run_import,
};

}  // namespace umsops::cli
