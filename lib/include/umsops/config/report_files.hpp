// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/report/definition.hpp"

namespace umsops::config {

/// The built-in reports and those of the files, by name; a file's takes the place of a built-in one. Names of sections
/// are looked up among all of them. Throws `yaml.invalid` or `config.invalid` with file and line (the first mistake;
/// the others are its details), `file.unreadable`.
std::vector<report::Definition> read_reports(std::vector<std::string> const& files);
/// The built-in report of that name, read alone: all of them take ten times as long. nullopt: there is none, or it has
/// others as its sections.
std::optional<report::Definition> builtin_report(std::string_view name);
/// Everything wrong with these files taken together. Empty: sound.
std::vector<base::Error> lint_reports(std::vector<std::string> const& files);
/// The report of that name. Throws `report.unknown` with the nearest one.
report::Definition const& require_report(std::vector<report::Definition> const& reports, std::string_view name);

}  // namespace umsops::config
