// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "store/connection.hpp"
#include "umsops/search/index.hpp"

namespace umsops::store {

/// The search index in the store's own tables: what is written here is part of the caller's transaction.
class SearchIndex : public search::IndexTables {
 public:
  explicit SearchIndex(Connection& db) : db_(db) {}

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
  Connection& db_;
  std::map<std::uint32_t, std::uint32_t> pages_;  ///< of segments being written: how many pages so far
};

}  // namespace umsops::store
