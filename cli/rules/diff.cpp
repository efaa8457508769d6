// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/configured.hpp"
#include "cli/flags.hpp"
#include "cli/input.hpp"
#include "cli/rules/rules.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/replay_desk.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.rules.diff/v1";
constexpr std::string_view kCurrent = "current", kBuiltin = "builtin";
constexpr std::int64_t kMostExamples = 1000;

rules::RuleSet rules_named(Env& env, std::string const& name, rules::Target const& target) {
  if (name == kBuiltin) return config::builtin_rules(target);
  return configured_rules(env, name == kCurrent ? std::vector<std::string>() : std::vector<std::string>{name}, target);
}

/// `changed>5%`: more than so many records, or so large a share of them.
struct Condition {
  std::string text, name;
  double limit = 0;
  bool inclusive = false, share = false;
};

[[noreturn]] void refuse_condition(std::string const& text) {
  throw base::Error(base::errors::usage_bad_value,
                    {{"flag", "--fail-if"},
                     {"value", text},
                     {"expected", "NAME>NUMBER or NAME>NUMBER%"},
                     {"suggestion", "e.g. changed>5%, category>100, worse>0; NAME is changed, worse, or a field"}});
}

std::optional<Condition> condition_of(Call const& call, rules::Target const& target) {
  auto const given = call.text("fail-if");
  if (!given) return std::nullopt;
  Condition out{*given, "", 0, false, false};
  auto const sign = given->find('>');
  if (sign == std::string::npos) refuse_condition(*given);
  out.name = base::trimmed(std::string_view(*given).substr(0, sign));
  auto rest = std::string_view(*given).substr(sign + 1);
  if (rest.starts_with('=')) {
    out.inclusive = true;
    rest.remove_prefix(1);
  }
  rest = base::trimmed(rest);
  if (rest.ends_with('%')) {
    out.share = true;
    rest = base::trimmed(rest.substr(0, rest.size() - 1));
  }
  auto const number = base::parse_decimal(rest);
  bool const known = out.name == "changed" || out.name == "worse" ||
                     std::find(target.decided.begin(), target.decided.end(), out.name) != target.decided.end();
  if (!number || !known) refuse_condition(*given);
  out.limit = *number;
  return out;
}

void check_condition(Env& env, std::optional<Condition> const& condition, desk::Replay const& replay) {
  if (!condition) return;
  double value = condition->name == "changed" ? static_cast<double>(replay.changed) : 0;
  for (auto const& field : replay.fields) {
    if (field.field == condition->name) value = static_cast<double>(field.changed);
    if (condition->name == "worse" && field.right_before > field.right_after)
      value += static_cast<double>(field.right_before - field.right_after);
  }
  if (condition->share) value = replay.records == 0 ? 0 : 100 * value / static_cast<double>(replay.records);
  bool const holds = condition->inclusive ? value >= condition->limit : value > condition->limit;
  if (!holds) return;
  env.out().flush();
  throw base::Error(base::errors::condition_true, {{"what", condition->text}});
}

Value value_of(desk::ReplayedField const& field) {
  std::vector<std::pair<std::pair<std::string, std::string>, std::uint64_t>> sorted(field.moves.begin(),
                                                                                    field.moves.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](auto const& a, auto const& b) { return a.second > b.second; });
  Value::List moves, confusion;
  for (auto const& [move, count] : sorted) {
    moves.emplace_back(Value::Object{{"before", base::text_or_null(move.first)},
                                     {"after", base::text_or_null(move.second)},
                                     {"records", number(count)}});
  }
  for (auto const& [pair, counts] : field.confusion) {
    confusion.emplace_back(Value::Object{{"person", pair.first},
                                         {"rules", base::text_or_null(pair.second)},
                                         {"before", number(counts.first)},
                                         {"after", number(counts.second)}});
  }
  return Value::Object{{"field", field.field},
                       {"changed", number(field.changed)},
                       {"judged", number(field.judged)},
                       {"right_before", number(field.right_before)},
                       {"right_after", number(field.right_after)},
                       {"moves", std::move(moves)},
                       {"confusion", std::move(confusion)}};
}

Value value_of(desk::ReplayedRule const& rule) {
  return Value::Object{{"rule", rule.rule},
                       {"file", base::text_or_null(rule.file)},
                       {"line", rule.line == 0 ? Value() : Value(rule.line)},
                       {"decided_before", number(rule.decided_before)},
                       {"decided_after", number(rule.decided_after)},
                       {"judged_before", number(rule.judged_before)},
                       {"judged_after", number(rule.judged_after)},
                       {"right_before", number(rule.right_before)},
                       {"right_after", number(rule.right_after)}};
}

Value value_of(desk::ReplayedChange const& one) {
  return Value::Object{{"number", one.number},
                       {"title", one.title},
                       {"field", one.field},
                       {"before", base::text_or_null(one.before)},
                       {"after", base::text_or_null(one.after)},
                       {"rule_before", base::text_or_null(one.rule_before)},
                       {"rule_after", base::text_or_null(one.rule_after)},
                       {"carried", base::text_or_null(one.carried)},
                       {"by_person", one.by_person}};
}

std::string said(Env& env, std::string const& value) { return value.empty() ? env.phrase(Phrase::nothing) : value; }

std::string lines_of(Env& env, desk::Replay const& replay) {
  auto const say = [&](std::string_view en, std::string_view zh) { return std::string(env.text({en, zh})); };
  auto const count = [](std::uint64_t number) { return std::to_string(number); };
  std::string out = count(replay.changed) + say(" of ", " / ") + count(replay.records) +
                    say(" records would be judged otherwise", " 条记录的判断会改变") + "\n";
  for (auto const& field : replay.fields) {
    if (field.changed == 0) continue;
    out += field.field + ": " + count(field.changed) + say(" changed; of ", " 条改变；人工给出 ") +
           count(field.judged) + say(" that people set, right before ", " 条，此前一致 ") + count(field.right_before) +
           say(", after ", "，此后一致 ") + count(field.right_after) + "\n";
    std::vector<std::pair<std::uint64_t, std::string>> moves;
    for (auto const& [move, records] : field.moves)
      moves.emplace_back(records, said(env, move.first) + " -> " + said(env, move.second));
    std::stable_sort(moves.begin(), moves.end(), [](auto const& a, auto const& b) { return a.first > b.first; });
    for (auto const& [records, move] : moves) out += "  " + count(records) + "  " + move + "\n";
  }
  for (auto const& rule : replay.rules) {
    out += say("rule ", "规则 ") + rule.rule + ": " + count(rule.decided_before) + " -> " + count(rule.decided_after) +
           say(" decisions", " 次判断");
    if (rule.judged_after > 0)
      out += say("; people agree with ", "；人工一致 ") + count(rule.right_after) + " / " + count(rule.judged_after);
    out += "\n";
  }
  for (auto const& one : replay.examples) {
    out += one.number + "  " + one.field + " " + said(env, one.before) + " -> " + said(env, one.after);
    if (one.by_person) out += say(" (a person: ", "（人工：") + one.carried + say(")", "）");
    out += "  " + base::shortened(one.title, 60) + "\n";
  }
  return out;
}

int run_diff(Env& env, Call const& call) {
  auto const& target = target_of(call);
  bool const both = call.words.size() > 1;
  std::string const old_name = both ? call.words[0] : std::string(kCurrent);
  std::string const new_name = both ? call.words[1] : call.words[0];
  auto const condition = condition_of(call, target);
  auto const before = rules_named(env, old_name, target), after = rules_named(env, new_name, target);
  auto const examples = std::min(call.integer("examples").value_or(2), kMostExamples);
  auto const replay = env.desk().replay().compare(before, after, target, where_filter(env, call, target.type),
                                                  static_cast<std::size_t>(examples));
  if (env.human()) {
    env.out().write(base::terminal_text(lines_of(env, replay), base::TextShape::block));
  } else {
    Value::List fields, rules, changes;
    for (auto const& field : replay.fields) fields.push_back(value_of(field));
    for (auto const& rule : replay.rules) rules.push_back(value_of(rule));
    for (auto const& one : replay.examples) changes.push_back(value_of(one));
    format::write_document(env.out(), env.style("field"),
                           Value::Object{{"schema", kSchema},
                                         {"noun", target.type.noun},
                                         {"before", before.version()},
                                         {"after", after.version()},
                                         {"records", number(replay.records)},
                                         {"changed", number(replay.changed)},
                                         {"fields", std::move(fields)},
                                         {"rules", std::move(rules)},
                                         {"examples", std::move(changes)}});
  }
  check_condition(env, condition, replay);
  return 0;
}

constexpr Argument kArguments[] = {
    {"OLD",
     {"a rule file, 'current' or 'builtin'", "规则文件，或 current（现用）、builtin（内置）"},
     true,
     false,
     offer::files},
    {"NEW",
     {"another; with one alone it is compared with the current rules", "另一个；只给一个时与现用规则比较"},
     false,
     false,
     offer::files}};
constexpr Flag kFlags[] = {
    kNoun,
    flags::kWhere,
    {.name = "examples",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"so many records of each change", "每种改变列出的记录数"},
     .fallback = "2"},
    {.name = "fail-if",
     .value = "CONDITION",
     .type = FlagType::text,
     .doc = {"exit 10 when so much changes, e.g. 'changed>5%', 'category>100', or 'worse>0': fewer agree with what "
             "people set",
             "改变达到条件时退出码为 10，例如 'changed>5%'、'category>100'，或 'worse>0'（与人工取值一致的减少）"}},
};
constexpr Example kExamples[] = {
    {"umsops rules diff rules.yaml", {"what would change if this file went live", "此文件上线会改变什么"}},
    {"umsops rules diff builtin rules.yaml -w 'created>=-90d' --fail-if 'changed>50%'",
     {"for CI, over the last quarter", "用于 CI，检查最近一个季度"}},
    {"umsops rules diff current rules.yaml -o json | jq '.fields[] | [.field, .changed, .right_before, .right_after]'",
     {"does it agree more with what people set?", "与人工取值是否更一致"}},
};
constexpr int kExits[] = {5, 7, 8, 9, 10, 12};

}  // namespace

constinit Command const kRulesDiff{
    .path = "rules diff",
    .summary = {"replay two rule sets over the past", "在历史记录上比较两套规则"},
    .description =
        {"Runs both rule sets over the stored tickets (--noun incident: incidents) as they came, and shows what would "
         "have been judged otherwise: by field, by rule, with examples, and against what people set in the end. Rules "
         "see "
         "titles, descriptions and other facts, but not the values that rules, a model or people gave since. Nothing "
         "is "
         "stored.",
         "对已有工单（--noun incident "
         "时为事件）按其到达时的内容运行两套规则，列出判断会改变之处：按字段、按规则、附示例"
         "，并与人工最终取值对照。规则能看到标题、描述等事实，看不到此后由规则、模型或人给出的取值。不保存任何内容。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_diff,
};

}  // namespace umsops::cli
