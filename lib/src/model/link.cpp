// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/link.hpp"

#include <algorithm>
#include <array>

namespace umsops::model {
namespace {

// FROZEN: hashed. These texts are part of the hash of each stored link.
constexpr std::array<std::string_view, 5> kLinks{"child-of", "duplicate-of", "blocked-by", "relates-to", "caused-by"};

}  // namespace

std::span<std::string_view const> link_names() { return kLinks; }
std::string_view to_string(LinkKind kind) { return kLinks[static_cast<std::size_t>(kind)]; }

std::optional<LinkKind> parse_link(std::string_view text) {
  auto const found = std::find(kLinks.begin(), kLinks.end(), text);
  if (found == kLinks.end()) return std::nullopt;
  return static_cast<LinkKind>(found - kLinks.begin());
}

bool forbids_cycles(LinkKind kind) { return kind != LinkKind::relates_to; }

std::span<std::string_view const> nouns_behind(std::string_view noun, LinkKind kind) {
  static constexpr std::string_view kBoth[] = {"ticket", "incident", "ticket"};
  constexpr std::span<std::string_view const> kNouns(kBoth);
  bool const from_ticket = noun == kBoth[0];
  switch (kind) {
    case LinkKind::relates_to:
      return kNouns.subspan(from_ticket ? 0 : 1, 2);
    case LinkKind::caused_by:
      return kNouns.subspan(1, 1);
    case LinkKind::blocked_by:
      return kNouns.first(from_ticket ? 1 : 0);
    case LinkKind::child_of:
    case LinkKind::duplicate_of:
      break;
  }
  return kNouns.subspan(from_ticket ? 0 : 1, 1);
}

std::string_view seen_from_there(LinkKind kind) {
  switch (kind) {
    case LinkKind::child_of:
      return "parent-of";
    case LinkKind::duplicate_of:
      return "duplicated-by";
    case LinkKind::blocked_by:
      return "blocks";
    case LinkKind::relates_to:
      return "relates-to";
    case LinkKind::caused_by:
      return "cause-of";
  }
  return "";
}

}  // namespace umsops::model
