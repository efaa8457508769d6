// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/candidates.hpp"
#include "cli/input.hpp"
#include "cli/kb/kb.hpp"
#include "cli/outcome.hpp"
#include "cli/record/ids.hpp"

namespace umsops::cli::kb {

namespace {

constexpr std::size_t kMostOffered = 50;

constexpr record::FieldFlag kFilters[] = {
    {"kind", "kind"},         {"status", "status"}, {"category", "category"}, {"visibility", "visibility"},
    {"language", "language"}, {"tag", "tags"},
};

constexpr record::FieldFlag kSetters[] = {
    {"kind", "kind"},
    {"title", "title"},
    {"category", "category"},
    {"tags", "tags"},
    {"language", "language"},
    {"difficulty", "difficulty"},
    {"visibility", "visibility"},
    {"incident", "related_incidents"},
    {"priority", "priority"},
    {"incident-type", "incident_type"},
    {"tools", "required_tools"},
    {"minutes", "estimated_time_minutes"},
    {"url", "url"},
    {"length", "length"},
};

/// `KB-000001 created  faq PUBLISHED  the title`
std::string line_of(Env const& env, desk::ArticleResult const& result) {
  auto const& article = result.article;
  return article.kb_number + " " + word_for(env, result.result) + "  " + std::string(to_string(article.kind)) + " " +
         std::string(to_string(article.status)) + "  " + article.title;
}

record::Answer answer_of(Env& env, desk::ArticleResult const& result) {
  base::Value::List warnings(result.warnings.begin(), result.warnings.end());
  record::Answer answer{to_row(result.article), result.result, result.dry_run, {{"warnings", std::move(warnings)}}};
  answer.line = line_of(env, result);
  answer.warnings = result.warnings;
  bool const draft = result.article.status == model::ArticleStatus::draft;
  if (!result.dry_run && result.result == desk::Result::created && draft)
    answer.hint = env.phrase(Phrase::next_publish, {{"id", result.article.kb_number}});
  return answer;
}

}  // namespace

constinit record::Kind const kKind{
    .type = model::article_type,
    .number = "kb_number",
    .since = "updated_at",
    .body = "content",
    .filters = kFilters,
    .setters = kSetters,
};

void offer_numbers(Candidates& out) {
  for (auto const& [number, title] : out.env().desk().knowledge().complete(out.typed(), kMostOffered))
    out.add(number, title);
  out.add("@last");
}

void write_result(Env& env, desk::ArticleResult const& result) {
  record::write_answer(kKind, env, answer_of(env, result));
}

int change_all(Env& env, Call const& call, Change const& change) {
  auto const ids = record::confirmed_ids(kKind, env, call);
  // A wrong -F or format is told before anything is stored.
  (void)env.style(kKind.number);
  return record::change_all(kKind, env, call, ids, [&](std::vector<std::string> const& some) {
    return record::answers_of(change(some), [&](auto const& done) { return answer_of(env, done); });
  });
}

desk::Sets sets_of(Env& env, Call const& call, std::string const& text_to_edit) {
  auto sets = record::sets_of(kKind, env, call, text_to_edit);
  if (auto const at = time_flag(env, call, "review-by"))
    sets.emplace_back(model::article_type().require("review_by"), *at);
  return sets;
}

}  // namespace umsops::cli::kb
