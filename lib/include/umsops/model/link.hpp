// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "umsops/base/time.hpp"

namespace umsops::model {

/// The relation of a ticket to another record, read from the ticket: `T-1 child-of T-2`.
enum class LinkKind { child_of, duplicate_of, blocked_by, relates_to, caused_by };
/// `child-of`, `duplicate-of`, `blocked-by`, `relates-to`, `caused-by`.
std::span<std::string_view const> link_names();
std::string_view to_string(LinkKind kind);
std::optional<LinkKind> parse_link(std::string_view text);
/// Links of this type must not form a cycle.
bool forbids_cycles(LinkKind kind);

struct Link {
  std::string ticket_id;  ///< the ticket that has the link
  LinkKind kind = LinkKind::relates_to;
  std::string other_noun;  ///< `ticket`, or `incident` for caused-by
  std::string other_id;    ///< internal id of the ticket; the incident's number
  base::TimePoint created_at{};
};

}  // namespace umsops::model
