// SPDX-License-Identifier: Apache-2.0
#include "umsops/learn/features.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

namespace umsops::learn {
namespace {

class Collected : public Observer {
 public:
  void occurs(std::uint64_t key, std::string_view shown) override { all[kind_of(key)].insert(std::string(shown)); }
  std::map<Kind, std::set<std::string>> all;
};

std::map<Kind, std::set<std::string>> shown(Text const& text) {
  Collected collected;
  Extractor().extract(text, &collected);
  return collected.all;
}

std::set<std::uint64_t> keys(std::string_view body) {
  Extractor extractor;
  extractor.extract({"", body});
  std::set<std::uint64_t> out;
  for (auto const& feature : extractor.features()) out.insert(feature.key);
  return out;
}

using Words = std::set<std::string>;

}  // namespace

TEST_CASE("words, their pairs and their parts") {
  auto const all = shown({"", "Cannot print, printer-7 jams_again"});
  CHECK(all.at(Kind::word) == Words{"cannot", "print", "printer", "7", "jams_again"});
  CHECK(all.at(Kind::word_pair) == Words{"cannot print", "print printer", "printer 7", "7 jams_again"});
  CHECK(all.at(Kind::characters).contains("printer"));
  CHECK(all.count(Kind::title_word) == 0);
  CHECK(shown({"Print", "x"}).at(Kind::title_word) == Words{"print"});
}

TEST_CASE("characters of scripts without blanks, alone and where they meet words") {
  auto const all = shown({"", "LDAP认证失败"});
  CHECK(all.at(Kind::han) == Words{"认", "证", "失", "败"});
  CHECK(all.at(Kind::han_pair) == Words{"认证", "证失", "失败"});
  CHECK(all.at(Kind::han_triple) == Words{"认证失", "证失败"});
  CHECK(all.at(Kind::join) == Words{"ldap认证"});
}

TEST_CASE("case and width make no difference") {
  CHECK(keys("VPN 登录") == keys("vpn 登录"));
  CHECK(keys("ＶＰＮ") == keys("vpn"));
  CHECK(keys("ÉCOLE ПРИВЕТ") == keys("école привет"));
  CHECK(text_digest({"Print", "jams"}) == text_digest({"", "print,  JAMS!"}));
  CHECK(text_digest({"", "print jams"}) != text_digest({"", "printjams"}));
}

TEST_CASE("no bytes are too broken, and no text too long") {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  CHECK_FALSE(keys(bytes).empty());
  CHECK(keys("\xff\xfe\x80") == keys("..."));
  std::string const longest(10'000'000, 'a');
  CHECK(keys(longest).size() < 100);
  std::string han;
  while (han.size() < 100'000) han += "故障";
  Extractor extractor;
  extractor.extract({han, han});
  CHECK(extractor.han_share() == 1);
  CHECK(extractor.features().size() < 100);
}

// What models were made with. Where this changes, kFeatureVersion has to grow.
TEST_CASE("the features of a text are what they were in this version") {
  Extractor extractor;
  extractor.extract({"VPN down?", "無法登录 since 9:00, ÄB café"});
  std::uint64_t sum = 0;
  for (auto const& feature : extractor.features()) sum = (sum ^ feature.key) * 31 + feature.count;
  CHECK(kFeatureVersion == 1);
  CHECK(sum == 0x438b47dc9bdf4d71);
}

}  // namespace umsops::learn
