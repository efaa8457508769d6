// SPDX-License-Identifier: Apache-2.0
#include "cli/classifier/classifier.hpp"
#include "cli/commands.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.classifier.predict/v1";
constexpr std::string_view kFormats[] = {"jsonl", "json", "yaml"};
std::span<std::string_view const> format_names() { return kFormats; }

/// The targets to tell, by index.
std::vector<std::size_t> wanted(Call const& call, learn::Model const& model) {
  std::vector<std::size_t> out;
  for (auto const& name : call.all("target")) out.push_back(classifier::target_named(model, name, "--target"));
  for (std::size_t i = 0; out.size() < model.targets() && call.all("target").empty(); ++i) out.push_back(i);
  return out;
}

Value answer_of(learn::Model const& model, std::size_t target, learn::Answer const& answer,
                std::optional<double> threshold) {
  auto doubt = answer.doubt;
  if (threshold && doubt != learn::Doubt::unfamiliar_text)
    doubt = answer.probability >= *threshold ? learn::Doubt::none : learn::Doubt::low_probability;
  bool const answered = doubt == learn::Doubt::none;
  auto const second = model.label(target, answer.second);
  return Value::Object{{"target", model.name(target)},
                       {"label", model.label(target, answer.label)},
                       {"p", classifier::rounded(answer.probability)},
                       {"answered", answered},
                       {"reason", answered ? Value() : Value(learn::to_string(doubt))},
                       {"runner_up", second.empty() ? Value() : Value(second)},
                       {"margin", classifier::rounded(answer.margin)},
                       {"coverage", classifier::rounded(answer.coverage)}};
}

int run_predict(Env& env, Call const& call) {
  auto const model = classifier::model_of(env, call);
  model->verify();
  auto const targets = wanted(call, *model);
  auto const threshold = classifier::threshold_of(call);
  learn::Judge judge(model);
  classifier::TextFile file(call, call.words[0]);
  auto const chosen = env.human() ? format::Format::jsonl : env.style("record").format;
  auto const writer = format::item_writer(env.out(), chosen, kSchema);
  std::int64_t number = 0;
  while (auto const record = file.next()) {
    ++number;
    auto const& answers = judge.judge({record->title, record->body});
    for (auto const target : targets) {
      Value line = Value::Object{{"record", number}, {"line", record->line}};
      if (!record->id.empty()) line.add("id", record->id);
      Value const told = answer_of(*model, target, answers[target], threshold);
      for (auto const& [name, value] : *told.get_if<Value::Object>()) line.add(name, value);
      writer->item(line);
    }
  }
  writer->end({});
  return 0;
}

constexpr Argument kArguments[] = {
    {"FILE", {"texts to judge; - is standard input", "要判断的文本；- 表示标准输入"}, true, false, offer::files}};
constexpr Flag kFlags[] = {
    classifier::kText,
    classifier::kTitleColumn,
    {.name = "id",
     .value = "COLUMN",
     .type = FlagType::text,
     .doc = {"column that is told again beside each answer; default: id", "随每个结果一并输出的列；缺省为 id"}},
    classifier::kFormat,
    {.name = "target",
     .value = "TARGET",
     .type = FlagType::text,
     .doc = {"only this, of a model that judges several", "模型有多个目标时只输出此目标"},
     .repeatable = true},
    classifier::kThreshold,
    classifier::kModel,
};
constexpr Example kExamples[] = {
    {"umsops classifier predict tickets.csv --text Document --model topics | jq -r '[.label, .p, .answered] | @tsv'",
     {"a table; an answer a row", "逐行判断表格"}},
    {"echo 'VPN drops every ten minutes' | umsops classifier predict - --model topics",
     {"plain text: each line for itself", "纯文本，每行一条"}},
    {"umsops classifier predict tickets.csv --text Document --model topics | jq -s 'map(select(.answered | not)) | "
     "length'",
     {"how many it does not know", "不作答的条数"}},
};
constexpr int kExits[] = {3, 5, 9};

}  // namespace

constinit Command const kClassifierPredict{
    .path = "classifier predict",
    .summary = {"judge a file of texts", "判断文件中的文本"},
    .description =
        {"Judges each text of a table (csv, tsv), of JSON (jsonl, json) or of plain lines, and prints one JSON object "
         "a "
         "line, in the order of the input: the label, how likely it is right (p), whether that is an answer, the "
         "runner-up, "
         "and how much of the text's words is known (coverage). Where 'answered' is false the label is only what it "
         "would "
         "guess, and 'reason' says why: low-probability, or unfamiliar-text, where it knows too little of the words. "
         "Columns are found by their names, or named with --text and --title as in training. No store is opened.",
         "逐条判断表格（csv、tsv）、JSON（jsonl、json）或纯文本行，按输入顺序每条输出一行 JSON：标签、判对的概率（p）、"
         "是否作答、次优标签，以及文本中已知词语的比例（coverage）。answered 为 false 时标签仅为猜测，reason 说明原因："
         "low-probability 为把握不足，unfamiliar-text 为多数词语从未见过。列按名称识别，或如训练时用 --text 和 --title "
         "指定。不打开数据文件。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .formats = format_names,
    .run = run_predict,
};

}  // namespace umsops::cli
