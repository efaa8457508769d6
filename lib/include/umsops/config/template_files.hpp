// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/prepared/template.hpp"

namespace umsops::config {

/// The built-in templates and those of the files and folders, by name; a file's takes the place of a built-in one.
/// Throws `yaml.invalid` or `config.invalid` with file and line (the first mistake; the others are its details),
/// `file.unreadable`.
std::vector<prepared::Template> read_templates(std::vector<std::string> const& paths);
/// The template of that name. Throws `template.unknown` with the nearest one of that use.
prepared::Template const& require_template(std::vector<prepared::Template> const& all, std::string_view name,
                                           prepared::Use use);
prepared::Template const& require_template(std::vector<prepared::Template> const& all, std::string_view name);

}  // namespace umsops::config
