// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/markdown.hpp"

#include <catch2/catch.hpp>

using umsops::base::markdown_text;

TEST_CASE("text in Markdown calls nobody and leads nowhere") {
  CHECK(markdown_text("ask @octocat") == "ask @&#8203;octocat");
  CHECK(markdown_text("@a/@b") == "@&#8203;a/@&#8203;b");
  CHECK(markdown_text("a.b@example.com") == "a.b@example.com");
  CHECK(markdown_text("https://x.example http:/x") == "https&#58;//x.example http:/x");
  CHECK(markdown_text("www.x.example awww.x WWW.y") == "www&#46;x.example awww.x WWW&#46;y");
  CHECK(markdown_text("a: b. c") == "a: b. c");
}
