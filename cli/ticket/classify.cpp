// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/classifier/classifier.hpp"
#include "cli/commands.hpp"
#include "cli/configured.hpp"
#include "cli/input.hpp"
#include "cli/ticket/flags.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/rule_desk.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.ticket.classify/v1";
constexpr std::size_t kMostFor = 5, kMostAgainst = 3;
constexpr double kLeast = 0.005;  ///< what is less is nothing when it is rounded

/// What a target of a text comes to: the model's word beside what the rules say.
struct Judgement {
  std::size_t target = 0;
  learn::Answer answer;
  std::string by_rules, rule;
  std::string carried;
  std::optional<learn::Explanation> best, second;
};

std::vector<Judgement> judged(Env& env, Call const& call, learn::Judge& judge, model::Ticket const& ticket) {
  auto const& model = judge.model();
  learn::Text const text{ticket.title, ticket.description};
  auto const verdict = configured_rules(env).classify(desk::first_facts_of(ticket));
  auto const answers = judge.judge(text);
  std::vector<Judgement> out;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (desk::is_of_incidents(model.name(i))) continue;
    Judgement one;
    one.target = i;
    one.answer = answers[i];
    for (auto const& outcome : verdict.outcomes) {
      if (outcome.field != model.name(i) || outcome.origin == "default") continue;
      one.by_rules = outcome.value;
      if (outcome.hit >= 0) one.rule = verdict.hits[static_cast<std::size_t>(outcome.hit)].rule;
    }
    if (auto const field = model::ticket_type().find(model.name(i)); field && !call.words.empty())
      one.carried = model::get(ticket, *field).text();
    if (call.on("explain")) {
      if (one.answer.label >= 0) one.best = judge.explain(text, i, one.answer.label);
      if (one.answer.second >= 0) one.second = judge.explain(text, i, one.answer.second);
    }
    out.push_back(std::move(one));
  }
  return out;
}

/// The strongest words for a label, or against it.
std::vector<learn::Contribution> strongest(learn::Explanation const& explanation, bool against) {
  std::vector<learn::Contribution> out;
  auto parts = explanation.contributions;
  if (against) std::reverse(parts.begin(), parts.end());
  for (auto const& part : parts) {
    if (part.shown.empty() || std::abs(part.weight) < kLeast || (part.weight > 0) == against ||
        out.size() == (against ? kMostAgainst : kMostFor))
      continue;
    out.push_back(part);
  }
  return out;
}

Value value_of(std::vector<learn::Contribution> const& parts) {
  Value::List out;
  for (auto const& part : parts)
    out.emplace_back(Value::Object{{"text", part.shown}, {"weight", classifier::rounded(part.weight)}});
  return out;
}

Value value_of(learn::Explanation const& explanation) {
  return Value::Object{{"margin", classifier::rounded(explanation.margin)},
                       {"bias", classifier::rounded(explanation.bias)},
                       {"for", value_of(strongest(explanation, false))},
                       {"against", value_of(strongest(explanation, true))}};
}

Value value_of(learn::Model const& model, Judgement const& one) {
  auto const& answer = one.answer;
  bool const answered = answer.doubt == learn::Doubt::none;
  auto const second = model.label(one.target, answer.second);
  Value::Object out{{"target", model.name(one.target)},
                    {"label", model.label(one.target, answer.label)},
                    {"p", classifier::rounded(answer.probability)},
                    {"answered", answered},
                    {"reason", answered ? Value() : Value(learn::to_string(answer.doubt))},
                    {"applies", model.manner(one.target).applies},
                    {"runner_up", second.empty() ? Value() : Value(second)},
                    {"coverage", classifier::rounded(answer.coverage)},
                    {"by_rules", base::text_or_null(one.by_rules)},
                    {"rule", base::text_or_null(one.rule)},
                    {"carried", base::text_or_null(one.carried)}};
  out.emplace_back("explanation", one.best ? value_of(*one.best) : Value());
  out.emplace_back("runner_up_explanation", one.second ? value_of(*one.second) : Value());
  return out;
}

std::string doubt_text(Env const& env, learn::Doubt doubt) {
  if (doubt == learn::Doubt::none) return "";
  auto const phrase =
      doubt == learn::Doubt::unfamiliar_text ? Phrase::doubt_unfamiliar_text : Phrase::doubt_low_probability;
  return ": " + env.phrase(phrase);
}

std::string words_line(Env const& env, learn::Explanation const& explanation, bool against) {
  std::string out;
  for (auto const& part : strongest(explanation, against)) {
    auto const hundredths = static_cast<int>(part.weight * 100 + (part.weight < 0 ? -0.5 : 0.5));
    auto const size = std::to_string(100 + std::abs(hundredths) % 100).substr(1);
    out += (out.empty() ? "" : ", ") + part.shown + " " + (hundredths < 0 ? "-" : "+") +
           std::to_string(std::abs(hundredths) / 100) + "." + size;
  }
  if (out.empty()) return out;
  return "  " + std::string(against ? env.text({"against: ", "反对："}) : env.text({"for: ", "支持："})) + out + "\n";
}

void write_lines(Env& env, learn::Model const& model, std::vector<Judgement> const& all) {
  std::string text;
  for (auto const& one : all) {
    text += std::string(model.name(one.target)) + " " + std::string(model.label(one.target, one.answer.label)) + ", " +
            classifier::percent(static_cast<std::uint64_t>(one.answer.probability * 1000 + 0.5), 1000) +
            doubt_text(env, one.answer.doubt);
    if (!one.by_rules.empty())
      text += std::string(env.text({"; by the rules: ", "；规则判断为 "})) + one.by_rules + " (" + one.rule + ")";
    text += "\n";
    if (one.best) text += words_line(env, *one.best, false) + words_line(env, *one.best, true);
    if (one.second) {
      text += "  " + std::string(env.text({"else ", "次优 "})) +
              std::string(model.label(one.target, one.answer.second)) + "\n";
      text += words_line(env, *one.second, false);
    }
  }
  env.out().write(base::terminal_text(text, base::TextShape::block));
}

int run_classify(Env& env, Call const& call) {
  model::Ticket ticket;
  if (auto const title = call.text("title")) ticket.title = *title;
  if (auto const text = call.text("text")) ticket.description = *text;
  if (auto const body = body_of(env, call)) ticket.description = *body;
  call.exclude("text", "body");
  call.exclude("text", "body-file");
  if (call.words.empty() && ticket.title.empty() && ticket.description.empty()) call.missing("ID, --text, --title");
  auto const model = classifier::model_of(env, call);
  if (!call.words.empty()) ticket = env.desk().tickets().show(call.words[0]).ticket;
  learn::Judge judge(model);
  auto const all = judged(env, call, judge, ticket);
  if (env.human()) {
    write_lines(env, *model, all);
    return 0;
  }
  Value::List targets;
  for (auto const& one : all) targets.push_back(value_of(*model, one));
  format::write_document(env.out(), env.style("target"),
                         Value::Object{{"schema", kSchema},
                                       {"ticket", base::text_or_null(ticket.ticket_number)},
                                       {"model", model->version()},
                                       {"targets", std::move(targets)}});
  return 0;
}

constexpr Argument kArguments[] = {{"ID", {"a stored ticket", "已有的工单"}, false, false, ticket::offer_numbers}};
constexpr Flag kFlags[] = {
    {.name = "text",
     .value = "TEXT",
     .type = FlagType::text,
     .doc = {"a text in place of a ticket", "用一段文本代替工单"}},
    record::kTitle,
    flags::kBody,
    flags::kBodyFile,
    {.name = "explain",
     .doc = {"the words for and against, and the same of the runner-up", "支持与反对的词语，以及次优标签的依据"}},
    classifier::kModel,
};
constexpr Example kExamples[] = {
    {"umsops ticket classify --text 'the printer jams again' --model topics --explain",
     {"what a text would get, and why", "一段文本会如何分类及原因"}},
    {"umsops ticket classify T-1 --model topics -o json | jq '.targets[] | [.target, .label, .p, .answered]'",
     {"what the model says of a ticket now", "模型现在如何判断某张工单"}},
};
constexpr int kExits[] = {3, 4, 7, 8, 9, 12};

}  // namespace

constinit Command const kTicketClassify{
    .path = "ticket classify",
    .summary = {"what the learned model says of a ticket", "所学模型如何判断工单"},
    .description =
        {"Shows for each target the model's label, how likely it is right, and whether that is enough for an answer, "
         "beside what the rules say, which come first. With --explain the words of the text that speak for it and "
         "against it: their weights, those of words that are not shown and the bias add up to the margin. Nothing is "
         "stored; see 'umsops classifier train'.",
         "对每个目标给出模型的标签、判对的概率以及是否足以作答，并列出优先于它的规则判断。--explain "
         "列出文本中支持和反对它的词语："
         "其权重与未列出词语的权重及偏置之和即为 margin。不保存任何内容；参见 umsops classifier train。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_classify,
};

}  // namespace umsops::cli
