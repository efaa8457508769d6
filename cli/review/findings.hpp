// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/env.hpp"
#include "umsops/desk/review_desk.hpp"

namespace umsops::cli::review {

/// What the records suggest, each with its evidence and the place of the action that it became.
base::Value findings_of(Env& env, desk::WholeReview const& whole);
/// Actions and proposals, a line each, for people.
void write_actions(Env& env, desk::WholeReview const& whole);

}  // namespace umsops::cli::review
