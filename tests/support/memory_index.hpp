// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "umsops/search/index.hpp"
#include "umsops/search/search.hpp"

namespace umsops::test {

/// An index in memory, as its tables would hold it.
class MemoryIndex : public search::IndexTables {
 public:
  search::IndexState state() override { return state_; }
  std::vector<search::PendingRow> pending() override { return pending_; }

  std::vector<search::TermPage> pages(std::span<search::TermRange const> ranges) override {
    std::map<std::pair<std::uint32_t, std::string>, std::string const*> wanted;
    for (auto const& segment : state_.segments) {
      auto const begin = pages_.lower_bound({segment.number, ""}), end = pages_.lower_bound({segment.number + 1, ""});
      for (auto const& range : ranges) {
        auto at = pages_.upper_bound({segment.number, range.from});
        if (at != begin) --at;
        for (; at != end && at->first.second <= range.to; ++at) wanted.emplace(at->first, &at->second);
      }
    }
    std::vector<search::TermPage> found;
    for (auto const& [key, data] : wanted) found.push_back({key.first, key.second, *data});
    return found;
  }
  std::vector<search::TermPage> pages_after(std::uint32_t segment, std::string_view after, std::size_t most) override {
    std::vector<search::TermPage> found;
    auto at = pages_.upper_bound({segment, std::string(after)});
    for (; at != pages_.end() && at->first.first == segment && found.size() < most; ++at) {
      found.push_back({segment, at->first.second, at->second});
    }
    return found;
  }
  std::vector<search::PostingList> lists(std::span<std::uint64_t const> numbers) override {
    std::vector<search::PostingList> found;
    for (auto const number : numbers) {
      if (auto const at = lists_.find(number); at != lists_.end()) found.push_back({number, at->second});
    }
    return found;
  }

  void set_meta(search::IndexMeta const& meta) override { state_.meta = meta; }
  void add_pending(search::PendingRow row) override { pending_.push_back(std::move(row)); }
  void remove_pending(std::span<search::PendingRow const> rows) override {
    for (auto const& row : rows) {
      std::erase_if(pending_,
                    [&](auto const& each) { return each.document == row.document && each.removed == row.removed; });
    }
  }
  void add_segment(search::Segment const& segment) override { state_.segments.push_back(segment); }
  void add_page(search::TermPage page) override {
    pages_[{page.segment, std::move(page.first)}] = std::move(page.data);
  }
  void add_list(search::PostingList list) override { lists_[list.number] = std::move(list.data); }
  void remove_segment(std::uint32_t number) override {
    std::erase_if(state_.segments, [&](auto const& segment) { return segment.number == number; });
    pages_.erase(pages_.lower_bound({number, ""}), pages_.lower_bound({number + 1, ""}));
    lists_.erase(lists_.lower_bound(std::uint64_t{number} << 32), lists_.lower_bound((number + 1ull) << 32));
  }

  /// Bytes that the tables would hold, their keys among them.
  std::size_t bytes() const {
    std::size_t sum = 0;
    for (auto const& [key, data] : pages_) sum += 8 + key.second.size() + data.size();
    for (auto const& [number, data] : lists_) sum += 8 + data.size();
    for (auto const& row : pending_) sum += 8 + row.data.size();
    return sum;
  }
  /// For tests that damage them.
  auto& all_pages() { return pages_; }
  auto& all_lists() { return lists_; }
  auto& all_pending() { return pending_; }

 private:
  search::IndexState state_;
  std::vector<search::PendingRow> pending_;
  std::map<std::pair<std::uint32_t, std::string>, std::string> pages_;
  std::map<std::uint64_t, std::string> lists_;
};

/// Texts by their numbers in the index.
class MemoryTexts : public search::Texts {
 public:
  std::map<std::uint32_t, search::FoundText> all;
  std::size_t reads = 0;

  std::vector<search::FoundText> texts(std::span<std::uint32_t const> documents) override {
    std::vector<search::FoundText> found;
    for (auto const document : documents) {
      ++reads;
      if (auto const at = all.find(document); at != all.end()) found.push_back(at->second);
    }
    return found;
  }
};

}  // namespace umsops::test
