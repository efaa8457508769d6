// SPDX-License-Identifier: Apache-2.0
// What is made from the registry and shipped beside the program.
#include "cli/commands.hpp"
#include "cli/completion/offers.hpp"
#include "cli/completion/scripts.hpp"
#include "cli/env.hpp"
#include "cli/files.hpp"
#include "cli/flag_values.hpp"
#include "cli/manual/manual.hpp"
#include "umsops/desk/server_roles.hpp"

namespace umsops::cli {

namespace {

void write_file(std::string const& folder, std::string_view name, std::string_view text) {
  FileOutput file(folder + "/" + std::string(name));
  file.write(text);
  file.commit();
}

int run_man(Env&, Call const& call) {
  bool const chinese = call.words.size() > 1;
  auto pages = man_pages(chinese ? base::Language::zh : base::Language::en);
  auto const of_files = chinese ? chinese_pages(read_whole(call.words[1], 1 << 20), call.words[1]) : format_pages();
  pages.insert(pages.end(), of_files.begin(), of_files.end());
  for (auto const& page : pages) write_file(call.words[0], page.file, page.text);
  return 0;
}

int run_roles(Env&, Call const& call) {
  write_file(call.words[0], "roles.sql", desk::server_roles());
  return 0;
}

int run_generate_completion(Env&, Call const& call) {
  for (auto const& script : completion_scripts()) write_file(call.words[0], script.file, script.text);
  return 0;
}

std::span<std::string_view const> shells() {
  static constexpr std::string_view kShells[] = {"bash", "zsh", "fish"};
  return kShells;
}

int run_completion(Env& env, Call const& call) {
  static constexpr Flag kShell{.name = "shell", .type = FlagType::choice, .choices = shells};
  std::string const shell = check_value(kShell, call.words[0], env.language());
  for (auto const& script : completion_scripts()) {
    if (script.shell == shell) env.out().write(script.text);
  }
  return 0;
}

constexpr Argument kFolder[] = {{"DIR", {"an existing folder", "已有的目录"}, true, false, offer::directories}};
constexpr Argument kManual[] = {{"DIR", {"an existing folder", "已有的目录"}, true, false, offer::directories},
                                {"CATALOGUE",
                                 {"in Chinese, with these sentences", "生成中文手册，使用此文件中的语句"},
                                 false,
                                 false,
                                 offer::files}};
constexpr Argument kShells[] = {{"SHELL", {"bash, zsh or fish", "bash、zsh 或 fish"}, true, false}};
constexpr Example kCompletionExamples[] = {
    {"umsops completion bash > umsops.bash; source umsops.bash", {"for this shell", "用于当前 shell"}},
    {"umsops completion fish > umsops.fish",
     {"for fish: put it in ~/.config/fish/completions", "用于 fish：放入 ~/.config/fish/completions"}},
};

}  // namespace

constinit Command const kCompletion{
    .path = "completion",
    .summary = {"print the completion script of a shell", "输出 shell 的补全脚本"},
    .description =
        {"Prints the small script that a shell loads; the program supplies ids, values and names while you type.",
         "输出供 shell 加载的小脚本；输入时由程序实时提供编号、取值和名称。"},
    .arguments = kShells,
    .examples = kCompletionExamples,
    .without_settings = true,
    .run = run_completion,
};
constinit Command const kGenerateMan{
    .path = "generate man",
    .summary = {"write the man pages", "生成手册页"},
    .description = {"Writes all man pages into a folder.", "将全部手册页写入目录。"},
    .arguments = kManual,
    .hidden = true,
    .without_settings = true,
    .run = run_man,
};
constinit Command const kGenerateRoles{
    .path = "generate roles",
    .summary = {"write the roles of a shared desk", "生成共享服务台的角色脚本"},
    .description = {"Writes the roles of a shared desk, a file for psql, into a folder.",
                    "将共享服务台的角色脚本（供 psql 执行）写入目录。"},
    .arguments = kFolder,
    .hidden = true,
    .without_settings = true,
    .run = run_roles,
};
constinit Command const kGenerateCompletion{
    .path = "generate completion",
    .summary = {"write the completion scripts", "生成补全脚本"},
    .description = {"Writes the completion scripts of all shells into a folder.", "将所有 shell 的补全脚本写入目录。"},
    .arguments = kFolder,
    .hidden = true,
    .without_settings = true,
    .run = run_generate_completion,
};

}  // namespace umsops::cli
