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

bool forbids_cycles(LinkKind kind) { return kind != LinkKind::relates_to && kind != LinkKind::caused_by; }

std::string_view noun_behind(LinkKind kind) { return kind == LinkKind::caused_by ? "incident" : "ticket"; }

}  // namespace umsops::model
