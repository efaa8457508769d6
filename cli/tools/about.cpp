// SPDX-License-Identifier: Apache-2.0
// The program about itself: its commands, help and version.
#include "cli/commands.hpp"
#include "cli/completion/offers.hpp"
#include "cli/env.hpp"
#include "cli/help/help.hpp"
#include "cli/run.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kColumns[] = {
    {"path", FieldType::text, {}, kShown, "The command", "命令", "命令"},
    {"summary", FieldType::text, {}, kShown, "What it does", "用途", "用途"},
    {"description", FieldType::block, {}, 0, "In full", "说明", "说明"},
    {"arguments", FieldType::list, {}, 0, "Its arguments", "参数", "参数"},
    {"flags", FieldType::list, {}, 0, "Its flags", "选项", "选项"},
    {"examples", FieldType::list, {}, 0, "Runnable examples", "示例", "示例"},
    {"exit_codes", FieldType::list, {}, 0, "Exit codes", "退出码", "退出码"},
    {"schema", FieldType::text, {}, base::kInWide, "Schema of its JSON", "JSON 模式", "模式"},
    {"changes", FieldType::boolean, {}, base::kInWide, "Stores something", "会修改数据", "修改"},
};

int run_commands(Env& env, Call const&) {
  auto writer = format::list_writer(env.out(), env.style("path"), "umsops.commands/v1", "command", kColumns);
  for (auto const* command : commands()) {
    if (command->hidden) continue;
    auto const value = describe(*command, env.language());
    base::Row row;
    for (auto const& column : kColumns) row.push_back(*value.find(column.name));
    writer->row(row);
  }
  writer->end({false, {}, {{"global_flags", describe_flags(global_flags(), env.language())}}});
  return 0;
}

int run_help(Env& env, Call const& call) {
  std::string path;
  for (auto const& word : call.words) path += (path.empty() ? "" : " ") + word;
  if (call.on("examples"))
    env.out().write(examples_page(path, env.language()));
  else
    env.out().write(path.empty() ? root_help(env.language()) : help_page(path, true, env.language()));
  return 0;
}

int run_version(Env& env, Call const&) {
  if (env.human() || env.quiet()) {
    env.out().write("umsops " UMSOPS_VERSION "\n");
    return 0;
  }
  format::write_document(env.out(), env.style("version"),
                         Value::Object{{"schema", "umsops.version/v1"},
                                       {"version", UMSOPS_VERSION},
                                       {"library", desk::version()},
                                       {"compiler", "gcc " __VERSION__}});
  return 0;
}

constexpr Argument kPath[] = {
    {"WORD",
     {"a command, a noun or a topic; 'topics' lists the topics", "命令、名词或主题；topics 列出所有主题"},
     false,
     true,
     offer::topics}};
constexpr Example kCommandsExamples[] = {
    {"umsops commands", {"all of them", "全部命令"}},
    {"umsops commands -o json | jq -r '.items[] | .path'", {"for a program", "供程序使用"}},
};
constexpr Example kHelpExamples[] = {
    {"umsops help ticket create", {"a command", "查看命令"}},
    {"umsops help exit-codes", {"a topic", "查看主题"}},
    {"umsops help ticket --examples", {"only lines to copy", "仅列出可复制的示例"}},
};
constexpr Flag kHelpFlags[] = {{.name = "examples", .doc = {"only the examples", "仅显示示例"}}};
constexpr Example kVersionExamples[] = {
    {"umsops version", {"for people", "供人阅读"}},
    {"umsops version -o json | jq -r .version", {"for a program", "供程序使用"}},
};

}  // namespace

constinit Command const kCommandsList{
    .path = "commands",
    .summary = {"list all commands", "列出全部命令"},
    .description =
        {"Lists every command; with -o json also flags, values, examples, exit codes and the schema of its JSON.",
         "列出全部命令；-o json 还给出选项、可选值、示例、退出码和 JSON 模式。"},
    .examples = kCommandsExamples,
    .schema = "umsops.commands/v1",
    .without_settings = true,
    .run = run_commands,
};
constinit Command const kHelp{
    .path = "help",
    .summary = {"show help on a command or a topic", "显示命令或主题的帮助"},
    .description = {"Shows the full page of a command, the commands of a noun, or a topic.",
                    "显示命令的完整帮助、名词下的命令或主题。"},
    .arguments = kPath,
    .flags = kHelpFlags,
    .examples = kHelpExamples,
    .without_settings = true,
    .run = run_help,
};
constinit Command const kVersion{
    .path = "version",
    .summary = {"print the version", "显示版本"},
    .description = {"Prints the version of the program; with -o json also its libraries.",
                    "显示程序版本；-o json 还给出其组成部分的版本。"},
    .examples = kVersionExamples,
    .schema = "umsops.version/v1",
    .without_settings = true,
    .run = run_version,
};

}  // namespace umsops::cli
