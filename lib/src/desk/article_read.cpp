// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/article_steps.hpp"
#include "model/changes.hpp"
#include "store/articles.hpp"
#include "store/event_log.hpp"
#include "store/feedback.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using model::Article;

/// Those that changed its text, and the first: the points between which texts can differ.
bool changes_text(model::Event const& event) {
  return std::any_of(event.changes.begin(), event.changes.end(),
                     [](auto const& change) { return change.field == "title" || change.field == "content"; });
}

/// The text as it was after that revision: the one of now, taken back through what came later.
Revision revision_of(Article const& article, std::vector<model::Event> const& history, std::int64_t rev) {
  auto const& type = model::article_type();
  Revision out{rev, article.created_at, article.created_by, article.title, article.content};
  std::vector<std::string> erased;
  for (auto event = history.rbegin(); event != history.rend(); ++event) {
    if (event->rev <= rev) {
      out.at = event->at;
      out.author = event->actor.name;
      break;
    }
    model::undo(type, event->changes, erased, [&](std::size_t field, base::Value const& before) {
      if (type.fields[field].name == "title") out.title = before.text();
      if (type.fields[field].name == "content") out.content = before.text();
    });
  }
  for (auto const& field : erased) {
    if (field == "title" || field == "content")
      throw base::Error(base::errors::kb_erased, {{"id", article.kb_number}, {"rev", std::to_string(rev)}});
  }
  return out;
}

}  // namespace

ListEnd KnowledgeDesk::list(query::Query const& query, std::function<bool(Article const&)> const& visit) {
  ListEnd end;
  auto* const store = desk_.reading();
  if (!store) return end;
  auto const rest = store::list_articles(store->connection(), query, [&](Article const& article) {
    ++end.count;
    return visit(article);
  });
  end.truncated = rest.truncated;
  end.next = rest.next;
  return end;
}

std::int64_t KnowledgeDesk::count(query::Filter const& filter) {
  auto* const store = desk_.reading();
  return store ? store::count_records(store->connection(), store::article_table(), filter) : 0;
}

WholeArticle KnowledgeDesk::show(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(articles(), id);
  store::ReadTx const view(*store);
  auto& db = store->connection();
  WholeArticle whole;
  whole.article = find_article(desk_, db, id);
  whole.feedback = store::feedback_of(db, model::ref_of(whole.article));
  whole.history = store::events_of(db, model::article_type().noun, whole.article.id);
  return whole;
}

std::vector<model::Event> KnowledgeDesk::history(std::string const& id) { return show(id).history; }

RevisionPair KnowledgeDesk::revisions(std::string const& id, std::optional<std::int64_t> from,
                                      std::optional<std::int64_t> to) {
  auto whole = show(id);
  auto const& [article, feedback, history] = whole;
  for (auto const& rev : {from, to}) {
    if (!rev || (*rev >= 1 && *rev <= article.rev)) continue;
    throw base::Error(
        base::errors::kb_no_revision,
        {{"id", article.kb_number}, {"rev", std::to_string(*rev)}, {"last", std::to_string(article.rev)}});
  }
  if (!from) {
    // What the last change of the text did, or all that happened since a revision that was named alone.
    auto const last = std::find_if(history.rbegin(), history.rend(), [&, &article = article](auto const& event) {
      return event.rev <= to.value_or(article.rev) && event.rev > 1 && changes_text(event);
    });
    from = last == history.rend() ? 1 : last->rev - 1;
  }
  RevisionPair out;
  out.before = revision_of(article, history, *from);
  out.after = revision_of(article, history, to.value_or(article.rev));
  out.article = std::move(whole.article);
  return out;
}

std::vector<std::pair<std::string, std::string>> KnowledgeDesk::complete(std::string const& prefix, std::size_t most) {
  std::vector<std::pair<std::string, std::string>> out;
  auto* const store = desk_.reading();
  if (!store) return out;
  for (auto const& columns : store::find_by_prefix(store->connection(), store::article_table(), prefix, most)) {
    auto article = store::to_article(columns);
    out.emplace_back(std::move(article.kb_number), std::move(article.title));
  }
  return out;
}

}  // namespace umsops::desk
