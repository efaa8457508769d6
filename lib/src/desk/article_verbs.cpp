// SPDX-License-Identifier: Apache-2.0
// What people do to articles as use cases: each on one article or many.
#include "desk/article_steps.hpp"
#include "desk/change.hpp"
#include "desk/history.hpp"
#include "desk/incident_steps.hpp"
#include "desk/known_key.hpp"
#include "desk/record_hooks.hpp"
#include "desk/sets.hpp"
#include "store/articles.hpp"
#include "store/event_log.hpp"
#include "store/feedback.hpp"
#include "store/keys.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/key_nouns.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;
using model::Article;
using model::ArticleStatus;
using Outcomes = KnowledgeDesk::Outcomes;

/// Hash of all that the caller said: what must be the same when a key comes again.
std::string content_of(NewArticle const& wanted) {
  Value::Object said;
  for (auto const& [field, value] : wanted.sets)
    said.emplace_back(std::string(model::article_type().fields[field].name), value);
  return store::content_hash(
      base::to_json(Value::List{std::move(said), wanted.publish ? Value(*wanted.publish) : Value()}));
}

ArticleResult known_key(store::Connection& db, NewArticle const& wanted, std::string const& content,
                        KnowledgeDesk::CreateOptions const& options, store::KeyRow const& row) {
  auto stored = store::article_at(db, row.record);
  if (!stored) throw Error(base::errors::store_damaged, {{"problem", "key " + wanted.key + " names no article"}});
  act_on_known_key(options.on_duplicate, {wanted.key, stored->kb_number, true, base::errors::kb_key_exists});
  if (!row.content_hash.empty() && row.content_hash != content)
    throw Error(base::errors::kb_key_content, {{"key", wanted.key}, {"id", stored->kb_number}});
  return {*std::move(stored), Result::existing};
}

Outcomes move_each(OpenDesk& desk, KnowledgeDesk::Ids const& ids, ChangeOptions const& options, Batch how,
                   char const* kind, ArticleStatus from, ArticleStatus to) {
  return edit_each_article(desk, ids, options, how, [&](store::WriteTx& tx, Article const& before) {
    Article after = before;
    // Withdrawing takes back a publication alone: a draft is one, and what is archived is not to be read anyway.
    if (to != ArticleStatus::draft || before.status == from) after.status = to;
    return store_step(desk, tx, before, std::move(after), kind, options.reason);
  });
}

/// Counted anew from what is stored, so that they cannot go astray.
void count_feedback(store::WriteTx& tx, Article& article) {
  article.helpful_count = article.not_helpful_count = article.used_count = article.worked_count = 0;
  for (auto const& feedback : store::feedback_of(tx.connection(), model::ref_of(article))) {
    if (feedback.kind == model::FeedbackKind::vote) {
      ++(feedback.good ? article.helpful_count : article.not_helpful_count);
    } else {
      ++article.used_count;
      article.worked_count += feedback.good ? 1 : 0;
    }
  }
  store::update_article_counts(tx, article);
}

ArticleResult say(OpenDesk& desk, store::WriteTx& tx, Article article, model::Feedback feedback,
                  std::string const& reason) {
  feedback.record = model::ref_of(article);
  feedback.reason = reason;
  feedback.author = desk.options().actor.name;
  feedback.created_at = desk.now();
  refuse_unsound(feedback);
  if (!store::store_feedback(tx, feedback)) return {std::move(article), Result::unchanged};
  bool const vote = feedback.kind == model::FeedbackKind::vote;
  // Who votes stands in the row, which can be erased, and not in what the chain covers in the open.
  Value::Object word{{"good", feedback.good}};
  if (!vote) word.insert(word.begin(), {"subject", feedback.subject});
  model::Change told{vote ? "vote" : "use", {}, std::move(word)};
  auto event = event_of(desk, feedback.record, article.rev, {vote ? "voted" : "used", reason, {std::move(told)}});
  store::append_event(tx, event, {}, desk.ids());
  count_feedback(tx, article);
  return {std::move(article), Result::updated};
}

}  // namespace

void note_used_for(OpenDesk& desk, store::WriteTx& tx, std::string const& typed, std::string const& number,
                   bool worked) {
  std::optional<Article> article;
  try {
    article = find_article(desk, tx.connection(), typed);
  } catch (Error const& error) {
    if (error.kind() != base::ErrorKind::not_found && error.kind() != base::ErrorKind::conflict) throw;
    return;
  }
  model::Feedback feedback;
  feedback.kind = model::FeedbackKind::use;
  feedback.subject = number;
  feedback.good = worked;
  say(desk, tx, *article, std::move(feedback), "");
}

ArticleResult KnowledgeDesk::create(NewArticle const& wanted, CreateOptions const& options) {
  Article const draft = drafted(desk_, wanted);
  if (options.dry_run && desk_.absent_default()) {
    auto seen = run_hooks(desk_, draft);
    seen.record.kb_number = desk_.kb_numbers().render(1, seen.record.created_at);
    return {std::move(seen.record), Result::created, true, std::move(seen.feedback)};
  }
  auto const content = content_of(wanted);
  return desk_.write([&](store::WriteTx& tx) {
    auto const known =
        wanted.key.empty() ? std::nullopt : store::find_key(tx.connection(), model::kArticleKeys, wanted.key);
    ArticleResult result =
        known ? known_key(tx.connection(), wanted, content, options, *known)
              : store_new_article(desk_, tx, draft, wanted.key.empty() ? std::string() : content, options.reason);
    result.dry_run = options.dry_run;
    result.warnings = desk_.hooks().take_feedback();
    if (options.dry_run || result.result == Result::existing) tx.discard();
    return result;
  });
}

Outcomes KnowledgeDesk::update(Ids const& ids, Sets const& sets, ChangeOptions const& options, Batch how) {
  refuse_unwritable(model::article_type(), sets);
  return edit_each_article(desk_, ids, options, how, [&](store::WriteTx& tx, Article const& before) {
    Article after = before;
    set_fields(after, sets);
    return store_step(desk_, tx, before, std::move(after), "updated", options.reason);
  });
}

Outcomes KnowledgeDesk::publish(Ids const& ids, bool withdraw, ChangeOptions const& options, Batch how) {
  return move_each(desk_, ids, options, how, withdraw ? "withdrawn" : "published", ArticleStatus::published,
                   withdraw ? ArticleStatus::draft : ArticleStatus::published);
}

Outcomes KnowledgeDesk::archive(Ids const& ids, ChangeOptions const& options, Batch how) {
  return move_each(desk_, ids, options, how, "archived", ArticleStatus::published, ArticleStatus::archived);
}

Outcomes KnowledgeDesk::vote(Ids const& ids, bool helpful, ChangeOptions const& options, Batch how) {
  return edit_each_article(desk_, ids, options, how, [&](store::WriteTx& tx, Article const& article) {
    model::Feedback feedback;
    feedback.subject = desk_.options().actor.name;
    feedback.good = helpful;
    return say(desk_, tx, article, std::move(feedback), options.reason);
  });
}

Outcomes KnowledgeDesk::use(Ids const& ids, Use const& use, ChangeOptions const& options, Batch how) {
  return edit_each_article(desk_, ids, options, how, [&](store::WriteTx& tx, Article const& article) {
    model::Feedback feedback;
    feedback.kind = model::FeedbackKind::use;
    feedback.subject = use.ticket.empty() ? find_incident(desk_, tx.connection(), use.incident).incident_number
                                          : find_ticket(desk_, tx.connection(), use.ticket).ticket_number;
    feedback.good = use.worked;
    return say(desk_, tx, article, std::move(feedback), options.reason);
  });
}

}  // namespace umsops::desk
