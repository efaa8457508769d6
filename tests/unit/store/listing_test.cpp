// SPDX-License-Identifier: Apache-2.0
#include "store/listing.hpp"

#include "fixture.hpp"

using namespace umsops;
using namespace umsops::store;
using query::Filter;
using query::Op;

namespace {

Filter where(char const* field, Op op, std::vector<base::Value> values) {
  Filter filter{.kind = Filter::Kind::condition};
  filter.condition = {model::ticket_type().require(field), "", op, std::move(values)};
  return filter;
}

std::string plan_of(Connection& db, query::Query const& query) {
  Parameters parameters;
  Reading rows(db.prepare("EXPLAIN QUERY PLAN " + listing_sql(db, listing_of(ticket_table()), query, parameters)));
  std::string plan;
  while (rows->step()) plan.append(rows->text(3)).append("; ");
  return plan;
}

bool reads_in_order(std::string const& plan) {
  INFO(plan);
  return plan.find("TEMP B-TREE") == std::string::npos && plan.find("USING INDEX") != std::string::npos;
}

}  // namespace

TEST_CASE("the newest tickets are read from an index, in order", "[sqlite]") {
  Desk desk;
  auto const plan = [&](query::Query query) {
    query.limit = 20;
    return plan_of(desk.db(), query);
  };
  CHECK(reads_in_order(plan({})));
  CHECK(plan({}).find("support_tickets_created") != std::string::npos);
  CHECK(reads_in_order(plan({where("status", Op::eq, {"OPEN"})})));
  CHECK(plan({where("status", Op::eq, {"OPEN"})}).find("support_tickets_open (status=?)") != std::string::npos);
  auto const open = plan({where("status", Op::lt, {"RESOLVED"})});
  INFO(open);
  CHECK(reads_in_order(open));
  CHECK(open.find("support_tickets_created") == std::string::npos);
  CHECK(reads_in_order(plan({where("status", Op::ne, {"CLOSED"})})));
  CHECK(reads_in_order(plan({where("requester_id", Op::eq, {"x"})})));
  CHECK(plan({query::all_of({where("requester_id", Op::eq, {"x"}), where("status", Op::lt, {"CLOSED"})})})
            .find("support_tickets_requester") != std::string::npos);
  CHECK(plan({where("assignee_id", Op::eq, {"x"})}).find("support_tickets_assignee") != std::string::npos);
}

TEST_CASE("a page behind a cursor starts at it", "[sqlite]") {
  Desk desk;
  for (int i = 0; i < 5; ++i) file_ticket(*desk.store, desk.ids, a_ticket(desk.ids, i));
  query::Query query{.limit = 2};
  query.after = list_tickets(desk.db(), query, [](auto const&) { return true; }).next;
  std::string const plan = plan_of(desk.db(), query);
  INFO(plan);
  CHECK(plan.find("SEARCH support_tickets USING INDEX support_tickets_created (created_at<?)") != std::string::npos);
}

TEST_CASE("a cursor serves its own query only") {
  Desk desk;
  for (int i = 0; i < 5; ++i) file_ticket(*desk.store, desk.ids, a_ticket(desk.ids, i));
  auto const run = [&](query::Query const& query) {
    return error_of([&] { list_tickets(desk.db(), query, [](auto const&) { return true; }); });
  };
  query::Query query{.filter = where("created_at", Op::ge, {at(kStart)}), .limit = 2};
  query.after = list_tickets(desk.db(), query, [](auto const&) { return true; }).next;
  CHECK(run(query).empty());
  CHECK(query.after.size() <= 32);  // people copy it from a terminal
  query::Query later = query;
  later.filter = where("created_at", Op::ge, {at(kStart + 1)});  // `-7d`, asked a second later
  CHECK(run(later).empty());
  query::Query other = query;
  other.filter = where("status", Op::eq, {"OPEN"});
  CHECK(run(other) == "usage.bad_value");
  other = query;
  other.sort = {{model::ticket_type().require("priority"), true}};
  CHECK(run(other) == "usage.bad_value");
  for (char const* text : {"x", "zz", "a", "5b5d", "aAAAA", "aAAAAAG4", "a________", "aAAAAAHT_fw"}) {
    query.after = text;
    CHECK(run(query) == "usage.bad_value");
  }
}

TEST_CASE("limits and early ends tell what is left") {
  Desk desk;
  for (int i = 0; i < 3; ++i) file_ticket(*desk.store, desk.ids, a_ticket(desk.ids, i));
  auto const list = [&](std::optional<std::int64_t> limit, int stop) {
    int seen = 0;
    query::Query query;
    query.limit = limit;
    Rest const rest = list_tickets(desk.db(), query, [&](auto const&) { return ++seen != stop; });
    return std::pair(seen, rest.truncated);
  };
  CHECK(list(std::nullopt, 0) == std::pair(3, false));
  CHECK(list(3, 0) == std::pair(3, false));
  CHECK(list(2, 0) == std::pair(2, true));
  CHECK(list(0, 0) == std::pair(0, true));
  CHECK(list(std::numeric_limits<std::int64_t>::max(), 0) == std::pair(3, false));
  CHECK(list(3, 1) == std::pair(1, true));
}

TEST_CASE("a condition of a thousand parts is answered") {
  Desk desk;
  file_ticket(*desk.store, desk.ids);
  Filter filter{.kind = Filter::Kind::any};
  for (int i = 0; i < 3000; ++i) filter.children.push_back(where("title", Op::eq, {"t" + std::to_string(i)}));
  CHECK(count_tickets(desk.db(), filter) == 0);
  filter.children.push_back(where("title", Op::eq, {"Login fails 1"}));
  CHECK(count_tickets(desk.db(), filter) == 1);
}
