// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "umsops/base/error.hpp"
#include "umsops/report/table.hpp"

namespace umsops::format {

/// A figure of the table's counts as HTML with an SVG in it: columns over time, or bars of the groups; empty: there is
/// nothing to draw. Lengths across are parts of the width, so that texts keep their size on any screen. `id` is unique
/// on the page.
std::string chart_of(report::Table const& table, std::string_view id, base::Language language);

}  // namespace umsops::format
