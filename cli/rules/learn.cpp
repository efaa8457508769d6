// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/configured.hpp"
#include "cli/flags.hpp"
#include "cli/input.hpp"
#include "cli/rules/rules.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/number.hpp"
#include "umsops/desk/replay_desk.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.rules.learn/v1";

double precision_of(Call const& call) {
  auto const given = call.text("precision");
  auto const share = given ? base::parse_decimal(*given) : std::optional(0.9);
  if (share && *share > 0 && *share <= 1) return *share;
  throw base::Error(base::errors::usage_bad_value,
                    {{"flag", "--precision"}, {"value", *given}, {"expected", "a number above 0, at most 1"}});
}

Value list_of(std::vector<std::string> const& texts) { return Value::List(texts.begin(), texts.end()); }

/// Letters and digits of a value, for the name of a rule.
std::string id_of(desk::ProposedRule const& rule, std::size_t place) {
  std::string out = "learned-" + rule.field + "-";
  for (char const c : base::ascii_lower(rule.value)) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) {
      out += c;
    } else if (!out.ends_with('-')) {
      out += '-';
    }
  }
  return out + (out.ends_with('-') ? "" : "-") + std::to_string(place);
}

std::string description_of(desk::ProposedRule const& rule) {
  std::string examples;
  for (auto const& name : rule.examples) examples += (examples.empty() ? "" : ", ") + name;
  return std::to_string(rule.right) + " of " + std::to_string(rule.support) +
         " texts with these words have this value; " + std::to_string(rule.corrected) +
         " are judged otherwise today: " + examples;
}

/// A rule file, to be looked through and pasted.
Value rule_file(std::vector<desk::ProposedRule> const& proposed) {
  Value::List rules;
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    auto const& rule = proposed[i];
    rules.emplace_back(Value::Object{{"id", id_of(rule, i + 1)},
                                     {"description", description_of(rule)},
                                     {"when", Value::List{Value::Object{{"keywords", list_of(rule.words)}}}},
                                     {"set", Value::Object{{rule.field, rule.value}}}});
  }
  return Value::Object{{"kind", "rules"}, {"use", "builtin"}, {"rules", std::move(rules)}};
}

int run_learn(Env& env, Call const& call) {
  auto const precision = precision_of(call);
  auto const support = call.integer("support").value_or(5);
  auto const rules = configured_rules(env, call.all("rules"));
  auto const filter = where_filter(env, call, model::ticket_type());
  auto const proposed = env.desk().replay().propose(rules, filter, precision, static_cast<std::uint64_t>(support));
  auto style = env.style("value");
  if (env.human() || style.format == format::Format::yaml) {
    if (proposed.empty()) {
      env.hint(env.text({"nothing that people corrected has words of its own", "人工更正的工单没有特有的词语"}));
      return 0;
    }
    style.format = format::Format::yaml;
    format::write_document(env.out(), style, rule_file(proposed));
    return 0;
  }
  Value::List items;
  for (auto const& rule : proposed) {
    items.emplace_back(Value::Object{{"field", rule.field},
                                     {"value", rule.value},
                                     {"words", list_of(rule.words)},
                                     {"support", number(rule.support)},
                                     {"right", number(rule.right)},
                                     {"corrected", number(rule.corrected)},
                                     {"examples", list_of(rule.examples)}});
  }
  auto const count = number(proposed.size());
  format::write_document(
      env.out(), style,
      Value::Object{
          {"schema", kSchema}, {"items", std::move(items)}, {"count", count}, {"truncated", false}, {"next", Value()}});
  return 0;
}

constexpr Flag kFlags[] = {
    flags::kWhere,
    {.name = "precision",
     .value = "SHARE",
     .type = FlagType::text,
     .doc = {"how many of the texts with a word must have the value", "含该词的文本中取该值的比例至少为多少"},
     .fallback = "0.9"},
    {.name = "support",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"how many texts at least", "至少多少条文本"},
     .fallback = "5"},
    flags::kRulesFile,
};
constexpr Example kExamples[] = {
    {"umsops rules learn > proposed.yaml", {"to be read, changed and pasted", "供审阅、修改后使用"}},
    {"umsops rules learn -w 'created>=-90d' -o json | jq -r '.items[] | [.field, .value, .corrected] | @tsv'",
     {"where people corrected most", "人工更正最多之处"}},
};
constexpr int kExits[] = {5, 7, 8, 9, 12};

}  // namespace

constinit Command const kRulesLearn{
    .path = "rules learn",
    .summary = {"propose rules from corrections", "根据人工更正提出规则"},
    .description =
        {"Looks for words of tickets that people gave another category, subcategory or priority than the rules would, "
         "and that hardly any other ticket has, and prints keyword rules of them as YAML: how many texts have the "
         "words, "
         "how many of these the value, and how many the rules judge otherwise today. Nothing is applied: read them, "
         "try "
         "them with 'umsops rules diff', and put into your rule file what makes sense.",
         "在人工取值与规则判断不同的工单中查找特有的词语，并以 YAML "
         "输出关键词规则：含这些词的文本数、其中取该值的条数，"
         "以及规则目前判断不同的条数。不会自动启用：请审阅，用 umsops rules diff 试运行，再将合适的放入规则文件。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_learn,
};

}  // namespace umsops::cli
