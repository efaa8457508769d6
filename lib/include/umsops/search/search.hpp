// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "umsops/search/index.hpp"
#include "umsops/search/query.hpp"

namespace umsops::search {

struct FoundText {
  std::uint32_t document = 0;
  std::string title, body;
  double usefulness = 0;  ///< 0 to 1: the lower bound of the share of readers whom it helped
};

/// Hands out the texts of indexed documents; a number that has none is left out of the answer.
class Texts {
 public:
  virtual ~Texts() = default;
  virtual std::vector<FoundText> texts(std::span<std::uint32_t const> documents) = 0;
};

/// Bytes [begin, end) of a text.
struct TextSpan {
  std::size_t begin = 0, end = 0;
  friend bool operator==(TextSpan const&, TextSpan const&) = default;
};

/// How a term came to count for a hit.
struct TermReason {
  std::string term;
  std::uint32_t in_title = 0, in_body = 0;
  double idf = 0;     ///< how rare it is
  double weight = 0;  ///< how often it was asked for
  double share = 0;   ///< of the score before passage and usefulness
};

struct Hit {
  std::uint32_t document = 0;
  double score = 0;
  bool partial = false;  ///< some of what was asked for is not there
  std::string snippet;   ///< of the body, whole sentences where they fit
  std::vector<TextSpan> snippet_marks, title_marks;

  double terms = 0, passage = 0, usefulness = 0;  ///< score = terms * (1 + 0.4 passage) * (1 + 0.25 usefulness)
  std::uint32_t first_rank = 0;                   ///< by the index alone, from 1
  std::vector<TermReason> reasons;                ///< with `explain`
};

struct SearchOptions {
  std::size_t limit = 10;
  std::size_t candidates = 50;  ///< so many texts are read at most
  double partial_share = 0.2;   ///< partial matches below this share of the best score are left out
  std::size_t snippet_columns = 160;
  bool full_first = false;
  bool explain = false;
  Ranking ranking;
};

struct Found {
  std::vector<Hit> hits;
  std::uint64_t full_matches = 0;  ///< documents that have all that was asked for
  double asked = 0;                ///< what `terms` of a text could be at most that is full of what was asked for
  bool counted = true;             ///< false: with words in quotes only those read were held against them
};

/// The documents that have all that was asked for, in the order of their numbers. Words in quotes count as if they
/// stood apart: that they stand together shows in the texts alone.
std::vector<std::uint32_t> full_matches(IndexTables& tables, Query const& query, Ranking const& ranking = {});

Found search(IndexTables& tables, Texts& texts, Query const& query, SearchOptions const& options = {});

}  // namespace umsops::search
