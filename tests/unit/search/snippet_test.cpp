// SPDX-License-Identifier: Apache-2.0
#include "search/snippet.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "base/utf8.hpp"
#include "umsops/base/cells.hpp"

using namespace umsops;
using namespace umsops::search;

namespace {

/// The snippet around the first place of `word`, its marks in brackets.
std::string around(std::string const& text, std::string_view word, std::size_t columns = 160) {
  std::vector<TextSpan> marks;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) {
    marks.push_back({at, at + word.size()});
  }
  REQUIRE(!marks.empty());
  auto snippet = make_snippet(text, marks.front(), merged(marks), columns);
  CHECK(base::cell_width(snippet.text) <= columns);
  CHECK(base::find_invalid_utf8(snippet.text) == std::string::npos);
  for (auto mark = snippet.marks.rbegin(); mark != snippet.marks.rend(); ++mark) {
    snippet.text.insert(mark->end, "]").insert(mark->begin, "[");
  }
  return snippet.text;
}

}  // namespace

TEST_CASE("a snippet is the sentence") {
  CHECK(around("第一句。登錄失敗時重試。最后一句。", "登錄失敗") == "[登錄失敗]時重試。");
  CHECK(around("One. Login failed twice! Then 3.14 came.", "failed") == "Login [failed] twice!");
  CHECK(around("a\nb  failed\tc\nd", "failed") == "b [failed] c");
  CHECK(around("failed", "failed") == "[failed]");
}

TEST_CASE("a long sentence is cut around the words, with its marks") {
  std::string const long_text(500, 'x');
  CHECK(around(long_text + " failed " + long_text, "failed", 40).starts_with("…[failed] xxx"));
  std::string chinese;
  for (int i = 0; i < 300; ++i) chinese += "字";
  auto const text = around(chinese + "失败" + chinese, "失败", 40);
  CHECK(text.starts_with("…[失败]字字"));
  CHECK(text.ends_with("…"));
  CHECK(around(std::string(100, 'y') + " failed " + long_text, "failed", 160).starts_with("yyy"));
}

TEST_CASE("marks that touch are one") {
  CHECK(merged({{6, 9}, {0, 3}, {3, 6}, {12, 14}}) == std::vector<TextSpan>{{0, 9}, {12, 14}});
  CHECK(merged({}).empty());
}

TEST_CASE("the end of the text, and spans beyond it, do no harm") {
  CHECK(make_snippet("", {0, 0}, {}, 160).text.empty());
  CHECK(make_snippet("short", {0, 500}, {}, 160).text == "short");
  CHECK(make_snippet("短文", {3, 6}, std::vector<TextSpan>{{3, 60}}, 160).marks.size() == 1);
}
