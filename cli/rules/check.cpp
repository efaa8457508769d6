// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/completion/offers.hpp"
#include "cli/rules/rules.hpp"
#include "umsops/desk/rule_desk.hpp"

namespace umsops::cli {

namespace {

using base::Value;

Value names_of(NounRules const& one) {
  Value::List list;
  for (auto const& file : one.files) list.emplace_back(file);
  if (one.files.empty()) list.emplace_back(config::builtin_rules_name(*one.target));
  return list;
}

std::string names_text(Env& env, NounRules const& one) {
  std::string text;
  for (auto const& file : one.files) text += (text.empty() ? "" : ", ") + file;
  return text.empty() ? env.phrase(Phrase::builtin_name, {{"noun", std::string(one.target->type.noun)}}) : text;
}

int run_check(Env& env, Call const& call) {
  std::string lines;
  Value::List sets;
  for (auto const& one : rule_sources(env, call.words)) {
    auto const set = rules::RuleSet::compile(one.source);
    auto const rules = static_cast<std::int64_t>(set.size());
    lines +=
        env.phrase(Phrase::rules_sound,
                   {{"files", names_text(env, one)}, {"rules", std::to_string(rules)}, {"version", set.version()}}) +
        "\n";
    sets.emplace_back(Value::Object{
        {"noun", one.target->type.noun}, {"files", names_of(one)}, {"rules", rules}, {"version", set.version()}});
  }
  if (env.human()) {
    env.out().write(lines);
    return 0;
  }
  // The first set stands outside, too: there was one only, once.
  Value const first = sets.front();
  format::write_document(env.out(), env.style("version"),
                         Value::Object{{"schema", "umsops.rules.check/v1"},
                                       {"ok", true},
                                       {"files", *first.find("files")},
                                       {"rules", *first.find("rules")},
                                       {"version", *first.find("version")},
                                       {"problems", Value::List()},
                                       {"sets", std::move(sets)}});
  return 0;
}

std::string shown(Env& env, std::string const& value) { return value.empty() ? env.phrase(Phrase::nothing) : value; }

void write_failure(Env& env, desk::RuleTestResult const& result) {
  for (auto const& [field, got] : result.got) {
    auto const* expected = result.test.expect.find(field);
    env.remark(env.phrase(Phrase::test_failed,
                          {{"spot", result.test.file + ":" + std::to_string(result.test.line)},
                           {"name", result.test.name},
                           {"field", field},
                           {"got", shown(env, got)},
                           {"expected", shown(env, expected == nullptr ? "" : std::string(expected->text()))}}));
  }
}

Value case_of(std::string_view noun, desk::RuleTestResult const& result) {
  Value::Object got;
  for (auto const& [field, value] : result.got) got.emplace_back(field, value.empty() ? Value() : Value(value));
  return Value::Object{{"noun", noun},
                       {"name", result.test.name},
                       {"passed", result.passed},
                       {"file", result.test.file},
                       {"line", result.test.line},
                       {"expect", result.test.expect},
                       {"got", std::move(got)}};
}

/// The cases of the sets, and of the files of --cases: each with the rules of its kind of record.
std::vector<std::pair<std::string_view, desk::RuleTestResult>> run_all(std::vector<NounRules> sets, Call const& call,
                                                                       std::string& version) {
  std::vector<std::pair<std::string_view, desk::RuleTestResult>> out;
  for (auto& [target, files, source] : sets) {
    auto const set = rules::RuleSet::compile(source);
    if (version.empty()) version = set.version();
    for (auto const& file : call.all("cases")) {
      for (auto& test : config::read_rule_cases(file, *target)) source.cases.push_back(std::move(test));
    }
    for (auto& result : desk::run_rule_tests(set, source.cases)) out.emplace_back(target->type.noun, std::move(result));
  }
  return out;
}

int run_test(Env& env, Call const& call) {
  std::string version;
  auto const results = run_all(rule_sources(env, call.words), call, version);
  std::int64_t failed = 0;
  Value::List items;
  for (auto const& [noun, result] : results) {
    failed += result.passed ? 0 : 1;
    items.push_back(case_of(noun, result));
  }
  auto const total = static_cast<std::int64_t>(results.size());
  if (env.human()) {
    for (auto const& [noun, result] : results) {
      if (!result.passed) write_failure(env, result);
    }
    env.out().write(
        env.phrase(Phrase::rule_tests, {{"passed", std::to_string(total - failed)}, {"total", std::to_string(total)}}) +
        "\n");
  } else {
    format::write_document(env.out(), env.style("name"),
                           Value::Object{{"schema", "umsops.rules.test/v1"},
                                         {"ok", failed == 0},
                                         {"total", total},
                                         {"failed", failed},
                                         {"version", version},
                                         {"items", std::move(items)}});
  }
  if (failed == 0) return 0;
  env.out().flush();
  throw base::Error(base::errors::rules_test_failed,
                    {{"failed", std::to_string(failed)}, {"total", std::to_string(total)}});
}

int run_show(Env& env, Call const& call) {
  env.out().write(config::builtin_rules_text(target_of(call)));
  return 0;
}

constexpr Argument kFiles[] = {{"FILE",
                                {"rule files; default: those of the settings", "规则文件；缺省为设置中的文件"},
                                false,
                                true,
                                offer::files}};
constexpr Flag kTestFlags[] = {{.name = "cases",
                                .value = "FILE",
                                .type = FlagType::file,
                                .doc = {"more test cases from a separate file", "另外从此文件读取测试用例"},
                                .repeatable = true,
                                .offer = offer::files}};
constexpr Flag kShowFlags[] = {kNoun};
constexpr Example kCheckExamples[] = {
    {"umsops rules check rules.yaml", {"before it goes live", "上线之前检查"}},
    {"umsops rules check -o json | jq -r .version", {"the version of the rules in use", "当前规则的版本"}},
};
constexpr Example kTestExamples[] = {
    {"umsops rules test rules.yaml", {"the cases in the file", "运行文件中的测试用例"}},
    {"umsops rules test -o json | jq '[.total, .failed]'",
     {"for CI: exit 5 if one fails", "用于 CI：有失败时退出码为 5"}},
};
constexpr Example kShowExamples[] = {
    {"umsops rules show > my-rules.yaml", {"a start for rules of your own", "以此为起点编写自己的规则"}},
    {"umsops rules show --noun incident", {"those for incidents", "针对故障的规则"}},
};
constexpr int kCheckExits[] = {5, 9};
constexpr int kTestExits[] = {5, 9};

}  // namespace

constinit Command const kRulesCheck{
    .path = "rules check",
    .summary = {"check rule files", "检查规则文件"},
    .description =
        {"Reads and compiles rule files and reports the first error with file, line and column. 'noun:' in a "
         "file says what its rules are for. For all errors of a file at once see 'umsops lint'.",
         "读取并编译规则文件，指出第一个错误所在的文件、行和列。规则针对哪类记录由文件中的 noun: 决定。"
         "一次列出全部问题请用 umsops lint。"},
    .arguments = kFiles,
    .examples = kCheckExamples,
    .exits = kCheckExits,
    .schema = "umsops.rules.check/v1",
    .run = run_check,
};

constinit Command const kRulesTest{
    .path = "rules test",
    .summary = {"run the test cases of rule files", "运行规则文件的测试用例"},
    .description = {"Runs the test cases of rule files ('cases:') and reports each field that differs.",
                    "运行规则文件自带的用例（cases:），并指出每个结果不符的字段。"},
    .arguments = kFiles,
    .flags = kTestFlags,
    .examples = kTestExamples,
    .exits = kTestExits,
    .schema = "umsops.rules.test/v1",
    .run = run_test,
};

constinit Command const kRulesShow{
    .path = "rules show",
    .summary = {"print the built-in rules", "显示内置规则"},
    .description = {"Prints the built-in rules as YAML. Your own file can include them with 'use: builtin'.",
                    "以 YAML 输出程序自带的规则。自己的规则文件可用 use: builtin 引入它们。"},
    .flags = kShowFlags,
    .examples = kShowExamples,
    .without_settings = true,
    .run = run_show,
};

}  // namespace umsops::cli
