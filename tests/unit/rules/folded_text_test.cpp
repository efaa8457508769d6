// SPDX-License-Identifier: Apache-2.0
#include "rules/folded_text.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "umsops/base/text.hpp"

using namespace umsops;
using rules::FoldedText;

namespace {

std::string folded(std::string_view text) { return std::string(FoldedText(text).text()); }

/// Where `word` of the folded text stands in the original.
std::string original_of(std::string const& text, std::string_view word) {
  FoldedText const view(text);
  auto const at = view.text().find(word);
  if (at == std::string_view::npos) return "(none)";
  std::size_t const begin = view.original_begin(at), end = view.original_end(at + word.size());
  return text.substr(begin, end - begin);
}

}  // namespace

TEST_CASE("text is folded for the search of words") {
  CHECK(folded("URGENT") == "urgent");
  CHECK(folded("ＵＲＧＥＮＴ！") == "urgent!");
  CHECK(folded("  a \t\r\n b　 c  ") == "a b c");
  CHECK(folded("can’t") == "can't");
  CHECK(folded("VPN 连不上，用 MFA") == "vpn连不上,用mfa");
  CHECK(folded("系统 紧急") == "系统紧急");
  CHECK(folded("Straße É ﬁle ①") == "strasse é file 1");
  CHECK(folded("Cafe\u0301") == "café");
  CHECK(folded("") == "");
  CHECK(folded(" \n") == "");
}

TEST_CASE("folded text knows its original") {
  CHECK(original_of("系统 ＵＲＧＥＮＴ！", "urgent") == "ＵＲＧＥＮＴ");
  CHECK(original_of("an  URGENT \n  Thing", "urgent thing") == "URGENT \n  Thing");
  CHECK(original_of("open the ﬁle now", "file") == "ﬁle");
  CHECK(original_of("VPN 连不上", "vpn连不上") == "VPN 连不上");
  CHECK(original_of("a 紧急 b", "紧急") == "紧急");
  CHECK(original_of("my Cafe\u0301 is", "café") == "Cafe\u0301");
  CHECK(original_of("I can’t log in", "can't") == "can’t");
}

TEST_CASE("invalid bytes pass through") {
  CHECK(folded("A\xff\xc3") == "a\xff\xc3");
  CHECK(folded("\xe7\xb4") == "\xe7\xb4");
}

TEST_CASE("folding agrees with base::fold but for blanks, and offsets stay inside") {
  std::vector<std::string> const pieces{"a", "Z",       "9",      " ", "\n", "紧", "急",       "，", "　",    "Ａ",
                                        "é", "e\u0301", "ﬁ",      "ß", "İ",  "한", "カ\u3099", "ｶﾞ", "😀",     "…",
                                        "’", "①",       "\u00A0", "Ω", "Ж",  "—",  "“",        "㎏", "\u0301"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (unsigned i = random() % 12; i > 0; --i) text += pieces[random() % pieces.size()];
    FoldedText const view(text);
    std::string expected, got;
    for (char const c : base::fold(text)) {
      if (c != ' ' && c != '\n') expected += c;
    }
    for (char const c : view.text()) {
      if (c != ' ') got += c;
    }
    std::size_t at = 0;
    while ((at = expected.find("’")) != std::string::npos) expected.replace(at, 3, "'");
    INFO(text);
    CHECK(got == expected);
    for (std::size_t i = 0; i < view.text().size(); ++i) {
      CHECK(view.original_begin(i) < text.size());
      CHECK(view.original_end(i + 1) <= text.size());
      CHECK(view.original_begin(i) < view.original_end(i + 1));
    }
  }
}

TEST_CASE("traditional characters and blanks inside Chinese do not hide a word") {
  CHECK(FoldedText("登錄不了系統").text() == "登录不了系统");
  CHECK(FoldedText("无法 登录").text() == "无法登录");
  CHECK(FoldedText("无法　登录").text() == "无法登录");
  CHECK(FoldedText("无法\n登录").text() == "无法登录");
  CHECK(FoldedText("无法 。登录").text() == "无法 。登录");
  FoldedText const text("請　登 錄");
  CHECK(text.original_begin(3) == 6);
  CHECK(text.original_end(9) == 13);
}

TEST_CASE("authors part a text by short lines and paragraphs, mail programs wrap full ones") {
  std::string const full(60, 'a');
  FoldedText const text("ab\ncd\n" + full + "\nef\n\ngh");
  auto const part = [&](std::string_view word) {
    std::size_t const at = text.text().find(word);
    return std::string(text.part_of(at, at + word.size()));
  };
  CHECK(part("ab") == "ab ");
  CHECK(part("cd") == "cd ");
  CHECK(part("ef") == full + " ef ");
  CHECK(part("gh") == "gh");
  CHECK(part("cd " + full) == "cd " + full + " ef ");
}
