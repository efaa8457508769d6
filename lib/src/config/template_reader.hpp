// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"
#include "umsops/prepared/template.hpp"

namespace umsops::config {

/// Each template of the text that is sound.
std::vector<prepared::Template> read_template_text(std::string_view text, std::string const& file, Problems& problems);

// Parts that recurring tickets have, too.

/// One text for both languages, or a map of en and zh. Their tags name `known` alone.
prepared::BothTexts worded_in(Node const& node, std::span<std::string_view const> known, Problems& problems);
/// The fields of a ticket in a map, whose other keys are the caller's.
prepared::TicketForm read_ticket_form(Node const& node, std::span<std::string_view const> known, Problems& problems);
/// The keys that `read_ticket_form` takes.
std::vector<std::string_view> const& ticket_form_keys();
/// A name of small letters, digits, - and _.
std::string plain_name_of(Node const& node);

}  // namespace umsops::config
