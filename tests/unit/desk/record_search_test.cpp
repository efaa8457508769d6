// SPDX-License-Identifier: Apache-2.0
// The index follows what happens to tickets and incidents; who searches sees no difference between before and behind.
#include <catch2/catch.hpp>
#include <random>

#include "fixture.hpp"

using namespace umsops;
using namespace umsops::tests;

namespace {

constexpr char const* kWords[] = {"登录", "登入", "失败", "失敗", "VPN", "证书", "憑證", "portal", "timeout", "reset"};

std::string text_of(std::mt19937& dice, int words) {
  std::string text;
  for (int i = 0; i < words; ++i) text += std::string(i == 0 ? "" : " ") + kWords[dice() % std::size(kWords)];
  return text;
}

struct SearchFixture : DeskFixture {
  std::string found(std::string const& words) {
    query::Query query;
    query.filter.kind = query::Filter::Kind::text;
    query.filter.condition.values = {words};
    std::string out;
    unsearched += tickets()
                      .list(query,
                            [&](model::Ticket const& ticket) {
                              out += ticket.ticket_number + " ";
                              return true;
                            })
                      .unsearched;
    return out;
  }
  /// What any of the words finds, and how alike the first tickets are to others.
  std::string answers() {
    std::string out;
    for (auto const* words : kWords) out += std::string(words) + ": " + found(words) + "\n";
    for (auto const* id : {"T-1", "T-2", "T-3"}) {
      for (auto const& one : tickets().similar(id, 5, 0).found)
        out += one.ticket.ticket_number + "=" + std::to_string(one.score) + " ";
    }
    return out;
  }
  void tick() {
    auto const end = desk.tick().run({}, [](auto const&) {});
    CHECK_FALSE(end.stopped);
  }
  void set_title(std::string const& id, std::string title) {
    tickets().update({id}, {{model::ticket_type().require("title"), std::move(title)}}, {}, desk::Batch::atomic);
  }

  std::int64_t unsearched = 0;
};

}  // namespace

TEST_CASE("answers are the same before the index has followed, behind it, and on one made anew") {
  SearchFixture f;
  std::mt19937 dice(7);
  for (int round = 0; round < 8; ++round) {
    for (int i = 0; i < 12; ++i) f.file(text_of(dice, 4));
    for (int i = 0; i < 4; ++i) f.set_title("T-" + std::to_string(1 + dice() % (12 * (round + 1))), text_of(dice, 3));
    auto const before = f.answers();
    if (round % 2 == 0) {
      f.tick();
      CHECK(f.answers() == before);
      CHECK(f.desk.knowledge().index_status().behind <= 1);
    }
    CHECK(f.desk.knowledge().check_index().empty());
  }
  auto const before = f.answers();
  auto const status = f.desk.knowledge().index_status();
  f.desk.knowledge().rebuild_index();
  CHECK(f.desk.knowledge().index_status().tickets == 96);
  CHECK(f.desk.knowledge().index_status().segments <= status.segments);
  CHECK(f.found("VPN").size() > 0);
  CHECK(f.desk.knowledge().check_index().empty());
  CHECK(f.unsearched == 0);
  CHECK(f.flaws() == 0);
  CHECK(before.size() == f.answers().size());  // scores move with the mean length, answers stay
}

TEST_CASE("a ticket changed twice behind the index is found as it is") {
  SearchFixture f;
  f.file("printer");
  f.tick();
  f.set_title("T-1", "scanner");
  f.set_title("T-1", "plotter");
  CHECK(f.found("printer").empty());
  CHECK(f.found("scanner").empty());
  CHECK(f.found("plotter") == "T-000001 ");
  f.tick();
  CHECK(f.found("plotter") == "T-000001 ");
  f.set_title("T-1", "printer");
  f.set_title("T-1", "plotter");
  f.tick();  // as it was: nothing to do
  CHECK(f.found("printer").empty());
  CHECK(f.desk.knowledge().check_index().empty());
}

TEST_CASE("a damaged index of records is told of, and made anew") {
  SearchFixture f;
  for (int i = 0; i < 70; ++i) f.file("VPN " + std::to_string(i));
  f.tick();
  REQUIRE(f.desk.knowledge().check_index().empty());
  edit_store(store_name(f.folder.file("desk.db")), "DELETE FROM search_document WHERE record = 5");
  CHECK_FALSE(f.desk.knowledge().check_index().empty());
  f.desk.knowledge().rebuild_index();
  CHECK(f.desk.knowledge().check_index().empty());
  CHECK(f.found("VPN 4") == "T-000005 ");
}

TEST_CASE("more changes than a search looks at are told of, and searched behind a tick") {
  SearchFixture f;
  std::vector<std::string> ids;
  for (int i = 1; i <= 100; ++i) {
    f.file("first");
    ids.push_back("T-" + std::to_string(i));
  }
  f.file("VPN");
  f.tick();
  f.file("portal");
  for (int i = 0; i < 51; ++i)
    f.tickets().update(ids, {{model::ticket_type().require("title"), "title " + std::to_string(i)}}, {},
                       desk::Batch::atomic);
  CHECK(f.found("VPN") == "T-000101 ");
  CHECK(f.unsearched > 0);
  CHECK(f.found("portal").empty());
  f.tick();
  f.unsearched = 0;
  CHECK(f.found("portal") == "T-000102 ");
  CHECK(f.unsearched == 0);
  CHECK(f.found("first").empty());
  CHECK(f.desk.knowledge().check_index().empty());
}
