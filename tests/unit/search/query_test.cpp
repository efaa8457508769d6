// SPDX-License-Identifier: Apache-2.0
#include "umsops/search/query.hpp"

#include <catch2/catch.hpp>

using namespace umsops::search;

namespace {

/// What a full match must have: groups between blanks, alternatives between bars, terms of one joined by +.
std::string asked(std::string_view text) {
  auto const query = parse_query(text);
  std::string out;
  for (auto const& group : query.groups) {
    if (!out.empty()) out += ' ';
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (i != 0) out += '|';
      for (std::size_t j = 0; j < group[i].size(); ++j) {
        auto const& term = query.terms[group[i][j]];
        out += (j != 0 ? "+" : "") + term.term + (term.prefix ? "*" : "");
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("pairs and words are asked for, in either script") {
  CHECK(asked("登录失败") == "登录 录失 失败");
  CHECK(asked("登錄失敗") == "登录 录失 失败");
  CHECK(asked("LDAP认证") == "ldap 认证");
  CHECK(asked("登录 登录") == "登录");
}

TEST_CASE("question words and stop words are not asked for, unless there is nothing else") {
  CHECK(asked("请问怎么重置密码？") == "重置 置密 密码");
  CHECK(asked("怎麼登錄") == "登录");
  CHECK(asked("怎么") == "怎么");
  CHECK(asked("how do I reset the password") == "reset password");
  CHECK(asked("the who") == "the who");
}

TEST_CASE("one character finds all that begins with it; beside words it only helps") {
  CHECK(asked("登") == "登*");
  CHECK(asked("登 VPN") == "vpn");
}

TEST_CASE("a word with parts is there whole or in parts") {
  CHECK(asked("CrashLoopBackOff") == "crashloopbackoff|crash+loop+back+off");
  CHECK(asked("ORA-12154") == "ora 12154");
}

TEST_CASE("what is in quotes stands side by side") {
  auto const query = parse_query("“登录失败” \"disk full\" 「错」 \"one");
  REQUIRE(query.phrases.size() == 2);
  CHECK(query.phrases[0].words.size() == 3);
  CHECK(query.phrases[1].words[1].term == "full");
  CHECK(query.phrases[1].words[1].offset == 1);
  CHECK(asked("\"the end\"") == "end");
}

TEST_CASE("any text is a query of bounded size") {
  CHECK(parse_query("").empty());
  CHECK(parse_query("\xFF\xFE，。!").empty());
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "w" + std::to_string(i) + " \"";
  auto const query = parse_query(text);
  CHECK(query.terms.size() <= kMostQueryTerms);
  CHECK(query.groups.size() <= kMostQueryTerms);
  for (auto const& group : query.groups) {
    for (auto const& alternative : group) CHECK(!alternative.empty());
  }
}
