// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/mail/raw.hpp"
#include "umsops/mail/text.hpp"

using namespace umsops;

TEST_CASE("a mbox divides before messages, not before prose", "[mail]") {
  std::string const one = "From a@b Mon Nov 23 09:30:00 2026\nFrom: a@b\nSubject: one\n\n1\n\n";
  CHECK(mail::split_mbox("").empty());
  CHECK(mail::split_mbox("From: a@b\n\nx").size() == 1);
  CHECK(mail::split_mbox(one + one).size() == 2);
  CHECK(mail::split_mbox(one + one)[1] == one);
  CHECK(mail::split_mbox("From - \nFrom: a@b\nTo: c@d\n\nx\nFrom - \nFrom: a@b\nTo: c@d\n\ny").size() == 2);
  CHECK(mail::split_mbox(one + "From MAILER-DAEMON\r\nReceived: x\r\n\r\n").size() == 2);
  for (auto const* prose : {"From now on: it fails\nNote: bad\n", "From Monday on, we\nare closed\n",
                            "From a@b Mon Nov 23 09:30:00 2026\nthis is only quoted\n", "From x\nFrom: boss@x\n"}) {
    CAPTURE(prose);
    CHECK(mail::split_mbox(one + prose).size() == 1);
  }
}

TEST_CASE("Content-Length keeps a message whole that holds others", "[mail]") {
  std::string const inner = "From a@b Mon Nov 23 09:30:00 2026\nFrom: a@b\n\nx\n";
  auto const outer = [&](std::size_t length) {
    return "From c@d Mon Nov 23 09:30:00 2026\nFrom: c@d\nContent-Length: " + std::to_string(length) + "\n\n" + inner;
  };
  CHECK(mail::split_mbox(outer(inner.size()) + "\n" + inner).size() == 2);
  CHECK(mail::split_mbox(outer(inner.size())).size() == 1);
  CHECK(mail::split_mbox(outer(3) + "\n" + inner).size() == 3);  // it does not fit
  CHECK(mail::split_mbox(outer(999'999'999) + "\n" + inner).size() == 3);
}

TEST_CASE("a message of a mbox loses the marks of its lines", "[mail]") {
  CHECK(mail::out_of_mbox("a\n>From x\r\n>>From y\n> From z\n>Fromage\nFrom w") ==
        "a\nFrom x\r\n>From y\n> From z\n>Fromage\nFrom w");
}

TEST_CASE("who sent what is read without a parser", "[mail]") {
  auto const message = mail::crude_message(
      "X: y\r\nfrom: Li Na <Li.Na@Example.com>\r\nSubject: It\r\n is down\r\nMessage-ID: <1@x>\r\n"
      "References: <a@b> <c@d>\r\nReturn-Path: <>\r\nAuto-Submitted: no\r\n\r\nFrom: other@x\r\n");
  REQUIRE(message);
  CHECK(message->from->address == "li.na@example.com");
  CHECK(message->subject == "It is down");
  CHECK(message->message_id == "1@x");
  CHECK(message->references == std::vector<std::string>{"a@b", "c@d"});
  CHECK(message->return_path == "");
  CHECK(message->auto_submitted == "no");
  CHECK(message->incomplete);
  CHECK_FALSE(mail::crude_message("To: x@y\n\nFrom: text\n"));
  CHECK_FALSE(mail::crude_message(""));
  CHECK(mail::crude_message("Subject: \x1b\xff")->subject == "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_CASE("what shows nothing", "[mail]") {
  for (auto const* text :
       {"", " \t\n", "\u00a0", "\u200b\u3000", "&nbsp; &#160;&#x200B;", "\u00ad", "\U000E0001", "\ufffc"}) {
    CAPTURE(text);
    CHECK(mail::shows_nothing(text));
  }
  for (auto const* text : {".", "&", "&amp;", "&nosuch;", "&#;", "\u4e00", "\u00a0x", "\xff", "&nbsp"}) {
    CAPTURE(text);
    CHECK_FALSE(mail::shows_nothing(text));
  }
  CHECK(mail::bare_subject("Re: \u200b").empty());
}
