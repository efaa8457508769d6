// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace umsops::cli {

/// The line that is drawn anew in its place on standard error. Whatever else is written to the terminal takes it away
/// first.
void draw_progress_line(std::string const& line);
void clear_progress_line();

}  // namespace umsops::cli
