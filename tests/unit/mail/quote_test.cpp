// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/mail/text.hpp"

using umsops::mail::is_forward;
using umsops::mail::Talk;

namespace {

Talk const kTalk{{"desk@x.cn"}, {"T-000001"}, {"Please try again\n\nLi Na", "Which browser?\nWhich version?"}};

std::string new_text(std::string_view text, Talk const& talk = kTalk) { return umsops::mail::new_text(text, talk); }

}  // namespace

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
  CHECK(new_text(answer + "\n\n在 2026年11月23日，服务台 <desk@x.cn> 写道：\n\n请重试") == answer);
  CHECK(new_text(answer + "\n\nAm 23.11.2026 um 09:30 schrieb Desk:\n> Bitte") == answer);
}

TEST_CASE("fields alone mark a quote of our own talk", "[mail]") {
  std::string const answer = "It works now.";
  CHECK(new_text(answer + "\n\n*From:* Desk\n*Sent:* Monday\n*To:* Li\n\nPlease try again\nLi Na") == answer);
  CHECK(new_text(answer + "\n\n发件人：服务台\n发送时间：2026年11月23日\n收件人：李娜\n主题：[T-000001] x\n\n请重试") ==
        answer);
  CHECK(new_text(answer + "\n\nVon: Desk <Desk@X.cn>\nGesendet: Montag\nAn: Li\n\nBitte") == answer);
  for (std::string const other :
       {"\n\nFrom: Bank <b@bank.example>\nTo: li@x.cn\nSubject: Account locked\n\nYour account 4711 is locked",
        "\n\nDe: Banque <b@bank.example>\nEnvoyé: lundi\nÀ: li@x.cn\n\nCompte 4711",
        "\n\nFrom: 10.0.0.1\nTo: 10.0.0.2\nDate: now\nport 4711"}) {
    CHECK(new_text(answer + other) == answer + other);
  }
}

TEST_CASE("a quote above the answer goes away", "[mail]") {
  CHECK(new_text("On 23 Nov 2026, Desk wrote:\n> Please try again\n> Li Na\n\nIt works now.") == "It works now.");
  CHECK(new_text("> Please try again\n\nIt works now.") == "It works now.");
}

TEST_CASE("an answer below the quote stays, with the greeting above it", "[mail]") {
  CHECK(new_text("Hi,\n\n-----Original Message-----\nFrom: Help <desk@x.cn>\nSent: Monday\nTo: dan@example.com\n"
                 "Subject: vpn\n\n> Which office?\n\nBuilding 7, room 12.") == "Hi,\n\nBuilding 7, room 12.");
}

TEST_CASE("answers between the quoted lines stay with them", "[mail]") {
  for (std::string const text :
       {"Hello\n\n> Which browser?\nFirefox\n> Which version?\n134", "> Which browser?\nFirefox\n> Which version?\n134",
        "On 23 Nov 2026, Desk wrote:\n> Which system?\nDebian\n> Since when?\nMonday"}) {
    CHECK(new_text(text) == text);
  }
}

TEST_CASE("nothing but a quote stays whole", "[mail]") {
  CHECK(new_text("> Please try again") == "> Please try again");
  CHECK(new_text("-----Original Message-----\nx") == "-----Original Message-----\nx");
  CHECK(new_text("") == "");
  CHECK(new_text(" \n\n") == "");
}

TEST_CASE("a forwarded message is what the writer sends", "[mail]") {
  for (std::string const banner : {"---------- Forwarded message ---------", "Begin forwarded message:",
                                   "---------- 转发邮件 ----------", "-------- Weitergeleitete Nachricht --------"}) {
    std::string const text =
        "Here it is.\n\n" + banner + "\nFrom: Bank <b@bank.example>\nDate: Monday\nTo: desk@x.cn\n\nAccount 4711";
    CHECK(new_text(text) == text);
  }
  // What was forwarded earlier lies in the quote.
  CHECK(new_text("Thanks\n\n-----Original Message-----\nFrom: desk@x.cn\n\n---- Forwarded message ----\nx") ==
        "Thanks");
  CHECK(is_forward("Fwd: x"));
  CHECK(is_forward("[T-000001] 转发：x"));
  CHECK(is_forward("FW [2]: x"));
  CHECK_FALSE(is_forward("Re: Fwd: x"));
  CHECK_FALSE(is_forward("forward: x"));
}

TEST_CASE("what others wrote is no quote of ours", "[mail]") {
  for (std::string const text : {"I ran this and got:\n\n> ping 10.0.0.1\n> Request timed out",
                                 "Hello,\n\nThe log at 10:15 says the service wrote:\nerror 4711\nerror 4712",
                                 "你好\n\n10:15 服务写道：\n错误 4711",
                                 "See this mail:\n\n-----Original Message-----\nFrom: b@bank.example\nSent: "
                                 "Monday\nTo: li@x.cn\n\nAccount 4711"}) {
    CHECK(new_text(text) == text);
  }
}

TEST_CASE("what only looks like a quote stays", "[mail]") {
  for (auto const* text :
       {"From: the beginning it was broken", "On Monday he wrote:\nnothing", "a -> b\nc", "---- log ----\nline",
        "To: all\nSubject: none", "He wrote:\nx", "x\n\nIn 2026 somebody wrote 3 notes:\none\ntwo"}) {
    CHECK(new_text(text) == text);
  }
}
