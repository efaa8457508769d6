// SPDX-License-Identifier: Apache-2.0
#include "desk/article_steps.hpp"
#include "desk/export_record.hpp"
#include "desk/record_importer.hpp"
#include "store/article_index.hpp"
#include "store/articles.hpp"
#include "store/feedback.hpp"
#include "umsops/model/key_nouns.hpp"

namespace umsops::desk {
namespace {

using model::Article;

/// See `RecordImporter`.
class ArticleRecords {
 public:
  using Record = Article;
  static constexpr std::string_view keys = model::kArticleKeys;
  static Subject const& subject() { return articles(); }
  static base::RecordType const& type() { return model::article_type(); }
  static ImportedArticle read(base::Value const& object) { return read_article_import(object); }
  static Article from(store::Columns const& columns) { return store::to_article(columns); }
  static store::Columns columns(Article const& article) {
    return store::to_columns(store::article_table(), to_row(article));
  }

  ArticleRecords(OpenDesk& desk, ImportOptions const&) : desk_(desk) {}

  void complete(ImportedArticle& in) const {
    Article& article = in.record;
    auto const gives = [&](std::string_view field) { return in.gives(type(), field); };
    if (!gives("created_at")) article.created_at = desk_.now();
    if (!gives("updated_at")) article.updated_at = article.created_at;
    if (!gives("created_by")) article.created_by = desk_.options().actor.name;
    if (!gives("updated_by")) article.updated_by = article.created_by;
    if (article.kind == model::ArticleKind::faq && !gives("status") && !gives("is_published"))
      article.status = model::ArticleStatus::published;
  }

  /// What readers did comes along: no event tells of views.
  void derive(ImportedArticle const& in, Article& article) const {
    article.view_count = in.record.view_count;
    article.helpful_count = in.record.helpful_count;
    article.not_helpful_count = in.record.not_helpful_count;
    article.used_count = in.record.used_count;
    article.worked_count = in.record.worked_count;
  }

  std::string next_number(store::WriteTx& tx, Article const& article) const {
    return desk_.kb_numbers().render(store::next_number(tx, store::article_table()), article.created_at);
  }

  void store_changed(store::WriteTx& tx, Article const& before, Article after, std::string const& place) const {
    after.rev = before.rev + 1;
    after.updated_at = std::max(desk_.now(), after.created_at);
    after.updated_by = desk_.options().actor.name;
    refuse_unsound(after);
    store_record(desk_, tx, store::article_table(), to_row(before), to_row(after), {"imported", place});
    stored(tx, &before, after);
  }

  void stored(store::WriteTx& tx, Article const* before, Article const& after) const {
    store::reindex(tx, before, after);
  }

 private:
  OpenDesk& desk_;
};

}  // namespace

ImportSummary KnowledgeDesk::import(ImportSource const& source, ImportOptions const& options) {
  return import_records<ArticleRecords>(desk_, source, options);
}

ListEnd KnowledgeDesk::export_all(
    query::Query const& query,
    std::function<bool(Article const&, std::function<base::Value()> const& whole)> const& visit) {
  ListEnd end;
  auto* const store = desk_.reading();
  if (!store) return end;
  store::ReadTx const view(*store);
  auto& db = store->connection();
  auto const rest = store::list_articles(db, query, [&](Article const& article) {
    desk_.check_interrupted();
    ++end.count;
    return visit(article, [&] {
      return to_record(article, store::feedback_of(db, model::ref_of(article)),
                       store::events_of(db, model::article_type().noun, article.id));
    });
  });
  end.truncated = rest.truncated;
  end.next = rest.next;
  return end;
}

}  // namespace umsops::desk
