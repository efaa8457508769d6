// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "umsops/base/value.hpp"

/// Texts with holes, `{{ticket.number}}`: mustache without partials, unescaped values and other delimiters, and with
/// known names alone. Values stand as they are: what one of them brings is no tag.
namespace umsops::notify {

/// What is wrong with a text, by its own lines and columns from 1.
struct TagProblem {
  std::string problem, suggestion;
  std::int64_t line = 1, column = 1;
};
/// nullopt: it is sound, and no tag of it names anything else. A section of a name is what is said where it has a
/// value.
std::optional<TagProblem> tag_problem(std::string_view text, std::span<std::string_view const> known);

/// The text with what `facts` has in the place of its tags; a name with dots is a member of a member. `text` has passed
/// `tag_problem`.
std::string filled(std::string const& text, base::Value const& facts);

}  // namespace umsops::notify
