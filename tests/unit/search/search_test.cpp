// SPDX-License-Identifier: Apache-2.0
#include "umsops/search/search.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "base/utf8.hpp"
#include "unit/search/texts.hpp"

using namespace umsops;
using namespace umsops::search;
using test::Library;
using test::random_text;

namespace {

std::vector<std::uint32_t> documents(Found const& found) {
  std::vector<std::uint32_t> out;
  for (auto const& hit : found.hits) out.push_back(hit.document);
  return out;
}

std::vector<std::uint32_t> full(Found const& found) {
  std::vector<std::uint32_t> out;
  for (auto const& hit : found.hits) {
    if (!hit.partial) out.push_back(hit.document);
  }
  std::sort(out.begin(), out.end());
  return out;
}

using Numbers = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("words of one, two and more characters are found wherever they stand") {
  Library library;
  library.add("", "LDAP认证服务器连接超时");
  library.add("", "重启auth-service后用户登录失败");
  library.add("", "登录页面 500 错误");
  library.add("", "密码重置邮件未收到");
  CHECK(full(library.find("LDAP")) == Numbers{1});
  CHECK(full(library.find("auth")) == Numbers{2});
  CHECK(full(library.find("登录")) == Numbers{2, 3});
  CHECK(full(library.find("登錄")) == Numbers{2, 3});
  CHECK(full(library.find("LDAP 登录")).empty());
  CHECK(full(library.find("登")) == Numbers{2, 3});
  CHECK(full(library.find("到")) == Numbers{4});
  CHECK(full(library.find("服务器连接")) == Numbers{1});
  CHECK(full(library.find("AUTH_SERVICE")) == Numbers{2});
  CHECK(full(library.find("500")) == Numbers{3});
}

TEST_CASE("no document with a text is missed") {
  std::mt19937 dice(11);
  Library library;
  std::vector<std::string> bodies;
  for (int i = 0; i < 60; ++i) library.add("", random_text(dice, 40));
  library.indexer.tidy(true);
  SearchOptions options;
  options.limit = options.candidates = 100;
  options.partial_share = 0;
  for (int round = 0; round < 300; ++round) {
    auto const& text = library.texts.all.at(1 + dice() % 60).body;
    std::size_t begin = text.find("登", dice() % text.size());
    if (begin == std::string::npos) continue;
    std::string const part(text.substr(begin, 3 * (1 + dice() % 2)));
    if (base::find_invalid_utf8(part) != std::string::npos) continue;
    Numbers expected;
    for (auto const& [number, each] : library.texts.all) {
      if (each.body.find(part) != std::string::npos) expected.push_back(number);
    }
    auto const found = full(library.find(part, options));
    INFO(part);
    CHECK(std::includes(found.begin(), found.end(), expected.begin(), expected.end()));
  }
}

TEST_CASE("quotes ask for words side by side") {
  Library library;
  library.add("", "登录 之后 失败");
  library.add("", "用户登录失败了");
  library.add("disk full", "x");
  library.add("", "a full disk");
  CHECK(full(library.find("\"登录失败\"")) == Numbers{2});
  CHECK(full(library.find("\"disk full\"")) == Numbers{3});
  auto const found = library.find("\"full disk\"");
  CHECK(full(found) == Numbers{4});
  CHECK_FALSE(found.counted);
  CHECK(found.hits.front().document == 4);
  CHECK(full(library.find("“登”")) == Numbers{1, 2});
}

TEST_CASE("filters narrow the answer and are no words") {
  Library library;
  library.add("", "登录失败", {"kind=faq", "visibility=public"});
  library.add("", "登录失败", {"kind=guide", "visibility=public"});
  library.add("", "登录失败", {"kind=article", "visibility=internal"});
  auto query = parse_query("登录");
  query.filters = {{"visibility=public"}};
  CHECK(documents(search::search(library.index, library.texts, query)).size() == 2);
  query.filters = {{"visibility=public"}, {"kind=faq", "kind=article"}};
  CHECK(documents(search::search(library.index, library.texts, query)) == Numbers{1});
  query.filters = {{"kind=video"}};
  CHECK(search::search(library.index, library.texts, query).full_matches == 0);
  CHECK(library.find("faq").hits.empty());
}

TEST_CASE("what was removed is gone at once, and pushes nothing out") {
  Library library;
  Numbers dead;
  for (int i = 0; i < 80; ++i) dead.push_back(library.add("宕机", "宕机 宕机 宕机"));
  auto const alive = library.add("", "昨天有一台服务器宕机，已经恢复");
  library.indexer.tidy(true);
  for (auto const number : dead) library.remove(number);
  CHECK(documents(library.find("宕机")) == Numbers{alive});
  CHECK(library.find("宕机").full_matches == 1);
  library.indexer.tidy();
  CHECK(documents(library.find("宕机")) == Numbers{alive});
}

TEST_CASE("a title counts more than a body, and what helped readers more than what did not") {
  Library library;
  std::string filler;
  for (int i = 0; i < 100; ++i) filler += " 处理说明";
  library.add("其他", "证书过期" + filler);
  library.add("证书过期", filler);
  CHECK(library.find("证书过期").hits.front().document == 2);
  Library votes;
  votes.add("", "证书过期");
  votes.add("", "证书过期");
  votes.texts.all[2].usefulness = 0.8;
  auto const found = votes.find("证书过期");
  CHECK(found.hits.front().document == 2);
  CHECK(found.hits[0].score == Approx(found.hits[1].score * 1.2));
}

TEST_CASE("weak partial matches are left out, and marked where they stay") {
  Library library;
  library.add("", "INC0054321 的处理记录");
  for (int i = 0; i < 50; ++i) library.add("", "INC00" + std::to_string(10'000 + i) + " 的处理记录");
  auto const found = library.find("INC0054321");
  CHECK(documents(found) == Numbers{1});
  CHECK(found.full_matches == 1);
  CHECK(library.texts.reads < 20);
  library.add("", "数据库 连接");
  library.add("", "数据库 超时");
  auto const partial = library.find("数据库 连接 打不开");
  REQUIRE(!partial.hits.empty());
  CHECK(partial.hits.front().partial);
}

TEST_CASE("one word that is there brings nothing that has a part of it") {
  Library library;
  library.add("", "ORA-12154 的处理记录");
  library.add("12154 12154", "12154");
  for (int i = 0; i < 20; ++i) library.add("", "其他文字 " + std::to_string(i));
  CHECK(documents(library.find("ORA_12154")) == Numbers{1});
  CHECK(library.find("ORA 12154").hits.size() == 2);
  CHECK(documents(library.find("12154-X")) == Numbers{2, 1});  // it is nowhere: parts are better than nothing
}

TEST_CASE("an answer explains itself") {
  Library library;
  library.add("VPN 证书", "VPN 证书过期以后，重新签发证书。");
  for (int i = 0; i < 5; ++i) library.add("", "其他文字 " + std::to_string(i));
  SearchOptions options;
  options.explain = true;
  auto const found = library.find("vpn 证书过期", options);
  REQUIRE(found.hits.size() == 1);
  auto const& hit = found.hits.front();
  double shares = 0;
  for (auto const& reason : hit.reasons) shares += reason.share;
  CHECK(shares == Approx(1));
  CHECK(hit.reasons.front().term == "vpn");
  CHECK(hit.reasons.front().in_title == 1);
  CHECK(hit.reasons.front().in_body == 1);
  CHECK(hit.passage == Approx(1));
  CHECK(hit.first_rank == 1);
  CHECK(hit.score == Approx(hit.terms * 1.4));
  CHECK(hit.title_marks == std::vector<TextSpan>{{0, 3}, {4, 10}});
  CHECK(hit.snippet == "VPN 证书过期以后，重新签发证书。");
  CHECK(hit.snippet_marks == std::vector<TextSpan>{{0, 3}, {4, 16}, {37, 43}});
}

TEST_CASE("reading fewer texts gives the same answer") {
  std::mt19937 dice(12);
  Library library;
  for (int i = 0; i < 300; ++i) library.add(random_text(dice, 3), random_text(dice, 5 + dice() % 100));
  library.indexer.tidy(true);
  for (auto const* question : {"CrashLoopBackOff", "磁盘 备份 x509", "timeout server 恢复", "登"}) {
    SearchOptions all;
    all.candidates = 1000;
    all.limit = 1000;
    all.partial_share = 0;
    SearchOptions ten;
    ten.candidates = 1000;
    auto everything = library.find(question, all);
    library.texts.reads = 0;
    auto const best = library.find(question, ten);
    everything.hits.resize(std::min(everything.hits.size(), best.hits.size()));
    CHECK(documents(everything) == documents(best));
  }
}

TEST_CASE("an empty question, an empty index, a missing text") {
  Library library;
  CHECK(library.find("登录").hits.empty());
  library.add("", "登录");
  CHECK(library.find("").hits.empty());
  library.texts.all.clear();
  CHECK(library.find("登录").hits.empty());
}
