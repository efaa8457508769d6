// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "cli/call.hpp"
#include "cli/surroundings.hpp"
#include "umsops/format/output.hpp"

/// What scripts ask of the output beside a format's name.
namespace umsops::cli {

/// What --template says of the output. Some commands have ready words under the same flag: there it is the name of
/// those, unless it has a tag in it, which no name has, or -o tpl stands beside it.
std::optional<std::string> output_template(Call const& call);
std::optional<std::string> ready_words(Call const& call);
/// Whether records are to be printed by a template.
bool is_shaped(Call const& call);
/// The template, held against the answers of the command. Throws `usage.bad_value`, `field.unknown`, `usage.missing`.
std::string read_shape(Call const& call);
/// What a change answers is looked at before it is made: it would be stored, and its error would hide that. Throws
/// `field.unknown`.
void check_fields(Call const& call);
/// --null is for what can be told apart by nothing else. Throws `usage.excludes`.
void check_null(format::Format format);
/// UMSOPS_OUTPUT_VERSION pins the version of JSON that a script was written for. Throws `usage.bad_value`.
void check_output_version(Variable const& variable);

}  // namespace umsops::cli
