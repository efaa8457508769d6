// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "umsops/config/article_files.hpp"
#include "umsops/model/article_file.hpp"

using namespace umsops;
using config::read_article_text;

namespace {

std::string refused(std::string_view text) {
  try {
    read_article_text(text, "a.md");
  } catch (base::Error const& error) {
    auto const& spot = error.spot();
    return std::to_string(spot.line) + ":" + std::to_string(spot.column) + " " + error.message() +
           (error.hint().empty() ? "" : " (" + error.hint() + ")");
  }
  return "";
}

}  // namespace

TEST_CASE("a Markdown file is an article") {
  auto const file = read_article_text(
      "---\nkind: solution\nsolution_title: Restart it   # why\ntags: [a, 'b c']\nincident_type: OTHER\n"
      "estimated_time_minutes: 20\nreview_by: 2027-05-31\nkb_number: KB-7\n---\n\n# Steps\n\n---\n1. one\n",
      "a.md");
  auto const& article = file.article;
  CHECK(article.title == "Restart it");
  CHECK(article.tags == std::vector<std::string>{"a", "b c"});
  CHECK(article.content == "# Steps\n\n---\n1. one");
  CHECK(article.kb_number == "KB-7");
  CHECK(article.status == model::ArticleStatus::draft);
  CHECK(base::format_rfc3339(*article.review_by) == "2027-05-31T00:00:00Z");
  CHECK(file.head.ends_with("KB-7\n---\n\n"));
}

TEST_CASE("CR LF, a byte order mark, and a file without a text") {
  CHECK(read_article_text("\xef\xbb\xbf---\r\ntitle: x\r\n---\r\ntext\r\n", "a.md").article.content == "text");
  CHECK(read_article_text("---\ntitle: x\n---", "a.md").article.content.empty());
  CHECK(read_article_text("---\nkind: faq\nquestion: x\nis_published: false\n---\ny\n", "a.md").article.status ==
        model::ArticleStatus::draft);
}

TEST_CASE("mistakes are told with line and column") {
  CHECK(refused("title: x\n") == "1:1 no front matter (begin the file with a line ---)");
  CHECK(refused("---\ntitle: x\n") == "1:1 the front matter does not end (close it with a line ---)");
  CHECK(refused("---\nkind: faq\nheading: x\n---\n").starts_with("3:1 unknown key"));
  CHECK(refused("---\nkind: faq\ntitle: x\n---\n") ==
        "3:8 the title of a faq is called question (write question: ...)");
  CHECK(refused("---\nkind: solution\ntitle: x\n---\n") ==
        "3:8 the title of a solution is called solution_title (write solution_title: ...)");
  CHECK(refused("---\ntitle: x\ndificulty: BEGINNER\n---\n").find("difficulty") != std::string::npos);
  CHECK(refused("---\ntitle: x\ndifficulty: HARD\n---\n").starts_with("3:13 "));
  CHECK(refused("---\ntitle: x\nlength: 5\n---\n") == "3:9 length: only for kind video");
  CHECK_FALSE(refused("---\ntitle: [\n---\n").empty());
  CHECK(refused("---\ncategory: x\n---\ntext\n").find("cannot be empty") != std::string::npos);
  CHECK(refused("---\nkind: faq\nquestion: x\nstatus: DRAFT\nis_published: true\n---\n").starts_with("5:"));
  CHECK_FALSE(refused("---\ntitle: &a x\n---\n").empty());
  CHECK_FALSE(refused("---\ntitle: \"a\\u0000b\"\n---\n").empty());
}

TEST_CASE("what is written is read as it was") {
  model::Article article;
  article.kind = model::ArticleKind::solution;
  for (auto const* title : {"plain", "yes", "a: b", "# no comment", "- item", "'quoted'", "登录：失败？", "12", "x #y",
                            "\"q\"", "back\\slash", "trailing:", "{a}", "null", "2027-05-31", "  x"}) {
    article.title = title;
    article.tags = {title, "b"};
    article.content = "text\n\n---\nkind: faq\n";
    auto const text = model::file_head(article, false) + model::file_body(article);
    INFO(text);
    auto const again = read_article_text(text, "a.md").article;
    CHECK(again.title == article.title);
    CHECK(again.tags == article.tags);
    CHECK(again.content == article.content);
    CHECK(model::file_digest(again) == model::file_digest(article));
  }
}
