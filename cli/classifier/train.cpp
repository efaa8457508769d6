// SPDX-License-Identifier: Apache-2.0
#include "cli/classifier/classifier.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Value;
using classifier::percent;

constexpr std::string_view kSchema = "umsops.classifier.train/v1";

Value target_value(learn::Model const& model, std::size_t target) {
  auto const manner = model.manner(target);
  return Value::Object{{"target", model.name(target)},
                       {"labels", static_cast<std::int64_t>(model.classes(target))},
                       {"texts", static_cast<std::int64_t>(model.learned_from(target))},
                       {"applies", manner.applies},
                       {"threshold", manner.threshold},
                       {"blend", model.blend(target)},
                       {"cost", model.cost(target)},
                       {"quality", classifier::value_of(model.quality(target))}};
}

std::string target_line(Env& env, learn::Model const& model, std::size_t target) {
  auto const quality = model.quality(target);
  auto const fill = [&](std::string_view en, std::string_view zh) { return std::string(env.text({en, zh})); };
  return std::string(model.name(target)) + ": " + std::to_string(model.learned_from(target)) +
         fill(" texts, ", " 条文本，") + std::to_string(model.classes(target)) +
         fill(" labels; right ", " 个标签；判对 ") + percent(quality.right, quality.judged) +
         fill(" (majority ", "（多数类 ") + percent(quality.majority, quality.judged) +
         fill("), answers ", "），作答 ") + percent(quality.answered, quality.judged) +
         fill(", of these right ", "，其中判对 ") + percent(quality.right_answered, quality.answered) + "\n";
}

void answer(Env& env, learn::Model const& model, bool is_first, std::vector<desk::Comparison> const& comparisons) {
  if (env.human()) {
    std::string text = model.path() + ": " + model.version() + "\n";
    for (std::size_t i = 0; i < model.targets(); ++i) text += target_line(env, model, i);
    for (auto const& one : comparisons) {
      text += one.target + ": " + std::to_string(one.texts) +
              std::string(
                  env.text({" texts that neither had seen, right before ", " 条两个模型都未见过的文本，此前判对 "})) +
              std::to_string(one.before) + std::string(env.text({", now ", "，现在判对 "})) + std::to_string(one.now) +
              "\n";
    }
    env.out().write(base::terminal_text(text, base::TextShape::block));
    return;
  }
  Value::List targets, compared;
  for (std::size_t i = 0; i < model.targets(); ++i) targets.push_back(target_value(model, i));
  for (auto const& one : comparisons) {
    compared.emplace_back(Value::Object{{"target", one.target},
                                        {"texts", static_cast<std::int64_t>(one.texts)},
                                        {"before", static_cast<std::int64_t>(one.before)},
                                        {"now", static_cast<std::int64_t>(one.now)}});
  }
  format::write_document(env.out(), env.style("path"),
                         Value::Object{{"schema", kSchema},
                                       {"result", is_first ? "created" : "updated"},
                                       {"dry_run", env.dry_run()},
                                       {"path", model.path()},
                                       {"version", model.version()},
                                       {"texts", static_cast<std::int64_t>(model.documents())},
                                       {"features", static_cast<std::int64_t>(model.features())},
                                       {"bytes", static_cast<std::int64_t>(model.size())},
                                       {"targets", std::move(targets)},
                                       {"compared", std::move(compared)}});
}

/// The model in use; none where there is none, or it cannot be used any more.
std::shared_ptr<learn::Model const> in_use(Env& env, desk::ModelFile const& file) {
  try {
    return file.open();
  } catch (base::Error const& error) {
    env.warn(error.message(env.language()));
    return nullptr;
  }
}

int run_train(Env& env, Call const& call) {
  (void)env.style("path");  // a wrong format is told before any work
  auto const file = classifier::file_of(env, call);
  std::optional<desk::ModelFile::Lock> lock;
  if (!env.dry_run()) lock.emplace(file);
  Progress const waiting(env);
  auto texts = classifier::texts_of(env, call);
  classifier::drop_poor_lessons(env, call, texts);
  auto const old = in_use(env, file);
  auto const trained = desk::train_model(texts, old.get(), file.path(), classifier::threads_of(call));
  if (trained.worse && !call.on("force")) throw *trained.worse;
  if (!env.dry_run()) file.install(*trained.bytes);
  answer(env, *trained.model, !old, trained.comparisons);
  return 0;
}

constexpr Flag kFlags[] = {
    classifier::kFrom,
    classifier::kText,
    classifier::kTitleColumn,
    classifier::kLabel,
    classifier::kFormat,
    {.name = "from-store",
     .doc = {"learn from the desk's own records", "从本库记录学习"},
     .fallback = "without --from"},
    classifier::kTargets,
    flags::kWhere,
    classifier::kApply,
    classifier::kSuggest,
    classifier::kThreshold,
    classifier::kModel,
    classifier::kThreads,
    {.name = "force", .doc = {"take the new model even if it is worse", "即使新模型更差也启用"}},
};
constexpr Example kExamples[] = {
    {"umsops classifier train --from tickets.csv --text Document --label category=Topic_group --model topics",
     {"from a table; the label teaches categories", "从表格学习类别"}},
    {"umsops classifier train --from history.jsonl --label category --label priority --dry-run",
     {"how good it would be", "预先查看效果"}},
    {"umsops classifier train -w 'created>=-365d' -q || test $? -le 5",
     {"each night from the desk's own tickets: too few of them, or a worse model, change nothing",
      "每晚从工单学习；工单太少或新模型更差时不做更改"}},
};
constexpr int kExits[] = {3, 4, 5, 7, 8, 9, 12};

}  // namespace

constinit Command const kClassifierTrain{
    .path = "classifier train",
    .summary = {"learn to judge from past tickets", "从以往工单学习分类"},
    .description =
        {"Learns from texts and the labels that people gave them: the desk's own tickets and incidents, where only "
         "what "
         "a person set, or an import brought, teaches (never what rules, a model or a default said), or a file of your "
         "own. It works alone on this machine, and chooses its settings by itself; the same texts make the same model "
         "to the byte.\n\n"
         "How often it will be right is found by cross-validation: each text is judged by a model that has not seen "
         "it, "
         "nor one that reads alike. From that it also learns when to say that it does not know.\n\n"
         "The model is put in place as a whole, and the one before is kept ('umsops classifier rollback'). One that is "
         "worse is refused with exit 4: on texts that neither has learned from, or by a clear fall in "
         "cross-validation. "
         "From then on new tickets and incidents are judged by it where neither the caller nor a rule speaks, and "
         "'umsops tick' trains it anew when people have said a tenth more than it knows, at least 100 texts "
         "(setting classifier_retrain).",
         "从文本及人给出的标签学习：默认使用本库工单与事件，只学习由人设定或随导入而来的取值（规则、模型或默认值给出的"
         "不算）"
         "，也可使用自己的文件。全部在本机完成，参数自动选择；相同文本得到逐字节相同的模型。\n\n"
         "准确程度由交叉验证得出：每条文本由未见过它及相同文本的模型判断。由此也学会何时回答“不知道”。\n\n"
         "模型整体替换，并保留上一个（umsops classifier rollback）。更差的模型以退出码 4 拒绝：依据双方都未学过的文本"
         "，或交叉验证中的明显下降。此后，新工单与事件中调用者和规则都未指定的字段由模型判断；当人工给出的新取值比它所"
         "知的多出十分之一（至少 100 条）时，"
         "umsops tick 会重新训练（设置 classifier_retrain）。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .run = run_train,
};

}  // namespace umsops::cli
