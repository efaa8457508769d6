// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/article.hpp"

#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "umsops/model/article_file.hpp"
#include "umsops/model/feedback.hpp"

using namespace umsops;
using namespace umsops::model;
using base::Value;

namespace {

Article sound_article() {
  Article a;
  a.id = "01hq3k6v8n0000000000000000";
  a.kb_number = "KB-000007";
  a.title = "LDAP timeouts";
  a.content = "Restart the proxy.";
  a.created_at = a.updated_at = *base::parse_rfc3339("2026-11-23T09:30:00Z");
  return a;
}

std::string problem_of(Article const& article) {
  auto const problems = check(article);
  return problems.empty() ? "" : problems.front().field + ": " + problems.front().what;
}

Value get(Article const& a, char const* field) { return model::get(a, article_type().require(field)); }
void set(Article& a, char const* field, Value const& value) { model::set(a, article_type().require(field), value); }

}  // namespace

TEST_CASE("an article is what its row says") {
  Article a = sound_article();
  a.kind = ArticleKind::solution;
  a.tags = {"ldap", "代理"};
  a.language = ArticleLanguage::chinese;
  a.difficulty = Difficulty::advanced;
  a.incident_type = IncidentType::network_problem;
  a.required_tools = {"ldapsearch"};
  a.estimated_time_minutes = 20;
  a.review_by = a.created_at;
  CHECK(check(a).empty());
  CHECK(to_row(article_from(to_row(a))) == to_row(a));
}

TEST_CASE("the SOP's names stand beside ours in the kinds that have them") {
  Article a = sound_article();
  CHECK(get(a, "question").is_null());
  CHECK_THROWS_AS(set(a, "question", "x"), base::Error);
  set(a, "kind", "faq");
  set(a, "question", "Why?");
  set(a, "answer", "Because.");
  CHECK(a.title == "Why?");
  CHECK(get(a, "answer") == Value("Because."));
  CHECK(get(a, "solution_title").is_null());
  for (auto const& yes : {Value(true), Value("true"), Value("1"), Value(std::int64_t{1})}) {
    a.status = ArticleStatus::draft;
    set(a, "is_published", yes);
    CHECK(a.status == ArticleStatus::published);
  }
  set(a, "is_published", "no");
  CHECK(a.status == ArticleStatus::draft);
  a.status = ArticleStatus::archived;
  set(a, "is_published", false);
  CHECK(a.status == ArticleStatus::archived);
  CHECK_THROWS_AS(set(a, "is_published", "perhaps"), base::Error);
}

TEST_CASE("what fits no kind is refused") {
  Article a = sound_article();
  a.priority = 3;
  CHECK(problem_of(a) == "priority: only for kind faq");
  a = sound_article();
  a.kind = ArticleKind::video;
  CHECK(problem_of(a) == "url: a video needs one");
  for (auto const* url : {"javascript:alert(1)", "https://", "https:///x", "http://a b", "ftp://x", "https://x\"y"}) {
    a.url = url;
    CHECK(problem_of(a) == "url: not a web address such as https://example.org/video");
  }
  a.url = "HTTPS://video.example/a?b=c#d";
  CHECK(problem_of(a).empty());
  a = sound_article();
  a.content = " \n";
  CHECK(problem_of(a).empty());
  a.status = ArticleStatus::published;
  CHECK(problem_of(a) == "content: cannot be empty once it is published");
  a = sound_article();
  a.tags = {"a", "a"};
  CHECK(problem_of(a) == "tags: one is given twice");
  a = sound_article();
  a.title = "　";
  CHECK(problem_of(a) == "title: cannot be empty");
}

TEST_CASE("rates are computed, and usefulness needs more than one voice") {
  Article a = sound_article();
  CHECK(get(a, "success_rate").is_null());
  CHECK(usefulness(a) == 0);
  a.used_count = 3;
  a.worked_count = 2;
  CHECK(get(a, "success_rate") == Value(66.67));
  Article one = sound_article(), fifty = sound_article();
  one.helpful_count = 1;
  fifty.helpful_count = 45;
  fifty.not_helpful_count = 5;
  CHECK(get(one, "helpful_rate") == Value(100.0));
  CHECK(get(fifty, "helpful_rate") == Value(90.0));
  CHECK(usefulness(one) == Approx(0.2065).margin(0.001));
  CHECK(usefulness(fifty) == Approx(0.786).margin(0.001));
  Article none = sound_article();
  none.not_helpful_count = 4;
  CHECK(usefulness(none) == 0);
}

TEST_CASE("front matter in its usual form") {
  Article a = sound_article();
  a.kind = ArticleKind::faq;
  a.status = ArticleStatus::published;
  a.visibility = Visibility::outside;
  a.title = "Why: because?";
  a.tags = {"plain", "with, comma", "true", "手机"};
  a.review_by = *base::parse_rfc3339("2027-05-31T00:00:00Z");
  CHECK(file_head(a, true) ==
        "---\nkb_number: KB-000007\nkind: faq\nquestion: \"Why: because?\"\ntags: [plain, \"with, comma\", \"true\", "
        "手机]\n"
        "visibility: public\nreview_by: 2027-05-31\n---\n\n");
  CHECK(file_body(a) == "Restart the proxy.\n");
  auto const digest = file_digest(a);
  a.view_count = 7;
  a.kb_number = "KB-000008";
  CHECK(file_digest(a) == digest);
  a.priority = 1;
  CHECK(file_digest(a) != digest);
}
