// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/sound_text.hpp"

#include <catch2/catch.hpp>

using namespace umsops::base;

TEST_CASE("the output of a program is what a person saw") {
  auto const text = [](std::string_view output) { return shown_text(output, 1000).text; };
  CHECK(text("\x1b[1;31merror\x1b[0m: 失败\r\nnext\r\n") == "error: 失败\nnext\n");
  CHECK(text("get 1 %\rget 50 %\rget 100 %\r\nok\n") == "get 100 %\nok\n");
  CHECK(text("wait...\r\r\nok") == "wait...\nok");
  CHECK(text("\x1b]0;a title\aok \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ \x1b(Bend") == "ok link end");
  CHECK(text("cut\x1b[31\nok\x1b") == "cut\nok");
  CHECK(text("caf\xe9 \b \xEF\xBB\xBF\x01") == "caf\xEF\xBF\xBD \xEF\xBF\xBD \xEF\xBB\xBF\xEF\xBF\xBD");
  CHECK(text("\xEF\xBB\xBFx\fy\vz") == "x\ny\nz");
}

TEST_CASE("what was done to it is told") {
  auto const plain = shown_text("a\r\n\tb\n", 1000);
  CHECK((!plain.drawn && plain.replaced == 0 && !plain.cut));
  CHECK(shown_text("\x1b[0m", 1000).drawn);
  CHECK(shown_text("a\rb", 1000).drawn);
  CHECK(shown_text("\xff\x01\xEF\xBF\xBD", 1000).replaced == 2);
}

TEST_CASE("of a long text the end stays, and how much is missing") {
  std::string lines;
  for (int i = 1; i <= 1000; ++i) lines += "第 " + std::to_string(i) + " 行\n";
  auto const shown = shown_text(lines, 500);
  CHECK(code_points(shown.text) <= 500);
  CHECK(code_points(shown.text) > 430);
  CHECK(shown.text.ends_with("第 999 行\n第 1000 行\n"));
  CHECK(shown.text.starts_with("... " + std::to_string(shown.lines_left) + " earlier lines left out\n第 " +
                               std::to_string(shown.lines_left + 1) + " 行\n"));
  CHECK(shown_text(lines, 500, true, 7).lines_left == shown.lines_left + 7);
  CHECK(shown_text("short\n", 500, true, 7).text == "... 7 earlier lines left out\nshort\n");
  CHECK(shown_text(std::string(1000, 'x'), 500).text ==
        "... the beginning of the line left out\n" + std::string(440, 'x'));
  CHECK(shown_text(std::string(500, 'x'), 500).text == std::string(500, 'x'));
}

TEST_CASE("any bytes become sound text, in time that grows with them alone") {
  unsigned seed = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    static char const kBytes[] = {'\x1b', '[',    ']',    '0',    'm',  '\r', '\n', '\a',
                                  '\\',   '\xe4', '\xb8', '\xad', '\0', 'P',  ';',  '\x9b'};
    for (int i = 0; i < 40; ++i) bytes += kBytes[(seed = seed * 1664525 + 1013904223) >> 28];
    auto const shown = shown_text(bytes, 200);
    CHECK_FALSE(check_text(shown.text, TextShape::block));
  }
  for (auto const* piece : {"\x1b", "\x1b]", "\r", "\x1b[", "\r\n", "\xff"}) {
    std::string many;
    for (int i = 0; i < 1'000'000; ++i) many += piece;
    CHECK(code_points(shown_text(many, 65'536).text) <= 65'536);
  }
}
