// SPDX-License-Identifier: Apache-2.0
#include "store/record_index.hpp"

#include <algorithm>
#include <set>

#include "model/changes.hpp"
#include "store/chain.hpp"
#include "store/event_log.hpp"
#include "store/incidents.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/progress.hpp"

namespace umsops::store {
namespace {

constexpr std::size_t kAtOnce = 64;     // texts a statement
constexpr std::int64_t kPortion = 256;  // records of a walk
/// Segments of more documents are left as they are: to merge them would keep writers waiting.
constexpr std::uint32_t kHighestMerged = 3;
constexpr std::uint32_t kPortionLevel = 1;

std::string texts_sql(RecordTable const& table, std::string const& condition) {
  return "SELECT n, last_event, title, description FROM " + std::string(table.name) + " WHERE " + condition;
}

RecordText read_text(Statement const& row) { return {row.integer(0), row.integer(1), row.text(2), row.text(3), false}; }

/// Gives all texts of the kind, in the order of their places.
void visit_texts(Connection& db, RecordTable const& table, std::function<void(RecordText&)> const& visit) {
  std::string const sql = texts_sql(table, "n > $1 ORDER BY n LIMIT " + std::to_string(kPortion));
  for (std::int64_t last = 0;;) {
    std::vector<RecordText> portion;
    {
      Reading rows(db.prepare(sql));
      rows->bind(1, last);
      while (rows->step()) portion.push_back(read_text(*rows));
    }
    for (auto& text : portion) {
      last = text.n;
      visit(text);
      base::progressed();
    }
    if (portion.size() < static_cast<std::size_t>(kPortion)) return;
  }
}

/// In the row of no index. FROZEN: stored.
void note_indexed(Connection& db, std::int64_t event) {
  Reading row(db.prepare(
      "INSERT INTO search_meta (one, version, documents, next_document, next_segment, title_length, "
      "body_length, title_pivot, body_pivot) VALUES (0, 0, $1, 0, 0, 0, 0, 0, 0) ON CONFLICT (one) DO UPDATE SET "
      "documents = excluded.documents"));
  row->bind(1, event).step();
}

/// New texts: a few each by itself, many as a segment of their own.
void add_all(Connection& db, SearchSpace space, SearchIndex& index, search::Indexer& indexer,
             std::vector<RecordText> const& texts) {
  if (texts.size() < search::kPendingRows) {
    for (auto const& text : texts) remember_document(db, space, indexer.add(text.document()), text.n);
    return;
  }
  search::IndexBuilder builder(index, index.state().meta, {}, kPortionLevel);
  for (auto const& text : texts) remember_document(db, space, builder.add(text.document()), text.n);
  builder.finish();
}

/// Brings the records from what they were after event `from` to what they were after event `to`.
std::int64_t bring_up(Connection& db, IndexedKind const& kind, std::int64_t from, std::int64_t to) {
  auto const places = changed_records(db, kind.space, from, to);
  if (places.empty()) return 0;
  SearchIndex index(db, kind.space);
  search::Indexer indexer(index);
  std::vector<RecordText> fresh;
  for (auto& text : record_texts(db, kind.table(), places)) {
    take_back(db, kind.table(), text, to);
    if (text.absent) continue;
    if (auto const known = document_of(db, kind.space, text.n); known != 0) {
      RecordText before = text;
      take_back(db, kind.table(), before, from);
      if (before.same_text(text)) continue;
      indexer.remove(known, before.document());
      forget_document(db, kind.space, known);
    }
    fresh.push_back(std::move(text));
  }
  add_all(db, kind.space, index, indexer, fresh);
  if (pending_rows(db, kind.space) >= static_cast<std::int64_t>(search::kPendingRows) ||
      fresh.size() >= search::kPendingRows)
    indexer.tidy(false, kHighestMerged);
  return static_cast<std::int64_t>(fresh.size());
}

}  // namespace

std::span<IndexedKind const> indexed_kinds() {
  static constexpr IndexedKind kKinds[] = {{kTicketSpace, ticket_table}, {kIncidentSpace, incident_table}};
  return kKinds;
}

IndexedKind const* find_indexed_kind(std::string_view noun) {
  for (auto const& kind : indexed_kinds()) {
    if (kind.space.noun == noun) return &kind;
  }
  return nullptr;
}

std::vector<RecordText> record_texts(Connection& db, RecordTable const& table, std::span<std::int64_t const> places) {
  std::string const sql = texts_sql(table, "n IN (" + parameter_list(kAtOnce) + ") ORDER BY n");
  std::vector<RecordText> found;
  for (std::size_t at = 0; at < places.size(); at += kAtOnce) {
    Reading rows(db.prepare(sql));
    for (std::size_t i = 0; i < kAtOnce; ++i)  // the last one again where there are no more
      rows->bind(static_cast<int>(i + 1), places[std::min(at + i, places.size() - 1)]);
    while (rows->step()) found.push_back(read_text(*rows));
  }
  return found;
}

void take_back(Connection& db, RecordTable const& table, RecordText& text, std::int64_t event) {
  std::vector<std::string> erased;
  while (text.last_event > event) {
    auto const row = find_event_row(db, text.last_event);
    if (!row) throw base::Error(base::errors::store_damaged, {{"problem", "an event of a record is missing"}});
    if (row->previous == 0) {
      text.absent = true;
      return;
    }
    model::undo(table.type, to_event(*row, db.schema()).changes, erased,
                [&](std::size_t field, base::Value const& before) {
                  if (table.type.fields[field].name == "title") text.title = before.text();
                  if (table.type.fields[field].name == "description") text.body = before.text();
                });
    text.last_event = row->previous;
  }
  for (auto const& field : erased) {
    if (field == "title") text.title.clear();
    if (field == "description") text.body.clear();
  }
}

std::int64_t indexed_event(Connection& db) {
  return db.number("SELECT coalesce(max(documents), 0) FROM search_meta WHERE one = 0");
}

std::vector<std::int64_t> changed_records(Connection& db, SearchSpace space, std::int64_t from, std::int64_t to) {
  Reading rows(db.prepare("SELECT noun, record FROM events WHERE seq > $1 AND seq <= $2 ORDER BY seq"));
  rows->bind(1, from).bind(2, to);
  std::set<std::int64_t> places;
  while (rows->step()) {
    if (rows->text(0) == space.noun && !rows->is_null(1)) places.insert(rows->integer(1));
  }
  return {places.begin(), places.end()};
}

IndexedPortion index_portion(WriteTx& tx, std::int64_t events) {
  tx.take_turn();
  auto& db = tx.connection();
  std::int64_t const from = indexed_event(db), head = chain_head(db).seq;
  std::int64_t const to = std::min(head, from + events);
  IndexedPortion out;
  if (from >= head) return out;
  for (auto const& kind : indexed_kinds()) out.records += bring_up(db, kind, from, to);
  note_indexed(db, to);
  out.more = to < head;
  return out;
}

std::int64_t build_record_index(WriteTx& tx) {
  auto& db = tx.connection();
  std::int64_t count = 0;
  for (auto const& kind : indexed_kinds()) {
    MeanLengths means;
    std::string const sql = texts_sql(kind.table(), "n > $1 ORDER BY n LIMIT 1000");
    {
      Reading rows(db.prepare(sql));
      rows->bind(1, std::int64_t{0});
      while (rows->step() && means.wants_more()) means.add(read_text(*rows).document());
    }
    SearchIndex index(db, kind.space);
    search::IndexBuilder builder(index, means.pivots());
    visit_texts(db, kind.table(), [&](RecordText& text) {
      remember_document(db, kind.space, builder.add(text.document()), text.n);
      ++count;
    });
    builder.finish();
  }
  note_indexed(db, chain_head(db).seq);
  return count;
}

void forget_record(WriteTx& tx, model::Ref const& record) {
  auto const* const kind = find_indexed_kind(record.noun);
  if (!kind) return;
  tx.take_turn();
  std::int64_t const n = place_of(tx.connection(), kind->table(), record.id);
  forget_records(tx, *kind, {&n, 1});
}

void forget_records(WriteTx& tx, IndexedKind const& kind, std::span<std::int64_t const> places) {
  tx.take_turn();
  auto& db = tx.connection();
  std::int64_t const event = indexed_event(db);
  SearchIndex index(db, kind.space);
  search::Indexer indexer(index);
  bool removed = false;
  for (auto& text : record_texts(db, kind.table(), places)) {
    auto const known = document_of(db, kind.space, text.n);
    if (known == 0) continue;
    take_back(db, kind.table(), text, event);
    indexer.remove(known, text.document());
    forget_document(db, kind.space, known);
    removed = true;
  }
  if (removed) indexer.tidy(true);  // a removal beside its terms leaves them there until both are merged
}

void check_record_index(Connection& db, std::function<void(std::string const& problem)> const& report) {
  std::int64_t const event = indexed_event(db);
  for (auto const& kind : indexed_kinds()) {
    SearchIndex index(db, kind.space);
    search::IndexCheck check(index);
    visit_texts(db, kind.table(), [&](RecordText& text) {
      auto const number = document_of(db, kind.space, text.n);
      take_back(db, kind.table(), text, event);
      if ((number != 0) == text.absent) {
        report(std::string(kind.space.noun) + " " + std::to_string(text.n) +
               (number != 0 ? " is indexed before its time" : " is not indexed"));
      } else if (number != 0) {
        check.document(number, text.document());
      }
    });
    for (auto const& problem : check.problems()) report(std::string(kind.space.noun) + "s: " + problem);
  }
}

}  // namespace umsops::store
