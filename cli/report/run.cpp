// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/report/last_run.hpp"
#include "cli/report/reports.hpp"
#include "umsops/base/error.hpp"
#include "umsops/format/report_output.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kSchema = "umsops.report.run/v1";
constexpr std::string_view kCompare[] = {"previous"};
std::span<std::string_view const> compare_words() { return kCompare; }

void tell_span(Env& env, report::Result const& result) {
  auto const& table = result.tables.front();
  if (result.composed || !table.since || !table.until) return;
  env.hint(env.phrase(Phrase::report_span, {{"since", env.zone().format(*table.since)},
                                            {"until", env.zone().format(*table.until)},
                                            {"zone", table.zone},
                                            {"count", std::to_string(table.counted)}}));
}

/// Reports by days of another zone than the store counts by are right as well, and take longer.
void tell_zone(Env& env, report::Result const& result) {
  auto const& table = result.tables.front();
  bool const by_days = std::any_of(table.parts.begin(), table.parts.end(), report::is_period);
  if (result.composed || result.as_of || table.from != "tickets" || !by_days) return;
  auto const counted = env.desk().reports().days_of();
  if (counted == table.zone) return;
  env.hint(
      std::string(env.text({"tickets are not counted by the days of this zone: 'umsops report columns --days-of ",
                            "工单未按此时区的日期计数，报表由工单算出：可执行 umsops report columns --days-of "})) +
      table.zone + std::string(env.text({"' makes such reports faster", ""})));
}

/// Ends with 10 when a row is as --fail-if says. Of several tables those count that have its columns.
void check_condition(Env& env, Call const& call, report::Result const& result) {
  auto const condition = call.text("fail-if");
  if (!condition) return;
  std::optional<base::Error> refused;
  std::size_t rows = 0, known = 0;
  for (auto const& table : result.tables) {
    try {
      rows += report::rows_where(table, *condition).size();
      ++known;
    } catch (base::Error const& error) {
      refused = error;
    }
  }
  if (known == 0 && refused) throw base::Error(*refused);
  if (rows > 0)
    throw base::Error(
        base::errors::condition_true,
        {{"what", env.phrase(Phrase::report_condition, {{"count", std::to_string(rows)}, {"condition", *condition}})}});
}

void write(Env& env, Call const& call, format::Sink& sink, report::Result const& result) {
  auto const format = call.text("output").value_or("");
  if (format == "prom" && !call.on("json")) return format::write_report_metrics(sink, result);
  if (format == "html" && !call.on("json")) return format::write_report_page(sink, result, env.language(), env.zone());
  auto style = env.style("name");
  style.zone = env.zone();
  format::write_report(sink, style, result, call.on("bars", style.terminal));
}

void write_encoded(Env& env, Call const& call, format::Sink& sink, report::Result const& result) {
  auto const encoding = call.text("encoding");
  if (!encoding) return write(env, call, sink, result);
  auto const into = format::encoded(sink, *encoding);
  write(env, call, *into, result);
}

/// What is sent is shown only where that is asked for.
bool is_shown(Call const& call) {
  return !call.has("send-to") || call.has("output") || call.on("json") || call.has("output-file");
}

void show(Env& env, Call const& call, report::Result const& result) {
  auto const path = call.text("output-file");
  if (path && *path != "-") {
    FileOutput file(*path);
    write_encoded(env, call, file, result);
    file.commit();
  } else {
    write_encoded(env, call, env.out(), result);
    env.out().flush();
  }
  if (!env.human()) return;
  tell_span(env, result);
  tell_zone(env, result);
}

int run_run(Env& env, Call const& call) {
  auto const definition = reports::definition_of(env, call);
  auto options = reports::options_of(env, call);
  // Nobody sees what stands aside, and it may cost more than all else.
  options.brief = env.style("name").format == format::Format::table && !call.has("fail-if") && !call.has("send-to") &&
                  call.text("output").value_or("table") == "table";
  auto const result = env.desk().reports().run(definition, options);
  if (is_shown(call)) show(env, call, result);
  reports::send(env, call, result);
  if (call.text("since") == reports::kLast && !env.dry_run())
    last_run::write(env, call.words.empty() ? "report" : call.words[0], options.until.value_or(result.now));
  check_condition(env, call, result);
  return 0;
}

constexpr Argument kArguments[] = {reports::kName};
constexpr Flag kFlags[] = {
    reports::kFrom,
    reports::kBy,
    reports::kMeasure,
    flags::kWhere,
    reports::kSince,
    flags::kUntil,
    reports::kAt,
    reports::kAsOf,
    {.name = "compare",
     .value = "previous",
     .type = FlagType::choice,
     .doc = {"beside each figure that of the period before", "在每个指标旁给出上一时段的数值"},
     .choices = compare_words},
    {.name = "fail-if",
     .value = "CONDITION",
     .type = FlagType::text,
     .doc = {"exit 10 when a row is so, e.g. 'sla_met<0.95'", "某行满足条件时退出码为 10，例如 'sla_met<0.95'"}},
    reports::kTotal,
    {.name = "section", .value = "NAME", .type = FlagType::text, .doc = {"one table of several", "多张表中的一张"}},
    {.name = "sort",
     .value = "COLUMN,...",
     .type = FlagType::text,
     .doc = {"order of the rows; -COLUMN is descending", "行的顺序；-列名 为降序"}},
    flags::kLimit,
    {.name = "bars",
     .doc = {"draw bars behind the rows of a table", "在表格行尾绘制条形"},
     .fallback = "on a terminal"},
    flags::kOutputFile,
    {.name = "send-to",
     .value = "WHOM",
     .type = FlagType::text,
     .doc = {"put it into the outbox, with its page attached, for an audience, an address, a person or a team; shown "
             "only with -o or -O",
             "放入发件箱并附上网页，发给受众、邮箱、人员或班组；仅在给出 -o 或 -O 时显示"},
     .repeatable = true},
    {.name = "encoding",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"write in this encoding, e.g. GB18030", "以此编码输出，例如 GB18030"},
     .fallback = "UTF-8"},
    reports::kFile,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kExamples[] = {
    {"umsops report run support --since 'last week' --until 'last week'", {"last week, day by day", "上周按日统计"}},
    {"umsops report run --from tickets --by category,month --measure n,p90:resolution_time_minutes -w 'priority>=HIGH' "
     "--since -90d",
     {"any question, without a file", "无需文件即可提出任何统计"}},
    {"umsops report run support --since -90d -o csv --csv-safe > support.csv",
     {"a quarter, for a spreadsheet", "一个季度，供电子表格使用"}},
    {"umsops report run support --tz Asia/Shanghai -o json | jq '[.items[].total_tickets] | add'",
     {"for a program", "供程序使用"}},
    {"umsops report run weekly -o html -O weekly.html", {"a page to send or to print", "可发送或打印的网页"}},
    {"umsops report run daily --send-to desk-lead@example.com -n",
     {"by mail, each morning from cron", "每天早晨由 cron 以邮件发送"}},
};
constexpr int kExits[] = {3, 7, 8, 9, 10, 12};

}  // namespace

constinit Command const kReportRun{
    .path = "report run",
    .summary = {"run a report", "运行报表"},
    .description =
        {"Figures over groups of records in a period, by default the last 30 days: a report by its NAME, or any "
         "question with --from, --by and --measure, which also change a report. Days, weeks and months are those of "
         "the time zone (--tz).\n\n"
         "Beside means and percentiles stand, with -o wide and in all formats for programs, how many values they are "
         "made of, and how many records were left out: pending, since the value may still come; not_applicable, since "
         "it never will; invalid, since it ends before it begins. 'report explain' tells what each figure is.\n\n"
         "--send-to stores a message for 'umsops tick' and 'umsops outbox flush' to send; its text has the tables, and "
         "mail the page. Whom it names is known as in umsops-channels(5): an address, a person, team:NAME, "
         "oncall:NAME, channel:NAME, or an audience.",
         "按组统计一段时间内的记录，默认最近 30 天：用 NAME 指定报表，或用 --from、--by 和 --measure "
         "提出任意统计，后者也可改变已有报表。日、周、月按时区（--tz）划分。\n\n"
         "平均值和百分位数旁（-o wide 和供程序使用的各种格式）注明样本数和未计入的记录数：pending 为尚未产生，"
         "not_applicable 为不会产生，invalid 为结束早于开始。各指标的含义见 report explain。\n\n"
         "--send-to 将报表存为消息，由 umsops tick 和 umsops outbox flush 发送；正文为各表，邮件附有网页。"
         "收件人写法见 umsops-channels(5)：邮箱、人员、team:NAME、oncall:NAME、channel:NAME 或受众。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .formats = format::report_format_names,
    .run = run_run,
};

}  // namespace umsops::cli
