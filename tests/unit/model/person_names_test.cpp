// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/person_names.hpp"

#include <catch2/catch.hpp>

using umsops::model::PersonNames;

TEST_CASE("a name is found as a word of its own, whatever its case and width") {
  PersonNames const names({"zhang.wei", "Zhang Wei", "张伟", "zhang.wei@example.com"});
  CHECK(names.without("ask ZHANG.WEI, or zhang.wei.") == "ask [erased], or [erased].");
  CHECK(names.without("zhang.weiss and zhang.wei2, xzhang.wei and a.zhang.wei") ==
        "zhang.weiss and zhang.wei2, xzhang.wei and a.zhang.wei");
  CHECK(names.without("to: <Zhang.Wei@Example.com>") == "to: <[erased]>");
  CHECK(names.without("ｚｈａｎｇ．ｗｅｉ said so") == "[erased] said so");
  CHECK(names.without("CORP\\zhang.wei on @zhang.wei") == "CORP\\[erased] on @[erased]");
  CHECK(names.without("请张伟处理") == "请[erased]处理");
  CHECK(names.without("Wei Zhang,  zhang\nwei") == "[erased],  [erased]");
  CHECK(names.without("nobody is here") == "nobody is here");
  CHECK(names.in("x张伟x"));
  CHECK_FALSE(names.in(""));
}

TEST_CASE("a phone number is found whatever stands between its digits") {
  PersonNames const names({"+86 138 0013 8000"});
  for (auto const* said : {"13800138000", "138-0013-8000", "+86 138 0013 8000", "0086 13800138000", "(138) 0013 8000"})
    CHECK(names.in(std::string("call ") + said + " now"));
  CHECK_FALSE(names.in("138001380001"));
  CHECK_FALSE(names.in("913800138000"));
  CHECK_FALSE(names.in("from 1380013 to 8000"));
  CHECK_FALSE(names.in("call 1380013 ... 8000"));
  CHECK(names.without("call 138-0013-8000, please") == "call [erased], please");
  CHECK(names.is("138 0013 8000"));
}

TEST_CASE("a short name is found only where it stands alone") {
  PersonNames const names({"Li", "李", "li.na"});
  CHECK(names.short_ones() == std::vector<std::string>{"Li", "李"});
  CHECK(names.is("li"));
  CHECK(names.in("李"));
  CHECK_FALSE(names.in("Li is here"));
  CHECK_FALSE(names.in("李白"));
  CHECK(names.without("li") == "[erased]");
}

TEST_CASE("any bytes may be looked through") {
  PersonNames const names({"été", "Müller"});
  CHECK(names.in("ÉTÉ"));
  CHECK(names.without("MÜLLER") == "[erased]");
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  CHECK(names.without(bytes) == bytes);
  CHECK(names.without("\xff\xfe müller \xc3") == "\xff\xfe [erased] \xc3");
  CHECK_FALSE(PersonNames().in("anything"));
  CHECK(PersonNames({"[erased]", " ", ""}).empty());
}

TEST_CASE("names are counted, and shown with what stands around them") {
  PersonNames const names({"anna.lee", "13800138000"});
  std::vector<std::size_t> counts;
  names.count("anna.lee and ANNA.LEE at 138 0013 8000", counts);
  CHECK(counts == std::vector<std::size_t>{2, 1});
  CHECK(names.passage("0123456789 anna.lee 0123456789", 4) == "…789 anna.lee 012…");
  CHECK(names.passage("张三和 anna.lee", 20) == "张三和 anna.lee");
}
