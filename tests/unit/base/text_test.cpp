// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "base/simplified.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/text.hpp"

using namespace umsops::base;

TEST_CASE("the door") {
  CHECK(!check_text("plain 中文 😀 é", TextShape::line));
  CHECK(!check_text("two\nlines\tx", TextShape::block));
  CHECK(check_text("two\nlines", TextShape::line)->offset == 3);
  CHECK(check_text("a\xff", TextShape::line)->what == "invalid UTF-8");
  CHECK(check_text(std::string_view("a\0b", 3), TextShape::block)->what == "NUL");
  CHECK(check_text("a\x1b[0m", TextShape::block)->what == "control character U+001B");
  CHECK(check_text("\u009b", TextShape::block)->what == "control character U+009B");
  for (auto const* bad : {"\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe4\xb8", "\x80"}) {
    CHECK(check_text(bad, TextShape::line)->what == "invalid UTF-8");
  }
}

TEST_CASE("text for a terminal") {
  CHECK(terminal_text("a\x1b]52;c\x07", TextShape::line) == "a\\x1B]52;c\\x07");
  CHECK(terminal_text("a\nb\tc\rd", TextShape::block) == "a\nb\tc\\x0Dd");
  CHECK(terminal_text("a\nb", TextShape::line) == "a\\nb");
  CHECK(terminal_text("x\u202ey\u200bz\u009b", TextShape::line) == "x\\u202Ey\\u200Bz\\x9B");
  CHECK(terminal_text("bad\xff", TextShape::line) == "bad\\xFF");
  CHECK(terminal_text("中文 é 👩‍👩‍👧", TextShape::line) == "中文 é 👩‍👩‍👧");
  CHECK(terminal_text("a\u200db \u200d 中\u200c文", TextShape::line) == "a\\u200Db \\u200D 中\\u200C文");
  CHECK(terminal_text("می\u200cخواهم ❤\ufe0f 1\ufe0f\u20e3", TextShape::line) == "می\u200cخواهم ❤\ufe0f 1\ufe0f\u20e3");
  CHECK(terminal_text("\u00ad\u034f\u115f\u3164\uffa0\ufff9\U000E0041\U000E0100", TextShape::line) ==
        "\\u00AD\\u034F\\u115F\\u3164\\uFFA0\\uFFF9\\U000E0041\\U000E0100");
}

TEST_CASE("display cells") {
  struct Case {
    char const* text;
    std::size_t cells;
  };
  for (Case const& c :
       {Case{"abc", 3}, Case{"中文", 4}, Case{"é", 1}, Case{"e\u0301", 1}, Case{"😀", 2}, Case{"👩‍👩‍👧", 2},
        Case{"🇨🇳", 2}, Case{"①", 1}, Case{"…", 1}, Case{"", 0}, Case{"ｱ", 1}}) {
    CAPTURE(c.text);
    CHECK(cell_width(c.text) == c.cells);
  }
  CHECK(cell_width("①…", 2) == 4);
  CHECK(cut_cells("中文字", 6) == "中文字");
  CHECK(cut_cells("中文字", 5) == "中文…");
  CHECK(cut_cells("中文字", 4) == "中…");
  CHECK(cut_cells("ae\u0301iou", 3) == "ae\u0301…");
  for (std::size_t cells = 1; cells < 12; ++cells)
    CHECK(cell_width(cut_cells("a中b👩‍👩‍👧c文", cells)) <= cells);
}

TEST_CASE("folding and nearest words") {
  CHECK(fold("ÄbC") == "äbc");
  CHECK(fold("ＶＰＮ") == "vpn");
  CHECK(fold("Straße") == fold("STRASSE"));
  std::vector<std::string> const words{"status", "title", "priority"};
  CHECK(nearest("statsu", words) == "status");
  CHECK(nearest("Titel", words) == "title");
  CHECK(nearest("zzz", words).empty());
  CHECK(edit_distance("ab", "ba", 5) == 1);
  CHECK(line_column("a\n中b", 5).line == 2);
  CHECK(line_column("a\n中b", 5).column == 2);
}

TEST_CASE("what is wrong with a text is told in words") {
  CHECK(text_fault("短 text", TextShape::line, 6) == std::nullopt);
  CHECK(text_fault("短 text", TextShape::line, 5) == "longer than 5 characters");
  CHECK(text_fault("短 text", TextShape::line, 0) == std::nullopt);
  CHECK(text_fault("a\nb", TextShape::block, 3) == std::nullopt);
  CHECK(text_fault("a\nb", TextShape::line, 1) == "control character U+000A at byte 1");
}

TEST_CASE("mail addresses are one person whatever their case, other names are not", "[text]") {
  CHECK(person_name("Li.Na@Example.CN") == "li.na@example.cn");
  CHECK(person_name("Li Na") == "Li Na");
  CHECK(person_name("") == "");
  CHECK(same_person("DESK@ex.com", "desk@EX.com"));
  CHECK_FALSE(same_person("li.na", "Li.Na"));
  CHECK_FALSE(same_person("li.na", "li.na@x.cn"));
}

TEST_CASE("a cut never divides a character") {
  CHECK(first_bytes("中文", 5) == "中");
  CHECK(first_bytes("中文", 6) == "中文");
  CHECK(first_bytes("中", 2) == "");
  CHECK(first_code_points("a中文", 2) == "a中");
  CHECK(first_code_points("a中", 3) == "a中");
  CHECK(first_code_points("中", 0) == "");
  CHECK(shortened("中文字", 3) == "中文字");
  CHECK(shortened("中文字符", 3) == "中文…");
}

TEST_CASE("a simplified form is its own") {
  CHECK(simplified(U'錄') == U'录');
  CHECK(simplified(U'录') == U'录');
  CHECK(simplified(U'裏') == U'里');
  CHECK(simplified(U'a') == U'a');
  CHECK(simplified(0x2FFFF) == 0x2FFFF);
  for (char32_t c = 0x3400; c < 0xA000; ++c) CHECK(simplified(simplified(c)) == simplified(c));
}
