// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>
#include <set>

#include "fixture.hpp"

using namespace umsops;
using namespace umsops::store;
using query::Condition;
using query::Filter;
using query::Op;

namespace {

constexpr char const* kWords[] = {"Login", "登录失败", "vpn", "50%", "a_b", "MFA reset", "back\\slash", "ÄÖ"};

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

/// The meaning of one comparison, written without SQL.
bool compare(base::Field const& field, Op op, base::Value const& have, base::Value const& wanted) {
  if (op == Op::contains || op == Op::lacks) {
    return lower(std::string(have.text())).find(lower(std::string(wanted.text()))) != std::string::npos;
  }
  std::partial_ordering order = std::partial_ordering::unordered;
  if (field.type == base::FieldType::choice) {
    auto const rank = [&](base::Value const& v) {
      return std::find(field.choices.begin(), field.choices.end(), v.text());
    };
    order = rank(have) <=> rank(wanted);
  } else if (auto const* number = have.get_if<std::int64_t>()) {
    order = *number <=> *wanted.get_if<std::int64_t>();
  } else if (auto const* time = have.get_if<base::TimePoint>()) {
    order = *time <=> *wanted.get_if<base::TimePoint>();
  } else {
    order = have.text() <=> wanted.text();
  }
  switch (op) {
    case Op::lt:
      return order < 0;
    case Op::le:
      return order <= 0;
    case Op::gt:
      return order > 0;
    case Op::ge:
      return order >= 0;
    default:
      return order == 0;
  }
}

base::Value value_of(model::Ticket const& ticket, Condition const& condition) {
  base::Value value = model::get(ticket, condition.field);
  if (condition.member.empty()) return value;
  base::Value const* member = value.find(condition.member);
  return member ? *member : base::Value();
}

bool holds(model::Ticket const& ticket, Condition const& condition) {
  bool const negative = condition.op == Op::ne || condition.op == Op::lacks;
  bool const ordered =
      condition.op == Op::lt || condition.op == Op::le || condition.op == Op::gt || condition.op == Op::ge;
  base::Value const have = value_of(ticket, condition);
  bool any = false;
  for (base::Value const& wanted : condition.values) {
    if (have.is_null() || wanted.is_null()) {
      any |= have.is_null() && wanted.is_null() && !ordered;
    } else {
      any |= compare(model::ticket_type().fields[condition.field], condition.op, have, wanted);
    }
  }
  return any != negative;
}

bool holds(model::Ticket const& ticket, Filter const& filter) {
  auto const child = [&](Filter const& f) { return holds(ticket, f); };
  switch (filter.kind) {
    case Filter::Kind::everything:
      return true;
    case Filter::Kind::condition:
      return holds(ticket, filter.condition);
    case Filter::Kind::all:
      return std::all_of(filter.children.begin(), filter.children.end(), child);
    case Filter::Kind::any:
      return std::any_of(filter.children.begin(), filter.children.end(), child);
    case Filter::Kind::none:
      return !holds(ticket, filter.children[0]);
    case Filter::Kind::text:
    case Filter::Kind::rows:
      break;  // what the search index finds
  }
  return false;
}

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  int below(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }
  std::string word() { return kWords[below(8)]; }

 private:
  std::mt19937 engine_;
};

model::Ticket random_ticket(Dice& dice, base::IdSource& ids, int n) {
  model::Ticket t = a_ticket(ids, n);
  t.title = dice.word() + " " + dice.word();
  if (dice.below(2)) t.description = dice.word() + "\n" + dice.word();
  if (dice.below(2)) t.requester_id = "user" + std::to_string(dice.below(4));
  if (dice.below(3)) t.assignee_id = "agent" + std::to_string(dice.below(3));
  if (dice.below(3)) t.category = dice.below(2) ? "mfa" : "password";
  t.priority = static_cast<model::Priority>(dice.below(4));
  t.status = static_cast<model::TicketStatus>(dice.below(7));
  t.source = static_cast<model::Source>(dice.below(7));
  t.created_at = at(kStart + dice.below(20));
  t.id = ids.next_id(t.created_at);
  if (dice.below(2)) t.resolved_at = at(kStart + dice.below(20));
  if (dice.below(2)) t.response_time_minutes = dice.below(10);
  if (dice.below(2)) t.attributes.emplace_back("env", dice.below(2) ? "prod" : "Test");
  if (dice.below(2)) t.attributes.emplace_back("host", dice.word());
  return t;
}

base::Value random_value(Dice& dice, base::Field const& field, bool member) {
  if (dice.below(6) == 0) return {};
  if (member) return dice.below(2) ? "prod" : dice.word();
  switch (field.type) {
    case base::FieldType::choice:
      return field.choices[static_cast<std::size_t>(dice.below(static_cast<int>(field.choices.size())))];
    case base::FieldType::time:
      return at(kStart + dice.below(20));
    case base::FieldType::integer:
      return std::int64_t{dice.below(10)};
    default:
      break;
  }
  constexpr char const* kSome[] = {"user1", "agent2", "mfa", "password", "Login vpn", "LOGIN", "T-000003"};
  return dice.below(2) ? std::string(kSome[dice.below(7)]) : dice.word();
}

Filter random_condition(Dice& dice) {
  constexpr char const* kFields[] = {
      "status",      "priority",   "source",      "title",    "description",           "requester_id",
      "assignee_id", "created_at", "resolved_at", "category", "response_time_minutes", "attributes"};
  Filter filter{.kind = Filter::Kind::condition};
  Condition& c = filter.condition;
  c.field = model::ticket_type().require(kFields[dice.below(12)]);
  base::Field const& field = model::ticket_type().fields[c.field];
  bool const textual = field.type == base::FieldType::text || field.type == base::FieldType::block ||
                       field.type == base::FieldType::choice || field.type == base::FieldType::object;
  if (field.type == base::FieldType::object) c.member = dice.below(2) ? "env" : "host";
  c.op = static_cast<Op>(dice.below(textual ? 8 : 6));
  for (int i = dice.below(3); i >= 0; --i) c.values.push_back(random_value(dice, field, !c.member.empty()));
  return filter;
}

Filter random_filter(Dice& dice, int depth) {
  if (depth == 0 || dice.below(2)) return random_condition(dice);
  Filter filter{.kind = static_cast<Filter::Kind>(2 + dice.below(3))};
  for (int i = filter.kind == Filter::Kind::none ? 0 : dice.below(3); i >= 0; --i) {
    filter.children.push_back(random_filter(dice, depth - 1));
  }
  return filter;
}

std::vector<model::Ticket> fill(Desk& desk, Dice& dice, int count) {
  WriteTx tx(*desk.store);
  std::vector<model::Ticket> tickets;
  for (int i = 1; i <= count; ++i) {
    tickets.push_back(random_ticket(dice, desk.ids, i));
    insert_ticket(tx, tickets.back());
  }
  tx.commit();
  return tickets;
}

}  // namespace

TEST_CASE("filters select what they mean") {
  Desk desk;
  Dice dice(20261123);
  auto const tickets = fill(desk, dice, 300);
  for (int round = 0; round < 400; ++round) {
    INFO("round " << round);
    Filter const filter = random_filter(dice, 3);
    std::set<std::string> expected, found;
    for (auto const& ticket : tickets) {
      if (holds(ticket, filter)) expected.insert(ticket.ticket_number);
    }
    list_tickets(desk.db(), {filter}, [&](model::Ticket const& t) { return found.insert(t.ticket_number), true; });
    REQUIRE(found == expected);
    REQUIRE(count_tickets(desk.db(), filter) == static_cast<std::int64_t>(expected.size()));
  }
}

TEST_CASE("pages add up to the whole list in every order") {
  Desk desk;
  Dice dice(7);
  fill(desk, dice, 200);
  constexpr char const* kKeys[] = {
      "created_at", "priority", "status", "assignee_id", "resolved_at", "response_time_minutes", "title"};
  for (int round = 0; round < 120; ++round) {
    query::Query query{.filter = dice.below(2) ? random_filter(dice, 1) : Filter{}};
    for (int i = dice.below(3); i > 0; --i)
      query.sort.push_back({model::ticket_type().require(kKeys[dice.below(7)]), dice.below(2) == 1});
    std::vector<std::string> whole, pages;
    Rest const rest =
        list_tickets(desk.db(), query, [&](auto const& t) { return whole.push_back(t.ticket_number), true; });
    REQUIRE_FALSE(rest.truncated);
    query.limit = 1 + dice.below(40);
    for (int page = 0; page < 300; ++page) {
      Rest const next =
          list_tickets(desk.db(), query, [&](auto const& t) { return pages.push_back(t.ticket_number), true; });
      REQUIRE(next.truncated == !next.next.empty());
      if (!next.truncated) break;
      query.after = next.next;
    }
    REQUIRE(pages == whole);
  }
}

TEST_CASE("text that looks like a pattern or like SQL is text") {
  Desk desk;
  auto ticket = a_ticket(desk.ids, 1);
  ticket.attributes = {{"host", "x\",\"env\":\"prod"}};
  file_ticket(*desk.store, desk.ids, ticket);
  auto const count = [&](char const* field, char const* member, Op op, base::Value value) {
    Filter filter{.kind = Filter::Kind::condition};
    filter.condition = {model::ticket_type().require(field), member, op, {std::move(value)}};
    return count_tickets(desk.db(), filter);
  };
  CHECK(count("title", "", Op::contains, "'; DROP TABLE events; --") == 0);
  CHECK(count("title", "", Op::contains, "L_gin") == 0);
  CHECK(count("title", "", Op::contains, "%") == 0);
  CHECK(count("attributes", "env", Op::eq, "prod") == 0);
  CHECK(count("attributes", "no\"such", Op::eq, "prod") == 0);
  CHECK(count("attributes", "no\"such", Op::eq, base::Value()) == 1);
  CHECK(count("attributes", "host", Op::contains, "ENV") == 1);
  CHECK(error_of([&] { count("title", "", Op::contains, std::string(20'000, 'x')); }) == "input.too_large");
}

TEST_CASE("the deepest filter of every shape is one that the engine takes") {
  Desk desk;
  query::FilterContext const context{&model::ticket_type(), at(kStart), {}};
  char const* const kShapes[][2] = {{"(", ")"},
                                    {"!(attributes.a=1 ", ")"},
                                    {"(attributes.a~x or ", " or attributes.b!~y)"},
                                    {"!(rev=1 or not (rev=2 ", "))"}};
  for (auto const& [before, behind] : kShapes) {
    std::string text = "(title~x or status=OPEN)";
    for (int depth = 1; depth < 17; ++depth) {
      CAPTURE(text);
      bool parsed = true;
      query::Query query;
      try {
        query.filter = query::parse_filter(text, context);
      } catch (base::Error const& error) {
        REQUIRE(&error.code() == &base::errors::filter_syntax);
        parsed = false;
      }
      if (parsed) REQUIRE_NOTHROW(list_tickets(desk.db(), query, [](auto const&) { return true; }));
      text = before + text + behind;
      // One kind of joint a level: the next one is turned round by hand.
      if (std::string_view(before).find("or ") == std::string_view::npos) text = "(rev=3 or " + text + ")";
    }
  }
}
