// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/chinese.hpp"

#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"

using namespace umsops::base;

TEST_CASE("what the program says is said in Chinese, with what belongs into it") {
  CHECK(in_chinese("a quote is not closed") == "引号没有闭合");
  CHECK(in_chinese("control character U+001B at byte 3") == "第 3 字节处有控制字符 U+001B");
  CHECK(in_chinese("\"opne\" is not a number format") == "\"opne\" 不是编号格式");
  CHECK(in_chinese("lang: \"x\" is not a value of lang") == "lang：\"x\" 不是 lang 的取值");
  CHECK(in_chinese("did you mean title?") == "是否指 title？");
  CHECK(in_chinese("e.g. when: {severity: CRITICAL}, or when: {} for all") ==
        "例如 when: {severity: CRITICAL}；全部则为 when: {}");
  CHECK(in_chinese("letters and digits, one {seq:N}, and {yyyy} {mm}; e.g. T-{seq:6}") ==
        "字母和数字、一个 {seq:N}，以及 {yyyy} {mm}；例如 T-{seq:6}");
}

TEST_CASE("the words of others stay") {
  CHECK(in_chinese("\"a is not b\" is no date") == "\"a is not b\" 不是日期");
  CHECK(in_chinese("something that nobody knows") == "something that nobody knows");
  CHECK(in_chinese("") == "");
  CHECK(in_chinese("{}") == "{}");
  std::string const long_one(5'000, 'x');
  CHECK(in_chinese(long_one) == long_one);
}

TEST_CASE("an error in Chinese has no English in it") {
  Error const error(errors::config_invalid, {{"problem", "hours is a map of days"}, {"suggestion", "one of: a, b"}});
  CHECK(error.message() == "hours is a map of days");
  CHECK(error.message(Language::zh) == "hours 应为以星期为键的映射");
  CHECK(error.hint(Language::zh) == "可选：a, b");
}
