// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "cli/commands.hpp"
#include "cli/completion/offers.hpp"
#include "cli/configured.hpp"
#include "cli/outcome.hpp"
#include "cli/rules/rules.hpp"
#include "umsops/config/mute_files.hpp"
#include "umsops/config/roster_files.hpp"
#include "umsops/config/yaml_folder.hpp"
#include "umsops/prepared/recurring.hpp"

namespace umsops::cli {

namespace {

using base::Value;

struct Files {
  std::vector<std::string> each;
  // Each one whole: what one of its files names may stand in another.
  std::vector<std::string> roster, services, inhibition;
};

/// Settings whose files are read as one, and those that may name folders.
constexpr std::string_view kTogether[] = {"roster", "services", "inhibition"};
constexpr std::string_view kFolders[] = {"runbooks", "templates", "recurring"};
bool holds(std::span<std::string_view const> keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Every file that a run would read. A settings file that cannot be read is a problem itself.
Files configured_files(Env& env, std::vector<base::Error>& problems) {
  try {
    Files files{env.settings().files(), env.settings().list("roster"), env.settings().list("services"),
                env.settings().list("inhibition")};
    for (auto const& setting : config::settings()) {
      if (setting.type != config::SettingType::paths || holds(kTogether, setting.key)) continue;
      for (auto const& path : env.settings().list(setting.key)) {
        auto found = holds(kFolders, setting.key) ? config::yaml_files(path) : std::vector{path};
        std::move(found.begin(), found.end(), std::back_inserter(files.each));
      }
    }
    for (auto const* key : {"chat_flow", "phone_flow", "priority_matrix", "escalation", "channels"}) {
      if (auto const& file = env.settings().text(key); !file.empty()) files.each.push_back(file);
    }
    return files;
  } catch (base::Error const& error) {
    problems.push_back(error);
    return {};
  }
}

/// The services of the settings; their owners are looked for in a roster that is sound.
std::vector<base::Error> lint_services(Env& env, Files const& files, bool roster_is_sound) {
  if (files.services.empty()) return {};
  bool const has_roster = roster_is_sound && !files.roster.empty();
  auto const roster = has_roster ? std::optional(config::read_roster(files.roster)) : std::nullopt;
  return config::lint_services(files.services, checks_allowed(env), roster ? &*roster : nullptr);
}

int run_lint(Env& env, Call const& call) {
  std::vector<base::Error> problems;
  auto const files = call.words.empty() ? configured_files(env, problems) : Files{call.words, {}, {}, {}};
  auto const take = [&problems](std::vector<base::Error> found) {
    for (auto& problem : found) problems.push_back(std::move(problem));
  };
  for (auto const& file : files.each) take(config::lint_file(file));
  auto roster_problems = config::lint_roster(files.roster);
  bool const roster_is_sound = roster_problems.empty();
  take(std::move(roster_problems));
  take(lint_services(env, files, roster_is_sound));
  take(config::lint_mute_rules(files.inhibition));
  if (call.words.empty() && problems.empty()) {
    take(unknown_names(env));
    try {
      configured_recurring(env);
    } catch (base::Error const& error) {
      problems.push_back(error);
    }
    for (auto const& error : ending_calendars(env)) env.remark(told_of(error, env.language()));
  }
  answer_problems(env, "umsops.lint/v1", problems,
                  files.each.size() + files.roster.size() + files.services.size() + files.inhibition.size());
  return 0;
}

constexpr Argument kFiles[] = {
    {"FILE",
     {"settings, rules, rule cases, mappings, rosters, SLA files, flows, services, priority matrices, escalation, "
      "inhibition, channels, report, template, recurring or sender files; "
      "default: all configured files",
      "设置、规则、规则用例、映射、名册、SLA、对话流程、服务目录、优先级矩阵、升级、抑制、渠道、报表、模板、定期工单或"
      "发送方文件；缺省"
      "为所有"
      "已配置"
      "的文件"},
     false,
     true,
     offer::files}};
constexpr Example kExamples[] = {
    {"umsops lint", {"everything that is configured", "检查全部已配置的文件"}},
    {"umsops lint rules.yaml mapping.yaml -o json | jq .ok",
     {"for CI: exit 9 if there are problems", "用于 CI：有问题时退出码为 9"}},
};
constexpr int kExits[] = {9};

}  // namespace

constinit Command const kLint{
    .path = "lint",
    .summary = {"check every YAML file that the program reads", "检查程序读取的所有 YAML 文件"},
    .description =
        {"Lists all problems of settings, rule, mapping, roster, SLA, flow, service, escalation, inhibition, "
         "channels, report, template, recurring and sender files "
         "and priority matrices, one per line: file, line, column, problem.",
         "列出设置、规则、映射、名册、SLA、对话流程、服务目录、升级、抑制、渠道、报表、模板、定期工单、发送方文件和优先"
         "级矩阵的全部问题"
         "，每行一个：文件、"
         "行、列、问题。"},
    .arguments = kFiles,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.lint/v1",
    .without_settings = true,
    .run = run_lint,
};

}  // namespace umsops::cli
