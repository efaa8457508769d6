// SPDX-License-Identifier: Apache-2.0
// The man pages of the program and of each noun, section 1.
#include "cli/exit_code.hpp"
#include "cli/help/help.hpp"
#include "cli/manual/manual.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/config/settings.hpp"

namespace umsops::cli {

namespace {

constexpr base::Language kEnglish = base::Language::en;

std::string trimmed(std::string form) {
  form.erase(0, form.find_first_not_of(' '));
  return form;
}

std::string words_of(Flag const& flag) {
  std::string text(flag.doc.en);
  if (flag.choices != nullptr) {
    std::string values;
    for (auto const choice : flag.choices()) values += (values.empty() ? "" : ", ") + std::string(choice);
    text += "; one of " + values;
  }
  if (!flag.fallback.empty()) text += " (default: " + std::string(flag.fallback) + ")";
  if (flag.repeatable) text += "; may be repeated";
  return text + ".";
}

void add_flags(Roff& page, std::span<Flag const> flags) {
  for (auto const& flag : flags) page.item(trimmed(flag_form(flag)), words_of(flag));
}

void add_command(Roff& page, Command const& command) {
  page.subheading(usage_line(command));
  page.paragraph(command.description.en);
  for (auto const& argument : command.arguments) page.item(argument.name, std::string(argument.doc.en) + ".");
  add_flags(page, command.flags);
  if (!command.schema.empty()) page.paragraph("The JSON has the schema " + std::string(command.schema) + ".");
  std::string codes = "0, 1, 2";
  for (int const code : command.exits) codes += ", " + std::to_string(code);
  page.paragraph("Exit codes: " + codes + ".");
}

void add_examples(Roff& page, std::vector<Command const*> const& shown) {
  page.heading("EXAMPLES");
  for (auto const* command : shown) {
    for (auto const& example : command->examples) {
      page.paragraph(std::string(example.note.en) + ":");
      page.verbatim(example.line);
    }
  }
}

void add_exit_status(Roff& page) {
  page.heading("EXIT STATUS");
  for (auto const& code : exit_codes()) page.item(std::to_string(code.code), std::string(code.meaning.en) + ".");
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

Page noun_page(Noun const& noun) {
  std::string const name = "umsops-" + std::string(noun.name);
  Roff page(name, 1, noun.summary.en);
  auto const shown = commands_of(noun.name);
  page.heading("SYNOPSIS");
  for (auto const* command : shown) {
    std::string const line = usage_line(*command);
    std::size_t const words = std::string("umsops ").size() + command->path.size();
    page.synopsis(line.substr(0, words), line.substr(words));
  }
  page.heading("COMMANDS");
  for (auto const* command : shown) add_command(page, *command);
  page.heading("GLOBAL FLAGS");
  page.paragraph("Every command also accepts the flags of umsops(1), in any position; the last one wins.");
  add_examples(page, shown);
  add_exit_status(page);
  page.heading("SEE ALSO");
  page.paragraph(
      "umsops(1), umsops-config(5), umsops-rules(5), umsops-mapping(5), umsops-flow(5), umsops-roster(5), "
      "umsops-services(5), umsops-sender(5), umsops-inhibition(5), umsops-escalation(5), umsops-article(5), "
      "umsops-runbook(5), umsops-reports(5)");
  return {name + ".1", page.text()};
}

void add_topics(Roff& page) {
  for (auto const& topic : topics()) {
    if (topic.name == "exit-codes" || topic.name == "environment") continue;
    std::string title;
    for (char const c : topic.name) title += c == '-' ? ' ' : base::ascii_upper(c);
    page.heading(title == "ZH" ? "CHINESE" : title);
    page.verbatim(topic.text(kEnglish));
  }
}

std::string see_also() {
  std::string text;
  for (auto const& noun : nouns()) {
    if (noun.name != "generate") text += "umsops-" + std::string(noun.name) + "(1), ";
  }
  return text +
         "umsops-config(5), umsops-rules(5), umsops-mapping(5), umsops-flow(5), umsops-roster(5), umsops-services(5), "
         "umsops-sender(5), umsops-inhibition(5), umsops-escalation(5), umsops-article(5), umsops-reports(5)";
}

Page main_page() {
  Roff page("umsops", 1, "operations toolkit for identity-platform teams");
  page.heading("SYNOPSIS");
  page.synopsis("umsops", " [global flags] NOUN VERB [ID...|-] [flags]");
  page.heading("DESCRIPTION");
  page.paragraph(
      "umsops keeps user support tickets in one file, classifies them by rules that explain themselves, and records "
      "every change in a history that can be checked for damage and edits. There is no server. Standard output carries "
      "data, standard "
      "error everything that is said to people.");
  page.heading("NOUNS");
  for (auto const& noun : nouns()) {
    if (noun.name == "generate") continue;
    page.item("umsops " + std::string(noun.name),
              std::string(noun.summary.en) + "; see umsops-" + std::string(noun.name) + "(1).");
  }
  page.heading("COMMANDS");
  for (auto const* command : commands_of({})) add_command(page, *command);
  page.heading("GLOBAL FLAGS");
  add_flags(page, global_flags());
  add_exit_status(page);
  page.heading("ENVIRONMENT");
  for (auto const& topic : topics()) {
    if (topic.name == "environment") page.verbatim(topic.text(kEnglish));
  }
  page.heading("FILES");
  page.item("/etc/umsops/config.yaml", "settings of the system.");
  page.item("$XDG_CONFIG_HOME/umsops/config.yaml", "settings of the user.");
  page.item("umsops.yaml", "settings of a project, in the working directory or above it.");
  page.item("$XDG_DATA_HOME/umsops/desk.db", "the default store.");
  add_topics(page);
  add_examples(page, commands_of({}));
  page.heading("SEE ALSO");
  page.paragraph(see_also());
  return {"umsops.1", page.text()};
}

}  // namespace

std::vector<Page> man_pages() {
  std::vector<Page> pages{main_page()};
  for (auto const& noun : nouns()) {
    if (noun.name != "generate") pages.push_back(noun_page(noun));
  }
  for (auto& page : format_pages()) pages.push_back(std::move(page));
  return pages;
}

}  // namespace umsops::cli
