// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/mail/text.hpp"

using umsops::mail::new_text;

TEST_CASE("a quote below the answer goes away, however it is marked", "[mail]") {
  std::string const answer = "It works now.\n\nThanks";
  CHECK(new_text(answer) == answer);
  CHECK(new_text(answer +
                 "\n\nOn Mon, 23 Nov 2026 at 09:30, Desk <desk@x.cn> wrote:\n> Please try again\n>\n> Li Na\n") ==
        answer);
  CHECK(new_text(answer + "\n\nOn Mon, 23 Nov 2026 at 09:30, The Desk of X\n<desk@x.cn> wrote:\n\n> Please try\n") ==
        answer);
  CHECK(new_text(answer + "\n\n> Please try again\n> Li Na") == answer);
  CHECK(new_text(answer + "\n\n-----Original Message-----\nFrom: Desk\nPlease try again") == answer);
  CHECK(
      new_text(
          answer +
          "\n\n________________________________\nFrom: Desk <desk@x.cn>\nSent: Monday\nTo: Li\nSubject: x\n\nPlease") ==
      answer);
  CHECK(new_text(answer + "\n\n------------------ 原始邮件 ------------------\n发件人: \"服务台\"\n请重试") == answer);
  CHECK(new_text(answer + "\n\n发件人：服务台\n发送时间：2026年11月23日\n收件人：李娜\n主题：x\n\n请重试") == answer);
  CHECK(new_text(answer + "\n\n在 2026年11月23日，服务台 <desk@x.cn> 写道：\n\n请重试") == answer);
  CHECK(new_text(answer + "\n\n*From:* Desk\n*Sent:* Monday\n*To:* Li\n\nPlease") == answer);
  CHECK(new_text(answer + "\n\nAm 23.11.2026 um 09:30 schrieb Desk:\n> Bitte") == answer);
}

TEST_CASE("a quote above the answer goes away", "[mail]") {
  CHECK(new_text("On 23 Nov 2026, Desk wrote:\n> Please try again\n> Li Na\n\nIt works now.") == "It works now.");
  CHECK(new_text("> Please try again\n\nIt works now.") == "It works now.");
}

TEST_CASE("answers between the quoted lines stay with them", "[mail]") {
  std::string const text = "Hello\n\n> Which browser?\nFirefox\n> Which version?\n134";
  CHECK(new_text(text) == text);
  std::string const other = "> Which browser?\nFirefox\n> Which version?\n134";
  CHECK(new_text(other) == other);
}

TEST_CASE("nothing but a quote stays whole", "[mail]") {
  CHECK(new_text("> Please try again") == "> Please try again");
  CHECK(new_text("-----Original Message-----\nx") == "-----Original Message-----\nx");
  CHECK(new_text("") == "");
  CHECK(new_text(" \n\n") == "");
}

TEST_CASE("what only looks like a quote stays", "[mail]") {
  for (auto const* text :
       {"From: the beginning it was broken", "On Monday he wrote:\nnothing", "a -> b\nc", "---- log ----\nline",
        "To: all\nSubject: none", "He wrote:\nx", "x\n\nIn 2026 somebody wrote 3 notes:\none\ntwo"}) {
    CHECK(new_text(text) == text);
  }
}
