// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "store/connection.hpp"
#include "umsops/search/index.hpp"

namespace umsops::store {

/// One of the indexes that share the tables: a kind of records that is searched by itself. Its rows have the keys from
/// `begin()` on; inside of an index its documents and segments are counted from 1.
struct SearchSpace {
  std::uint32_t number = 0;  ///< FROZEN: stored
  std::string_view noun;

  static constexpr std::int64_t kSize = std::int64_t{1} << 28;
  constexpr std::int64_t begin() const { return number * kSize; }
  constexpr std::int64_t end() const { return begin() + kSize; }
};
inline constexpr SearchSpace kArticleSpace{0, "kb"}, kTicketSpace{1, "ticket"}, kIncidentSpace{2, "incident"};

/// The number that a record has in its index; 0: it is not indexed.
std::uint32_t document_of(Connection& db, SearchSpace space, std::int64_t record);
void remember_document(Connection& db, SearchSpace space, std::uint32_t document, std::int64_t record);
void forget_document(Connection& db, SearchSpace space, std::uint32_t document);
/// Documents and their records; a number that is not there is left out.
std::vector<std::pair<std::uint32_t, std::int64_t>> records_of(Connection& db, SearchSpace space,
                                                               std::span<std::uint32_t const> documents);

/// How many rows of it no segment has yet.
std::int64_t pending_rows(Connection& db, SearchSpace space);

/// The mean lengths that an index is made with: those of the first thousand documents.
class MeanLengths {
 public:
  bool wants_more() const { return count_ < 1000; }
  void add(search::Document const& document);
  search::IndexMeta pivots() const;

 private:
  search::Tokeniser tokeniser_;
  std::int64_t count_ = 0, title_ = 0, body_ = 0;
};

/// A search index in the store's own tables: what is written here is part of the caller's transaction.
class SearchIndex : public search::IndexTables {
 public:
  SearchIndex(Connection& db, SearchSpace space) : db_(db), space_(space) {}

  search::IndexState state() override;
  std::vector<search::PendingRow> pending() override;
  std::vector<search::TermPage> pages(std::span<search::TermRange const> ranges) override;
  std::vector<search::TermPage> pages_after(std::uint32_t segment, std::string_view after, std::size_t most) override;
  std::vector<search::PostingList> lists(std::span<std::uint64_t const> numbers) override;

  void set_meta(search::IndexMeta const& meta) override;
  void add_pending(search::PendingRow row) override;
  void remove_pending(std::span<search::PendingRow const> rows) override;
  void add_segment(search::Segment const& segment) override;
  void add_page(search::TermPage page) override;
  void add_list(search::PostingList list) override;
  void remove_segment(std::uint32_t number) override;

 private:
  std::int64_t segment(std::uint32_t number) const { return space_.begin() + number; }
  std::uint32_t number_of(std::int64_t segment) const;
  std::int64_t pending(std::uint32_t document, bool removed) const;

  Connection& db_;
  SearchSpace space_;
  std::map<std::uint32_t, std::uint32_t> pages_;  ///< of segments being written: how many pages so far
};

}  // namespace umsops::store
