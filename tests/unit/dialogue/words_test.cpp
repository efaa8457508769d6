// SPDX-License-Identifier: Apache-2.0
#include "dialogue/words.hpp"

#include <catch2/catch.hpp>

using namespace umsops::dialogue;
using umsops::base::Language;

TEST_CASE("words that steer stand alone in their line") {
  for (auto const* word : {"human", "HUMAN", " Human! ", "人工", "转人工。", "ａｇｅｎｔ"})
    CHECK(steering(word, false) == Steer::human);
  for (auto const* word : {"help", "?", "帮助"}) CHECK(steering(word, false) == Steer::help);
  for (auto const* word : {"back", "返回"}) CHECK(steering(word, false) == Steer::back);
  for (auto const* word : {"quit", "Bye.", "再见！"}) CHECK(steering(word, false) == Steer::quit);
  for (auto const* word : {"human error", "please help me", "人工智能", "", "0", "*", "#", "!"})
    CHECK_FALSE(steering(word, false));
  CHECK(steering("0", true) == Steer::human);
  CHECK(steering("*", true) == Steer::back);
  CHECK(steering("#", true) == Steer::help);
}

TEST_CASE("yes and no") {
  for (auto const* word : {"yes", "Y", "1", "ok, thanks", "yes it did", "是的", "好", "解决了", "可以", "有用"})
    CHECK(yes_or_no(word) == true);
  for (auto const* word :
       {"no", "N", "2", "no, still broken", "不是", "没有", "没解决", "还是不行", "否", "not really"})
    CHECK(yes_or_no(word) == false);
  for (auto const* word : {"", "maybe", "3", "northern", "yesterday it worked"}) CHECK_FALSE(yes_or_no(word));
}

TEST_CASE("the language of a line") {
  CHECK(language_in("VPN 无法连接") == Language::zh);
  CHECK(language_in("my phone is lost") == Language::en);
  CHECK_FALSE(language_in("zhang wei"));
  CHECK_FALSE(language_in("13800000000"));
  CHECK_FALSE(language_in(""));
}
