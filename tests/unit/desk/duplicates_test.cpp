// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "desk/duplicates.hpp"
#include "umsops/base/text.hpp"

using umsops::desk::title_likeness;

namespace {

/// The bigrams of a folded title as plain texts.
std::vector<std::string> bigrams(std::string const& title) {
  std::string const folded = umsops::base::fold(title);
  std::vector<std::string> characters, out;
  for (std::size_t at = 0; at < folded.size();) {
    auto const lead = static_cast<unsigned char>(folded[at]);
    std::string const c = folded.substr(at, lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4);
    at += c.size();
    bool const word = c.size() > 1 ? c < "\u3000" || c > "\u303f" : (c >= "a" && c <= "z") || (c >= "0" && c <= "9");
    if (word) characters.push_back(c);
  }
  if (characters.size() == 1) out = characters;
  for (std::size_t i = 1; i < characters.size(); ++i) out.push_back(characters[i - 1] + characters[i]);
  std::sort(out.begin(), out.end());
  return out;
}

double plain_likeness(std::string const& a, std::string const& b) {
  auto const of_a = bigrams(a), of_b = bigrams(b);
  if (of_a.empty() || of_b.empty()) return 0;
  std::vector<std::string> shared;
  std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(shared));
  return 2.0 * static_cast<double>(shared.size()) / static_cast<double>(of_a.size() + of_b.size());
}

/// Of few parts, so that titles share much and repeat themselves.
std::string random_title(std::mt19937& dice) {
  static std::string const kParts[] = {"a",  "b",  "AB", "7",  " ",  "-",    "ß",      "é",      "e\u0301", "Σ",
                                       "，", "。", "！", "证", "书", "证书", "\u3000", "\u303f", "Ａ１",    "😀"};
  std::string title;
  for (auto parts = dice() % 12; parts > 0; --parts) title += kParts[dice() % std::size(kParts)];
  return title;
}

}  // namespace

TEST_CASE("titles that say the same") {
  CHECK(title_likeness("VPN 证书过期", "vpn证书过期") == 1.0);
  CHECK(title_likeness("VPN 证书过期，连不上", "VPN证书过期连不上了") > 0.8);
  CHECK(title_likeness("printer broken", "password reset") < 0.3);
  CHECK(title_likeness("", "x") == 0);
  CHECK(title_likeness("慢", "慢") == 1.0);
}

TEST_CASE("titles are as alike as a plain comparison of texts says") {
  std::mt19937 dice(20261129);
  int alike = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string const a = random_title(dice), b = random_title(dice);
    CAPTURE(round, a, b);
    REQUIRE(title_likeness(a, b) == plain_likeness(a, b));
    alike += title_likeness(a, b) > 0.5 ? 1 : 0;
  }
  CHECK(alike > 100);
}
