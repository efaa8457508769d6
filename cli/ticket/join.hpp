// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/env.hpp"
#include "umsops/dialogue/flow.hpp"

namespace umsops::cli::ticket {

/// `ticket intake chat --join ID`: the actor comes to the line of a ticket.
int join_conversation(Env& env, Call const& call, dialogue::Channel channel);

}  // namespace umsops::cli::ticket
