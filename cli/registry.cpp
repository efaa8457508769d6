// SPDX-License-Identifier: Apache-2.0
#include "cli/registry.hpp"

#include <algorithm>

namespace umsops::cli {

Command const* find_command(std::string_view path) {
  for (auto const* command : commands()) {
    if (command->path == path) return command;
  }
  return nullptr;
}

Noun const* find_noun(std::string_view name) {
  for (auto const group : {nouns(), verb_groups()}) {
    for (auto const& noun : group) {
      if (noun.name == name) return &noun;
    }
  }
  return nullptr;
}

Text summary_of(std::string_view path) {
  if (auto const* command = find_command(path)) return command->summary;
  auto const* noun = find_noun(path);
  return noun != nullptr ? noun->summary : Text();
}

namespace {

/// What follows the group in a command's path; empty: it is not of the group.
std::string_view below(std::string_view group, std::string_view path) {
  if (group.empty()) return path;
  bool const inside = path.size() > group.size() && path.starts_with(group) && path[group.size()] == ' ';
  return inside ? path.substr(group.size() + 1) : std::string_view();
}

}  // namespace

bool is_group(std::string_view path) {
  auto const all = commands();
  return std::any_of(all.begin(), all.end(), [&](auto const* command) { return !below(path, command->path).empty(); });
}

std::vector<std::string_view> next_words(std::string_view group) {
  std::vector<std::string_view> words;
  for (auto const* command : commands()) {
    auto const rest = below(group, command->path);
    auto const word = rest.substr(0, rest.find(' '));
    if (command->hidden || word.empty()) continue;
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  return words;
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
