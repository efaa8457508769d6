// SPDX-License-Identifier: Apache-2.0
#include "cli/record/export.hpp"
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/ticket/flags.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

int run_export(Env& env, Call const& call) {
  auto const tickets = [&](query::Query const& query, record::WriteWhole const& write) {
    return env.desk().tickets().export_all(query, [&](desk::ExportedTicket const& exported) {
      return write(to_row(exported.ticket), [&] { return desk::to_record(exported); });
    });
  };
  return record::write_export(ticket::kKind, env, call, tickets);
}

constexpr Flag kFlags[] = {
    record::kExportFormat, flags::kOutputFile,     ticket::kStatusList, ticket::kPriorityList, ticket::kCategoryList,
    ticket::kAssigneeList, ticket::kRequesterList, ticket::kSourceList, record::kTagList,      flags::kSince,
    flags::kUntil,         flags::kWhere,          flags::kSort,        flags::kLimit,         flags::kHeader,
    flags::kCsvSafe,       flags::kCsvBom,
};

constexpr Example kExamples[] = {
    {"umsops ticket export -O tickets.export.jsonl",
     {"everything, history and attachments included", "导出全部内容，包括历史和附件"}},
    {"umsops ticket export --format csv --since -30d --csv-safe --csv-bom -O month.csv",
     {"for Excel", "供 Excel 使用"}},
};

constexpr int kExits[] = {7, 8, 9, 12};

}  // namespace

constinit Command const kTicketExport{
    .path = "ticket export",
    .summary = {"give out tickets with all that belongs to them", "导出工单及其全部内容"},
    .description =
        {"Writes tickets with responses, history, escalations, links, attachments with their content, call-backs, "
         "ladder steps, mails and keys of replies, one JSON object a line, the oldest first. 'ticket import' takes "
         "them "
         "back into another desk as they were: export, import, export gives the same bytes. A link goes with the "
         "ticket that it begins at. Messages that wait to be sent stay behind: 'db copy' takes the whole desk along.",
         "导出工单及其回复、历史、升级记录、关联、附件（含内容）、回电、已执行的升级步骤、邮件标识和回复的幂等键，"
         "每行一个 JSON 对象，最早的在前。ticket import 可将其原样导入另一数据文件：导出、导入、再导出，字节相同。"
         "关联随其起点工单导出。待发送的通知不在其中：db copy 可复制整个数据文件。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.ticket.export/v1",
    .run = run_export,
};

}  // namespace umsops::cli
