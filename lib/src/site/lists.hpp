// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "site/part.hpp"

namespace umsops::site {

/// Pages that lead to entries. `root` is the way from the part to the folder of the site.
std::string home_page(Part const& part, std::string const& root);
std::string kind_list(Part const& part, Kind kind, std::string const& root);
std::string category_list(Part const& part, Part::Group const& group, std::string const& root);

/// The page of an entry, in `entries/`: the one at this place of its category.
std::string entry_page(Part const& part, Part::Group const& group, std::size_t place);

}  // namespace umsops::site
