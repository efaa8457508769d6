// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"

namespace umsops::cli {

class Env;
class Call;

/// A text for people in both languages.
struct Text {
  std::string_view en, zh;
  std::string_view in(base::Language language) const { return language == base::Language::zh ? zh : en; }
};

enum class FlagType {
  flag,  ///< no value; has a `--no-` form
  text,
  texts,    ///< several texts with commas
  integer,  ///< 0 or more
  duration,
  time,
  choice,
  choices,  ///< several choices with commas
  fields,
  file,
  directory,
  pair,  ///< NAME=VALUE
};

/// What completion offers for a value beside its choices: adds to the candidates. See `cli/completion/offers.hpp`.
class Candidates;
using Offer = void (*)(Candidates& out);

using Words = std::span<std::string_view const> (*)();

/// One flag: parser, help, man page and completion read nothing else.
struct Flag {
  std::string_view name;   ///< without dashes
  char letter = 0;         ///< its short form, 0: none
  std::string_view value;  ///< `TEXT`; empty for FlagType::flag
  FlagType type = FlagType::flag;
  Text doc;
  std::string_view fallback = {};  ///< what holds when it is not given, for the help
  Words choices = nullptr;
  bool repeatable = false;  ///< each one counts; otherwise the last one wins
  bool required = false;
  Offer offer = nullptr;
};

struct Argument {
  std::string_view name;  ///< `ID`
  Text doc;
  bool required = false;
  bool many = false;
  Offer offer = nullptr;
  std::string_view flag = {};  ///< the word is what this flag says: `create 'no light'`; the only argument then
};

struct Example {
  std::string_view line;  ///< runs as it stands
  Text note;
};

/// One command, described once.
struct Command {
  std::string_view path;  ///< `ticket create`
  Text summary;           ///< one line
  Text description;       ///< paragraphs, divided by an empty line
  std::span<Argument const> arguments = {};
  std::span<Flag const> flags = {};
  std::span<Example const> examples = {};
  std::span<int const> exits = {};  ///< codes it may end with beside 0, 1 and 2
  std::string_view schema = {};     ///< of its JSON
  Words formats = nullptr;          ///< what -o takes, where it has formats of its own; null: what all commands take
  bool changes = false;             ///< stores something: a closed pipe is an error then
  bool hidden = false;
  bool defers = false;            ///< what is not wrong with its input ends with 75, so that a mail server tries again
  bool without_settings = false;  ///< must work whatever the configuration files say
  int (*run)(Env& env, Call const& call) = nullptr;
};

/// A group of commands under one word; some of its verbs are groups themselves (`ticket intake`).
struct Noun {
  std::string_view name;  ///< all words up to it
  Text summary;
  bool product = false;  ///< stands in the first group of the help
  bool store = false;    ///< its commands open the store
};

/// All commands and nouns, in the order of the help.
std::span<Command const* const> commands();
std::span<Noun const> nouns();
/// The groups below a noun: what they are, for the help.
std::span<Noun const> verb_groups();
/// Flags that every command takes.
std::span<Flag const> global_flags();

Command const* find_command(std::string_view path);
/// The noun, or the group of verbs.
Noun const* find_noun(std::string_view name);
/// Of the command, or of the noun; empty: there is neither.
Text summary_of(std::string_view path);
/// Some command's path goes on behind these words.
bool is_group(std::string_view path);
/// The words that may stand behind a group, once each, in the order of the help; of the empty one: the first words.
std::vector<std::string_view> next_words(std::string_view group);
/// The flag of this command, or the global one.
Flag const* find_flag(Command const* command, std::string_view name);
Flag const* find_flag(Command const* command, char letter);

}  // namespace umsops::cli
