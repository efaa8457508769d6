// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/store.hpp"
#include "umsops/desk/suggestion.hpp"

namespace umsops::desk {

/// PUBLISHED articles that a record of this title may be answered with, best first, three at most; `public_only` where
/// outsiders read the answer. Whoever files a record must not fail by an index: without a sound one there are none.
std::vector<Suggestion> suggest_articles(store::Store& store, std::string const& title, bool public_only);

}  // namespace umsops::desk
