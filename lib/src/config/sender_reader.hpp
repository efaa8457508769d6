// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "config/problems.hpp"
#include "umsops/alert/sender.hpp"

namespace umsops::config {

/// Reads a sender file; all errors go to `problems`.
alert::Sender read_sender_text(std::string_view text, std::string const& file, Problems& problems);
alert::Sender read_sender_tree(Node const& root, std::string const& file, Problems& problems);

/// Parts of one, shared by its sections.
alert::Path sender_path(Node const& yaml);
/// One text, or a list of which the first that can be filled counts.
alert::Choice sender_choice(Node const& yaml);
/// One condition, or a list that must hold as a whole.
std::vector<alert::Condition> sender_conditions(Node const& yaml, Problems& problems);
/// An expression that RE2 takes; gives the names of its groups.
std::vector<std::string> sender_regex(Node const& yaml, std::string& into);

/// Its names apart, what is wrong with it beside the others that are built in.
void check_beside_builtin(alert::Sender const& sender, Problems& problems);

}  // namespace umsops::config
