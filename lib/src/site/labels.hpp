// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "umsops/site/site.hpp"

namespace umsops::site {

/// What pages say in one language. Put together when a site is made, so that no start pays for it.
struct Labels {
  std::string_view language;  ///< of HTML
  std::string_view folder;    ///< of the part in this language beside a first page in the other one
  std::string_view title, home, skip, search, search_hint, keys, no_script;
  std::string_view found_none, found_one, found_many, more, failed;
  std::string_view all_of, entries, nothing_yet, other_language, no_category;
  std::string_view kind, category, tags, difficulty, updated, length, minutes, tools, problem, related, watch, read;
};

Labels labels_of(base::Language language);

/// The name of a kind: of one entry, or of a list of them.
std::string_view kind_name(Kind kind, base::Language language);
std::string_view kind_names(Kind kind, base::Language language);
/// The word that names it in addresses and to scripts.
std::string_view kind_word(Kind kind);

/// A category, difficulty or type of problem in words; one that nobody here knows, as it is.
std::string word_of(std::string_view value, base::Language language);

/// `12 min`, `3:05`.
std::string minutes_text(std::int64_t minutes, base::Language language);
std::string length_text(std::int64_t seconds);

}  // namespace umsops::site
