// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/oncall/oncall.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/format/icalendar.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kSchema = "umsops.oncall.list/v1";

void write_rows(Env& env, Call const& call, format::Sink& sink, format::Style const& style) {
  auto const roster = oncall::roster_of(env, call);
  auto const span = oncall::span_of(env, call);
  auto writer = format::list_writer(sink, style, kSchema, "shift", oncall::kShiftFields);
  for (auto const* const schedule : oncall::schedules_of(roster, call)) {
    for (auto const& shift : shifts(*schedule, span.begin, span.end))
      writer->row(oncall::row_of(roster, *schedule, shift));
  }
  writer->end({false, {}, {{"from", span.begin}, {"to", span.end}}});
}

int run_list(Env& env, Call const& call) {
  write_rows(env, call, env.out(), env.style("person"));
  return 0;
}

void write_csv(Env& env, Call const& call, format::Sink& sink) {
  auto style = env.style("person");
  style.format = format::Format::csv;
  write_rows(env, call, sink, style);
}

void write_ics(Env& env, Call const& call, format::Sink& sink) {
  auto const roster = oncall::roster_of(env, call);
  auto const span = oncall::span_of(env, call);
  std::vector<format::CalendarEvent> events;
  for (auto const* const schedule : oncall::schedules_of(roster, call)) {
    for (auto const& shift : shifts(*schedule, span.begin, span.end)) {
      format::CalendarEvent event;
      // One schedule has one shift that begins then: who it is may change, and the calendar follows.
      event.uid = base::sha256_hex(schedule->name + "\n" + base::format_rfc3339(shift.begin)).substr(0, 32) + "@umsops";
      event.begin = shift.begin;
      event.end = shift.end;
      auto const name = oncall::display_name(roster, shift.person);
      event.summary = schedule->name + ": " + (name.is_null() ? shift.person : std::string(name.text()));
      event.description = shift.person + (shift.is_override ? " (" + env.phrase(Phrase::override_word) + ")" : "");
      events.push_back(std::move(event));
    }
  }
  format::write_calendar(sink, events, env.clock().now());
}

int run_export(Env& env, Call const& call) {
  call.exclude("ics", "csv");
  if (!call.on("ics") && !call.on("csv")) call.missing("--ics, --csv");
  auto const write = call.on("ics") ? write_ics : write_csv;
  auto const path = call.text("output-file");
  if (!path || *path == "-") {
    write(env, call, env.out());
    return 0;
  }
  FileOutput file(*path);
  write(env, call, file);
  file.commit();
  return 0;
}

constexpr Flag kListFlags[] = {flags::kFrom,   flags::kTo,      flags::kRoster,
                               flags::kHeader, flags::kCsvSafe, flags::kCsvBom};
constexpr Flag kExportFlags[] = {
    {.name = "ics", .doc = {"as a calendar (iCalendar, RFC 5545)", "输出日历（iCalendar，RFC 5545）"}},
    {.name = "csv", .doc = {"as CSV", "输出 CSV"}},
    flags::kOutputFile,
    flags::kFrom,
    flags::kTo,
    flags::kRoster,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kListExamples[] = {
    {"umsops oncall list primary --roster roster.yaml", {"the next 14 days", "今后 14 天"}},
    {"umsops oncall list --from 2026-12-01 --to 2026-12-31 --tz Europe/Berlin --roster roster.yaml",
     {"December, in Berlin time", "12 月，按柏林时间显示"}},
};
constexpr Example kExportExamples[] = {
    {"umsops oncall export primary --ics --to +90d --roster roster.yaml -O primary.ics",
     {"for a calendar to subscribe to", "供日历订阅"}},
    {"umsops oncall export --csv --from 2026-11-01 --to 2026-11-30 --csv-bom --roster roster.yaml > november.csv",
     {"for a spreadsheet", "供电子表格使用"}},
};
constexpr int kExits[] = {9};

}  // namespace

constinit Command const kOncallList{
    .path = "oncall list",
    .summary = {"list the shifts of on-call schedules", "列出值班安排"},
    .description =
        {"Lists who is on call when, schedule by schedule. Shifts that overlap the span are listed uncut, from "
         "hand-off to hand-off. Between them nobody is on call.",
         "按值班表列出何时由谁值班。与所选时间段相交的班次完整列出（从交接到交接）；没有列出的时间即无人值班。"},
    .arguments = oncall::kSchedules,
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_list,
};

constinit Command const kOncallExport{
    .path = "oncall export",
    .summary = {"export on-call shifts as a calendar or CSV", "将值班安排导出为日历或 CSV"},
    .description = {"Writes the shifts that 'oncall list' lists, for calendar programs and spreadsheets. A shift keeps "
                    "its UID in every export, so a calendar that reads the file again does not duplicate it.",
                    "将 oncall list 所列的班次导出给日历程序或电子表格。同一班次每次导出的 UID "
                    "不变，日历重复读取也不会出现重复。"},
    .arguments = oncall::kSchedules,
    .flags = kExportFlags,
    .examples = kExportExamples,
    .exits = kExits,
    .run = run_export,
};

}  // namespace umsops::cli
