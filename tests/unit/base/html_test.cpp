// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/html.hpp"

#include <catch2/catch.hpp>

using namespace umsops::base;

TEST_CASE("HTML text holds nothing that HTML reads") {
  CHECK(html_text("") == "");
  CHECK(html_text("a < b & \"c\" > 'd'") == "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;");
  CHECK(html_text("中文 é 😀\n\t") == "中文 é 😀\n\t");
  CHECK(html_text("a\x1B[31m\x01\x7F") == "a\uFFFD[31m\uFFFD\uFFFD");
  CHECK(html_text("a\u202Eb\u2066c\u0085") == "a\uFFFDb\uFFFDc\uFFFD");
  CHECK(html_text("\xFF\xC3(") == "\uFFFD\uFFFD(");
}

TEST_CASE("a link leads to the web, or to a mailbox") {
  CHECK(is_safe_link("https://example.org/a?b=c"));
  CHECK(is_safe_link("HTTP://example.org"));
  CHECK(is_safe_link("mailto:a@b.cn"));
  for (char const* const url :
       {"", "https://", "mailto:", "javascript:alert(1)", "JAVASCRIPT:x", " https://x", "https://a b", "java\tscript:x",
        "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//example.org", "/path", "https:\\\\x", "ftp://x"}) {
    INFO(url);
    CHECK_FALSE(is_safe_link(url));
  }
}
