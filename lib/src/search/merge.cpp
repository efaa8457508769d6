// SPDX-License-Identifier: Apache-2.0
#include "search/merge.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>

#include "search/document_terms.hpp"
#include "search/pages.hpp"

namespace umsops::search {

namespace {

/// Two segments in the making: what documents have, and what is taken back from other segments.
class Writers {
 public:
  Writers(IndexTables& tables, IndexState& state) : tables_(tables), state_(state) {
    added_number_ = state.meta.next_segment++;
    removed_number_ = state.meta.next_segment++;
    added_ = std::make_unique<SegmentWriter>(tables, added_number_);
    removed_ = std::make_unique<SegmentWriter>(tables, removed_number_);
  }

  /// Both in any order. A removal meets its posting here, or goes on to meet it elsewhere.
  void term(std::string_view term, std::vector<Posting>& added, std::vector<Posting>& removed) {
    auto const by_document = [](Posting const& a, Posting const& b) { return a.document < b.document; };
    std::sort(added.begin(), added.end(), by_document);
    std::sort(removed.begin(), removed.end(), by_document);
    std::vector<Posting> kept, left;
    std::set_difference(added.begin(), added.end(), removed.begin(), removed.end(), std::back_inserter(kept),
                        by_document);
    std::set_difference(removed.begin(), removed.end(), added.begin(), added.end(), std::back_inserter(left),
                        by_document);
    if (!kept.empty()) added_->add(term, kept);
    if (!left.empty()) removed_->add(term, left);
  }

  void finish(std::uint32_t level) {
    added_->finish();
    removed_->finish();
    if (!added_->empty()) record({added_number_, level, false});
    if (!removed_->empty()) record({removed_number_, level, true});
    tables_.set_meta(state_.meta);
  }

 private:
  void record(Segment const& segment) {
    tables_.add_segment(segment);
    state_.segments.push_back(segment);
  }

  IndexTables& tables_;
  IndexState& state_;
  std::uint32_t added_number_ = 0, removed_number_ = 0;
  std::unique_ptr<SegmentWriter> added_, removed_;
};

}  // namespace

void fold(IndexTables& tables, IndexState& state, std::span<PendingRow const> rows) {
  std::map<std::string, std::array<std::vector<Posting>, 2>, std::less<>> terms;
  for (auto const& row : rows) {
    PackedReader reader(row.data);
    while (reader.next()) {
      auto at = terms.find(reader.term());
      if (at == terms.end()) at = terms.emplace(reader.term(), std::array<std::vector<Posting>, 2>{}).first;
      at->second[row.removed].push_back({row.document, reader.impact()});
    }
  }
  Writers writers(tables, state);
  for (auto& [term, postings] : terms) writers.term(term, postings[0], postings[1]);
  writers.finish(0);
}

void merge(IndexTables& tables, IndexState& state, std::vector<Segment> segments) {
  if (segments.size() < 2) return;
  std::uint32_t level = 0;
  std::vector<std::pair<std::unique_ptr<SegmentReader>, bool>> readers;
  for (auto const& segment : segments) {
    level = std::max(level, segment.level + 1);
    readers.emplace_back(std::make_unique<SegmentReader>(tables, segment.number), segment.removed);
  }
  Writers writers(tables, state);
  std::string term;
  std::vector<Posting> added, removed;
  for (;;) {
    bool any = false;
    for (auto const& [reader, _] : readers) {
      if (!reader->done() && (!any || reader->term() < term)) {
        term = reader->term();
        any = true;
      }
    }
    if (!any) break;
    added.clear();
    removed.clear();
    for (auto const& [reader, is_removed] : readers) {
      if (reader->done() || reader->term() != term) continue;
      auto const postings = reader->postings();
      auto& to = is_removed ? removed : added;
      to.insert(to.end(), postings.begin(), postings.end());
      reader->next();
    }
    writers.term(term, added, removed);
  }
  writers.finish(level);
  for (auto const& segment : segments) {
    tables.remove_segment(segment.number);
    std::erase_if(state.segments, [&](Segment const& other) { return other.number == segment.number; });
  }
}

}  // namespace umsops::search
