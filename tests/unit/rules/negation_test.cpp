// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "unit/rules/builders.hpp"

using namespace umsops::rules;

namespace {

Words const kWords{"紧急", "urgent", "critical", "error",    "failure",   "错误",
                   "异常", "失败",   "崩溃",     "无法登录", "emergency", "down"};

}  // namespace

TEST_CASE("a denied word does not count") {
  auto const text = GENERATE(
      as<std::string>{}, "不紧急", "并不紧急", "不是紧急的事", "不是很紧急", "没有那么紧急", "没那么紧急", "不太紧急",
      "不特别紧急", "不是非常紧急", "无需紧急处理", "不需要紧急处理", "非紧急", "并非紧急", "没有错误", "没有任何错误",
      "没有发现异常", "未出现异常", "无异常", "從不紧急", "不会失败", "不再失败", "没有错误或异常",
      "没有错误、异常和失败", "没有 error", "不是 urgent", "not urgent", "not very urgent", "Not That Urgent",
      "this isn't urgent", "isn’t really urgent", "never urgent", "no error", "no error or failure",
      "without any error", "non-urgent", "it is not an emergency", "no longer down", "dont wait, not so critical",
      "this ticket about the printer on floor 3 is NOT  AT ALL\nurgent", "不　紧急", "並不紧急", "请勿紧急处理",
      "勿紧急", "别标记为紧急", "不要按紧急处理", "避免崩溃", "没有造成崩溃", "没有造成系统崩溃", "防止系统崩溃",
      "紧急：否", "紧急: 无", "没有 紧急", "nothing urgent", "in no way urgent", "by no means critical", "less urgent",
      "don't treat this as urgent", "I don't think it is urgent", "none of these are critical", "avoid an emergency",
      "urgent: no", "failure: none", "urgent = no.", "urgent: no\nsent from a phone", "emergency: n/a");
  INFO(text);
  CHECK_FALSE(hits(kWords, text));
}

TEST_CASE("what only looks like a denial counts") {
  auto const text = GENERATE(
      as<std::string>{}, "紧急", "非常紧急", "不是不紧急", "不得不紧急重启", "不能不紧急处理", "是不是崩溃了",
      "有没有错误", "有无异常", "除非紧急", "莫非崩溃了", "无法登录", "不知道为什么崩溃", "差不多崩溃", "不断失败",
      "不久前崩溃", "不，紧急", "对不起。紧急", "不紧急的先放，这个紧急", "不过紧急", "找不到异常的原因",
      "not only urgent", "not, urgent", "not without error", "urgent", "no. Urgent!", "nothing urgent, but down",
      "not urgent but critical", "cannot start: error", "notepad error", "knot urgent", "don't wait: urgent",
      "特别紧急", "个别紧急", "识别失败", "urgent: no network", "down: none of us can work", "Is it on? no\nurgent",
      "not today\n\nurgent", "nothing works, urgent", "no less urgent");
  INFO(text);
  CHECK(hits(kWords, text));
}

TEST_CASE("a rule may count denied words") {
  Test test = keywords({"登录", "mfa"});
  test.guard_negation = false;
  auto const rules = compiled({rule("r", test, {{"category", "x"}})});
  CHECK(rules.classify(title("不登录")).hits.size() == 1);
  CHECK(rules.classify(title("no mfa")).hits.size() == 1);
}

TEST_CASE("a denial inside the keyword belongs to the keyword") {
  CHECK(hits({"无法登录"}, "用户无法登录"));
  CHECK(hits({"不能登录"}, "还是不能登录"));
  CHECK(hits({"cannot log in", "can't log in"}, "I can’t log in"));
  CHECK(hits({"not working"}, "it is not working"));
}

TEST_CASE("what cannot be done counts, however the denial is written") {
  auto const text = GENERATE(as<std::string>{}, "I cannot log in", "I can't log in", "I can not log in",
                             "I could not log in today", "they couldn't log in");
  INFO(text);
  CHECK(hits({"log in"}, text));
  CHECK_FALSE(hits({"log in"}, "I do not log in"));
}
