// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "site/labels.hpp"

namespace umsops::site {

constexpr Kind kKinds[] = {Kind::faq, Kind::guide, Kind::video, Kind::article, Kind::solution};

/// The entries of one language, with pages of their own.
struct Part {
  base::Language language = base::Language::en;
  Labels labels;
  std::string title;   ///< of the site
  std::string folder;  ///< where its pages lie: empty, or `zh/`
  std::string other;   ///< the folder of the other part, if there is one
  bool has_other = false;
  base::TimeZone zone;
  std::vector<Entry const*> entries;  ///< by priority, then title

  using Group = std::pair<std::string, std::vector<Entry const*>>;
  std::vector<Group> by_category;  ///< the largest first, those without one last
  std::array<std::vector<Entry const*>, std::size(kKinds)> by_kind;
  base::TimePoint newest;  ///< the last change of any of them

  std::vector<Entry const*> const& of_kind(Kind kind) const { return by_kind[static_cast<std::size_t>(kind)]; }
};

/// `faq.html`; `category-mfa.html`, with a hash for a name that is no plain word.
std::string kind_page(Kind kind);
std::string category_page(std::string_view category);
std::string category_name(std::string_view category, Part const& part);

/// By category, in the order in which a site shows them.
std::vector<Part::Group> grouped(std::vector<Entry const*> const& entries);

/// The first words of a text, in one line.
std::string lead(std::string_view text);

/// The day of a time.
std::string day_text(base::TimePoint at, base::TimeZone const& zone);

}  // namespace umsops::site
