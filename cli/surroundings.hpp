// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/language/phrases.hpp"
#include "umsops/config/settings.hpp"

namespace umsops::cli {

/// Whether the program runs with more rights than whoever started it: by sudo, doas, pkexec, or a set-uid bit.
bool is_elevated(Variable const& variable);
/// Whether programs that only the environment names may be started: it may be that of a user with less rights, also
/// where `su` has kept it, HOME and all.
bool trusts_environment(Variable const& variable);
/// Where settings are looked for.
config::Surroundings surroundings_of(Variable const& variable);

}  // namespace umsops::cli
