// SPDX-License-Identifier: Apache-2.0
#include "cli/registry.hpp"

namespace umsops::cli {

Command const* find_command(std::string_view path) {
  for (auto const* command : commands()) {
    if (command->path == path) return command;
  }
  return nullptr;
}

Noun const* find_noun(std::string_view name) {
  for (auto const& noun : nouns()) {
    if (noun.name == name) return &noun;
  }
  return nullptr;
}

Flag const* find_flag(Command const* command, std::string_view name) {
  if (command != nullptr) {
    for (auto const& flag : command->flags) {
      if (flag.name == name) return &flag;
    }
  }
  for (auto const& flag : global_flags()) {
    if (flag.name == name) return &flag;
  }
  return nullptr;
}

Flag const* find_flag(Command const* command, char letter) {
  if (command != nullptr) {
    for (auto const& flag : command->flags) {
      if (flag.letter == letter) return &flag;
    }
  }
  for (auto const& flag : global_flags()) {
    if (flag.letter == letter) return &flag;
  }
  return nullptr;
}

}  // namespace umsops::cli
