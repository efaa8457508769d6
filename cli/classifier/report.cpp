// SPDX-License-Identifier: Apache-2.0
#include "cli/classifier/report.hpp"

#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "umsops/base/text.hpp"
#include "umsops/format/report_output.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.classifier.report/v1";
constexpr std::string_view kFormats[] = {"table", "json", "yaml", "html"};
std::span<std::string_view const> format_names() { return kFormats; }

void write_page(Env& env, format::Sink& sink, std::vector<classifier::TargetReport> const& reports, std::size_t texts) {
  std::string body;
  for (auto const& report : reports) body += classifier::section_of(env, report);
  auto const facts =
      std::to_string(texts) +
      std::string(env.text({" texts, each judged by a model that has not seen it", " 条文本，均由未见过它的模型判断"}));
  format::write_text_page(sink, env.text({"How well the classifier judges", "分类效果"}), facts, body, env.language());
}

void write(Env& env, Call const& call, format::Sink& sink, std::vector<classifier::TargetReport> const& reports,
           std::size_t texts) {
  if (call.text("output") == "html" && !call.on("json")) return write_page(env, sink, reports, texts);
  if (env.human()) {
    std::string text;
    for (auto const& report : reports) text += classifier::text_of(env, report);
    return sink.write(base::terminal_text(text, base::TextShape::block));
  }
  Value::List targets;
  for (auto const& report : reports) targets.push_back(classifier::value_of(report));
  format::write_document(
      sink, env.style("target"),
      Value::Object{{"schema", kSchema}, {"texts", static_cast<std::int64_t>(texts)}, {"targets", std::move(targets)}});
}

int run_report(Env& env, Call const& call) {
  auto texts = classifier::texts_of(env, call);
  classifier::drop_poor_lessons(env, call, texts);
  std::vector<desk::DriftWeek> drift;
  if (!call.has("from")) {
    std::vector<std::string> targets;
    for (auto const& lesson : texts.lessons) targets.push_back(lesson.target);
    drift = env.desk().classifier().drift(classifier::which_records(env, call, targets));
  }
  std::vector<classifier::TargetReport> reports;
  for (auto const& lesson : texts.lessons) {
    reports.push_back(classifier::report_of(env, texts, lesson, classifier::threads_of(call)));
    for (auto const& week : drift) {
      if (week.target == lesson.target) reports.back().drift.push_back(week);
    }
  }
  auto const path = call.text("output-file");
  if (!path || *path == "-") {
    write(env, call, env.out(), reports, texts.names.size());
    return 0;
  }
  FileOutput file(*path);
  write(env, call, file, reports, texts.names.size());
  file.commit();
  return 0;
}

constexpr Flag kFlags[] = {
    classifier::kFrom,    classifier::kText, classifier::kTitleColumn, classifier::kLabel,   classifier::kFormat,
    classifier::kTargets, flags::kWhere,     classifier::kThreshold,   classifier::kThreads, flags::kOutputFile,
};
constexpr Example kExamples[] = {
    {"umsops classifier report --from tickets.csv --text Document --label category=Topic_group",
     {"what a model of these texts would be worth", "用这些文本训练的模型效果如何"}},
    {"umsops classifier report --from tickets.csv --text Document --label category=Topic_group -o html -O report.html",
     {"as a page, with plots", "带图的网页"}},
    {"umsops classifier report --from tickets.csv --text Document --label category=Topic_group -o json | jq -r "
     "'.targets[].mislabelled[].text'",
     {"texts whose label is probably wrong", "标签可能有误的文本"}},
};
constexpr int kExits[] = {3, 5, 7, 8, 9, 12};

}  // namespace

constinit Command const kClassifierReport{
    .path = "classifier report",
    .summary = {"how well the classifier judges", "分类效果如何"},
    .description =
        {"Judges each text by a model that has not seen it, nor one that reads alike, and tells how often that was "
         "right: "
         "beside the majority guess and the rules alone, label by label, with what each threshold would give, how well "
         "probabilities come true, what is taken for what, and texts whose label is probably wrong. Of the desk's own "
         "records also week by week: how often the model in use did not know, and what people confirmed or corrected. "
         "Of "
         "more than 10,000 texts a sample is judged. Nothing is stored.",
         "每条文本由未见过它及相同文本的模型判断，并统计判对的比例：与总猜多数类和仅用规则对比，按标签细分，给出各阈值"
         "的"
         "效果、概率是否可信、哪些标签易混淆，以及标签可能有误的文本。对本库工单还逐周列出不作答的比例和人工确认、更正"
         "的"
         "情况。超过 10,000 条时抽样。不保存任何内容。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .formats = format_names,
    .run = run_report,
};

}  // namespace umsops::cli
