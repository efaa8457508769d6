// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "cli/language/phrases.hpp"

using namespace umsops::cli;
using umsops::base::Language;

namespace {

std::vector<std::string> places_of(std::string_view text) {
  std::vector<std::string> names;
  while (true) {
    auto const open = text.find('{');
    if (open == std::string_view::npos) break;
    auto const close = text.find('}', open);
    names.emplace_back(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  // What is said in two languages has a place of its own for each.
  for (std::string& name : names) {
    if (name.ends_with("_zh")) name.resize(name.size() - 3);
  }
  std::sort(names.begin(), names.end());
  return names;
}

Language chosen(std::map<std::string, std::string> const& variables) {
  return language_of([&](std::string const& name) {
    auto const found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

}  // namespace

TEST_CASE("the catalogue is complete") {
  for (auto const& phrase : phrases()) {
    INFO(phrase.en);
    CHECK_FALSE(phrase.en.empty());
    CHECK_FALSE(phrase.zh.empty());
    CHECK(places_of(phrase.en) == places_of(phrase.zh));
  }
}

TEST_CASE("the error registry is complete in both languages") {
  for (auto const* code : umsops::base::error_codes()) {
    INFO(code->code);
    CHECK_FALSE(code->message_zh.empty());
    CHECK(code->hint.empty() == code->hint_zh.empty());
    CHECK(places_of(code->message) == places_of(code->message_zh));
  }
}

TEST_CASE("words are filled in") {
  CHECK(say(Phrase::did_you_mean, Language::en, {{"word", "x{y}"}}) == "did you mean: x{y}?");
  CHECK(say(Phrase::did_you_mean, Language::zh, {{"word", "列表"}}) == "是否指：列表？");
}

TEST_CASE("the first variable that is not empty decides the language") {
  CHECK(chosen({}) == Language::en);
  CHECK(chosen({{"LANG", "zh_CN.UTF-8"}}) == Language::zh);
  CHECK(chosen({{"LANG", "zh_CN.UTF-8"}, {"LC_ALL", "C.UTF-8"}}) == Language::en);
  CHECK(chosen({{"LC_ALL", ""}, {"LC_MESSAGES", "zh_TW"}, {"LANG", "en_US"}}) == Language::zh);
  CHECK(chosen({{"UMSOPS_LANG", "zh_CN"}, {"LC_ALL", "en_US"}}) == Language::zh);
  CHECK(chosen({{"UMSOPS_LANG", "auto"}, {"LC_ALL", "zh_CN"}}) == Language::zh);
}
