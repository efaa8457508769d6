// SPDX-License-Identifier: Apache-2.0
#include "report/wording.hpp"

#include <fmt/format.h>

#include "report/day_parts.hpp"

namespace umsops::report {
namespace {

using base::Field;
using base::FieldType;

constexpr std::int64_t kHour = 60, kDay = 24 * kHour;

/// A word for each function, in both languages: how a sentence about it begins, and the head of its column.
struct FunctionWords {
  std::string_view en, zh, head_zh;
};
constexpr FunctionWords kWords[] = {
    {"How many", "数量", "数量"},
    {"Share", "占比", "占比"},
    {"Sum", "合计", "合计"},
    {"Mean", "平均值", "平均"},
    {"Median", "中位数", "中位"},
    {"90th percentile, nearest rank,", "第 90 百分位数（最近秩）", "p90"},
    {"95th percentile, nearest rank,", "第 95 百分位数（最近秩）", "p95"},
    {"Smallest", "最小值", "最小"},
    {"Greatest", "最大值", "最大"},
    {"Ratio", "比值", "比值"},
    {"Begun and not ended at the end of the period:", "期末尚未结束的数量：", "期末"},
    {"Values behind the figures over", "样本数：", "样本"},
    {"Left out since they may still come:", "尚未产生而未计入：", "待定"},
    {"Left out since there never will be one:", "不适用而未计入：", "不适用"},
    {"Left out since they end before they begin:", "结束早于开始而未计入：", "无效"},
};
FunctionWords const& words_of(Function function) { return kWords[static_cast<std::size_t>(function)]; }

std::string length(std::int64_t minutes) {
  if (minutes % kDay == 0) return fmt::format("{}d", minutes / kDay);
  return minutes % kHour == 0 ? fmt::format("{}h", minutes / kHour) : fmt::format("{}m", minutes);
}

std::string subject_zh(Plan const& plan, Subject const& subject) {
  auto const label = [&](std::string const& name) -> std::string {
    if (name == "now") return "现在";
    auto const dot = name.find('.');
    if (dot != std::string::npos) return name.substr(dot + 1);
    return std::string(plan.type().fields[query::resolve_field(name, plan.type())].label_zh);
  };
  return subject.to.empty() ? label(subject.from) : label(subject.from) + "至" + label(subject.to);
}

bool is_whole(Plan const& plan, Figure const& figure) {
  auto const& measured = plan.series[figure.series].measured;
  bool const plain = measured && !measured->is_span && plan.inputs[measured->from].kind == Kind::number;
  switch (figure.measure.function) {
    case Function::share:
    case Function::mean:
    case Function::median:
    case Function::ratio:
      return false;
    case Function::sum:
    case Function::p90:
    case Function::p95:
    case Function::min:
    case Function::max:
      return plain && figure.measure.scale == 1;
    default:
      return true;
  }
}

FieldType type_of(Plan const& plan, Figure const& figure) {
  auto const& measured = plan.series[figure.series].measured;
  bool const ends = figure.measure.function == Function::min || figure.measure.function == Function::max;
  if (ends && !measured->is_span && plan.inputs[measured->from].kind == Kind::time) return FieldType::time;
  return is_whole(plan, figure) ? FieldType::integer : FieldType::decimal;
}

std::string unit_of(Plan const& plan, Figure const& figure) {
  auto const function = figure.measure.function;
  auto const& measured = plan.series[figure.series].measured;
  if (function == Function::share || function == Function::ratio)
    return figure.measure.scale == 100 ? "percent" : function == Function::share ? "share" : "";
  bool const value = function >= Function::sum && function <= Function::max;
  if (!value || !measured) return "";
  if (measured->is_span) return "minutes";
  return plan.field_of(measured->from).name.ends_with("_minutes") ? "minutes" : "";
}

class Describer {
 public:
  Describer(Plan const& plan, Table& table) : plan_(plan), table_(table) {
    table_.texts = std::make_shared<std::deque<std::string>>();
    table_.choices = std::make_shared<std::deque<std::vector<std::string_view>>>();
  }

  void describe() {
    for (auto const& key : plan_.keys) add_group(key);
    for (auto const& figure : plan_.figures) add_figure(figure);
    for (std::size_t i = 0; i < plan_.listed.size(); ++i) add_listed(i);
  }

 private:
  std::string_view keep(std::string text) { return table_.texts->emplace_back(std::move(text)); }

  void add(Field field, std::string unit, Function function = Function::n) {
    table_.columns.push_back(field);
    table_.units.push_back(std::move(unit));
    table_.functions.push_back(function);
  }

  void add_group(GroupKey const& key) {
    auto const part = key.group.part;
    Field field{keep(key.group.name), FieldType::text, {}, base::kInTable | base::kInWide | base::kFilter, {}, {}, {}};
    auto const doc = doc_of(plan_, key.group);
    field.doc = keep(doc.en);
    field.doc_zh = keep(doc.zh);
    field.label_zh = keep(key.group.label.zh.empty() ? doc.zh : key.group.label.zh);
    if (part == Part::value) {
      auto const& shown = plan_.field_of(*key.input);
      bool const member = !plan_.inputs[*key.input].member.empty() || plan_.inputs[*key.input].is_list;
      field.type = member ? FieldType::text : shown.type;
      field.choices = shown.choices;
    } else if (part == Part::weekday) {
      field.type = FieldType::choice;
      field.choices = weekday_names();
    } else if (part == Part::hour) {
      field.type = FieldType::integer;
    } else if (part == Part::band) {
      auto& bands = table_.choices->emplace_back();
      for (std::size_t i = 0; i <= key.group.bands.size(); ++i)
        bands.push_back(keep(band_text(key.group.bands, static_cast<std::int64_t>(i))));
      field.type = FieldType::choice;
      field.choices = bands;
    }
    add(field, "");
  }

  void add_figure(Figure const& figure) {
    auto const& measure = figure.measure;
    unsigned const shown = measure.aside ? base::kInWide : base::kInTable | base::kInWide;
    Field field{keep(measure.name), type_of(plan_, figure), {}, shown | base::kFilter, {}, {}, {}};
    auto const doc = doc_of(plan_, measure);
    field.doc = keep(doc.en);
    field.doc_zh = keep(doc.zh);
    std::string label = measure.label.zh;
    if (label.empty()) label = words_of(measure.function).head_zh;
    if (measure.label.zh.empty() && !measure.of.from.empty()) label += " " + subject_zh(plan_, measure.of);
    field.label_zh = keep(std::move(label));
    add(field, unit_of(plan_, figure), measure.function);
  }

  void add_listed(std::size_t place) {
    Field field = plan_.field_of(plan_.listed[place]);
    field.name = keep(plan_.column_name(place));
    field.traits = base::kInTable | base::kInWide | base::kFilter;
    field.column = {};
    add(field, "");
  }

  Plan const& plan_;
  Table& table_;
};

}  // namespace

std::string band_text(std::vector<std::int64_t> const& bands, std::int64_t place) {
  auto const at = static_cast<std::size_t>(place);
  if (bands.empty()) return "all";
  if (at == 0) return "< " + length(bands[0]);
  if (at >= bands.size()) return ">= " + length(bands.back());
  return length(bands[at - 1]) + " - " + length(bands[at]);
}

BothTexts doc_of(Plan const& plan, Measure const& measure) {
  if (!measure.doc.en.empty()) return {measure.doc.en, measure.doc.zh.empty() ? measure.doc.en : measure.doc.zh};
  auto const& words = words_of(measure.function);
  BothTexts doc{std::string(words.en), std::string(words.zh)};
  switch (measure.function) {
    case Function::n:
      break;
    case Function::share:
      doc.en += " with " + measure.where + (measure.among.empty() ? "" : " among those with " + measure.among);
      doc.zh += "：" + measure.where + (measure.among.empty() ? "" : "，基数：" + measure.among);
      return doc;
    case Function::ratio:
      doc.en += " of " + text_of(measure.of) + " to " + text_of(measure.per);
      doc.zh += "：" + subject_zh(plan, measure.of) + " / " + subject_zh(plan, measure.per);
      break;
    default: {
      bool const sentence = measure.function >= Function::balance;
      doc.en += (sentence ? " " : " of ") + text_of(measure.of);
      if (!measure.of.to.empty()) doc.en += sentence ? "" : ", minutes";
      doc.zh = sentence ? doc.zh + subject_zh(plan, measure.of) : subject_zh(plan, measure.of) + "的" + doc.zh;
    }
  }
  if (!measure.where.empty()) {
    doc.en += " where " + measure.where;
    doc.zh += "（" + measure.where + "）";
  }
  return doc;
}

BothTexts doc_of(Plan const& plan, Group const& group) {
  static constexpr std::string_view kPartsZh[] = {"", "日期", "周", "月份", "季度", "年份", "星期", "小时", "区间"};
  if (group.part == Part::value) {
    auto const dot = group.of.from.find('.');
    auto const& field = plan.type().fields[query::resolve_field(group.of.from.substr(0, dot), plan.type())];
    if (dot != std::string::npos) return {group.of.from, group.of.from.substr(dot + 1)};
    return {std::string(field.doc), std::string(field.label_zh)};
  }
  auto const place = static_cast<std::size_t>(group.part);
  std::string const word(part_names()[place]);
  std::string const of = group.of.from.empty() ? plan.definition.time : text_of(group.of);
  std::string const subject = of.empty() || of == "any" ? std::string(plan.source->time) : of;
  BothTexts doc{word + " of " + subject, std::string(kPartsZh[place])};
  doc.en[0] = static_cast<char>(doc.en[0] - 'a' + 'A');
  if (group.part == Part::band) doc.zh = subject_zh(plan, group.of);
  return doc;
}

void describe_columns(Plan const& plan, Table& table) { Describer(plan, table).describe(); }

}  // namespace umsops::report
