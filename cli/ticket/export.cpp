// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/signals.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/json.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.ticket.export/v1";
constexpr std::string_view kFormats[] = {"jsonl", "json", "csv"};
std::span<std::string_view const> format_names() { return kFormats; }

/// All that is known of a ticket, as `ticket import` takes it back.
Value whole_ticket(desk::TicketFile const& file) {
  Value value = ticket::record_of(model::ticket_type().fields, to_row(file.ticket));
  value.add("responses", ticket::responses_of(file.responses));
  value.add("history", ticket::history_of(file.history));
  return value;
}

std::int64_t write_lines(Env& env, format::Sink& sink, query::Query const& query) {
  return env.desk()
      .tickets()
      .export_all(query,
                  [&](desk::TicketFile const& file) {
                    sink.write(base::to_json(whole_ticket(file)) + "\n");
                    signals::check();
                    return true;
                  })
      .count;
}

std::int64_t write_json(Env& env, format::Sink& sink, query::Query const& query) {
  bool first = true;
  sink.write("{\"schema\":\"umsops.ticket.shows/v1\",\"items\":[");
  auto const count = env.desk()
                         .tickets()
                         .export_all(query,
                                     [&](desk::TicketFile const& file) {
                                       sink.write((first ? "\n" : ",\n") + base::to_json(whole_ticket(file)));
                                       first = false;
                                       signals::check();
                                       return true;
                                     })
                         .count;
  sink.write("],\"count\":" + std::to_string(count) + ",\"truncated\":false,\"next\":null}\n");
  return count;
}

std::int64_t write_csv(Env& env, format::Sink& sink, query::Query const& query) {
  auto style = env.style(ticket::kNumber);
  style.format = format::Format::csv;
  auto writer = format::list_writer(sink, style, kSchema, "ticket", model::ticket_type().fields);
  auto const count = env.desk()
                         .tickets()
                         .export_all(query,
                                     [&](desk::TicketFile const& file) {
                                       writer->row(to_row(file.ticket));
                                       signals::check();
                                       return true;
                                     })
                         .count;
  writer->end({});
  return count;
}

std::int64_t write_tickets(Env& env, Call const& call, format::Sink& sink) {
  auto const query = ticket::listing(env, call);
  auto const output = call.on("json") ? "json" : call.text("output").value_or("jsonl");
  auto const format = call.text("format").value_or(output == "csv" || output == "json" ? output : "jsonl");
  if (format == "json") return write_json(env, sink, query);
  return format == "csv" ? write_csv(env, sink, query) : write_lines(env, sink, query);
}

int run_export(Env& env, Call const& call) {
  auto const path = call.text("output-file");
  if (!path || *path == "-") {
    write_tickets(env, call, env.out());
    return 0;
  }
  FileOutput file(*path);
  auto const count = write_tickets(env, call, file);
  file.commit();
  env.hint(env.phrase(Phrase::exported, {{"count", std::to_string(count)}, {"file", *path}}));
  return 0;
}

constexpr Flag kFlags[] = {
    {.name = "format",
     .value = "FORMAT",
     .type = FlagType::choice,
     .doc = {"jsonl and json are complete; csv leaves out responses and history",
             "jsonl 和 json 为完整内容；csv 不含回复和历史"},
     .fallback = "jsonl",
     .choices = format_names},
    {.name = "output-file",
     .letter = 'O',
     .value = "FILE",
     .type = FlagType::file,
     .doc = {"write to this file (atomically)", "写入此文件；文件要么完整出现，要么不出现"},
     .offer = Offer::files},
    flags::kStatusList,
    flags::kPriorityList,
    flags::kCategoryList,
    flags::kAssigneeList,
    flags::kRequesterList,
    flags::kSourceList,
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
    .schema = kSchema,
    .run = run_export,
};

}  // namespace umsops::cli
