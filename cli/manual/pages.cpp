// SPDX-License-Identifier: Apache-2.0
// The man pages of the program and of each noun, section 1.
#include "cli/exit_code.hpp"
#include "cli/help/help.hpp"
#include "cli/manual/manual.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/config/settings.hpp"

namespace umsops::cli {

namespace {

using base::Language;

/// Said here, and not in tables: a table has to be put right at every start of the program.
std::string_view either(Language language, std::string_view english, std::string_view chinese) {
  return language == Language::zh ? chinese : english;
}

std::string_view stop(Language language) { return language == Language::zh ? "。" : "."; }

std::string trimmed(std::string form) {
  form.erase(0, form.find_first_not_of(' '));
  return form;
}

std::string words_of(Flag const& flag, Language language) {
  bool const zh = language == Language::zh;
  std::string text(flag.doc.in(language));
  if (flag.choices != nullptr) {
    std::string values;
    for (auto const choice : flag.choices()) values += (values.empty() ? "" : zh ? "、" : ", ") + std::string(choice);
    text += zh ? "；可选 " + values : "; one of " + values;
  }
  if (!flag.fallback.empty())
    text += (zh ? "（默认：" : " (default: ") + fallback_text(flag, language) + (zh ? "）" : ")");
  if (flag.repeatable) text += zh ? "；可重复" : "; may be repeated";
  return text.append(stop(language));
}

void add_flags(Roff& page, std::span<Flag const> flags, Language language) {
  for (auto const& flag : flags) page.item(trimmed(flag_form(flag)), words_of(flag, language));
}

void add_command(Roff& page, Command const& command, Language language) {
  bool const zh = language == Language::zh;
  page.subheading(usage_line(command, language));
  page.paragraph(command.description.in(language));
  for (auto const& argument : command.arguments)
    page.item(argument.name, std::string(argument.doc.in(language)).append(stop(language)));
  add_flags(page, command.flags, language);
  if (!command.schema.empty())
    page.paragraph((zh ? "JSON 的模式为 " : "The JSON has the schema ") +
                   std::string(command.schema).append(stop(language)));
  std::string const comma = zh ? "、" : ", ";
  std::string codes = "0" + comma + "1" + comma + "2";
  for (int const code : command.exits) codes += comma + std::to_string(code);
  page.paragraph((zh ? "退出码：" : "Exit codes: ") + codes.append(stop(language)));
}

void add_examples(Roff& page, std::vector<Command const*> const& shown, Language language) {
  page.heading(either(language, "EXAMPLES", "示例"));
  for (auto const* command : shown) {
    for (auto const& example : command->examples) {
      page.paragraph(std::string(example.note.in(language)) + (language == Language::zh ? "：" : ":"));
      page.verbatim(example.line);
    }
  }
}

void add_exit_status(Roff& page, Language language) {
  page.heading(either(language, "EXIT STATUS", "退出状态"));
  for (auto const& code : exit_codes())
    page.item(std::to_string(code.code), std::string(code.meaning.in(language)).append(stop(language)));
}

std::vector<Command const*> commands_of(std::string_view noun) {
  std::vector<Command const*> found;
  for (auto const* command : commands()) {
    auto const blank = command->path.find(' ');
    bool const fits = noun.empty() ? blank == std::string_view::npos
                                   : command->path.substr(0, blank) == noun && blank != std::string_view::npos;
    if (fits && !command->hidden) found.push_back(command);
  }
  return found;
}

Page noun_page(Noun const& noun, Language language) {
  std::string const name = "umsops-" + std::string(noun.name);
  Roff page(name, 1, noun.summary.in(language), language);
  auto const shown = commands_of(noun.name);
  page.heading(either(language, "SYNOPSIS", "概要"));
  for (auto const* command : shown) {
    std::string const line = usage_line(*command, language);
    std::size_t const words = std::string("umsops ").size() + command->path.size();
    page.synopsis(line.substr(0, words), line.substr(words));
  }
  page.heading(either(language, "COMMANDS", "命令"));
  for (auto const* command : shown) add_command(page, *command, language);
  page.heading(either(language, "GLOBAL FLAGS", "全局选项"));
  page.paragraph(either(language,
                        "Every command also accepts the flags of umsops(1), in any position; the last one wins.",
                        "所有命令还接受 umsops(1) 的选项，位置不限；重复时以最后一个为准。"));
  add_examples(page, shown, language);
  add_exit_status(page, language);
  page.heading(either(language, "SEE ALSO", "参见"));
  page.paragraph(
      "umsops(1), umsops-config(5), umsops-rules(5), umsops-mapping(5), umsops-flow(5), umsops-roster(5), "
      "umsops-services(5), umsops-sender(5), umsops-inhibition(5), umsops-escalation(5), umsops-article(5), "
      "umsops-runbook(5), umsops-reports(5), umsops-fields(5), umsops-views(5), umsops-templates(5), "
      "umsops-recurring(5)");
  return {name + ".1", page.text()};
}

void add_topics(Roff& page, Language language) {
  for (auto const& topic : topics()) {
    if (topic.name == "exit-codes" || topic.name == "environment") continue;
    std::string title;
    for (char const c : topic.name) title += c == '-' ? ' ' : base::ascii_upper(c);
    if (title == "ZH") title = "CHINESE";
    page.heading(language == Language::zh ? topic.summary.zh : std::string_view(title));
    page.verbatim(topic.text(language));
  }
}

std::string see_also() {
  std::string text;
  for (auto const& noun : nouns()) {
    if (noun.name != "generate") text += "umsops-" + std::string(noun.name) + "(1), ";
  }
  return text +
         "umsops-config(5), umsops-rules(5), umsops-mapping(5), umsops-flow(5), umsops-roster(5), umsops-services(5), "
         "umsops-sender(5), umsops-inhibition(5), umsops-escalation(5), umsops-article(5), umsops-reports(5), "
         "umsops-fields(5), umsops-views(5), umsops-templates(5), umsops-recurring(5)";
}

Page main_page(Language language) {
  Roff page("umsops", 1,
            either(language, "operations toolkit for identity-platform teams", "身份认证平台团队的运维工具"), language);
  page.heading(either(language, "SYNOPSIS", "概要"));
  page.synopsis("umsops", " [global flags] NOUN VERB [ID...|-] [flags]");
  page.heading(either(language, "DESCRIPTION", "描述"));
  page.paragraph(either(
      language,
      "umsops keeps user support tickets in one file, classifies them by rules that explain themselves, and records "
      "every change in a history that can be checked for damage and edits. There is no server. Standard output carries "
      "data, standard error everything that is said to people.",
      "umsops "
      "将用户支持工单保存在一个文件中，用能说明理由的规则进行分类，并把每次修改记入可校验损坏与改动的历史。不需要服务器"
      "。"
      "标准输出只有数据，"
      "对人的提示都写到标准错误。"));
  page.heading(either(language, "NOUNS", "名词"));
  for (auto const& noun : nouns()) {
    if (noun.name == "generate") continue;
    page.item("umsops " + std::string(noun.name), std::string(noun.summary.in(language)) +
                                                      (language == Language::zh ? "；参见 umsops-" : "; see umsops-") +
                                                      std::string(noun.name).append("(1)").append(stop(language)));
  }
  page.heading(either(language, "COMMANDS", "命令"));
  for (auto const* command : commands_of({})) add_command(page, *command, language);
  page.heading(either(language, "GLOBAL FLAGS", "全局选项"));
  add_flags(page, global_flags(), language);
  add_exit_status(page, language);
  page.heading(either(language, "ENVIRONMENT", "环境变量"));
  for (auto const& topic : topics()) {
    if (topic.name == "environment") page.verbatim(topic.text(language));
  }
  page.heading(either(language, "FILES", "文件"));
  page.item("/etc/umsops/config.yaml", either(language, "settings of the system.", "系统的设置。"));
  page.item("$XDG_CONFIG_HOME/umsops/config.yaml", either(language, "settings of the user.", "用户的设置。"));
  page.item("umsops.yaml", either(language, "settings of a project, in the working directory or above it.",
                                  "项目的设置，位于当前目录或其上级目录。"));
  page.item("$XDG_DATA_HOME/umsops/desk.db", either(language, "the default store.", "默认的数据文件。"));
  add_topics(page, language);
  add_examples(page, commands_of({}), language);
  page.heading(either(language, "SEE ALSO", "参见"));
  page.paragraph(see_also());
  return {"umsops.1", page.text()};
}

}  // namespace

std::vector<Page> man_pages(Language language) {
  std::vector<Page> pages{main_page(language)};
  for (auto const& noun : nouns()) {
    if (noun.name != "generate") pages.push_back(noun_page(noun, language));
  }
  return pages;
}

}  // namespace umsops::cli
