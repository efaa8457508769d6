// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/time_zone.hpp"
#include "umsops/sla/policy.hpp"

namespace umsops::config {

/// Reads SLA files into one book, their policies in the order given. `use: builtin` in any of them appends the built-in
/// policies, except those whose name a file uses itself. The calendars `24x7` and `business` (of `zone`) may be named
/// without being defined; a file may define its own instead. No files: the built-in book. Throws `yaml.invalid` or
/// `config.invalid` with file and line (the first mistake; the others are its details), `file.unreadable` for a file
/// that is not there.
sla::Book read_sla(std::vector<std::string> const& files, base::TimeZone const& zone);
/// The same for one text; feeds that it names are read from the folder of `file`.
sla::Book read_sla_text(std::string_view text, std::string const& file, base::TimeZone const& zone);

}  // namespace umsops::config
