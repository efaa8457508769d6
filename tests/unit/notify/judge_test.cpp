// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "build.hpp"
#include "umsops/notify/sender.hpp"

using namespace umsops;
using namespace umsops::notify;
using namespace umsops::notify::tests;
using How = Sent::How;

TEST_CASE("refusals are final but for those that pass") {
  auto const channel = a_webhook(BodyType::generic);
  for (int const status : {200, 201, 204, 299}) CHECK(judge_http(channel, status, "", "").how == How::delivered);
  for (int const status : {400, 401, 403, 404, 410, 413, 422, 301, 302})
    CHECK(judge_http(channel, status, "", "").how == How::never);
  for (int const status : {408, 425, 429, 500, 502, 503, 504})
    CHECK(judge_http(channel, status, "", "").how == How::later);
}

TEST_CASE("Retry-After is obeyed, within reason") {
  auto const channel = a_webhook(BodyType::generic);
  CHECK(judge_http(channel, 429, "", " 120").after == std::chrono::seconds(120));
  CHECK(judge_http(channel, 503, "", "99999999").after == std::chrono::hours(6));
  CHECK_FALSE(judge_http(channel, 503, "", "Wed, 21 Oct 2026 07:28:00 GMT").after);
  CHECK_FALSE(judge_http(channel, 503, "", "-5").after);
}

TEST_CASE("what is said with 200 can be a failure") {
  CHECK(judge_http(a_webhook(BodyType::dingtalk), 200, R"({"errcode":0,"errmsg":"ok"})", "").how == How::delivered);
  CHECK(judge_http(a_webhook(BodyType::dingtalk), 200, R"({"errcode":310000,"errmsg":"sign"})", "").how == How::never);
  CHECK(judge_http(a_webhook(BodyType::dingtalk), 200, R"({"errcode":130101})", "").how == How::later);
  CHECK(judge_http(a_webhook(BodyType::wecom), 200, R"({"errcode":45009})", "").how == How::later);
  CHECK(judge_http(a_webhook(BodyType::feishu), 200, R"({"StatusCode":0})", "").how == How::delivered);
  CHECK(judge_http(a_webhook(BodyType::feishu), 200, R"({"code":19021,"msg":"sign"})", "").how == How::never);
  CHECK(judge_http(a_webhook(BodyType::feishu), 200, "<html>", "").how == How::later);
  CHECK(judge_http(a_webhook(BodyType::slack), 200, "ok", "").how == How::delivered);
}

TEST_CASE("somebody else's words become one safe line") {
  auto const sent = judge_http(a_webhook(BodyType::generic), 400, "\x1b[2Jno\n" + std::string(5000, 'x'), "");
  CHECK(sent.problem.find('\x1b') == std::string::npos);
  CHECK(sent.problem.find('\n') == std::string::npos);
  CHECK(sent.problem.size() < 400);
}

TEST_CASE("replies of mail servers") {
  CHECK(judge_smtp(250, "ok").how == How::delivered);
  CHECK(judge_smtp(451, "greylisted").how == How::later);
  CHECK(judge_smtp(550, "no such user").how == How::never);
  CHECK(judge_smtp(535, "login").how == How::unreachable);
}
