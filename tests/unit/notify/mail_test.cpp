// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "build.hpp"

using namespace umsops;
using namespace umsops::notify;
using namespace umsops::notify::tests;

namespace {

bool has(std::string const& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a mail has stable ids, a thread and two parts") {
  auto const mail = mail_of(a_mail(), a_letter());
  CHECK(has(mail, "From: =?UTF-8?B?5pyN5Yqh5Y+w?= <desk@example.com>\r\n"));
  CHECK(has(mail, "Message-ID: <INC-000001+01K-001@umsops>\r\n"));
  CHECK(has(mail, "References: <INC-000001+thread@umsops>\r\n"));
  CHECK(has(mail, "Auto-Submitted: auto-generated\r\n"));
  CHECK(has(mail, "X-Umsops-Key: 01K-001\r\n"));
  CHECK(has(mail, "Date: Mon, 24 Nov 2025 16:00:00 +0000\r\n"));
  CHECK(has(mail, "Content-Type: text/plain; charset=utf-8"));
  CHECK(has(mail, "Content-Type: text/html; charset=utf-8"));
  CHECK(mail == mail_of(a_mail(), a_letter()));
}

TEST_CASE("an answer names what it answers") {
  auto letter = a_letter();
  letter.answers = "abc@example.org";
  auto const mail = mail_of(a_mail(), letter);
  CHECK(has(mail, "In-Reply-To: <abc@example.org>\r\n"));
  CHECK(has(mail, "References: <INC-000001+thread@umsops>\r\n <abc@example.org>\r\n"));
  CHECK(has(mail, "Auto-Submitted: auto-replied\r\n"));
  letter.answers = "abc@example.org>\r\nBcc: <evil@example.org";
  CHECK_FALSE(has(mail_of(a_mail(), letter), "evil"));
}

TEST_CASE("no line is long, ends in anything but CR LF, or begins with what a value says") {
  auto letter = a_letter();
  letter.text.subject = "x\r\nBcc: evil@example.org\r\n\r\nbody " + std::string(300, 'y') + "登录失败登录失败登录失败";
  letter.enclosures.push_back({"报告\r\nX: y.txt", "text/plain\r\nX: y", "content"});
  auto const mail = mail_of(a_mail(), letter);
  for (std::size_t at = 0; at < mail.size();) {
    auto const end = mail.find('\n', at);
    REQUIRE(end != std::string::npos);
    REQUIRE(mail[end - 1] == '\r');
    std::string_view const line(mail.data() + at, end - 1 - at);
    CHECK(line.size() <= 200);
    CHECK_FALSE(line.starts_with("Bcc"));
    CHECK_FALSE(line.starts_with("X: y"));
    CHECK_FALSE(line.starts_with("."));
    CHECK(line.find('\r') == std::string_view::npos);
    at = end + 1;
  }
}

TEST_CASE("one sound address, and nothing else") {
  for (char const* good : {"a@example.com", "zhang.wei+x@mail.example.com", "用户@example.com", "a@localhost"})
    CHECK(is_address(good));
  for (char const* bad : {"", "a", "@b", "a@", "a b@c", "a@b,c@d", "a@b>\r\nRCPT TO:<c@d>", "-oX@b", ".a@b", "a..b@c",
                          "a@b.", "\"a\"@b", "a@b c", "<a@b>"})
    CHECK_FALSE(is_address(bad));
  CHECK(bare_address("Desk <desk@example.com>") == "desk@example.com");
}
