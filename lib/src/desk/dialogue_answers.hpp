// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "umsops/desk/dialogue_intake.hpp"

namespace umsops::desk {

/// What the user said of the articles that were read out; those that he said nothing of are left out.
std::vector<UsedArticle> used_articles(dialogue::Talk const& talk);

}  // namespace umsops::desk
