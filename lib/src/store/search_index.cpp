// SPDX-License-Identifier: Apache-2.0
#include "store/search_index.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "umsops/base/error.hpp"

namespace umsops::store {

namespace {

/// So many ranges or lists go into one statement; its text stays the same, so that it is prepared once.
constexpr std::size_t kAtOnce = 8;

std::uint32_t small(std::int64_t value) {
  if (value < 0 || value > UINT32_MAX) {
    throw base::Error(base::errors::store_damaged, {{"problem", "search index: a number is too large"}});
  }
  return static_cast<std::uint32_t>(value);
}

/// The key before the first page, and the first list, of a segment.
std::int64_t first_of(std::int64_t segment) { return segment << 32; }

/// Of each range: the pages that begin inside of it, and the last that begins before it.
std::string pages_sql() {
  std::string const begin = "$" + std::to_string(2 * kAtOnce + 1), end = "$" + std::to_string(2 * kAtOnce + 2);
  std::string sql;
  for (std::size_t i = 0; i < kAtOnce; ++i) {
    auto const from = "$" + std::to_string(2 * i + 1), to = "$" + std::to_string(2 * i + 2);
    if (i != 0) sql += " UNION ALL ";
    sql += "SELECT p.seg, p.first, p.data FROM search_seg s, search_page p WHERE s.seg >= " + begin + " AND s.seg < " +
           end + " AND p.seg = s.seg AND p.first <= " + to +
           " AND p.first >= COALESCE((SELECT q.first FROM search_page q WHERE q.seg = s.seg AND q.first <= " + from +
           " ORDER BY q.first DESC LIMIT 1), " + from + ")";
  }
  return sql;
}

}  // namespace

std::uint32_t document_of(Connection& db, SearchSpace space, std::int64_t record) {
  Reading row(db.prepare("SELECT document FROM search_document WHERE noun = $1 AND record = $2"));
  row->bind(1, space.noun).bind(2, record);
  return row->step() ? small(row->integer(0) - space.begin()) : 0;
}

void remember_document(Connection& db, SearchSpace space, std::uint32_t document, std::int64_t record) {
  Reading row(db.prepare("INSERT INTO search_document(document, noun, record) VALUES ($1, $2, $3)"));
  row->bind(1, space.begin() + document).bind(2, space.noun).bind(3, record).step();
}

void forget_document(Connection& db, SearchSpace space, std::uint32_t document) {
  Reading row(db.prepare("DELETE FROM search_document WHERE document = $1"));
  row->bind(1, space.begin() + document).step();
}

std::vector<std::pair<std::uint32_t, std::int64_t>> records_of(Connection& db, SearchSpace space,
                                                               std::span<std::uint32_t const> documents) {
  constexpr std::size_t kRows = 64;
  static std::string const sql =
      "SELECT document, record FROM search_document WHERE document IN (" + parameter_list(kRows) + ")";
  std::vector<std::pair<std::uint32_t, std::int64_t>> found;
  for (std::size_t at = 0; at < documents.size(); at += kRows) {
    Reading rows(db.prepare(sql));
    for (std::size_t i = 0; i < kRows; ++i)  // the last one again where there are no more
      rows->bind(static_cast<int>(i + 1), space.begin() + documents[std::min(at + i, documents.size() - 1)]);
    while (rows->step()) found.emplace_back(small(rows->integer(0) - space.begin()), rows->integer(1));
  }
  return found;
}

std::int64_t pending_rows(Connection& db, SearchSpace space) {
  Reading row(db.prepare("SELECT count(*) FROM search_pending WHERE pending >= $1 AND pending < $2"));
  row->bind(1, 2 * space.begin()).bind(2, 2 * space.end());
  return row->step() ? row->integer(0) : 0;
}

void MeanLengths::add(search::Document const& document) {
  auto const lengths = search::measure(tokeniser_, document);
  title_ += lengths.title;
  body_ += lengths.body;
  ++count_;
}

search::IndexMeta MeanLengths::pivots() const {
  search::IndexMeta meta;
  if (count_ == 0) return meta;
  meta.title_pivot = static_cast<std::uint32_t>(std::max<std::int64_t>(1, title_ / count_));
  meta.body_pivot = static_cast<std::uint32_t>(std::max<std::int64_t>(1, body_ / count_));
  return meta;
}

std::uint32_t SearchIndex::number_of(std::int64_t segment) const { return small(segment - space_.begin()); }

std::int64_t SearchIndex::pending(std::uint32_t document, bool removed) const {
  return (space_.begin() + document) * 2 + (removed ? 1 : 0);
}

search::IndexState SearchIndex::state() {
  search::IndexState state;
  {
    Reading meta(
        db_.prepare("SELECT version, documents, next_document, next_segment, title_length, body_length, "
                    "title_pivot, body_pivot FROM search_meta WHERE one = $1"));
    meta->bind(1, std::int64_t{space_.number} + 1);
    if (meta->step()) {
      state.meta.version = static_cast<int>(small(meta->integer(0)));
      state.meta.documents = small(meta->integer(1));
      state.meta.next_document = small(meta->integer(2));
      state.meta.next_segment = small(meta->integer(3));
      state.meta.title_length = static_cast<std::uint64_t>(meta->integer(4));
      state.meta.body_length = static_cast<std::uint64_t>(meta->integer(5));
      state.meta.title_pivot = std::max(1u, small(meta->integer(6)));
      state.meta.body_pivot = std::max(1u, small(meta->integer(7)));
    }
  }
  Reading segments(db_.prepare("SELECT seg, level, removed FROM search_seg WHERE seg >= $1 AND seg < $2 ORDER BY seg"));
  segments->bind(1, space_.begin()).bind(2, space_.end());
  while (segments->step()) {
    state.segments.push_back({number_of(segments->integer(0)), small(segments->integer(1)), segments->integer(2) != 0});
  }
  return state;
}

std::vector<search::PendingRow> SearchIndex::pending() {
  std::vector<search::PendingRow> rows;
  Reading reading(
      db_.prepare("SELECT pending, data FROM search_pending WHERE pending >= $1 AND pending < $2 ORDER BY pending"));
  reading->bind(1, 2 * space_.begin()).bind(2, 2 * space_.end());
  while (reading->step()) {
    std::int64_t const number = reading->integer(0);
    rows.push_back({number_of(number / 2), number % 2 != 0, reading->bytes(1)});
  }
  return rows;
}

std::vector<search::TermPage> SearchIndex::pages(std::span<search::TermRange const> ranges) {
  std::string const sql = pages_sql();
  std::vector<search::TermPage> pages;
  std::set<std::pair<std::uint32_t, std::string>> known;
  for (std::size_t at = 0; at < ranges.size(); at += kAtOnce) {
    Reading reading(db_.prepare(sql));
    for (std::size_t i = 0; i < kAtOnce; ++i) {  // the last one again where there are no more
      auto const& range = ranges[std::min(at + i, ranges.size() - 1)];
      reading->bind_bytes(static_cast<int>(2 * i + 1), range.from);
      reading->bind_bytes(static_cast<int>(2 * i + 2), range.to);
    }
    reading->bind(2 * kAtOnce + 1, space_.begin()).bind(2 * kAtOnce + 2, space_.end());
    while (reading->step()) {
      search::TermPage page{number_of(reading->integer(0)), reading->bytes(1), {}};
      if (!known.emplace(page.segment, page.first).second) continue;
      page.data = reading->bytes(2);
      pages.push_back(std::move(page));
    }
  }
  return pages;
}

std::vector<search::TermPage> SearchIndex::pages_after(std::uint32_t segment, std::string_view after,
                                                       std::size_t most) {
  std::vector<search::TermPage> pages;
  Reading reading(
      db_.prepare("SELECT first, data FROM search_page WHERE seg = $1 AND first > $2 ORDER BY first LIMIT $3"));
  reading->bind(1, this->segment(segment));
  reading->bind_bytes(2, after);
  reading->bind(3, static_cast<std::int64_t>(most));
  while (reading->step()) pages.push_back({segment, reading->bytes(0), reading->bytes(1)});
  return pages;
}

std::vector<search::PostingList> SearchIndex::lists(std::span<std::uint64_t const> numbers) {
  std::vector<search::PostingList> lists;
  std::string const sql = "SELECT list, data FROM search_list WHERE list IN (" + parameter_list(kAtOnce) + ")";
  for (std::size_t at = 0; at < numbers.size(); at += kAtOnce) {
    Reading reading(db_.prepare(sql));
    for (std::size_t i = 0; i < kAtOnce; ++i) {
      auto const number = numbers[std::min(at + i, numbers.size() - 1)];
      reading->bind(static_cast<int>(i + 1), static_cast<std::int64_t>(number) + first_of(space_.begin()));
    }
    while (reading->step()) {
      lists.push_back({static_cast<std::uint64_t>(reading->integer(0) - first_of(space_.begin())), reading->bytes(1)});
    }
  }
  return lists;
}

void SearchIndex::set_meta(search::IndexMeta const& meta) {
  Reading writing(
      db_.prepare("INSERT INTO search_meta (one, version, documents, next_document, next_segment, title_length, "
                  "body_length, title_pivot, body_pivot) VALUES ($9, $1, $2, $3, $4, $5, $6, $7, $8) "
                  "ON CONFLICT (one) DO UPDATE SET version = excluded.version, documents = excluded.documents, "
                  "next_document = excluded.next_document, next_segment = excluded.next_segment, "
                  "title_length = excluded.title_length, body_length = excluded.body_length, "
                  "title_pivot = excluded.title_pivot, body_pivot = excluded.body_pivot"));
  writing->bind(1, std::int64_t{meta.version})
      .bind(2, std::int64_t{meta.documents})
      .bind(3, std::int64_t{meta.next_document})
      .bind(4, std::int64_t{meta.next_segment})
      .bind(5, static_cast<std::int64_t>(meta.title_length))
      .bind(6, static_cast<std::int64_t>(meta.body_length))
      .bind(7, std::int64_t{meta.title_pivot})
      .bind(8, std::int64_t{meta.body_pivot})
      .bind(9, std::int64_t{space_.number} + 1);
  writing->step();
}

void SearchIndex::add_pending(search::PendingRow row) {
  Reading writing(db_.prepare("INSERT INTO search_pending (pending, data) VALUES ($1, $2)"));
  writing->bind(1, pending(row.document, row.removed));
  writing->bind_bytes(2, row.data);
  writing->step();
}

void SearchIndex::remove_pending(std::span<search::PendingRow const> rows) {
  for (auto const& row : rows) {
    Reading writing(db_.prepare("DELETE FROM search_pending WHERE pending = $1"));
    writing->bind(1, pending(row.document, row.removed));
    writing->step();
  }
}

void SearchIndex::add_segment(search::Segment const& segment) {
  Reading writing(db_.prepare("INSERT INTO search_seg (seg, level, removed) VALUES ($1, $2, $3)"));
  writing->bind(1, this->segment(segment.number));
  writing->bind(2, std::int64_t{segment.level});
  writing->bind(3, std::int64_t{segment.removed});
  writing->step();
}

void SearchIndex::add_page(search::TermPage page) {
  Reading writing(db_.prepare("INSERT INTO search_page (page, seg, first, data) VALUES ($1, $2, $3, $4)"));
  writing->bind(1, first_of(segment(page.segment)) + ++pages_[page.segment]);
  writing->bind(2, segment(page.segment));
  writing->bind_bytes(3, page.first);
  writing->bind_bytes(4, page.data);
  writing->step();
}

void SearchIndex::add_list(search::PostingList list) {
  Reading writing(db_.prepare("INSERT INTO search_list (list, data) VALUES ($1, $2)"));
  writing->bind(1, static_cast<std::int64_t>(list.number) + first_of(space_.begin()));
  writing->bind_bytes(2, list.data);
  writing->step();
}

void SearchIndex::remove_segment(std::uint32_t number) {
  for (auto const* sql : {"DELETE FROM search_page WHERE page >= $1 AND page < $2",
                          "DELETE FROM search_list WHERE list >= $1 AND list < $2"}) {
    Reading writing(db_.prepare(sql));
    writing->bind(1, first_of(segment(number)));
    writing->bind(2, first_of(segment(number) + 1));
    writing->step();
  }
  Reading writing(db_.prepare("DELETE FROM search_seg WHERE seg = $1"));
  writing->bind(1, segment(number));
  writing->step();
}

}  // namespace umsops::store
