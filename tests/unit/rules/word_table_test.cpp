// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "rules/folded_text.hpp"
#include "unit/rules/builders.hpp"

using namespace umsops::rules;

namespace {

Letter first_letter(std::string_view text, std::size_t at) {
  std::size_t size = 0;
  return letter_at(text, at, size);
}

/// The definition, as slow as it reads: the word occurs and neither of its ends cuts a longer Latin word.
bool occurs(std::string const& word, std::string const& text) {
  FoldedText const folded_word(word), folded_text(text);
  std::string_view const needle = folded_word.text(), hay = folded_text.text();
  for (std::size_t at = hay.find(needle); at != std::string_view::npos; at = hay.find(needle, at + 1)) {
    std::size_t size = 0;
    std::size_t const end = at + needle.size();
    bool const cut_before =
        at > 0 && first_letter(hay, at) == Letter::word && letter_before(hay, at, size) == Letter::word;
    bool const cut_behind =
        end < hay.size() && letter_before(hay, end, size) == Letter::word && first_letter(hay, end) == Letter::word;
    if (!cut_before && !cut_behind) return true;
  }
  return false;
}

class RandomText {
 public:
  explicit RandomText(unsigned seed) : random_(seed) {}
  std::string operator()(unsigned most) {
    static std::vector<std::string> const kPieces{"a",  "b",    "A",  "ab", " ",  "-",  "1", "紧",
                                                  "急", "登录", "无", "é",  "，", "ba", "'"};
    std::string out;
    for (unsigned i = 1 + random_() % most; i > 0; --i) out += kPieces[random_() % kPieces.size()];
    return out;
  }

 private:
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("the word table finds what a plain search finds") {
  RandomText next(3);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> words;
    std::vector<Rule> rules;
    while (words.size() < 40) {
      std::string const word = next(5);
      if (FoldedText(word).text().empty()) continue;
      Test test = keywords({word});
      test.guard_negation = false;
      // The same value everywhere: no rule outranks another.
      rules.push_back(rule(std::to_string(words.size()), test, {{"category", "x"}}));
      words.push_back(word);
    }
    RuleSet const set = compiled(std::move(rules));
    for (int i = 0; i < 20; ++i) {
      std::string const text = next(25);
      std::set<std::string> expected, got;
      for (std::size_t w = 0; w < words.size(); ++w) {
        if (occurs(words[w], text)) expected.insert(std::to_string(w));
      }
      for (auto const& hit : set.classify(title(text)).hits) got.insert(hit.rule);
      INFO(text);
      CHECK(got == expected);
    }
  }
}

TEST_CASE("words stand on word boundaries where their script has them") {
  CHECK_FALSE(hits({"normal"}, "abnormal behaviour"));
  CHECK_FALSE(hits({"error"}, "two errors"));
  CHECK_FALSE(hits({"vpn"}, "vpn2 is broken"));
  CHECK_FALSE(hits({"down"}, "slowdown"));
  CHECK_FALSE(hits({"reset"}, "préreset"));
  CHECK(hits({"vpn"}, "我的VPN连不上"));
  CHECK(hits({"mfa"}, "MFA验证码"));
  CHECK(hits({"error"}, "error_code=5"));
  CHECK(hits({"down"}, "server-down!"));
  CHECK(hits({"c++"}, "the C++ runtime"));
  CHECK(hits({".net"}, "asp.net"));
  CHECK(hits({"登录"}, "无法登录系统"));
  CHECK(hits({"VPN 连不上"}, "vpn连不上"));
  CHECK(hits({"VPN连不上"}, "VPN 连不上了"));
}

TEST_CASE("phrases take any run of blanks, upper and lower case, wide and narrow") {
  CHECK(hits({"cannot log in"}, "I CANNOT  log\n in today"));
  CHECK(hits({"cannot log in"}, "ｃａｎｎｏｔ　ｌｏｇ　ｉｎ"));
  CHECK_FALSE(hits({"cannot log in"}, "cannot login"));
  CHECK_FALSE(hits({"cannot log in"}, "cannot log into"));
}

TEST_CASE("words inside exceptions do not count") {
  Test test = keywords({"一般", "normal"});
  test.except = {"一般来说", "一般情况下", "back to normal"};
  auto const rules = compiled({rule("r", test, {{"priority", "MEDIUM"}})});
  CHECK(rules.classify(title("一般来说很快")).hits.empty());
  CHECK(rules.classify(title("it is back to normal")).hits.empty());
  CHECK(rules.classify(title("一般来说还好，但问题一般")).hits.size() == 1);
  CHECK(rules.classify(title("a normal request")).hits.size() == 1);
}
