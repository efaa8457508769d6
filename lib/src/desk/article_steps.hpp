// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/batch.hpp"
#include "desk/find.hpp"
#include "desk/open_desk.hpp"
#include "umsops/desk/knowledge_desk.hpp"

/// The steps of an article's life inside a transaction, for every use case that needs one.
namespace umsops::desk {

Subject const& articles();
model::Article find_article(OpenDesk& desk, store::Connection& db, std::string const& typed);

/// Sets fields in an order in which each can be judged: the kind first.
void set_fields(model::Article& article, Sets const& sets);

/// Stores the changed article, one revision on, as its hooks make it, with an event of that kind; the search index
/// follows. Nothing when nothing differs.
ArticleResult store_step(OpenDesk& desk, store::WriteTx& tx, model::Article const& before, model::Article after,
                         char const* kind, std::string const& reason);
/// A new article as the caller says it, checked.
model::Article drafted(OpenDesk& desk, NewArticle const& wanted);
/// Stores the draft, whatever keys there are.
ArticleResult store_new_article(OpenDesk& desk, store::WriteTx& tx, model::Article const& draft,
                                std::string const& content, std::string const& reason);

/// What became of the article that was named for the ticket or incident of that number. Nothing where this desk has no
/// such article: people name those of other systems, too.
void note_used_for(OpenDesk& desk, store::WriteTx& tx, std::string const& typed, std::string const& number,
                   bool worked);

/// Runs `edit` on each of the articles that the ids name, as `run_batch` does. Throws `kb.not_found`, and `kb.stale`
/// where one is not at the revision of the options.
template <class Edit>
std::vector<ArticleOutcome> edit_each_article(OpenDesk& desk, std::vector<std::string> const& ids,
                                              ChangeOptions const& options, Batch how, Edit&& edit) {
  // A desk that does not exist yet has no article to change.
  if (!ids.empty() && desk.absent_default()) refuse_absent(articles(), ids.front());
  return run_batch<ArticleResult>(desk, ids, options, how, [&](store::WriteTx& tx, std::string const& id) {
    tx.take_turn();  // readers change its counts at any time: what is read here must hold until it is stored
    model::Article const article = find_article(desk, tx.connection(), id);
    refuse_stale(articles(), article.kb_number, article.rev, options);
    return edit(tx, article);
  });
}

}  // namespace umsops::desk
