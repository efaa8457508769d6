// SPDX-License-Identifier: Apache-2.0
// What lies there: list, show, check, rollback.
#include "cli/classifier/classifier.hpp"
#include "cli/commands.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kModelFields[] = {
    {"state", FieldType::text, {}, kShown, "in-use, or previous", "in-use 为现用，previous 为上一个", "状态"},
    {"version", FieldType::text, {}, kShown, "Tells it from others", "版本标识", "版本"},
    {"trained_at", FieldType::time, {}, kShown, "When it was trained", "训练时间", "训练时间"},
    {"texts", FieldType::integer, {}, kShown, "Texts that it learned from", "学习所用文本数", "文本"},
    {"targets", FieldType::list, {}, kShown, "What it judges", "判断的目标", "目标"},
    {"features", FieldType::integer, {}, base::kInWide, "Features that it knows", "特征数", "特征"},
    {"bytes", FieldType::integer, {}, kShown, "Size of its file", "文件大小（字节）", "字节"},
    {"path", FieldType::text, {}, kShown, "Where it lies", "所在文件", "文件"},
};

Value targets_of(learn::Model const& model) {
  auto const targets = desk::targets_of(model);
  return Value::List(targets.begin(), targets.end());
}

/// A model does not know its age: the same texts make the same file.
Value written_at(std::string const& path) {
  auto const at = desk::ModelFile::written_at(path);
  return at ? Value(*at) : Value();
}

base::Row row_of(learn::Model const& model, char const* state) {
  return {state,
          model.version(),
          written_at(model.path()),
          static_cast<std::int64_t>(model.documents()),
          targets_of(model),
          static_cast<std::int64_t>(model.features()),
          static_cast<std::int64_t>(model.size()),
          model.path()};
}

int run_list(Env& env, Call const& call) {
  auto const file = classifier::file_of(env, call);
  auto writer = format::list_writer(env.out(), env.style("version"), call.command->schema, "classifier", kModelFields);
  if (auto const model = file.open()) writer->row(row_of(*model, "in-use"));
  if (auto const model = file.previous()) writer->row(row_of(*model, "previous"));
  writer->end({});
  return 0;
}

constexpr Field kLabelFields[] = {
    {"target", FieldType::text, {}, kShown, "What is judged", "判断的目标", "目标"},
    {"label", FieldType::text, {}, kShown, "One of its values", "标签", "标签"},
    {"examples", FieldType::integer, {}, kShown, "Texts that taught it", "示例数", "示例"},
    {"too_few",
     FieldType::boolean,
     {},
     base::kInWide,
     "Fewer than 10: not to be relied on",
     "少于 10 条，不可靠",
     "过少"},
    {"words", FieldType::list, {}, kShown, "Words that speak for it, strongest first", "最支持它的词语", "词语"},
};
constexpr std::uint64_t kFewExamples = 10;

Value words_of(std::string_view joined) {
  Value::List out;
  while (!joined.empty()) {
    auto const end = std::min(joined.find('\n'), joined.size());
    out.emplace_back(joined.substr(0, end));
    joined.remove_prefix(std::min(end + 1, joined.size()));
  }
  return out;
}

int run_show(Env& env, Call const& call) {
  auto const model = classifier::model_of(env, call);
  model->verify();
  std::optional<std::size_t> only;
  if (!call.words.empty()) only = classifier::target_named(*model, call.words[0], "TARGET");
  auto writer = format::list_writer(env.out(), env.style("label"), call.command->schema, "classifier", kLabelFields);
  for (std::size_t target = 0; target < model->targets(); ++target) {
    if (only && *only != target) continue;
    for (std::size_t i = 0; i < model->classes(target); ++i) {
      auto const label = static_cast<std::int32_t>(i);
      auto const examples = model->examples(target, label);
      writer->row({model->name(target), model->label(target, label), static_cast<std::int64_t>(examples),
                   examples < kFewExamples, words_of(model->strongest(target, label))});
    }
  }
  writer->end({false, {}, {{"version", model->version()}}});
  return 0;
}

void answer_model(Env& env, Call const& call, learn::Model const& model, std::string_view word) {
  if (env.human()) {
    std::string const line = model.path() + ": " + std::string(word) + ", " + model.version() + "\n";
    env.out().write(base::terminal_text(line, base::TextShape::block));
    return;
  }
  format::write_document(env.out(), env.style("version"),
                         Value::Object{{"schema", call.command->schema},
                                       {"path", model.path()},
                                       {"version", model.version()},
                                       {"texts", static_cast<std::int64_t>(model.documents())},
                                       {"targets", targets_of(model)}});
}

int run_check(Env& env, Call const& call) {
  auto const model = classifier::model_of(env, call);
  model->verify();
  answer_model(env, call, *model, env.text({"sound", "完好"}));
  return 0;
}

int run_rollback(Env& env, Call const& call) {
  auto const file = classifier::file_of(env, call);
  if (env.dry_run()) {
    auto const before = file.previous();
    if (!before) throw base::Error(base::errors::classifier_none, {{"path", file.previous_path()}});
    answer_model(env, call, *before, env.text({"would be in use", "将启用"}));
    return 0;
  }
  desk::ModelFile::Lock const lock(file);
  file.roll_back();
  answer_model(env, call, *file.open(), env.text({"in use", "已启用"}));
  return 0;
}

constexpr Argument kTarget[] = {
    {"TARGET", {"what is judged, e.g. category; default: all", "目标，例如 category；缺省为全部"}, false, false}};
constexpr Flag kListFlags[] = {classifier::kModel, flags::kHeader, flags::kCsvSafe, flags::kCsvBom};
constexpr Flag kModelFlags[] = {classifier::kModel};
constexpr Example kListExamples[] = {
    {"umsops classifier list", {"what judges now, and what did before", "现用的模型和上一个模型"}},
    {"umsops classifier list -o json | jq -r '.items[] | [.state, .version] | @tsv'", {"for a program", "供程序使用"}},
};
constexpr Example kShowExamples[] = {
    {"umsops classifier show --model topics", {"each label and the words that speak for it", "各标签及支持它的词语"}},
    {"umsops classifier show --model topics -o json | jq -r '.items[] | select(.too_few) | .label'",
     {"labels with too few examples", "示例过少的标签"}},
};
constexpr Example kCheckExamples[] = {
    {"umsops classifier check --model topics",
     {"reads all of it: exit 9 if it is damaged", "通读全部：损坏时退出码为 9"}},
    {"umsops classifier check --model topics -o json | jq -r .version", {"which one it is", "查看其版本"}},
};
constexpr Example kRollbackExamples[] = {
    {"umsops classifier rollback --model topics",
     {"back to the one before; once more: forth again", "恢复上一个；再次执行则换回"}},
    {"umsops classifier rollback --model topics --dry-run", {"which one that is", "查看上一个模型"}},
};
constexpr int kListExits[] = {9};
constexpr int kExits[] = {3, 9};
constexpr int kRollbackExits[] = {3, 7, 9};

}  // namespace

constinit Command const kClassifierList{
    .path = "classifier list",
    .summary = {"list the models", "列出模型"},
    .description = {"The model that judges new tickets, and the one before it.",
                    "判断新工单的模型，以及它之前的模型。"},
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kListExits,
    .schema = "umsops.classifier.list/v1",
    .run = run_list,
};

constinit Command const kClassifierShow{
    .path = "classifier show",
    .summary = {"show what a model has learned", "查看模型学到了什么"},
    .description =
        {"Each label with the number of texts that taught it, and the words that speak for it most. Labels of "
         "fewer than 10 texts are marked: they are not to be relied on, and below 3 they never become values "
         "of tickets.",
         "列出各标签的示例数和最支持它的词语。少于 10 条的标签会标出，不可靠；少于 3 条的不会成为工单取值。"},
    .arguments = kTarget,
    .flags = kListFlags,
    .examples = kShowExamples,
    .exits = kExits,
    .schema = "umsops.classifier.show/v1",
    .run = run_show,
};

constinit Command const kClassifierCheck{
    .path = "classifier check",
    .summary = {"check a model's file", "检查模型文件"},
    .description =
        {"Reads the whole file and compares it with what was written. New tickets check only the parts that they "
         "use.",
         "通读整个文件，并与写入时的校验值比较。新建工单时只检查所用到的部分。"},
    .flags = kModelFlags,
    .examples = kCheckExamples,
    .exits = kExits,
    .schema = "umsops.classifier.check/v1",
    .run = run_check,
};

constinit Command const kClassifierRollback{
    .path = "classifier rollback",
    .summary = {"take the model before", "恢复上一个模型"},
    .description = {"Swaps the model in use with the one before. Done twice, all is as it was.",
                    "将现用模型与上一个互换。执行两次即复原。"},
    .flags = kModelFlags,
    .examples = kRollbackExamples,
    .exits = kRollbackExits,
    .schema = "umsops.classifier.rollback/v1",
    .changes = true,
    .run = run_rollback,
};

}  // namespace umsops::cli
