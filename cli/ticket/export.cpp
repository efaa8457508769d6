// SPDX-License-Identifier: Apache-2.0
#include "cli/record/export.hpp"
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/ticket/flags.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

/// What belongs to a ticket, as `ticket import` takes it back.
base::Value::Object parts_of(desk::WholeTicket const& whole) {
  return {{"responses", ticket::responses_of(whole.responses)}, {"history", record::history_of(whole.history)}};
}

int run_export(Env& env, Call const& call) {
  auto const tickets = [&](query::Query const& query, record::WriteWhole const& write) {
    return env.desk().tickets().export_all(query, [&](desk::WholeTicket const& whole) {
      return write(to_row(whole.ticket), [&] { return parts_of(whole); });
    });
  };
  return record::write_export(ticket::kKind, env, call, tickets);
}

constexpr Flag kFlags[] = {
    {.name = "format",
     .value = "FORMAT",
     .type = FlagType::choice,
     .doc = {"jsonl and json are complete; csv leaves out responses and history",
             "jsonl 和 json 为完整内容；csv 不含回复和历史"},
     .fallback = "jsonl",
     .choices = record::export_formats},
    {.name = "output-file",
     .letter = 'O',
     .value = "FILE",
     .type = FlagType::file,
     .doc = {"write to this file, which appears whole or not at all", "写入此文件；文件要么完整出现，要么不出现"},
     .offer = offer::files},
    ticket::kStatusList,
    ticket::kPriorityList,
    ticket::kCategoryList,
    ticket::kAssigneeList,
    ticket::kRequesterList,
    ticket::kSourceList,
    flags::kSince,
    flags::kUntil,
    flags::kWhere,
    flags::kSort,
    flags::kLimit,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};

constexpr Example kExamples[] = {
    {"umsops ticket export -O tickets.export.jsonl", {"everything, history included", "导出全部内容，包括历史"}},
    {"umsops ticket export --format csv --since -30d --csv-safe --csv-bom -O month.csv",
     {"for Excel", "供 Excel 使用"}},
};

constexpr int kExits[] = {7, 8, 9, 12};

}  // namespace

constinit Command const kTicketExport{
    .path = "ticket export",
    .summary = {"give out tickets with all that belongs to them", "导出工单及其全部内容"},
    .description = {"Writes tickets with responses and history, one JSON object a line. 'ticket import' takes them "
                    "back into another desk as they were: export, import, export gives the same bytes.",
                    "导出工单及其回复和历史，每行一个 JSON 对象。ticket import "
                    "可将其原样导入另一数据文件：导出、导入、再导出，字节相同。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.ticket.export/v1",
    .run = run_export,
};

}  // namespace umsops::cli
