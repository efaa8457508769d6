// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace umsops::model {

/// The nouns that idempotency keys are stored under. Keys of different things never collide: a reply's key is not a
/// ticket's. Each noun is in its record table's `key_nouns`, so that verifying knows where the keys lead.
// FROZEN: stored
inline constexpr std::string_view kTicketKeys = "ticket", kTicketReplyKeys = "reply", kIncidentKeys = "incident",
                                  kIncidentNoteKeys = "incident.note", kArticleKeys = "kb";

}  // namespace umsops::model
