// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace umsops::cli {

/// A command line in a variable, divided at blanks. No shell ever sees it.
std::vector<std::string> split_command(std::string const& line);

/// What a program prints, up to 64 KiB; nothing when it could not be started or failed.
std::optional<std::string> output_of(std::vector<std::string> const& command);

/// Goes on as the program at `relative` (to this program's own folder), with these arguments and this environment. Throws
/// `store.library` when there is none.
[[noreturn]] void become(std::string const& relative, char** arguments);

/// Shows `text` in the pager and waits for it. False: it could not be started, nothing was shown.
bool show_in_pager(std::vector<std::string> const& command, std::string const& text);

/// Lets the user edit `text` in a temporary file and gives what was saved. Throws `file.unreadable` when the editor fails.
std::string edit_text(std::vector<std::string> const& command, std::string const& text);

}  // namespace umsops::cli
