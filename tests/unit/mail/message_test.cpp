// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/base64.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/mail/message.hpp"
#include "umsops/mail/text.hpp"

using namespace umsops;

TEST_CASE("a message as JSON and back is the same", "[mail]") {
  mail::Message message;
  message.subject = "无法登录";
  message.from = mail::Address{"张伟", "zhang.wei@x.cn"};
  message.senders = {{"", "other@x.cn"}};
  message.to = {{"", "desk@x.cn"}};
  message.date = base::parse_rfc3339("2026-11-23T09:30:00Z");
  message.message_id = "1@x.cn";
  message.references = {"a@x", "b@x"};
  message.return_path = "";
  message.body_type = "text/plain";
  message.body = "a\nb";
  message.attachments = {{"a.png", "image/png", 3, "00", base::base64_encode("abc"), std::nullopt},
                         {"", "text/plain", 1, "00", std::nullopt, "x"}};
  message.problems = {"no date"};
  auto const value = mail::to_value(message);
  auto const again = mail::message_from(base::parse_json(base::to_json(value)));
  CHECK(mail::to_value(again) == value);
  CHECK(again.return_path == "");
  CHECK(again.attachments[0].content == "YWJj");
}

TEST_CASE("what is no message is refused", "[mail]") {
  for (auto const* text : {"[]", "1", R"({"subject":1})", R"({"to":{}})", R"({"to":[1,{"name":2}]})",
                           R"({"references":[1]})", R"({"attachments":[{"bytes":-1}]})", R"({"attachments":[{}]})"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(mail::message_from(base::parse_json(text)), base::Error);
  }
}

TEST_CASE("sound text passes the desk's door", "[mail]") {
  using base::TextShape;
  CHECK(mail::sound_text("a\r\nb\rc\n\td", TextShape::block) == "a\nb\nc\n\td");
  CHECK(mail::sound_text("a\r\nb\tc", TextShape::line) == "a b c");
  CHECK(mail::sound_text("\xEF\xBB\xBF\xEF\xBB\xBFx", TextShape::line) == "x");
  std::string every;
  for (int c = 0; c < 256; ++c) every += static_cast<char>(c);
  for (auto const shape : {TextShape::line, TextShape::block})
    CHECK_FALSE(base::check_text(mail::sound_text(every + "\xC2\x85", shape), shape));
}

TEST_CASE("a cut never divides a character", "[mail]") {}

TEST_CASE("base64 both ways", "[mail]") {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) {
    CHECK(base::base64_decode(base::base64_encode(bytes)) == bytes);
    bytes += static_cast<char>(i * 37);
  }
  for (auto const* text : {"a", "ab=", "a*bc", "YQ==YQ=="}) CHECK(base::base64_decode(text) == std::nullopt);
}
