// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace umsops::model {

/// Under which noun idempotency keys are stored, and the kind of record that such a key leads to. Keys of different
/// things never collide, and every stored key stands under one of these.
// FROZEN: stored
inline constexpr std::string_view kTicketKeys = "ticket", kTicketReplyKeys = "reply", kTicketMailKeys = "mail";

struct KeyNoun {
  std::string_view keys, record_noun;
};
inline constexpr KeyNoun kKeyNouns[] = {
    {kTicketKeys, "ticket"}, {kTicketReplyKeys, "ticket"}, {kTicketMailKeys, "ticket"}};

}  // namespace umsops::model
