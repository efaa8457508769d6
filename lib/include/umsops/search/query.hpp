// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/search/index.hpp"

namespace umsops::search {

struct QueryTerm {
  std::string term;
  TokenKind kind = TokenKind::word;
  double weight = 0;      ///< times in the query, less for stop words and single characters
  bool prefix = false;    ///< all terms that begin with it
  bool reranked = false;  ///< counts among the best documents only: a character of a pair
};

/// Terms that stand in this order, side by side.
struct Phrase {
  struct Word {
    std::uint32_t offset = 0;
    std::string term;
    bool prefix = false;
  };
  std::vector<Word> words;
};

/// What a text asks for. A full match has one alternative of each group, all terms of it; each filter has one of its
/// values.
struct Query {
  using Alternative = std::vector<std::uint32_t>;  ///< indexes of terms
  std::vector<QueryTerm> terms;
  std::vector<std::vector<Alternative>> groups;
  std::vector<Phrase> phrases;
  std::vector<std::vector<std::string>> filters;
  bool one_word = false;  ///< all of it is one word, or words joined as in `ORA-12154`

  bool empty() const { return terms.empty(); }
};

/// Longer queries count by their beginning, as do those of more different terms.
constexpr std::size_t kLongestQuery = 4000, kMostQueryTerms = 120;

/// Any text is a query. "Words in quotes" (also “ ” and 「 」) must stand side by side; question words (怎么, 请问) say
/// nothing and are left out, unless nothing else is there.
Query parse_query(std::string_view text, Ranking const& ranking = {});

}  // namespace umsops::search
