// SPDX-License-Identifier: Apache-2.0
// Help pages of commands and nouns, made from the registry.
#include "cli/exit_code.hpp"
#include "cli/find_command.hpp"
#include "cli/help/help.hpp"
#include "cli/help/topics.hpp"
#include "cli/language/phrases.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/chinese.hpp"

namespace umsops::cli {

namespace {

using base::Language;
using base::Value;

constexpr std::size_t kColumn = 26, kWidth = 80;

std::string padded(std::string text, std::size_t cells) {
  auto const width = base::cell_width(text);
  return text + std::string(width < cells ? cells - width : 0, ' ');
}

bool is_wide(char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }

/// Folds a text at blanks, or between wide characters, to lines of at most `width` cells.
std::vector<std::string> folded(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    bool const wide = (static_cast<unsigned char>(text[at]) & 0x80) != 0;
    while (end < text.size() && (wide ? (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80
                                      : text[end] != ' ' && (static_cast<unsigned char>(text[end]) & 0x80) == 0)) {
      ++end;
    }
    std::string_view piece = text.substr(at, end - at);
    auto const cells = base::cell_width(piece);
    bool const closes =
        piece == "，" || piece == "。" || piece == "；" || piece == "、" || piece == "：" || piece == "）";
    if (used + cells > width && used > 0 && !closes) {
      lines.emplace_back();
      used = 0;
    }
    if (used == 0 && piece.starts_with(' ')) piece.remove_prefix(1);
    lines.back() += piece;
    used += base::cell_width(piece);
    at = end;
  }
  return lines;
}

void add_item(std::string& out, std::string const& name, std::string_view text, std::size_t column = kColumn) {
  std::string line = "  " + padded(name, column);
  if (base::cell_width(name) >= column) {
    out += "  " + name + "\n";
    line = std::string(column + 2, ' ');
  }
  for (auto const& part : folded(text, kWidth - column - 2)) {
    out += line + part + "\n";
    line = std::string(column + 2, ' ');
  }
}

/// The paragraphs of a topic in lines of the page's width; what is set in stands as it was written.
std::string reflowed(std::string_view text) {
  std::string out, paragraph;
  auto const end_paragraph = [&] {
    if (paragraph.empty()) return;
    for (auto const& line : folded(paragraph, kWidth)) out += line + "\n";
    paragraph.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    auto const end = std::min(text.find('\n', at), text.size());
    auto const line = text.substr(at, end - at);
    at = end + 1;
    if (line.empty() || line.starts_with(' ')) {
      end_paragraph();
      out.append(line).append("\n");
    } else {
      if (!paragraph.empty() && !(is_wide(paragraph.back()) && is_wide(line.front()))) paragraph += ' ';
      paragraph += line;
    }
  }
  end_paragraph();
  return out;
}

std::string heading(Phrase phrase, Language language) { return "\n" + say(phrase, language) + "\n"; }

std::string joined(std::span<std::string_view const> words) {
  std::string out;
  for (auto const word : words) out += (out.empty() ? "" : " ") + std::string(word);
  return out;
}

/// `Usage: umsops ...`
std::string usage(std::string const& line, Language language) {
  return say(Phrase::usage, language) + (language == Language::zh ? "：" : ": ") + line + "\n";
}

/// What stands behind a flag: meaning, values, default.
std::string flag_text(Flag const& flag, Language language, bool full) {
  std::string text(flag.doc.in(language));
  if (flag.required) text += " [" + say(Phrase::required, language) + "]";
  if (full && flag.choices != nullptr)
    text += " [" + say(Phrase::values, language, {{"choices", joined(flag.choices())}}) + "]";
  if (full && !flag.fallback.empty())
    text += " [" + say(Phrase::default_is, language, {{"value", fallback_text(flag, language)}}) + "]";
  if (full && flag.repeatable) text += " [" + say(Phrase::repeatable, language) + "]";
  return text;
}

void add_flags(std::string& out, std::span<Flag const> flags, Language language, bool full) {
  for (auto const& flag : flags) add_item(out, flag_form(flag), flag_text(flag, language, full));
}

void add_examples(std::string& out, Command const& command, Language language) {
  if (command.examples.empty()) return;
  out += heading(Phrase::examples, language);
  for (auto const& example : command.examples) {
    out += "  # " + std::string(example.note.in(language)) + "\n  " + std::string(example.line) + "\n";
  }
}

std::string command_page(Command const& command, bool full, Language language) {
  std::string out(command.summary.in(language));
  out += "\n\n" + usage(usage_line(command, language), language);
  add_examples(out, command, language);
  if (full) {
    out += "\n";
    for (auto const& line : folded(command.description.in(language), kWidth)) out += line + "\n";
  }
  if (!command.arguments.empty()) out += heading(Phrase::arguments, language);
  for (auto const& argument : command.arguments) add_item(out, std::string(argument.name), argument.doc.in(language));
  if (!command.flags.empty()) {
    out += heading(Phrase::flags, language);
    add_flags(out, command.flags, language, full);
  }
  if (!full) return out + "\n" + say(Phrase::more_help, language, {{"path", std::string(command.path)}}) + "\n";
  out += heading(Phrase::global_flags, language);
  add_flags(out, global_flags(), language, false);
  out += heading(Phrase::exit_codes, language);
  for (auto const& code : exit_codes()) {
    bool named = code.code <= 2;
    for (int const own : command.exits) named = named || own == code.code;
    if (named) add_item(out, std::to_string(code.code), code.meaning.in(language), 5);
  }
  if (!command.schema.empty()) {
    out += "\n" + say(Phrase::output_schema, language) + ": umsops schema show " + std::string(command.schema) + "\n";
    out += say(Phrase::table_is_no_interface, language) + "\n";
  }
  return out;
}

std::string noun_page(Noun const& noun, Language language) {
  std::string const line =
      "umsops " + std::string(noun.name) + (language == Language::zh ? " 动词 [选项]" : " VERB [flags]");
  std::string out =
      std::string(noun.summary.in(language)) + "\n\n" + usage(line, language) + heading(Phrase::commands, language);
  for (auto const* command : commands()) {
    if (!command->hidden && command->path.starts_with(std::string(noun.name) + " ")) {
      add_item(out, std::string(command->path), command->summary.in(language));
    }
  }
  return out + "\n" + say(Phrase::more_commands, language) + "\n";
}

std::string topics_page(Language language) {
  std::string out = say(Phrase::topics, language) + "\n";
  for (auto const& topic : topics()) add_item(out, std::string(topic.name), topic.summary.in(language), 14);
  return out;
}

[[noreturn]] void unknown_page(std::string_view path, Language language) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at <= path.size();) {
    auto const blank = std::min(path.find(' ', at), path.size());
    words.emplace_back(path.substr(at, blank - at));
    at = blank + 1;
  }
  std::string const best = nearest_command(words);
  throw base::Error(
      base::errors::usage_unknown_command,
      {{"word", std::string(path.substr(0, 80))},
       {"suggestion", best.empty() ? say(Phrase::see_root_help, language)
                                   : say(Phrase::did_you_mean, language, {{"word", "umsops help " + best}})}});
}

}  // namespace

std::string usage_line(Command const& command, Language language) {
  std::string line = "umsops " + std::string(command.path);
  for (auto const& argument : command.arguments) {
    std::string word = std::string(argument.name) + (argument.many ? "..." : "");
    line += argument.required ? " " + word : " [" + word + "]";
  }
  for (auto const& flag : command.flags) {
    if (flag.required) line += " --" + std::string(flag.name) + " " + std::string(flag.value);
  }
  return line + (command.flags.empty() ? "" : language == Language::zh ? " [选项]" : " [flags]");
}

std::string fallback_text(Flag const& flag, Language language) {
  return language == Language::zh ? base::in_chinese(flag.fallback) : std::string(flag.fallback);
}

std::string flag_form(Flag const& flag) {
  std::string form = flag.letter == 0 ? "    " : std::string("-") + flag.letter + ", ";
  bool const off = flag.fallback == "on";
  form += off ? "--no-" : "--";
  form += flag.name;
  if (!flag.value.empty()) form += " " + std::string(flag.value);
  return form;
}

std::string root_help(Language language) {
  bool const zh = language == Language::zh;
  std::string out = "umsops " UMSOPS_VERSION "\n\n" + usage(zh ? "umsops [全局选项] 名词 动词 [编号...|-] [选项]"
                                                               : "umsops [global flags] NOUN VERB [ID...|-] [flags]",
                                                            language);
  out += std::string(zh ? "\n开始使用\n" : "\nFirst steps\n");
  for (auto const& step : first_steps()) add_item(out, std::string(step.line), step.note.in(language), 42);
  out += heading(Phrase::commands, language);
  for (bool const product : {true, false}) {
    if (!product) out += heading(Phrase::care, language);
    for (auto const& noun : nouns()) {
      std::string verbs;
      for (auto const verb : next_words(noun.name)) verbs += " " + std::string(verb);
      if (noun.product == product && !verbs.empty())
        add_item(out, std::string(noun.name), std::string(noun.summary.in(language)) + (zh ? "：" : ":") + verbs, 12);
    }
  }
  for (auto const* command : commands()) {
    if (!command->hidden && command->path.find(' ') == std::string_view::npos) {
      add_item(out, std::string(command->path), command->summary.in(language), 12);
    }
  }
  out += heading(Phrase::topics, language);
  std::string names;
  for (auto const& topic : topics()) names += (names.empty() ? "" : " ") + std::string(topic.name);
  for (auto const& line : folded(names, kWidth - 2)) out += "  " + line + "\n";
  return out + "\n" + say(Phrase::more_commands, language) + "\n";
}

std::string examples_page(std::string_view path, Language language) {
  std::string out;
  for (auto const* command : commands()) {
    bool const below = path.empty() || command->path.starts_with(std::string(path) + " ");
    if (command->hidden || (command->path != path && !below)) continue;
    add_examples(out, *command, language);
  }
  if (out.empty()) unknown_page(path, language);
  // Under one heading, which says nothing here.
  std::string const title = heading(Phrase::examples, language);
  for (auto at = out.find(title); at != std::string::npos; at = out.find(title, at))
    out.replace(at, title.size(), "\n");
  return out.substr(1);
}

std::string help_page(std::string_view path, bool full, Language language) {
  if (auto const* command = find_command(path); command != nullptr && !command->hidden)
    return command_page(*command, full, language);
  if (path == "topics") return topics_page(language);
  for (auto const& topic : topics()) {
    if (topic.name == path) return reflowed(topic.text(language));
  }
  if (auto const* noun = find_noun(path); noun != nullptr && !next_words(path).empty())
    return noun_page(*noun, language);
  unknown_page(path, language);
}

}  // namespace umsops::cli
