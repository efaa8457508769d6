// SPDX-License-Identifier: Apache-2.0
#include "store/record_index.hpp"

#include "fixture.hpp"
#include "store/tailed_index.hpp"
#include "store/whole_index.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

model::Ticket titled(Desk& desk, std::int64_t n, std::string title) {
  auto ticket = a_ticket(desk.ids, n);
  ticket.title = std::move(title);
  return file_ticket(*desk.store, desk.ids, ticket);
}

void retitle(Desk& desk, model::Ticket& ticket, std::string title) {
  WriteTx tx(*desk.store);
  auto const before = ticket;
  ticket.title = std::move(title);
  ++ticket.rev;
  model::Event event;
  event.at = ticket.updated_at;
  event.noun = "ticket";
  event.record_id = ticket.id;
  event.kind = "updated";
  event.rev = ticket.rev;
  event.changes = {{"title", before.title, ticket.title, true}};
  append_event(tx, event, update_ticket(tx, ticket, before.rev), desk.ids);
  tx.commit();
}

IndexedPortion follow(Desk& desk, std::int64_t events) {
  WriteTx tx(*desk.store);
  auto const portion = index_portion(tx, events);
  tx.commit();
  return portion;
}

std::size_t found(Desk& desk, char const* words) {
  TailedIndex index(desk.db(), *find_indexed_kind("ticket"));
  return search::full_matches(index, search::parse_query(words)).size();
}

std::vector<std::string> problems(Desk& desk) {
  std::vector<std::string> out;
  check_search_index(desk.db(), [&](std::string const& problem) { out.push_back(problem); });
  return out;
}

/// All bytes that the index has of texts.
std::string bytes_of_index(Desk& desk) {
  std::string out;
  for (auto const* sql : {"SELECT data FROM search_pending", "SELECT data FROM search_page",
                          "SELECT first FROM search_page", "SELECT data FROM search_list"}) {
    Reading rows(desk.db().prepare(sql));
    while (rows->step()) out += rows->bytes(0);
  }
  return out;
}

}  // namespace

TEST_CASE("the index holds each record as it was after the event that it has followed") {
  Desk desk;
  std::vector<model::Ticket> tickets;
  for (int n = 1; n <= 20; ++n) tickets.push_back(titled(desk, n, "printer"));
  for (auto& ticket : tickets) retitle(desk, ticket, "scanner");
  for (auto& ticket : tickets) retitle(desk, ticket, "plotter");
  // In small steps, each of which ends between the changes of some ticket.
  for (bool more = true; more;) {
    more = follow(desk, 7).more;
    CHECK(problems(desk).empty());
    CHECK(found(desk, "plotter") == 20);
    CHECK(found(desk, "printer") + found(desk, "scanner") == 0);
  }
  CHECK(indexed_event(desk.db()) == 60);
  CHECK(follow(desk, 7).records == 0);
}

TEST_CASE("what is taken out of the index leaves no term behind, and comes in again with its next event") {
  Desk desk;
  auto secret = titled(desk, 1, "geheimnis");
  for (int n = 2; n <= 100; ++n) titled(desk, n, "printer " + std::to_string(n));
  follow(desk, 1000);
  REQUIRE(bytes_of_index(desk).find("geheimni") != std::string::npos);
  REQUIRE(found(desk, "geheimnis") == 1);
  {
    WriteTx tx(*desk.store);
    forget_record(tx, model::ref_of(secret));
    tx.commit();
  }
  CHECK(found(desk, "geheimnis") == 0);
  CHECK(bytes_of_index(desk).find("geheimni") == std::string::npos);
  CHECK(found(desk, "printer") == 99);
  retitle(desk, secret, "erased");
  CHECK(found(desk, "erased") == 1);
  follow(desk, 1000);
  CHECK(problems(desk).empty());
  CHECK(found(desk, "erased") == 1);
}

TEST_CASE("an index of records is made anew from their texts, beside that of articles") {
  Desk desk;
  for (int n = 1; n <= 300; ++n) titled(desk, n, "VPN 证书 " + std::to_string(n));
  {
    WriteTx tx(*desk.store);
    CHECK(rebuild_search_index(tx) == 300);
    tx.commit();
  }
  CHECK(index_figures(desk.db()).tickets == 300);
  CHECK(index_figures(desk.db()).articles == 0);
  CHECK(index_figures(desk.db()).behind == 0);
  CHECK(problems(desk).empty());
  CHECK(found(desk, "证书") == 300);
  titled(desk, 301, "VPN 证书");
  CHECK(found(desk, "证书") == 301);
  edit_store(desk.path, "DELETE FROM search_document WHERE record = 7");
  CHECK(problems(desk).size() > 0);
}
