// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "build.hpp"
#include "umsops/base/json.hpp"

using namespace umsops;
using namespace umsops::notify;
using namespace umsops::notify::tests;

namespace {

constexpr char kText[] = R"([CRITICAL] INC-000001 统一认证无法登录\n第一行\n.second <line>)";

std::string body_of(BodyType body, Secrets const& secrets = {}) {
  return webhook_body(a_webhook(body), secrets, a_letter(), kNow);
}

}  // namespace

TEST_CASE("each product gets the body that its maker describes") {
  CHECK(body_of(BodyType::slack) == R"({"text":")" + std::string(kText) + R"("})");
  CHECK(body_of(BodyType::dingtalk) == R"({"msgtype":"text","text":{"content":")" + std::string(kText) + R"("}})");
  CHECK(body_of(BodyType::wecom) == R"({"msgtype":"text","text":{"content":")" + std::string(kText) + R"("}})");
  CHECK(body_of(BodyType::feishu) == R"({"msg_type":"text","content":{"text":")" + std::string(kText) + R"("}})");
  CHECK(
      body_of(BodyType::teams) ==
      R"({"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null,)"
      R"("content":{"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard",)"
      R"("version":"1.2","body":[{"type":"TextBlock","text":"[CRITICAL] INC-000001 统一认证无法登录","wrap":true,)"
      R"("weight":"Bolder","size":"Medium"},{"type":"TextBlock","text":"第一行\n.second <line>","wrap":true}]}}]})");
}

TEST_CASE("PagerDuty is triggered, and told when service is back") {
  Secrets const secrets{.secret = "R0UTINGKEY"};
  CHECK(body_of(BodyType::pagerduty, secrets) ==
        R"({"routing_key":"R0UTINGKEY","event_action":"trigger","dedup_key":"INC-000001","payload":{"summary":)"
        R"("[CRITICAL] INC-000001 统一认证无法登录","source":"umsops","severity":"critical",)"
        R"("timestamp":"2025-11-24T16:00:00Z","custom_details":{"key":"01K-001","text":"第一行\n.second <line>"}}})");
  auto letter = a_letter();
  letter.kind = "incident.recovered";
  CHECK(webhook_body(a_webhook(BodyType::pagerduty), secrets, letter, kNow) ==
        R"({"routing_key":"R0UTINGKEY","event_action":"resolve","dedup_key":"INC-000001"})");
}

TEST_CASE("the generic body carries the key and what the text was made of") {
  auto const value = base::parse_json(body_of(BodyType::generic));
  CHECK(value.find("schema")->text() == "umsops.message/v1");
  CHECK(value.find("key")->text() == "01K-001");
  CHECK(value.find("facts")->find("severity")->text() == "CRITICAL");
}

TEST_CASE("signatures are those of openssl") {
  // printf '1764000000000\nSECabc' | openssl dgst -sha256 -hmac SECabc -binary | base64
  CHECK(webhook_url(a_webhook(BodyType::dingtalk), {.secret = "SECabc"}, kNow) ==
        "https://hooks.example.com/send?access_token=t&timestamp=1764000000000&sign="
        "8F5ULDNh1hE6T2sPwpYIemnezGkO4FDhG6ZdHq9jY%2Fc%3D");
  // printf '' | openssl dgst -sha256 -hmac $'1764000000\nSECabc' -binary | base64
  auto const value = base::parse_json(body_of(BodyType::feishu, {.secret = "SECabc"}));
  CHECK(value.find("timestamp")->text() == "1764000000");
  CHECK(value.find("sign")->text() == "7k1GdqiAGlnk7Di3T5/mpILKRsDxdZ1nIvkC9kRgRfQ=");
  CHECK(webhook_url(a_webhook(BodyType::dingtalk), {}, kNow) == a_webhook(BodyType::dingtalk).url);
}

TEST_CASE("a long text is cut between characters") {
  auto letter = a_letter();
  letter.text.body.clear();
  for (int i = 0; i < 2000; ++i) letter.text.body += "登录";
  auto const value = base::parse_json(webhook_body(a_webhook(BodyType::wecom), {}, letter, kNow));
  CHECK(value.find("text")->find("content")->text().size() <= 2048);
}
