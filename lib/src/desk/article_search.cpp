// SPDX-License-Identifier: Apache-2.0
// What readers do: search, read, ask in vain. Nothing of it may fail or wait because others write.
#include <algorithm>

#include "desk/article_steps.hpp"
#include "desk/write_in_passing.hpp"
#include "store/article_index.hpp"
#include "store/articles.hpp"
#include "store/search_index.hpp"
#include "store/search_misses.hpp"
#include "store/whole_index.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

using model::Article;
using query::Filter;

constexpr std::size_t kLongestMiss = 200;  // code points of a query that is remembered

[[noreturn]] void refuse_filter(std::string_view what) {
  std::string names;
  for (auto const name : store::filter_fields()) names.append(names.empty() ? "" : ", ").append(name);
  throw base::Error(base::errors::usage_bad_value,
                    {{"flag", "--where"},
                     {"value", "the condition on " + std::string(what)},
                     {"expected", "FIELD=VALUE of one of " + names + ", several joined by blanks"},
                     {"suggestion", "umsops kb list -w takes all others"}});
}

/// A filter as the index can tell: fields that it has, and values that they are.
void add_filters(Filter const& filter, std::vector<std::vector<std::string>>& out, bool& names_status) {
  if (filter.kind == Filter::Kind::everything) return;
  if (filter.kind == Filter::Kind::all) {
    for (Filter const& child : filter.children) add_filters(child, out, names_status);
    return;
  }
  if (filter.kind != Filter::Kind::condition) refuse_filter("'or' and 'not'");
  auto const& condition = filter.condition;
  auto const name = model::article_type().fields[condition.field].name;
  auto const known = store::filter_fields();
  if (condition.op != query::Op::eq || std::find(known.begin(), known.end(), name) == known.end()) refuse_filter(name);
  std::vector<std::string> values;
  for (auto const& value : condition.values) {
    if (value.is_null()) refuse_filter(std::string(name) + " (none)");
    values.push_back(store::filter_of(name, value.text()));
  }
  names_status |= name == "status";
  out.push_back(std::move(values));
}

search::Query query_of(KnowledgeQuery const& wanted) {
  auto query = search::parse_query(wanted.text);
  bool names_status = false;
  add_filters(wanted.filter, query.filters, names_status);
  if (wanted.public_only) query.filters.push_back({store::filter_of("visibility", "public")});
  if (wanted.public_only || !names_status) query.filters.push_back({store::filter_of("status", "PUBLISHED")});
  return query;
}

/// How sure it is that the first hit answers a question: the share of what was asked for, by its rarity, that the text
/// is full of, more where it stands together, and more where no other text comes near. Two texts that say the same
/// halve it, no more: a desk may have an answer twice.
double confidence_of(search::Found const& found) {
  if (found.hits.empty() || found.asked <= 0) return 0;
  auto const& best = found.hits.front();
  double const share = best.terms / found.asked * (1 + 0.25 * best.passage);
  double const second = found.hits.size() > 1 && best.score > 0 ? found.hits[1].score / best.score : 0;
  return std::clamp(1.5 * share * (1 - 0.5 * second), 0.0, 1.0);
}

}  // namespace

KnowledgeFound KnowledgeDesk::search(KnowledgeQuery const& wanted) {
  KnowledgeFound out;
  auto const query = query_of(wanted);
  auto* const store = desk_.reading();
  if (!store) return out;
  store::ReadTx const view(*store);
  store::SearchIndex index(store->connection(), store::kArticleSpace);
  store::ArticleTexts texts(store->connection());
  search::SearchOptions options;
  options.limit = wanted.limit;
  options.candidates = std::max(options.candidates, wanted.limit);
  options.explain = wanted.explain;
  auto found = search::search(index, texts, query, options);
  out.full_matches = found.full_matches;
  out.counted = found.counted;
  out.confidence = confidence_of(found);
  for (auto& hit : found.hits) {
    Article article = *texts.find(hit.document);
    // Its tags stand behind its text in the index.
    out.hits.push_back({std::move(article), std::move(hit)});
  }
  return out;
}

void KnowledgeDesk::count_view(std::string const& id) {
  write_in_passing(desk_, {}, [&](store::WriteTx& tx) {
    tx.take_turn();
    auto article = store::find_article_by_id(tx.connection(), id);
    if (!article || article->created_by == desk_.options().actor.name) return;
    ++article->view_count;
    store::update_article_counts(tx, *article);
  });
}

void KnowledgeDesk::note_miss(std::string const& text) {
  std::string const query(base::first_code_points(base::fold(base::trimmed(text)), kLongestMiss));
  if (search::parse_query(query).empty() || base::text_fault(query, base::TextShape::line, 0)) return;
  write_in_passing(desk_, {}, [&](store::WriteTx& tx) { store::note_miss(tx, query, desk_.now()); });
}

std::vector<Miss> KnowledgeDesk::misses(std::size_t most) {
  std::vector<Miss> out;
  auto* const store = desk_.reading();
  if (!store) return out;
  for (auto& miss : store::search_misses(store->connection())) {
    if (out.size() == most) break;
    Miss told{miss.query, miss.asked, miss.first_at, miss.last_at, {}, false};
    KnowledgeQuery query;
    query.text = miss.query;
    query.limit = 1;
    auto const found = search(query);
    if (!found.hits.empty()) told.nearest = found.hits.front().article.kb_number;
    told.answered = !found.hits.empty() && !found.hits.front().hit.partial;
    out.push_back(std::move(told));
  }
  return out;
}

void KnowledgeDesk::forget_misses(bool dry_run) {
  if (desk_.absent_default()) return;
  desk_.write([&](store::WriteTx& tx) {
    store::forget_misses(tx);
    if (dry_run) tx.discard();
    return 0;
  });
}

std::int64_t KnowledgeDesk::rebuild_index() {
  if (desk_.absent_default()) return 0;
  return desk_.write([&](store::WriteTx& tx) { return store::rebuild_search_index(tx); });
}

std::vector<std::string> KnowledgeDesk::check_index() {
  std::vector<std::string> problems;
  auto* const store = desk_.reading();
  if (!store) return problems;
  store::ReadTx const view(*store);
  store::check_search_index(store->connection(), [&](std::string const& problem) { problems.push_back(problem); });
  return problems;
}

IndexStatus KnowledgeDesk::index_status() {
  auto* const store = desk_.reading();
  if (!store) return {};
  auto const figures = store::index_figures(store->connection());
  IndexStatus out;
  out.documents = figures.articles + figures.tickets + figures.incidents;
  out.articles = figures.articles;
  out.tickets = figures.tickets;
  out.incidents = figures.incidents;
  out.segments = figures.segments;
  out.pending = figures.pending;
  out.bytes = figures.bytes;
  out.behind = figures.behind;
  out.drift = figures.drift;
  return out;
}

}  // namespace umsops::desk
