// SPDX-License-Identifier: Apache-2.0
#include "store/tailed_index.hpp"

#include <algorithm>

#include "store/event_log.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

/// What one search looks at beside the index: some hundredths of a second. A tick a minute leaves less.
constexpr std::int64_t kMostEvents = 5000;

[[noreturn]] void refuse_writing() {
  throw base::Error(base::errors::internal, {{"problem", "an index that is read was to be written"}});
}

}  // namespace

TailedIndex::TailedIndex(Connection& db, IndexedKind const& kind)
    : db_(db), kind_(kind), stored_(db, kind.space), state_(stored_.state()) {
  follow();
}

void TailedIndex::follow() {
  std::int64_t const indexed = indexed_event(db_), head = chain_head(db_).seq;
  std::int64_t const from = std::max(indexed, head - kMostEvents);
  unsearched_ = from - indexed;
  if (from >= head) return;
  auto const places = changed_records(db_, kind_.space, from, head);
  if (places.empty()) return;
  search::Indexer indexer(*this);
  for (auto const& text : record_texts(db_, kind_.table(), places)) {
    if (auto const known = document_of(db_, kind_.space, text.n); known != 0) {
      RecordText before = text;
      take_back(db_, kind_.table(), before, indexed);
      if (before.same_text(text)) continue;
      indexer.remove(known, before.document());
    }
    auto const document = indexer.add(text.document());
    records_.emplace(document, text.n);
    documents_.emplace(text.n, document);
  }
}

std::vector<std::pair<std::uint32_t, std::int64_t>> TailedIndex::records(
    std::span<std::uint32_t const> documents) const {
  std::vector<std::uint32_t> stored;
  std::vector<std::pair<std::uint32_t, std::int64_t>> found;
  for (auto const document : documents) {
    auto const tail = records_.find(document);
    if (tail == records_.end()) {
      stored.push_back(document);
    } else {
      found.emplace_back(document, tail->second);
    }
  }
  auto const rest = records_of(db_, kind_.space, stored);
  found.insert(found.end(), rest.begin(), rest.end());
  return found;
}

std::uint32_t TailedIndex::document(std::int64_t record) const {
  auto const tail = documents_.find(record);
  return tail == documents_.end() ? document_of(db_, kind_.space, record) : tail->second;
}

std::vector<search::PendingRow> TailedIndex::pending() {
  auto rows = stored_.pending();
  rows.insert(rows.end(), tail_.begin(), tail_.end());
  return rows;
}

std::vector<search::TermPage> TailedIndex::pages(std::span<search::TermRange const> ranges) {
  return stored_.pages(ranges);
}

std::vector<search::TermPage> TailedIndex::pages_after(std::uint32_t segment, std::string_view after,
                                                       std::size_t most) {
  return stored_.pages_after(segment, after, most);
}

std::vector<search::PostingList> TailedIndex::lists(std::span<std::uint64_t const> numbers) {
  return stored_.lists(numbers);
}

void TailedIndex::remove_pending(std::span<search::PendingRow const>) { refuse_writing(); }
void TailedIndex::add_segment(search::Segment const&) { refuse_writing(); }
void TailedIndex::add_page(search::TermPage) { refuse_writing(); }
void TailedIndex::add_list(search::PostingList) { refuse_writing(); }
void TailedIndex::remove_segment(std::uint32_t) { refuse_writing(); }

std::vector<search::FoundText> TailedTexts::texts(std::span<std::uint32_t const> documents) {
  auto const records = index_.records(documents);
  std::vector<std::int64_t> places;
  for (auto const& [document, place] : records) places.push_back(place);
  auto texts = record_texts(db_, index_.table(), places);
  std::vector<search::FoundText> out;
  for (auto const& [document, place] : records) {
    auto const text =
        std::find_if(texts.begin(), texts.end(), [&, place = place](auto const& one) { return one.n == place; });
    if (text != texts.end()) out.push_back({document, text->title, text->body, 0});
  }
  return out;
}

}  // namespace umsops::store
