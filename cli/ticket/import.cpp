// SPDX-License-Identifier: Apache-2.0
#include "cli/record/import.hpp"

#include "cli/commands.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/desk/mapped_source.hpp"

namespace umsops::cli {

namespace {

int run_import(Env& env, Call const& call) {
  return record::run_import(
      ticket::kKind, env, call,
      [](desk::ImportSource records, model::ImportMapping mapping, desk::ImportOptions const& options) {
        return desk::mapped(std::move(records), std::move(mapping), options.default_source);
      },
      [&](desk::ImportSource const& records, desk::ImportOptions const& options) {
        return env.desk().tickets().import(records, options);
      });
}

constexpr Flag kFlags[] = {
    record::kImportFormat,
    record::kMapping,
    record::kImportMode,
    record::kContinueOnError,
    record::kRejects,
    record::kClean,
    record::kEncoding,
    record::kDelimiter,
    record::kClassify,
    {.name = "source",
     .value = "SOURCE",
     .type = FlagType::choice,
     .doc = {"channel of records without one", "未注明渠道的记录所用的渠道"},
     .fallback = "API",
     .choices = model::source_names},
};

constexpr Example kExamples[] = {
    {"umsops ticket import tickets.csv --mapping mapping.yaml",
     {"a service desk's CSV; a second run changes nothing", "导入服务台的 CSV；再次运行不会有变化"}},
    {"umsops ticket import tickets.jsonl -n -o json | jq .created", {"what would be created", "试运行：会新建多少条"}},
    {"head -5 tickets.jsonl | umsops ticket import - --format jsonl --continue-on-error --rejects rejects.jsonl",
     {"from a pipe, keeping the good records", "从管道导入，保留正确的记录"}},
};

}  // namespace

constinit Command const kTicketImport{
    .path = "ticket import",
    .summary = {"import tickets from a file", "从文件导入工单"},
    .description =
        {"Reads CSV (with commas, semicolons, tabs or bars), TSV, JSON lines or JSON and stores the records: all or "
         "nothing, unless --continue-on-error keeps "
         "the good ones. Records are recognised by id, number, key, or else their content: importing a file twice "
         "changes nothing. What 'ticket export' writes comes back as it was, history and attachments included. A link "
         "to a ticket that is neither here nor in the file is an error; with --continue-on-error only the link is "
         "rejected, as a record that can be imported later.",
         "读取 CSV、TSV、JSON Lines 或 JSON 并保存：默认全部成功或全部不做；--continue-on-error "
         "保留正确的记录。记录按内部编号、工单编号、键或内容识别，因此重复导入同一文件不会有变化。ticket export "
         "的输出可原样导回，包括历史和附件。关联的工单若既不在数据文件中也不在导入文件中则报错；使用 "
         "--continue-on-error "
         "时仅拒绝该关联，并写成可稍后导入的记录。"},
    .arguments = record::kImportFile,
    .flags = kFlags,
    .examples = kExamples,
    .exits = record::kImportExits,
    .schema = "umsops.import.summary/v1",
    .changes = true,
    .run = run_import,
};

}  // namespace umsops::cli
