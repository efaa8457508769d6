// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/rules/rules.hpp"
#include "umsops/desk/rule_desk.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kBuiltin = "builtin.yaml";

Value names_of(std::vector<std::string> const& files) {
  Value::List list;
  for (auto const& file : files) list.emplace_back(file);
  if (files.empty()) list.emplace_back(kBuiltin);
  return list;
}

std::string names_text(Env& env, std::vector<std::string> const& files) {
  std::string text;
  for (auto const& file : files) text += (text.empty() ? "" : ", ") + file;
  return text.empty() ? env.phrase(Phrase::builtin_name) : text;
}

int run_check(Env& env, Call const& call) {
  auto const files = rule_files(env, call.words);
  auto const set = rules::RuleSet::compile(rule_source(files));
  if (env.human()) {
    env.out().write(env.phrase(Phrase::rules_sound, {{"files", names_text(env, files)},
                                                     {"rules", std::to_string(set.size())},
                                                     {"version", set.version()}}) +
                    "\n");
    return 0;
  }
  format::write_document(env.out(), env.style("version"),
                         Value::Object{{"schema", "umsops.rules.check/v1"},
                                       {"ok", true},
                                       {"files", names_of(files)},
                                       {"rules", static_cast<std::int64_t>(set.size())},
                                       {"version", set.version()},
                                       {"problems", Value::List()}});
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

Value case_of(desk::RuleTestResult const& result) {
  Value::Object got;
  for (auto const& [field, value] : result.got) got.emplace_back(field, value.empty() ? Value() : Value(value));
  return Value::Object{{"name", result.test.name}, {"passed", result.passed},      {"file", result.test.file},
                       {"line", result.test.line}, {"expect", result.test.expect}, {"got", std::move(got)}};
}

int run_test(Env& env, Call const& call) {
  auto const files = rule_files(env, call.words);
  auto source = rule_source(files);
  auto const set = rules::RuleSet::compile(source);
  for (auto const& file : call.all("cases")) {
    for (auto& test : config::read_rule_cases(file)) source.cases.push_back(std::move(test));
  }
  auto const results = desk::run_rule_tests(set, source.cases);
  std::int64_t failed = 0;
  Value::List items;
  for (auto const& result : results) {
    failed += result.passed ? 0 : 1;
    items.push_back(case_of(result));
  }
  auto const total = static_cast<std::int64_t>(results.size());
  if (env.human()) {
    for (auto const& result : results) {
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
                                         {"version", set.version()},
                                         {"items", std::move(items)}});
  }
  if (failed == 0) return 0;
  env.out().flush();
  throw base::Error(base::errors::rules_test_failed,
                    {{"failed", std::to_string(failed)}, {"total", std::to_string(total)}});
}

int run_show(Env& env, Call const&) {
  env.out().write(config::builtin_rules_text());
  return 0;
}

constexpr Argument kFiles[] = {{"FILE",
                                {"rule files; default: those of the settings", "规则文件；缺省为设置中的文件"},
                                false,
                                true,
                                Offer::files}};
constexpr Flag kTestFlags[] = {{.name = "cases",
                                .value = "FILE",
                                .type = FlagType::file,
                                .doc = {"more test cases from a separate file", "另外从此文件读取测试用例"},
                                .repeatable = true,
                                .offer = Offer::files}};
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
    {"umsops rules show | grep -c 'id:'", {"how many there are", "规则数量"}},
};
constexpr int kCheckExits[] = {5, 9};
constexpr int kTestExits[] = {5, 9};

}  // namespace

constinit Command const kRulesCheck{
    .path = "rules check",
    .summary = {"check rule files", "检查规则文件"},
    .description = {"Reads and compiles rule files and reports the first error with file, line and column. For all "
                    "errors of a file at once see 'umsops lint'.",
                    "读取并编译规则文件，指出第一个错误所在的文件、行和列。一次列出全部问题请用 umsops lint。"},
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
    .examples = kShowExamples,
    .without_settings = true,
    .run = run_show,
};

}  // namespace umsops::cli
