// SPDX-License-Identifier: Apache-2.0
#include "rules/literals.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "unit/rules/builders.hpp"

using namespace umsops::rules;

TEST_CASE("literals that every match holds") {
  auto const [regex, literals] = GENERATE(table<std::string, Words>({
      {"srv\\d+", {"srv"}},
      {"(?i)Host-[a-z]+", {"host-"}},
      {"(?P<host>[a-z]+\\d+)", {}},
      {"timeout|超时", {"timeout", "超时"}},
      {"error (?:code|number) \\d+", {"error"}},
      {"ab?c+d", {"cd"}},
      {"ab*", {}},
      {"(abc)?x", {}},
      {"(abc)+x", {"abc"}},
      {"(?:abc){0,3}xy", {"xy"}},
      {"(?:abc){2,3}xy", {"abc"}},
      {"a|bcd", {}},
      {"\\bVPN\\b.*证书", {"证书"}},
      {"\\.example\\.com", {".example.com"}},
      {"[[:alpha:]]]+foo", {"]foo"}},
      {"\\pLfoo", {}},
      {"\\Qa.b\\E", {}},
      {"x{foo}", {"x{foo}"}},
      {"数据库.{0,12}(失败|错误)", {"数据库"}},
      {"", {}},
      {"(", {}},
  }));
  INFO(regex);
  CHECK(required_literals(regex) == literals);
}

TEST_CASE("the prefilter never hides a match") {
  std::vector<std::string> const atoms{"a", "b",   "ab",       "K",        "紧", "急",      "\\d", "[ab]",
                                       ".", "\\s", "(?:ab|b)", "(a|紧急)", " ",  "(?i:aK)", "\\b", "x"};
  std::vector<std::string> const quantifiers{"", "", "", "", "*", "+", "?", "{2}", "{0,1}"};
  std::vector<std::string> const pieces{"a",  "b",  "k", "K", "\u212A",  "紧", "急",     " ",
                                        "  ", "\n", "1", "x", "e\u0301", "Ａ", "a\u0301"};
  std::mt19937 random(11);
  int matched = 0;
  for (int round = 0; round < 1500; ++round) {
    std::string pattern;
    for (unsigned i = 1 + random() % 5; i > 0; --i) {
      pattern += atoms[random() % atoms.size()];
      if (pattern.back() != 'b' || pattern.find("\\b") == std::string::npos)
        pattern += quantifiers[random() % quantifiers.size()];
      if (random() % 8 == 0 && i > 1) pattern += "|";
    }
    // The same expression where no literal can be told apart from the rest: an alternative that never matches.
    auto const with = compiled({rule("r", regex(pattern), {{"category", "x"}})});
    auto const without = compiled({rule("r", regex("(?:" + pattern + ")|[^\\x00-\\x{10FFFF}]"), {{"category", "x"}})});
    for (int i = 0; i < 12; ++i) {
      std::string text;
      for (unsigned n = random() % 10; n > 0; --n) text += pieces[random() % pieces.size()];
      bool const expected = !without.classify(title(text)).hits.empty();
      INFO(pattern << " on " << text);
      CHECK(!with.classify(title(text)).hits.empty() == expected);
      matched += expected;
    }
  }
  CHECK(matched > 1000);
}
