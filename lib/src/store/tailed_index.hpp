// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "store/record_index.hpp"
#include "umsops/search/search.hpp"

namespace umsops::store {

/// An index of records with what it has not followed yet: for a reader the same as if it had. What changed since is
/// indexed in memory, the newest changes first, as far as that is quickly done. Nothing is written.
class TailedIndex : public search::IndexTables {
 public:
  TailedIndex(Connection& db, IndexedKind const& kind);

  /// Events that are too many to be looked at: what they tell is searched after a tick.
  std::int64_t unsearched() const { return unsearched_; }
  /// Places of the documents' records; numbers that have none are left out.
  std::vector<std::pair<std::uint32_t, std::int64_t>> records(std::span<std::uint32_t const> documents) const;
  /// The number of that record's document; 0: it has none.
  std::uint32_t document(std::int64_t record) const;
  RecordTable const& table() const { return kind_.table(); }

  search::IndexState state() override { return state_; }
  std::vector<search::PendingRow> pending() override;
  std::vector<search::TermPage> pages(std::span<search::TermRange const> ranges) override;
  std::vector<search::TermPage> pages_after(std::uint32_t segment, std::string_view after, std::size_t most) override;
  std::vector<search::PostingList> lists(std::span<std::uint64_t const> numbers) override;

  void set_meta(search::IndexMeta const& meta) override { state_.meta = meta; }
  void add_pending(search::PendingRow row) override { tail_.push_back(std::move(row)); }
  void remove_pending(std::span<search::PendingRow const> rows) override;
  void add_segment(search::Segment const& segment) override;
  void add_page(search::TermPage page) override;
  void add_list(search::PostingList list) override;
  void remove_segment(std::uint32_t number) override;

 private:
  void follow();

  Connection& db_;
  IndexedKind const& kind_;
  SearchIndex stored_;
  search::IndexState state_;
  std::vector<search::PendingRow> tail_;
  std::map<std::uint32_t, std::int64_t> records_;    ///< of documents in the tail
  std::map<std::int64_t, std::uint32_t> documents_;  ///< and back
  std::int64_t unsearched_ = 0;
};

/// Title and description of records by their documents.
class TailedTexts : public search::Texts {
 public:
  TailedTexts(Connection& db, TailedIndex const& index) : db_(db), index_(index) {}
  std::vector<search::FoundText> texts(std::span<std::uint32_t const> documents) override;

 private:
  Connection& db_;
  TailedIndex const& index_;
};

}  // namespace umsops::store
