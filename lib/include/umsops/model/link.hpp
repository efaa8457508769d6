// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "umsops/base/time.hpp"
#include "umsops/model/ref.hpp"

namespace umsops::model {

/// What a record is to another one. Read from its beginning: `T-1 child-of T-2`.
enum class LinkKind { child_of, duplicate_of, blocked_by, relates_to, caused_by };
/// `child-of`, `duplicate-of`, `blocked-by`, `relates-to`, `caused-by`.
std::span<std::string_view const> link_names();
std::string_view to_string(LinkKind kind);
std::optional<LinkKind> parse_link(std::string_view text);
/// Links of this type must not form a cycle.
bool forbids_cycles(LinkKind kind);
/// The kinds of record that such a link leads to from one of `noun`, the usual one first; none: there is no such link.
std::span<std::string_view const> nouns_behind(std::string_view noun, LinkKind kind);
/// How it reads from its other end: `parent-of`, `duplicated-by`, `blocks`, `relates-to`, `cause-of`.
std::string_view seen_from_there(LinkKind kind);

struct Link {
  Ref from;
  LinkKind kind = LinkKind::relates_to;
  Ref to;  ///< of a record that is not stored here its number stands for the id
  base::TimePoint created_at{};
};

}  // namespace umsops::model
