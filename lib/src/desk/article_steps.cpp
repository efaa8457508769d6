// SPDX-License-Identifier: Apache-2.0
#include "desk/article_steps.hpp"

#include "desk/sets.hpp"

#include <algorithm>

#include "desk/change.hpp"
#include "desk/history.hpp"
#include "desk/record_hooks.hpp"
#include "model/changes.hpp"
#include "store/article_index.hpp"
#include "store/articles.hpp"
#include "store/event_log.hpp"

namespace umsops::desk {

using model::Article;

Subject const& articles() {
  static Subject const kArticles{store::article_table(), base::errors::kb_ambiguous, base::errors::kb_stale,
                                 &OpenDesk::kb_numbers};
  return kArticles;
}

Article find_article(OpenDesk& desk, store::Connection& db, std::string const& typed) {
  return store::to_article(find_record(desk, db, articles(), typed));
}

void set_fields(Article& article, Sets const& sets) {
  auto const kind = model::article_type().require("kind");
  for (auto const& [field, value] : sets) {
    if (field == kind) model::set(article, field, value);
  }
  for (auto const& [field, value] : sets) {
    if (field != kind) apply_set(model::article_type(), article, field, value);
  }
}

ArticleResult store_step(OpenDesk& desk, store::WriteTx& tx, Article const& before, Article after, char const* kind,
                         std::string const& reason) {
  if (model::changes_between(model::article_type(), to_row(before), to_row(after)).empty())
    return {before, Result::unchanged};
  auto seen = hooked(desk, &before, std::move(after));
  after = std::move(seen.record);
  after.rev = before.rev + 1;
  after.updated_by = desk.options().actor.name;
  // A clock that was set back must not make an article older than its creation.
  after.updated_at = std::max(desk.now(), after.created_at);
  refuse_unsound(after);
  std::vector<model::Change> further;
  if (!seen.ran.is_null()) further.push_back(hooks_change(std::move(seen.ran)));
  store_record(desk, tx, store::article_table(), to_row(before), to_row(after), {kind, reason, std::move(further)});
  store::reindex(tx, &before, after);
  return {std::move(after), Result::updated};
}

Article drafted(OpenDesk& desk, NewArticle const& wanted) {
  Article article;
  article.created_at = article.updated_at = desk.now();
  article.created_by = article.updated_by = desk.options().actor.name;
  auto const published = model::article_type().require("is_published");
  bool const said =
      std::any_of(wanted.sets.begin(), wanted.sets.end(), [&](auto const& set) { return set.first == published; });
  set_fields(article, wanted.sets);
  bool const usual = article.kind == model::ArticleKind::faq && !said;
  if (wanted.publish.value_or(usual)) article.status = model::ArticleStatus::published;
  if (wanted.publish && !*wanted.publish) article.status = model::ArticleStatus::draft;
  article.id = desk.ids().next_id(article.created_at);
  article.key = wanted.key;
  refuse_unsound(article);
  return article;
}

ArticleResult store_new_article(OpenDesk& desk, store::WriteTx& tx, Article const& draft, std::string const& content,
                                std::string const& reason) {
  auto seen = hooked(desk, nullptr, draft);
  ArticleResult result;
  Article& article = result.article = std::move(seen.record);
  article.kb_number = desk.kb_numbers().render(store::next_number(tx, store::article_table()), article.created_at);
  std::string const state = store::insert_article(tx, article, {.key_content = content});
  model::Event created = first_event(desk, article, "created", reason);
  store::append_event(tx, created, state, desk.ids());
  if (!seen.ran.is_null()) {
    auto by_hooks = model::changes_between(model::article_type(), to_row(draft), to_row(article));
    by_hooks.push_back(hooks_change(std::move(seen.ran)));
    auto event = event_of(desk, model::ref_of(article), article.rev, {"hooked", "", std::move(by_hooks)});
    store::append_event(tx, event, {}, desk.ids());
  }
  store::reindex(tx, nullptr, article);
  return result;
}

}  // namespace umsops::desk
