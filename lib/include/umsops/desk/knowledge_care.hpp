// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/time.hpp"
#include "umsops/desk/knowledge_desk.hpp"

namespace umsops::desk {

class Desk;

/// A new article, not yet stored, made of a ticket, an incident or a review: what was wrong, how it showed, what was
/// done. A solution for an incident, an article for a ticket, always a DRAFT. `from` is a number as people type it; one
/// that could be several is a ticket, or else an incident. Throws `ticket.not_found`.
NewArticle draft_from(Desk& desk, std::string const& from);

/// What somebody should look at. `what`: `review` (its date is over), `link` (leads nowhere), `unused`, `unhelpful`,
/// and without an article `coverage` (nothing is written about it).
struct KnowledgeFinding {
  std::string what;
  std::string kb_number, title;
  std::string problem;
};
struct KnowledgeCheck {
  base::Milliseconds unused_after{
      base::Milliseconds(90LL * 24 * 3600 * 1000)};  ///< without a view since it was written
  std::int64_t least_voices = 5;                     ///< votes and outcomes, before one counts as unhelpful
  double unhelpful_share = 0.4;                      ///< of good ones among them, at most
  std::int64_t coverage_of = 0;  ///< so many of the newest tickets and incidents should be covered; 0: not asked
};
/// Of what is PUBLISHED, and of what is missing.
std::vector<KnowledgeFinding> check_knowledge(Desk& desk, KnowledgeCheck const& check, base::TimePoint now);

/// The places that a text leads to: numbers that begin with `prefix` (`KB-`), and relative targets of Markdown links
/// that end in `.md`.
struct References {
  std::vector<std::string> numbers, files;
};
References references_in(std::string_view text, std::string_view prefix);

}  // namespace umsops::desk
