// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/postings.hpp"
#include "umsops/search/query.hpp"
#include "umsops/search/search.hpp"

namespace umsops::search {

struct Candidate {
  std::uint32_t document = 0;
  std::uint32_t score = 0;
  bool full = false;
};

/// What the index alone says: whole numbers only, so that neither the order of adding nor the store can matter.
class FirstStage {
 public:
  FirstStage(IndexTables& tables, Query const& query, Ranking const& ranking);

  /// The best documents, at most `most`; those that have all first, if so wished.
  std::vector<Candidate> best(std::size_t most, bool full_first) const;
  std::uint64_t full_matches() const { return full_matches_; }
  std::vector<std::uint32_t> full() const;
  IndexMeta const& meta() const { return state_.meta; }
  double idf(std::size_t term) const { return idf_[term]; }
  /// No document of this score can have more in the second stage, passage and usefulness aside.
  double bound(std::uint32_t score) const;

 private:
  /// A term to look up, and what was found of it.
  struct Key {
    std::string term;
    bool prefix = false;
    std::int64_t documents = 0;
    std::vector<std::pair<std::string_view, std::uint32_t>> added, removed;  ///< lists, and how many postings
    std::vector<Posting> fresh, stale;                                       ///< of pending rows
  };

  std::size_t key_of(std::string term, bool prefix);
  void make_keys(Query const& query);
  void load(IndexTables& tables);
  void load_pending();
  void load_pages();
  void find_dead();
  void weigh(Query const& query, Ranking const& ranking);
  void match(Query const& query);
  void match_group(std::vector<std::vector<std::size_t>> const& alternatives);
  void match_key(Key const& key);
  std::vector<std::uint32_t> documents_of(std::vector<std::size_t> const& alternative) const;
  template <class Take>
  void each_posting(Key const& key, Take const& take) const;

  IndexState state_;
  std::vector<PendingRow> pending_;
  std::vector<TermPage> pages_;
  std::vector<PostingList> lists_;
  std::vector<Key> keys_;
  std::vector<std::size_t> term_keys_;                 ///< of each term of the query
  std::vector<std::vector<std::size_t>> filter_keys_;  ///< of each filter's values
  std::vector<double> idf_;
  std::vector<std::uint32_t> scores_;  ///< by document
  std::vector<std::uint8_t> passed_;   ///< filters and groups, one after the other
  std::uint8_t groups_ = 0, filters_ = 0;
  std::uint64_t full_matches_ = 0;
  double slack_ = 0;  ///< what rounding may have lost
};

}  // namespace umsops::search
