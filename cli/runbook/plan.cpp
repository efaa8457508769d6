// SPDX-License-Identifier: Apache-2.0
// `runbook plan`: what an execution would do.
#include "cli/runbook/runbooks.hpp"
#include "umsops/base/text.hpp"
#include "umsops/format/output.hpp"

namespace umsops::cli {

namespace runbooks {

namespace {

using base::Value;

/// A command as one could type it; long texts are cut.
std::string command_of(Value const& action) {
  std::string out;
  if (auto const* const http = action.find("http"); http && !http->is_null()) {
    out.append(http->find("method")->text()).append(" ").append(http->find("url")->text());
  } else if (auto const* const words = action.find("command")->get_if<Value::List>()) {
    for (auto const& word : *words) out += (out.empty() ? "" : " ") + shown_word(word.text());
  }
  return out;
}

void add_further(Value const& step, std::string_view name, std::vector<std::string>& lines) {
  auto const* const action = step.find(name);
  if (action && !action->is_null()) lines.push_back("     " + std::string(name) + ": " + command_of(*action));
}

std::vector<std::string> lines_of(Value const& step, std::size_t number) {
  std::vector<std::string> out;
  auto const* const action = step.find("action");
  bool const person = action->is_null();
  std::string const what = person ? std::string(step.find("text")->text()) : command_of(*action);
  out.push_back(std::to_string(number) + ". " + std::string(step.find("id")->text()) + "  " +
                std::string(step.find("kind")->text()) + "  " + what);
  if (auto const when = step.find("when")->text(); !when.empty()) out.push_back("     when: " + std::string(when));
  for (auto const* const name : {"check", "on_error", "rollback"}) add_further(step, name, out);
  return out;
}

}  // namespace

std::string shown_word(std::string_view word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";
  bool const plain = !word.empty() && word.find_first_not_of(kPlain) == std::string_view::npos;
  return plain ? std::string(word) : format::shell_quote(word);
}

void write_plan(Env& env, runbook::Runbook const& runbook, Prepared const& prepared) {
  Value::Object inputs;
  for (auto const& [name, value] : prepared.inputs) inputs.emplace_back(name, value);
  auto const style = env.style("plan_hash");
  if (style.format == format::Format::id) return env.out().write(prepared.plan.hash + "\n");
  if (!env.human()) {
    format::write_document(env.out(), style,
                           Value::Object{{"schema", kPlanSchema},
                                         {"runbook", runbook.id},
                                         {"title", base::text_or_null(runbook.title)},
                                         {"incident", base::text_or_null(prepared.incident.number)},
                                         {"file", runbook.file},
                                         {"hash", runbook.hash},
                                         {"plan_hash", prepared.plan.hash},
                                         {"inputs", std::move(inputs)},
                                         {"steps", prepared.plan.steps}});
    return;
  }
  std::string text = runbook.id + (runbook.title.empty() ? "" : "  " + runbook.title) + "\n";
  for (auto const& [name, value] : prepared.inputs) text += "  " + name + " = " + value + "\n";
  std::size_t number = 0;
  for (auto const& step : prepared.plan.steps) {
    ++number;
    for (auto const& line : lines_of(step, number)) text += "  " + line + "\n";
  }
  text += "plan hash: " + prepared.plan.hash + "\n";
  env.out().write(base::terminal_text(text, base::TextShape::block));
}

}  // namespace runbooks

namespace {

int run_plan(Env& env, Call const& call) {
  auto const all = runbooks::configured(env, call);
  auto const& one = runbooks::require(all, call.words[0]);
  runbooks::write_plan(env, one, runbooks::prepare(env, one, call.text("incident").value_or(""), call.pairs("with")));
  return 0;
}

constexpr Argument kRunbook[] = {{"RUNBOOK", {"id of a runbook", "手册名称"}, true, false, runbooks::offer_runbooks}};
constexpr Flag kFlags[] = {runbooks::kIncident, runbooks::kInput, runbooks::kFile};
constexpr Example kExamples[] = {
    {"umsops runbook plan authentication --file runbooks", {"what it would do", "将执行的操作"}},
    {"umsops runbook plan authentication --file runbooks -o json | jq -r .plan_hash",
     {"for review: what --plan-hash of 'runbook run' takes", "供审核：runbook run --plan-hash 所用的值"}},
};
constexpr int kExits[] = {3, 5, 7, 8, 9, 12};

}  // namespace

constinit Command const kRunbookPlan{
    .path = "runbook plan",
    .summary = {"show what a runbook would do", "显示手册将执行的操作"},
    .description = {"Shows each step with its commands as they would be run: inputs and what is known of the incident "
                    "are filled in, "
                    "secrets are masked, and what earlier steps will print stays a hole. Nothing runs. The hash stands "
                    "for all of it: "
                    "'runbook run --execute --plan-hash HASH' runs this plan and no other.",
                    "显示各步骤将运行的命令：输入和事件信息已填入，密钥以掩码显示，前面步骤的输出保留占位。不执行任何操"
                    "作。哈希代表"
                    "整个计划：runbook run --execute --plan-hash HASH 只执行此计划。"},
    .arguments = kRunbook,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = runbooks::kPlanSchema,
    .run = run_plan,
};

}  // namespace umsops::cli
