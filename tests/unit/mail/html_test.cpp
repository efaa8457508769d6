// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <chrono>

#include "umsops/mail/text.hpp"

using namespace umsops;
using mail::plain_text_of_html;

TEST_CASE("paragraphs, lists and tables keep their lines", "[mail]") {
  CHECK(plain_text_of_html("<p>one\n two</p><p>three<br>four</p>") == "one two\n\nthree\nfour");
  CHECK(plain_text_of_html("<ul><li>a<li>b</ul>c") == "- a\n- b\n\nc");
  CHECK(plain_text_of_html("<table><tr><td>名称<td>值</tr><tr><td>a<td>1</tr></table>") == "名称\t值\na\t1");
  CHECK(plain_text_of_html("<pre>a  b\n c</pre>d") == "a  b\n c\n\nd");
  CHECK(plain_text_of_html("a<div>b</div><div></div><div>c</div>") == "a\nb\nc");
}

TEST_CASE("quotes are marked, so that they can be told from what is new", "[mail]") {
  CHECK(plain_text_of_html("new<blockquote>old<blockquote>older</blockquote></blockquote>newer") ==
        "new\n\n> old\n\n> > older\n\nnewer");
}

TEST_CASE("links show where they lead, once", "[mail]") {
  CHECK(plain_text_of_html("<a href=\"https://evil.example/x?a=1&amp;b=2\">your bank</a>!") ==
        "your bank <https://evil.example/x?a=1&b=2>!");
  CHECK(plain_text_of_html("<a href='mailto:a@b.cn'>a@b.cn</a>") == "a@b.cn");
  CHECK(plain_text_of_html("<a href='http://www.x.cn/'>www.x.cn</a>") == "www.x.cn");
  CHECK(plain_text_of_html("<a href='javascript:alert(1)'>x</a>") == "x");
  CHECK(plain_text_of_html("<a name=here>x</a>") == "x");
}

TEST_CASE("scripts, styles and comments are not text", "[mail]") {
  CHECK(plain_text_of_html("<style>a{}</style>a<script>b</b></script>c<!-- <b>d</b> -->e") == "ace");
  CHECK(plain_text_of_html("a<script>never closed") == "a");
  CHECK(plain_text_of_html("<title>t</title><img alt=\"a &lt; b\" src=x><img src=y>") == "[a < b]");
}

TEST_CASE("characters by name and number", "[mail]") {
  CHECK(plain_text_of_html("&lt;b&gt; &amp;amp; &copy;&#20013;&#x6587;&nbsp;&euro;") == "<b> &amp; ©中文 €");
  CHECK(plain_text_of_html("&nosuch; & &#0; &#xD800; &#99999999999; &#;") == "&nosuch; & \uFFFD \uFFFD \uFFFD &#;");
}

TEST_CASE("broken markup is read as far as it goes", "[mail]") {
  CHECK(plain_text_of_html("1 < 2 <") == "1 < 2 <");
  CHECK(plain_text_of_html("a<b class=\"x>y") == "ay");
  CHECK(plain_text_of_html("a<b") == "a<b");
  CHECK(plain_text_of_html("<a href=\"x>y\">z</a>") == "z");
  CHECK(plain_text_of_html("</blockquote></a></pre>x") == "x");
}

TEST_CASE("the time is in proportion to the length, whatever the text", "[mail]") {
  for (std::string_view const piece : {"<a ", "<a \"", "<!", "<!--", "<script>", "</", "&#", "<blockquote>",
                                       "<a href=http://x>", "<pre>", "<img alt='"}) {
    std::string text;
    while (text.size() < 2'000'000) text += piece;
    auto const begin = std::chrono::steady_clock::now();
    (void)plain_text_of_html(text);
    CAPTURE(piece);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(3));
  }
}
