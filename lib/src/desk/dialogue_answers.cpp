// SPDX-License-Identifier: Apache-2.0
// Articles as answers of a conversation.
#include "desk/dialogue_answers.hpp"

#include "desk/article_steps.hpp"
#include "desk/write_in_passing.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/knowledge_desk.hpp"

namespace umsops::desk {
namespace {

/// Nobody reads more of it in a chat, and nobody listens to more of it.
constexpr std::size_t kLongestAnswer = 1500;

/// Text first, since that is what can be read out; empty: it has nothing to say.
std::string words_of(model::Article const& article) {
  std::string text = base::shortened(base::trimmed(article.content), kLongestAnswer);
  if (!article.url.empty()) text.append(text.empty() ? article.title + "\n" : "\n").append(article.url);
  return text;
}

class FlowThenArticles final : public dialogue::KnownAnswers {
 public:
  FlowThenArticles(OpenDesk& desk, dialogue::KnownAnswers const& own) : desk_(desk), own_(own) {}

  std::optional<dialogue::Answer> find(std::string_view said) const override {
    if (auto own = own_.find(said)) return own;
    KnowledgeQuery query;
    query.text = std::string(said);
    query.limit = 2;  // the second one tells how sure the first one is
    query.public_only = true;
    try {
      auto const found = KnowledgeDesk(desk_).search(query);
      if (found.confidence < kAnswerConfidence) return std::nullopt;
      auto const& article = found.hits.front().article;
      std::string const text = words_of(article);
      if (text.empty()) return std::nullopt;
      return dialogue::Answer{article.kb_number, {text, text}, true};
    } catch (base::Error const& error) {
      if (error.kind() == base::ErrorKind::interrupted) throw;
      return std::nullopt;
    }
  }

 private:
  OpenDesk& desk_;
  dialogue::KnownAnswers const& own_;
};

}  // namespace

std::vector<UsedArticle> used_articles(dialogue::Talk const& talk) {
  std::vector<UsedArticle> used;
  for (auto const& offered : talk.offered()) {
    if (offered.is_article && offered.helped) used.push_back({offered.id, *offered.helped});
  }
  return used;
}

std::unique_ptr<dialogue::KnownAnswers> DialogueDesk::answers(dialogue::KnownAnswers const& own) {
  return std::make_unique<FlowThenArticles>(desk_, own);
}

void DialogueDesk::note_used(dialogue::Flow const& flow, dialogue::Talk const& talk) {
  auto const used = used_articles(talk);
  if (used.empty()) return;
  // No record has a number for it, so it gets a name of its own.
  std::string const name = std::string(to_string(flow.channel)) + ":" + desk_.ids().next_id(desk_.now());
  write_in_passing(desk_, desk_.audit_key(), [&](store::WriteTx& tx) {
    tx.take_turn();
    for (auto const& article : used) note_used_for(desk_, tx, article.kb_number, name, article.worked);
  });
}

}  // namespace umsops::desk
