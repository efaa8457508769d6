// SPDX-License-Identifier: Apache-2.0
// The registry as data, for `commands -o json`.
#include "cli/help/help.hpp"

namespace umsops::cli {

namespace {

using base::Value;

std::string_view name_of(FlagType type) {
  switch (type) {
    case FlagType::flag:
      return "flag";
    case FlagType::text:
      return "text";
    case FlagType::texts:
      return "texts";
    case FlagType::integer:
      return "integer";
    case FlagType::duration:
      return "duration";
    case FlagType::time:
      return "time";
    case FlagType::choice:
      return "choice";
    case FlagType::choices:
      return "choices";
    case FlagType::fields:
      return "fields";
    case FlagType::file:
      return "file";
    case FlagType::directory:
      return "directory";
    case FlagType::pair:
      return "pair";
  }
  return {};
}

}  // namespace

Value describe_flags(std::span<Flag const> flags, base::Language language) {
  Value::List list;
  for (auto const& flag : flags) {
    Value::List choices;
    if (flag.choices != nullptr) {
      for (auto const choice : flag.choices()) choices.emplace_back(choice);
    }
    list.emplace_back(Value::Object{{"name", "--" + std::string(flag.name)},
                                    {"short", flag.letter == 0 ? Value() : Value(std::string("-") + flag.letter)},
                                    {"type", name_of(flag.type)},
                                    {"value", base::text_or_null(std::string(flag.value))},
                                    {"choices", std::move(choices)},
                                    {"default", base::text_or_null(std::string(flag.fallback))},
                                    {"repeatable", flag.repeatable},
                                    {"required", flag.required},
                                    {"doc", flag.doc.in(language)}});
  }
  return list;
}

Value describe(Command const& command, base::Language language) {
  Value::List arguments, examples, exits{0, 1, 2};
  for (auto const& argument : command.arguments) {
    arguments.emplace_back(Value::Object{{"name", argument.name},
                                         {"required", argument.required},
                                         {"many", argument.many},
                                         {"doc", argument.doc.in(language)}});
  }
  for (auto const& example : command.examples) {
    examples.emplace_back(Value::Object{{"command", example.line}, {"note", example.note.in(language)}});
  }
  for (int const code : command.exits) exits.emplace_back(code);
  return Value::Object{{"path", command.path},
                       {"summary", command.summary.in(language)},
                       {"description", command.description.in(language)},
                       {"arguments", std::move(arguments)},
                       {"flags", describe_flags(command.flags, language)},
                       {"examples", std::move(examples)},
                       {"exit_codes", std::move(exits)},
                       {"schema", base::text_or_null(std::string(command.schema))},
                       {"changes", command.changes}};
}

}  // namespace umsops::cli
