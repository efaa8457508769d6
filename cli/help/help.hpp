// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/registry.hpp"

namespace umsops::cli {

/// The first page: nouns, commands, topics.
std::string root_help(base::Language language);
/// The page of a command, a noun or a topic; of a command either on one screen or in full. Throws
/// `usage.unknown_command`.
std::string help_page(std::string_view path, bool full, base::Language language);

/// The examples alone, of a command or of all below a group; of the empty path: of all commands. Throws
/// `usage.unknown_command`.
std::string examples_page(std::string_view path, base::Language language);

/// A page about something that concerns many commands.
struct Topic {
  std::string_view name;
  Text summary;
  std::string (*text)(base::Language language);
};
std::span<Topic const> topics();

/// `umsops ticket show ID... [flags]`
std::string usage_line(Command const& command, base::Language language);
/// `-t, --title TEXT`, `--[no-]each`
std::string flag_form(Flag const& flag);
/// What holds where the flag is not given.
std::string fallback_text(Flag const& flag, base::Language language);
/// Flags as a list of objects, for programs.
base::Value describe_flags(std::span<Flag const> flags, base::Language language);
/// The document of `umsops commands -o json`: one command.
base::Value describe(Command const& command, base::Language language);

}  // namespace umsops::cli
