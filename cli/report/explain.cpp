// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/report/reports.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/report/table.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;

constexpr std::string_view kSchema = "umsops.report.explain/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kColumns[] = {
    {"section", FieldType::text, {}, kShown, "The table", "所在的表", "表"},
    {"column", FieldType::text, {}, kShown, "The column", "列名", "列"},
    {"text", FieldType::text, {}, kShown, "How it is made", "含义与算法", "说明"},
    {"sql",
     FieldType::text,
     {},
     base::kInWide,
     "A statement that gives it over the whole period",
     "得出整个时段数值的 SQL 语句",
     "SQL"},
};

/// The tables of the report: itself, or its sections.
std::vector<report::Definition> tables_of(report::Definition definition) {
  if (definition.sections.empty()) return {std::move(definition)};
  for (auto& section : definition.sections) {
    if (!definition.since.empty() && section.since != "any") section.since = definition.since;
  }
  return std::move(definition.sections);
}

struct Found {
  std::string section, column;
  desk::ReportFigure figure;
};

std::vector<Found> find(Env& env, Call const& call) {
  auto const options = reports::options_of(env, call);
  auto& desk = env.desk().reports();
  std::vector<Found> found;
  std::optional<base::Error> unknown;
  for (auto const& table : tables_of(reports::definition_of(env, call))) {
    auto wanted = std::vector<std::string>(call.words.begin() + (call.words.empty() ? 0 : 1), call.words.end());
    if (auto const column = call.text("column")) wanted.push_back(*column);
    if (wanted.empty()) wanted = desk.columns(table, options);
    for (auto const& column : wanted) {
      try {
        found.push_back({table.name, column, desk.explain(table, column, options)});
      } catch (base::Error const& error) {
        if (error.code().code != base::errors::field_unknown.code) throw;
        unknown = error;  // of a composition, another table may have it
      }
    }
  }
  if (found.empty() && unknown) throw base::Error(*unknown);
  return found;
}

int run_explain(Env& env, Call const& call) {
  auto const found = find(env, call);
  if (env.human()) {
    for (auto const& one : found) {
      auto const text = reports::text_of(env, one.figure.words);
      std::string block = one.section + "." + one.column + "\n  " + text + "\n";
      if (!one.figure.sql.empty()) block += "  " + one.figure.sql + "\n";
      env.out().write(base::terminal_text(block, base::TextShape::block));
    }
    return 0;
  }
  auto writer = format::list_writer(env.out(), env.style("column"), kSchema, "column", kColumns);
  for (auto const& one : found) {
    writer->row({one.section, one.column, reports::text_of(env, one.figure.words), base::text_or_null(one.figure.sql)});
  }
  writer->end({});
  return 0;
}

constexpr Argument kArguments[] = {
    reports::kName, {"COLUMN", {"only this column; default: all", "只说明此列；缺省为全部"}, false, true}};
constexpr Flag kFlags[] = {
    reports::kFrom,
    reports::kBy,
    reports::kMeasure,
    reports::kAt,
    flags::kWhere,
    reports::kSince,
    flags::kUntil,
    reports::kFile,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
    {.name = "column",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"with --from: only this column", "与 --from 同用：只说明此列"}},
    {.name = "section", .value = "NAME", .type = FlagType::text, .doc = {"one table of several", "多张表中的一张"}}};
constexpr Example kExamples[] = {
    {"umsops report explain sla sla_met",
     {"how a figure is made, and the SQL that gives it", "指标的算法和对应的 SQL"}},
    {"umsops report explain --from tickets --measure p90:resolution_time_minutes -o json | jq -r '.items[].sql'",
     {"for a program", "供程序使用"}},
};
constexpr int kExits[] = {3, 7, 8, 9, 12};

}  // namespace

constinit Command const kReportExplain{
    .path = "report explain",
    .summary = {"say how a figure is made", "说明指标如何得出"},
    .description =
        {"Says in words what each column of a report is made of, what counts and what is left out, and gives an SQL "
         "statement for the desk's store that gives the figure over the whole period. Times in the store are epoch "
         "milliseconds.",
         "用文字说明报表各列的含义：统计哪些记录、哪些不计入，并给出可在数据库中得出整个时段数值的 SQL 语句。"
         "数据库中的时间为毫秒时间戳。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_explain,
};

}  // namespace umsops::cli
