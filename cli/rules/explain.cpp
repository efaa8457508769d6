// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/configured.hpp"
#include "cli/flags.hpp"
#include "cli/incident/incident.hpp"
#include "cli/input.hpp"
#include "cli/record/reasons.hpp"
#include "cli/rules/rules.hpp"
#include "cli/ticket/flags.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/classifier_desk.hpp"
#include "umsops/desk/model_file.hpp"
#include "umsops/desk/rule_desk.hpp"

namespace umsops::cli {

namespace {

using base::Value;

std::vector<std::string> words_of(rules::Hit const& hit) {
  std::vector<std::string> words;
  for (auto const& match : hit.matches) {
    if (!match.word.empty()) words.push_back(match.word);
  }
  return words;
}

Value outcome_of(rules::Verdict const& verdict, rules::Outcome const& outcome) {
  Value rule, file, line;
  if (outcome.hit >= 0) {
    auto const& hit = verdict.hits[static_cast<std::size_t>(outcome.hit)];
    rule = hit.rule;
    file = hit.file;
    line = hit.line;
  }
  Value::Object object{{"field", outcome.field},  {"value", outcome.value},  {"origin", outcome.origin},
                       {"rule", std::move(rule)}, {"file", std::move(file)}, {"line", std::move(line)}};
  object.emplace_back("score", outcome.score);
  Value::List losers;
  for (auto const& [value, score] : outcome.losers)
    losers.emplace_back(Value::Object{{"value", value}, {"score", score}});
  object.emplace_back("losers", std::move(losers));
  return object;
}

Value hit_of(rules::Hit const& hit) {
  Value::List matches;
  for (auto const& match : hit.matches) {
    matches.emplace_back(Value::Object{{"fact", match.fact},
                                       {"word", match.word},
                                       {"begin", static_cast<std::int64_t>(match.begin)},
                                       {"end", static_cast<std::int64_t>(match.end)}});
  }
  Value::Object proposes;
  for (auto const& [field, value] : hit.proposes) proposes.emplace_back(field, value);
  return Value::Object{{"rule", hit.rule},
                       {"file", hit.file},
                       {"line", hit.line},
                       {"weight", hit.weight},
                       {"matches", std::move(matches)},
                       {"proposes", std::move(proposes)}};
}

std::string_view name_of(rules::HeldBack::Why why) {
  switch (why) {
    case rules::HeldBack::Why::denied:
      return "denied";
    case rules::HeldBack::Why::exception:
      return "exception";
    case rules::HeldBack::Why::longer_word:
      return "longer-word";
  }
  return "";
}

Text label_of(rules::HeldBack::Why why) {
  switch (why) {
    case rules::HeldBack::Why::denied:
      return {"it is denied", "已被否定"};
    case rules::HeldBack::Why::exception:
      return {"it is part of an exception", "属于例外用语"};
    case rules::HeldBack::Why::longer_word:
      return {"a longer word of another rule covers it", "被另一条规则的更长词语覆盖"};
  }
  return {"", ""};
}

std::string sentence_of(rules::HeldBack const& one, base::Language language) {
  Text const form{"not counted by rule {}: '{}', {}", "规则 {} 未计入“{}”：{}"};
  return fmt::format(fmt::runtime(form.in(language)), one.rule, one.match.word, label_of(one.why).in(language));
}

Value held_back_of(rules::HeldBack const& one) {
  return Value::Object{{"rule", one.rule},
                       {"fact", one.match.fact},
                       {"word", one.match.word},
                       {"begin", static_cast<std::int64_t>(one.match.begin)},
                       {"end", static_cast<std::int64_t>(one.match.end)},
                       {"why", std::string(name_of(one.why))}};
}

/// The same sentences that `ticket show` has.
model::Classification classification_of(rules::Verdict const& verdict) {
  model::Classification out;
  for (auto const& outcome : verdict.outcomes) {
    model::FieldDecision decision;
    decision.field = outcome.field;
    decision.value = outcome.value;
    decision.origin = outcome.origin;
    if (outcome.hit >= 0) {
      auto const& hit = verdict.hits[static_cast<std::size_t>(outcome.hit)];
      decision.rule = hit.rule;
      decision.file = hit.file;
      decision.line = hit.line;
      decision.words = words_of(hit);
    }
    out.decisions.push_back(std::move(decision));
  }
  return out;
}

/// Null: there is none, or none that can be used.
std::shared_ptr<learn::Model const> model_in_use(Env& env) {
  try {
    return configured_model(env).open();
  } catch (base::Error const& error) {
    // Without a home there is no place for a model, and none is missed.
    if (&error.code() != &base::errors::no_home) env.warn(error.message(env.language()));
    return nullptr;
  }
}

/// Beside the verdict what the learned model says, where there is one: it speaks where no rule does.
model::Classification with_model(Env& env, rules::Target const& target, rules::Verdict const& verdict,
                                 rules::Facts const& facts) {
  auto out = classification_of(verdict);
  auto const model = model_in_use(env);
  if (!model) return out;
  learn::Judge judge(model);
  learn::Text text;
  for (auto const& [name, value] : facts) {
    if (name == "title") text.title = value;
    if (name == "description") text.body = value;
  }
  desk::note_words(out, judge, target.type, text);
  return out;
}

/// What the model says of each field.
Value model_of(model::Classification const& classification) {
  Value::List out;
  for (auto const& decision : classification.decisions) {
    if (decision.model.empty()) continue;
    out.emplace_back(Value::Object{{"field", decision.field},
                                   {"value", decision.model},
                                   {"p", decision.probability},
                                   {"decides", decision.origin == "model"},
                                   {"reason", base::text_or_null(decision.doubt)},
                                   {"words", Value::List(decision.words.begin(), decision.words.end())}});
  }
  return out;
}

rules::Facts facts_in(Env& env, Call const& call, rules::Target const& target) {
  rules::Facts facts;
  if (auto const title = call.text("title")) facts.emplace_back("title", *title);
  if (auto const body = body_of(env, call)) facts.emplace_back("description", *body);
  for (auto const& [name, value] : call.pairs("fact")) {
    if (!name.starts_with("attributes.")) target.type.require(name);
    facts.emplace_back(name, value);
  }
  return facts;
}

/// The facts of the stored record that the call names.
rules::Facts stored_facts(Env& env, rules::Target const& target, std::string const& id) {
  if (&target == &rules::ticket_target()) return desk::facts_of(env.desk().tickets().show(id).ticket);
  if (target.type.noun == incident::kKind.type().noun) return desk::facts_of(env.desk().incidents().show(id).incident);
  throw base::Error(base::errors::usage_excludes,
                    {{"first", "ID"}, {"second", "--noun " + std::string(target.type.noun)}});
}

int run_explain(Env& env, Call const& call) {
  auto const& target = target_of(call);
  auto const facts = facts_in(env, call, target);
  if (call.words.empty() && facts.empty()) call.missing("ID, --title, --body, --fact");
  auto const set = configured_rules(env, call.all("rules"), target);
  auto const seen = call.words.empty() ? facts : stored_facts(env, target, call.words[0]);
  auto const verdict = set.classify(seen, rules::RuleSet::Tell::held_back);
  auto const classification = with_model(env, target, verdict, seen);
  if (env.human()) {
    auto lines = record::reasons(target.type, classification, env.language());
    for (auto const& one : verdict.held_back) lines.push_back(sentence_of(one, env.language()));
    for (auto const& line : lines) env.out().write(base::terminal_text(line, base::TextShape::line) + "\n");
    return 0;
  }
  Value::List outcomes, hits, held_back;
  for (auto const& outcome : verdict.outcomes) outcomes.push_back(outcome_of(verdict, outcome));
  for (auto const& hit : verdict.hits) hits.push_back(hit_of(hit));
  for (auto const& one : verdict.held_back) held_back.push_back(held_back_of(one));
  format::write_document(env.out(), env.style("field"),
                         Value::Object{{"schema", "umsops.rules.explain/v1"},
                                       {"version", set.version()},
                                       {"outcomes", std::move(outcomes)},
                                       {"hits", std::move(hits)},
                                       {"held_back", std::move(held_back)},
                                       {"model", model_of(classification)}});
  return 0;
}

void offer_records(Candidates& out) {
  ticket::offer_numbers(out);
  incident::offer_numbers(out);
}

constexpr Argument kArguments[] = {
    {"ID",
     {"a stored ticket, or with --noun one of that kind", "已有的工单，或 --noun 所指类型的记录"},
     false,
     false,
     offer_records}};
constexpr Flag kFlags[] = {
    record::kTitle,
    flags::kBody,
    flags::kBodyFile,
    flags::kStrictText,
    {.name = "fact",
     .value = "NAME=VALUE",
     .type = FlagType::pair,
     .doc = {"any other fact, e.g. source=MONITOR", "其他事实，例如 source=MONITOR"},
     .repeatable = true},
    kNoun,
    flags::kRulesFile,
};
constexpr Example kExamples[] = {
    {"umsops rules explain --title '无法登录，紧急'", {"the decision for a text", "规则如何判断一段文本"}},
    {"umsops rules explain --noun incident --title 登录失败 --fact affected_users=1001",
     {"type and severity of an incident", "故障的类型与严重程度"}},
    {"umsops rules explain --noun incident INC-1", {"the decision for a stored incident", "规则现在如何判断某个事件"}},
    {"umsops rules explain T-1", {"the decision for a ticket with the current rules", "规则现在如何判断某张工单"}},
    {"umsops rules explain --rules rules.yaml --title 'MFA code not accepted' -o json | jq -c '.outcomes[] | [.field, "
     ".value, .rule]'",
     {"with rules that are not live yet", "试用尚未上线的规则"}},
};
constexpr int kExits[] = {3, 4, 7, 8, 9, 12};

}  // namespace

constinit Command const kRulesExplain{
    .path = "rules explain",
    .summary = {"why a text gets its category and priority", "说明类别和优先级的由来"},
    .description =
        {"Runs the rules over a text or a stored record and shows for each field the rule, its file and "
         "line, the words it found, the values that lost, and words that did not count and why. Nothing is stored.",
         "对一段文本或已有记录运行规则，说明每个字段由哪条规则决定、规则所在的文件和行、匹配的词语、落选的值，"
         "以及未计入的词语和原因。不保存任何内容。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.rules.explain/v1",
    .run = run_explain,
};

}  // namespace umsops::cli
