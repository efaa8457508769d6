// SPDX-License-Identifier: Apache-2.0
#include "umsops/search/index.hpp"

#include <catch2/catch.hpp>

#include "search/document_terms.hpp"
#include "search/pages.hpp"
#include "umsops/base/error.hpp"
#include "unit/search/texts.hpp"

using namespace umsops;
using namespace umsops::search;
using test::Library;
using test::random_text;
using test::told;

namespace {

char const* const kQuestions[] = {"登录失败",       "LDAP认证",     "登",  "timeout server", "CrashLoopBackOff",
                                  "ora_12154 过期", "\"登录失败\"", "the", "怎么重置密码",   "磁盘 x509 备份 恢复"};

std::string answers(Library& library) {
  std::string out;
  for (auto const* question : kQuestions) out += told(library.find(question)) + "\n";
  return out;
}

/// The same documents under the same numbers, in an index of one segment. Its counts are those of a whole life.
std::string answers_of_one_segment(Library& library) {
  test::MemoryIndex index;
  IndexMeta meta = library.index.state().meta;
  IndexMeta const whole = meta;
  for (auto const& [number, text] : library.texts.all) {
    meta = index.state().meta;
    meta.next_document = number;
    index.set_meta(meta);
    Indexer(index, library.ranking).add({text.title, text.body, library.filters_of.at(number)});
  }
  meta = index.state().meta;
  meta.next_document = whole.next_document;
  index.set_meta(meta);
  Indexer(index, library.ranking).tidy(true);
  std::string out;
  for (auto const* question : kQuestions)
    out += told(search::search(index, library.texts, parse_query(question))) + "\n";
  return out;
}

}  // namespace

TEST_CASE("lists of any length come back") {
  std::mt19937 dice(1);
  for (std::uint32_t const count : {1u, 2u, 127u, 128u, 129u, 256u, 1000u}) {
    std::vector<Posting> postings;
    std::uint32_t document = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      document += 1 + static_cast<std::uint32_t>(dice() % (i % 7 == 0 ? 100'000 : 3));
      postings.push_back({document, static_cast<std::uint8_t>(dice())});
    }
    std::string bytes;
    append_postings(bytes, postings);
    CHECK(all_postings(bytes, count) == postings);
    CHECK_THROWS_AS(all_postings(bytes, count + 1), base::Error);
    CHECK_THROWS_AS(all_postings(bytes + "x", count), base::Error);
    CHECK_THROWS_AS(all_postings(bytes.substr(0, bytes.size() - 1), count), base::Error);
  }
}

TEST_CASE("a segment reads as it was written, in pages that fit") {
  test::MemoryIndex index;
  std::map<std::string, std::vector<Posting>> terms;
  std::mt19937 dice(2);
  for (int i = 0; i < 3000; ++i) {
    auto& list = terms["term" + std::to_string(dice() % 5000)];
    std::uint32_t const count = i % 100 == 0 ? 2000 : 1 + dice() % 5;
    std::uint32_t document = 0;
    list.clear();
    for (std::uint32_t k = 0; k < count; ++k) list.push_back({document += 1 + dice() % 9, 7});
  }
  SegmentWriter writer(index, 5);
  for (auto const& [term, list] : terms) writer.add(term, list);
  writer.finish();
  for (auto const& [key, data] : index.all_pages()) CHECK(data.size() <= kLargestPage);
  CHECK(!index.all_lists().empty());
  auto expected = terms.begin();
  for (SegmentReader reader(index, 5); !reader.done(); reader.next(), ++expected) {
    REQUIRE(expected != terms.end());
    CHECK(reader.term() == expected->first);
    CHECK(reader.postings() == expected->second);
  }
  CHECK(expected == terms.end());
}

TEST_CASE("answers do not depend on how documents lie in segments") {
  std::mt19937 dice(3);
  for (int round = 0; round < 8; ++round) {
    Library library;
    std::vector<std::uint32_t> alive;
    for (int step = 0; step < 250; ++step) {
      if (!alive.empty() && dice() % 3 == 0) {
        auto const at = dice() % alive.size();
        library.remove(alive[at]);
        alive.erase(alive.begin() + static_cast<std::ptrdiff_t>(at));
      } else {
        alive.push_back(library.add(random_text(dice, 4), random_text(dice, 5 + dice() % 60), {"kind=faq"}));
      }
      if (dice() % 10 == 0) library.indexer.tidy();
      if (dice() % 100 == 0) library.indexer.tidy(true);
    }
    std::string const before = answers(library);
    CHECK(before == answers_of_one_segment(library));
    CHECK(library.problems().empty());
    library.indexer.tidy(true);
    CHECK(before == answers(library));
    CHECK(library.index.state().segments.size() <= 1);
    CHECK(library.problems().empty());
  }
}

TEST_CASE("many updates of one document leave few segments, and nothing behind") {
  Library library;
  std::mt19937 dice(4);
  auto number = library.add("title", random_text(dice, 50));
  for (int i = 0; i < 1000; ++i) {
    library.remove(number);
    number = library.add("title", random_text(dice, 50));
    library.indexer.tidy();
  }
  CHECK(library.index.state().segments.size() < 2 * kFanOut);
  CHECK(library.index.pending().size() < kPendingRows);
  CHECK(library.find("title").full_matches == 1);
  CHECK(library.problems().empty());
  library.remove(number);
  library.indexer.tidy(true);
  CHECK(library.index.state().segments.empty());
  CHECK(library.index.bytes() == 0);
}

TEST_CASE("an index made at once answers as one that grew") {
  std::mt19937 dice(5);
  Library grown;
  test::MemoryIndex made;
  IndexBuilder builder(made, {});
  for (int i = 0; i < 200; ++i) {
    auto const title = random_text(dice, 3), body = random_text(dice, 40);
    auto const number = grown.add(title, body, {"kind=guide"});
    CHECK(builder.add({title, body, {"kind=guide"}}) == number);
  }
  builder.finish();
  std::string out;
  for (auto const* question : kQuestions) out += told(search::search(made, grown.texts, parse_query(question))) + "\n";
  CHECK(out == answers(grown));
}

TEST_CASE("a check finds what is missing, changed, or too much") {
  Library library;
  std::mt19937 dice(6);
  for (int i = 0; i < 20; ++i) library.add("title", random_text(dice, 30));
  library.indexer.tidy(true);
  REQUIRE(library.problems().empty());
  auto const text = library.texts.all[7];
  library.texts.all[7].body += " changed";
  CHECK(library.problems().size() == 2);  // and the sum of the lengths
  library.texts.all.erase(7);
  CHECK(library.problems().size() == 2);
  library.texts.all[7] = text;
  auto meta = library.index.state().meta;
  meta.version = kTokenVersion + 1;
  library.index.set_meta(meta);
  CHECK(library.problems().size() == 1);
}

TEST_CASE("an index of another version is not read: search.version") {
  Library library;
  library.add("title", "body");
  auto meta = library.index.state().meta;
  meta.version = kTokenVersion + 1;
  library.index.set_meta(meta);
  auto const refused = [](auto const& act) {
    try {
      act();
    } catch (base::Error const& error) {
      return error.code().code == base::errors::search_version.code;
    }
    return false;
  };
  CHECK(refused([&] { library.find("body"); }));
  CHECK(refused([&] { library.add("title", "body"); }));
  CHECK(refused([&] { library.indexer.tidy(); }));
}

TEST_CASE("more cannot be taken out than was put in") {
  Library library;
  CHECK_THROWS_AS(library.indexer.remove(1, {"title", "body", {}}), base::Error);
}

TEST_CASE("damaged bytes are told, whichever they are") {
  std::mt19937 dice(7);
  for (int round = 0; round < 400; ++round) {
    Library library;
    for (int i = 0; i < 30; ++i) library.add(random_text(dice, 3), random_text(dice, 40));
    if (round % 2 == 0) library.indexer.tidy(true);
    auto damage = [&](std::string& bytes) {
      if (bytes.empty()) return;
      auto const at = dice() % bytes.size();
      if (dice() % 3 == 0) bytes.resize(at);
      if (at < bytes.size()) bytes[at] = static_cast<char>(dice());
    };
    for (auto& [key, data] : library.index.all_pages()) damage(data);
    for (auto& [key, data] : library.index.all_lists()) damage(data);
    for (auto& row : library.index.all_pending()) damage(row.data);
    try {  // an answer, or store.damaged; never anything else
      answers(library);
      library.problems();
      library.indexer.tidy(true);
    } catch (base::Error const& error) {
      CHECK(error.code().code == base::errors::store_damaged.code);
    }
  }
}

TEST_CASE("long filters keep their difference") {
  std::string const prefix(200, 'x');
  CHECK(filter_term(prefix + "1") != filter_term(prefix + "2"));
  CHECK(filter_term(prefix).size() <= kLongestKey);
  CHECK(filter_term("kind=faq") == "\1kind=faq");
}

TEST_CASE("the mean length tells when pivots are out of date") {
  IndexMeta meta;
  CHECK(meta.drift() == 0);
  meta.documents = 2;
  meta.body_length = 600;
  meta.body_pivot = 200;
  CHECK(meta.drift() == Approx(0.5));
}
