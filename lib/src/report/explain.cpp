// SPDX-License-Identifier: Apache-2.0
#include "report/explain.hpp"

#include <fmt/format.h>

#include "report/wording.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::report {
namespace {

void say(BothTexts& text, std::string en, std::string zh) {
  text.en += (text.en.empty() ? "" : " ") + std::move(en);
  text.zh += std::move(zh);
}

void say_period(Plan const& plan, std::size_t view, BothTexts& text) {
  auto const& time = plan.views[view].time;
  if (!time) return say(text, "All records count, whatever the period.", "统计全部记录，与时段无关。");
  if (!plan.context.since && !plan.context.until) return say(text, "All records count.", "统计全部记录。");
  auto const& field = plan.field_of(*time);
  say(text, fmt::format("Records count whose {} lies in the period.", field.name),
      fmt::format("统计{}在时段内的记录。", field.label_zh));
}

void say_what_is_left_out(Plan const& plan, Figure const& figure, BothTexts& text) {
  auto const& series = plan.series[figure.series];
  if (!series.measured || series.balance) return;
  say(text, fmt::format("Records without {} are left out:", text_of(figure.measure.of)),
      fmt::format("没有 {} 的记录不计入：", text_of(figure.measure.of)));
  say(text,
      plan.state ? "pending while they are not finished, not applicable afterwards." : "it is not applicable to them.",
      plan.state ? "未完结的为待定（pending），已完结的为不适用（not_applicable）。" : "不适用（not_applicable）。");
  if (series.measured->is_span)
    say(text, "A span that ends before it begins is invalid, and left out.",
        "结束早于开始的为无效（invalid），不计入。");
}

/// What the function does, where its name alone leaves a choice.
void say_method(Figure const& figure, BothTexts& text) {
  switch (figure.measure.function) {
    case Function::median:
      return say(text, "Of an even number of values it is the mean of the middle two.",
                 "样本数为偶数时取中间两值的平均。");
    case Function::p90:
    case Function::p95:
      return say(text, "Nearest rank: a value that occurred, none is interpolated.",
                 "取最近秩：总是实际出现过的值，不做插值。");
    case Function::share:
      return say(text, "Two counts divided; not a mean of groups.", "两个计数相除，而非各组的平均。");
    case Function::ratio:
      return say(text, "Two sums divided; not a mean of the records' own ratios.",
                 "两个合计相除，而非各记录比值的平均。");
    case Function::balance:
      return say(text, "Counted at the end of each period of the rows.", "按每行时段的结束时刻统计。");
    default:
      return;
  }
}

std::string end_of(Plan const& plan, Measured const& measured, SqlParts const& parts) {
  if (measured.to) return parts.column(*measured.to);
  return std::to_string(plan.context.now.time_since_epoch().count());
}

/// The value that is measured, in the unit of the column, and the condition that there is one.
struct ValueSql {
  std::string value, there;
};
ValueSql value_sql(Plan const& plan, Figure const& figure, Measured const& measured, SqlParts const& parts) {
  auto const from = parts.column(measured.from);
  std::string const scale = figure.measure.scale == 1 ? "" : fmt::format(" * {}", figure.measure.scale);
  if (!measured.is_span) {
    bool const decimal = plan.inputs[measured.from].kind == Kind::decimal;
    return {from + (decimal ? " / 1000000.0" : "") + scale, from + " IS NOT NULL"};
  }
  auto const to = end_of(plan, measured, parts);
  return {fmt::format("({} - {}) / 60000.0{}", to, from, scale),
          fmt::format("{} IS NOT NULL AND {} IS NOT NULL AND {} >= {}", from, to, to, from)};
}

query::Filter records_of(Plan const& plan, Series const& series) {
  Plan one = plan;
  one.series = {series};
  auto filter = one.fetch();
  std::vector<query::Filter> all{std::move(filter)};
  if (series.mask) all.push_back(plan.masks[*series.mask]);
  return query::all_of(std::move(all));
}

std::string ranked(std::string const& value, std::string const& from_where, std::string const& place) {
  return fmt::format(
      "SELECT min(value) FROM (SELECT {} AS value, row_number() OVER (ORDER BY {}) AS place, count(*) OVER () AS n {}) "
      "AS "
      "ranked WHERE {}",
      value, value, from_where, place);
}

std::string counted(std::string const& table, std::string const& where) {
  return fmt::format("SELECT count(*) FROM {} WHERE {}", table, where);
}

/// Records without a value: pending or not applicable, by their state.
std::string missing_sql(Plan const& plan, Figure const& figure, std::string const& table, std::string const& where,
                        SqlParts const& parts) {
  auto const& measured = *plan.series[figure.series].measured;
  auto const from = parts.column(measured.from);
  std::string const to = measured.is_span && measured.to ? " OR " + parts.column(*measured.to) + " IS NULL" : "";
  std::string missing = fmt::format("{} AND ({} IS NULL{})", where, from, to);
  if (!plan.state) return counted(table, missing);
  auto const choices = plan.field_of(*plan.state).choices;
  std::string done;
  for (auto const choice : choices.last(plan.source->finished))
    done += fmt::format("{}'{}'", done.empty() ? "" : ", ", choice);
  auto const state = parts.column(*plan.state);
  bool const pending = figure.measure.function == Function::pending;
  std::string const begun = measured.is_span ? fmt::format("{} IS NOT NULL AND ", from) : "";
  std::string const waits = fmt::format("({}{} NOT IN ({}))", begun, state, done);
  return counted(table, fmt::format("{} AND {}{}", missing, pending ? "" : "NOT ", waits));
}

}  // namespace

std::size_t column_of(Plan const& plan, std::string_view name) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < plan.width(); ++i) {
    names.push_back(plan.column_name(i));
    if (names.back() == name) return i;
  }
  std::string const best = base::nearest(name, names);
  throw base::Error(base::errors::field_unknown,
                    {{"noun", "report " + plan.definition.name},
                     {"field", base::shortened(name, 60)},
                     {"suggestion", best.empty() ? "see: umsops report run " + plan.definition.name + " -o json"
                                                 : "did you mean " + best + "?"}});
}

BothTexts explained(Plan const& plan, std::size_t column) {
  BothTexts text;
  if (plan.is_list()) {
    auto const& field = plan.field_of(plan.listed[column]);
    say(text, fmt::format("{}.", field.doc), fmt::format("{}。", field.doc_zh));
  } else if (column < plan.keys.size()) {
    auto const doc = doc_of(plan, plan.keys[column].group);
    say(text, doc.en + ".", doc.zh + "。");
    if (plan.keys[column].group.part != Part::value && plan.keys[column].group.part != Part::band)
      say(text, fmt::format("In the time zone {}.", plan.context.zone.name()),
          fmt::format("按时区 {}。", plan.context.zone.name()));
  } else {
    auto const& figure = plan.figures[column - plan.keys.size()];
    auto const doc = doc_of(plan, figure.measure);
    say(text, doc.en + ".", doc.zh + "。");
    say_method(figure, text);
    if (figure.measure.function != Function::balance) say_period(plan, plan.series[figure.series].view, text);
    say_what_is_left_out(plan, figure, text);
  }
  if (!plan.definition.where.empty())
    say(text, fmt::format("Of all records only those with {}.", plan.definition.where),
        fmt::format("只统计满足 {} 的记录。", plan.definition.where));
  return text;
}

std::string figure_sql(Plan const& plan, Figure const& figure, SqlParts const& parts) {
  auto const& series = plan.series[figure.series];
  auto const [table, where] = parts.table_and_where(records_of(plan, series));
  auto const other = parts.table_and_where(records_of(plan, plan.series[figure.other])).second;
  if (figure.measure.function == Function::n) return counted(table, where);
  if (figure.measure.function == Function::share)
    return fmt::format("SELECT {} * ({}) / nullif(({}), 0)", fmt::format("{}.0", figure.measure.scale),
                       counted(table, where), counted(table, other));
  auto const& measured = *series.measured;
  auto const [value, there] = value_sql(plan, figure, measured, parts);
  std::string const values = fmt::format("FROM {} WHERE {} AND {}", table, where, there);
  auto const from = parts.column(measured.from);
  switch (figure.measure.function) {
    case Function::sum:
      return "SELECT sum(" + value + ") " + values;
    case Function::mean:
      return "SELECT avg(" + value + ") " + values;
    case Function::min:
      return "SELECT min(" + value + ") " + values;
    case Function::max:
      return "SELECT max(" + value + ") " + values;
    case Function::count:
      return "SELECT count(*) " + values;
    case Function::median:
      return fmt::format(
          "SELECT avg(value) FROM (SELECT {} AS value, row_number() OVER (ORDER BY {}) AS place, count(*) OVER () AS n "
          "{}) "
          "AS ranked WHERE place IN ((n + 1) / 2, n / 2 + 1)",
          value, value, values);
    case Function::p90:
    case Function::p95:
      return ranked(value, values,
                    fmt::format("place >= (n * {} + 99) / 100", figure.measure.function == Function::p90 ? 90 : 95));
    case Function::ratio: {
      auto const& per = plan.series[figure.other].measured;
      return fmt::format("SELECT ({}) * 1.0 / nullif((SELECT {} FROM {} WHERE {}), 0)",
                         "SELECT sum(" + value + ") " + values,
                         per ? "sum(" + parts.column(per->from) + ")" : "count(*)", table, other);
    }
    case Function::balance:
      return fmt::format("SELECT count(*) FROM {} WHERE {} AND ({} IS NULL OR {} >= {})", table, where,
                         end_of(plan, measured, parts), end_of(plan, measured, parts),
                         plan.context.until.value_or(plan.context.now).time_since_epoch().count());
    case Function::invalid:
      return counted(table, fmt::format("{} AND {} < {}", where, end_of(plan, measured, parts), from));
    default:
      break;
  }
  return missing_sql(plan, figure, table, where, parts);
}

}  // namespace umsops::report
