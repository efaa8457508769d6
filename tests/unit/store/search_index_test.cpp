// SPDX-License-Identifier: Apache-2.0
#include "store/search_index.hpp"

#include <random>

#include "fixture.hpp"
#include "unit/search/texts.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

char const* const kQuestions[] = {"登录失败",       "LDAP认证",         "登",
                                  "timeout server", "CrashLoopBackOff", "ora_12154 过期",
                                  "\"登录失败\"",   "怎么重置密码",     "磁盘 x509 备份 恢复"};

std::string answers(search::IndexTables& index, search::Texts& texts) {
  std::string out;
  for (auto const* question : kQuestions) {
    out += test::told(search::search(index, texts, search::parse_query(question))) + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("a search index in the store answers as one in memory") {
  Desk desk;
  test::Library library;
  std::mt19937 dice(21);
  std::vector<std::uint32_t> alive;
  for (int step = 0; step < 300; ++step) {
    WriteTx tx(*desk.store);
    tx.take_turn();
    SearchIndex index(tx.connection(), kArticleSpace);
    search::Indexer indexer(index);
    if (step > 20 && dice() % 3 == 0) {
      auto const at = dice() % alive.size();
      auto const text = library.texts.all.at(alive[at]);
      indexer.remove(alive[at], {text.title, text.body, {"kind=faq"}});
      library.remove(alive[at]);
      alive.erase(alive.begin() + static_cast<std::ptrdiff_t>(at));
    } else {
      auto const title = test::random_text(dice, 3), body = test::random_text(dice, 60);
      alive.push_back(library.add(title, body, {"kind=faq"}));
      CHECK(indexer.add({title, body, {"kind=faq"}}) == alive.back());
    }
    if (step % 20 == 0) indexer.tidy();
    if (step == 150) indexer.tidy(true);
    tx.commit();
  }
  SearchIndex index(desk.db(), kArticleSpace);
  CHECK(index.state().segments.size() > 1);
  CHECK(answers(index, library.texts) == answers(library.index, library.texts));
  search::IndexCheck check(index);
  for (auto const& [number, text] : library.texts.all) check.document(number, {text.title, text.body, {"kind=faq"}});
  CHECK(check.problems().empty());
}

TEST_CASE("what is rolled back was never in the search index") {
  Desk desk;
  {
    WriteTx tx(*desk.store);
    SearchIndex index(tx.connection(), kArticleSpace);
    search::Indexer(index).add({"VPN", "证书过期", {}});
  }
  SearchIndex index(desk.db(), kArticleSpace);
  CHECK(index.state().meta.documents == 0);
  CHECK(index.pending().empty());
}

TEST_CASE("long lists and many terms lie in the store, and go with their segment") {
  Desk desk;
  WriteTx tx(*desk.store);
  tx.take_turn();
  SearchIndex index(tx.connection(), kArticleSpace);
  search::IndexBuilder builder(index, {});
  for (int i = 0; i < 1500; ++i) builder.add({"common", "登录 number" + std::to_string(i), {}});
  builder.finish();
  test::MemoryTexts texts;
  CHECK(search::search(index, texts, search::parse_query("common")).full_matches == 1500);
  CHECK(search::search(index, texts, search::parse_query("登")).full_matches == 1500);
  CHECK(search::search(index, texts, search::parse_query("number77 number78")).full_matches == 0);
  CHECK(tx.connection().number("SELECT count(*) FROM search_list") > 0);
  index.remove_segment(index.state().segments.at(0).number);
  CHECK(tx.connection().number("SELECT count(*) FROM search_list") == 0);
  CHECK(tx.connection().number("SELECT count(*) FROM search_page") == 0);
  tx.commit();
}
