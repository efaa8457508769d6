// SPDX-License-Identifier: Apache-2.0
#include "store/whole_index.hpp"

#include "store/article_index.hpp"
#include "store/articles.hpp"
#include "store/event_log.hpp"
#include "store/incidents.hpp"
#include "store/record_index.hpp"
#include "store/tickets.hpp"
#include "umsops/base/progress.hpp"

namespace umsops::store {
namespace {

/// Rows of the index that are of no record: those of each kind, then those of none.
std::int64_t lost_documents(Connection& db) {
  return db.number(
      "SELECT count(*) FROM search_document AS d LEFT JOIN knowledge_base AS k ON d.noun = 'kb' AND k.n = d.record "
      "LEFT "
      "JOIN support_tickets AS t ON d.noun = 'ticket' AND t.n = d.record LEFT JOIN incidents AS i ON d.noun = "
      "'incident' "
      "AND i.n = d.record WHERE k.n IS NULL AND t.n IS NULL AND i.n IS NULL");
}

}  // namespace

std::int64_t rebuild_search_index(WriteTx& tx) {
  tx.take_turn();
  for (auto const* table : {"meta", "seg", "page", "list", "pending", "document"})
    tx.connection().run_script(std::string("DELETE FROM search_") + table);
  for (RecordTable const* table : {&article_table(), &ticket_table(), &incident_table()})
    base::progress_ahead(tx.connection().number("SELECT count(*) FROM " + std::string(table->name)));
  std::int64_t const articles = build_article_index(tx);
  return articles + build_record_index(tx);
}

void check_search_index(Connection& db, std::function<void(std::string const& problem)> const& report) {
  check_article_index(db, report);
  check_record_index(db, report);
  if (auto const lost = lost_documents(db); lost > 0) report(std::to_string(lost) + " documents are of no record");
}

IndexFigures index_figures(Connection& db) {
  IndexFigures out;
  auto const look = [&](SearchSpace space, std::int64_t& documents) {
    auto const state = SearchIndex(db, space).state();
    documents = state.meta.documents;
    out.segments += static_cast<std::int64_t>(state.segments.size());
    return state.meta.drift();
  };
  out.drift = look(kArticleSpace, out.articles);
  look(kTicketSpace, out.tickets);
  look(kIncidentSpace, out.incidents);
  out.pending = db.number("SELECT count(*) FROM search_pending");
  out.bytes = db.number(
      "SELECT (SELECT coalesce(sum(length(data) + length(first)), 0) FROM search_page) + (SELECT "
      "coalesce(sum(length(data)), 0) FROM search_list) + (SELECT coalesce(sum(length(data)), 0) FROM search_pending)");
  out.behind = chain_head(db).seq - indexed_event(db);
  return out;
}

}  // namespace umsops::store
