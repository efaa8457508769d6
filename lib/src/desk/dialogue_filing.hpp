// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/open_desk.hpp"
#include "umsops/desk/dialogue_intake.hpp"

namespace umsops::desk {

/// Files what a conversation left in one transaction: ticket, transcript, call-back. A key that is known gives its
/// ticket back when the same was said; other words are noted on it with their transcript. `once`: with this key they
/// are noted once however often they come.
DialogueResult file_conversation(OpenDesk& desk, DialogueReport const& report, CreateOptions const& options,
                                 std::string const& once = {});

}  // namespace umsops::desk
