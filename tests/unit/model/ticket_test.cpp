// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "model/ticket_text.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/import_mapping.hpp"
#include "umsops/model/ticket.hpp"

using namespace umsops::model;
using umsops::base::Error;
using umsops::base::FieldType;
using umsops::base::Value;

namespace {

Ticket full_ticket() {
  Ticket t;
  t.id = "01hzy0000000000000000000aa";
  t.ticket_number = "T-000007";
  t.title = "无法登录";
  t.description = "line one\nline two";
  t.requester_id = "zhang.wei";
  t.assignee_id = "li.na";
  t.category = "sign-in";
  t.subcategory = "sso";
  t.priority = Priority::high;
  t.status = TicketStatus::closed;
  t.source = Source::phone;
  t.created_at = TimePoint(umsops::base::Milliseconds(1'700'000'000'000));
  t.updated_at = t.created_at + std::chrono::hours(5);
  t.resolved_at = t.created_at + std::chrono::hours(3);
  t.closed_at = t.created_at + std::chrono::hours(4);
  t.sla_deadline = t.created_at + std::chrono::hours(8);
  t.response_time_minutes = 12;
  t.resolution_time_minutes = 180;
  t.key = "build-1";
  t.attributes = {{"host", "db01"}, {"team", "iam"}};
  t.classification.rules_version = "abc";
  t.classification.decisions.push_back({"priority", "HIGH", "rule", "HIGH", "r1", "team.yaml", 12, {"失败"}});
  t.rev = 3;
  t.first_response_at = t.created_at + std::chrono::minutes(12);
  t.response_working_minutes = 10;
  t.resolution_working_minutes = 170;
  t.resolution = "cleared the lock\nand told him";
  t.knowledge = "KB-12";
  t.reopen_count = 1;
  t.pending_until = t.created_at + std::chrono::hours(9);
  t.pending_then = WakeUp::close;
  t.escalation_level = Level::level_2;
  t.service = "sso";
  t.team = "iam";
  t.tags = {"vpn", "家"};
  t.time_spent_minutes = 45;
  t.rating = 4;
  t.approval = Approval::waiting;
  t.approver = "wang.fang";
  t.approval_deputy = "zhao.min";
  t.approval_due_at = t.created_at + std::chrono::hours(10);
  t.sla_policy = "high";
  t.response_due_at = t.created_at + std::chrono::minutes(30);
  t.resolution_due_at = t.created_at + std::chrono::hours(8);
  t.sla_risk_at = t.created_at + std::chrono::hours(6);
  t.sla_breach = SlaStatus::response_breached;
  t.next_action_at = t.created_at + std::chrono::hours(7);
  t.sla = SlaStatus::met;
  return t;
}

std::size_t field(char const* name) { return ticket_type().require(name); }

}  // namespace

TEST_CASE("the words of the SLA status are read back as they are written", "[model]") {
  for (std::size_t i = 0; i < sla_status_names().size(); ++i) {
    auto const status = static_cast<SlaStatus>(i);
    CHECK(to_string(status) == sla_status_names()[i]);
    CHECK(parse_sla_status(sla_status_names()[i]) == status);
  }
  CHECK(parse_sla_status("at_risk") == SlaStatus::at_risk);
  CHECK_FALSE(parse_sla_status("LATE"));
}

TEST_CASE("each field comes back as it was set, typed and as text") {
  Ticket const original = full_ticket();
  Ticket typed, written;
  for (std::size_t i = 0; i < ticket_type().fields.size(); ++i) {
    CAPTURE(ticket_type().fields[i].name);
    Value const value = get(original, i);
    REQUIRE(!value.is_null());
    set(typed, i, value);
    CHECK(get(typed, i) == value);
    std::string const text = value.get_if<std::string>() ? std::string(value.text())
                             : value.get_if<TimePoint>() ? umsops::base::format_rfc3339(*value.get_if<TimePoint>())
                                                         : umsops::base::to_json(value);
    set(written, i, text);
    CHECK(get(written, i) == value);
  }
  CHECK(check(original).empty());
  CHECK(to_row(typed) == to_row(original));
}

TEST_CASE("names, labels and documentation are whole") {
  for (auto const* type : {&ticket_type(), &event_type(), &response_type()}) {
    for (auto const& f : type->fields) {
      CAPTURE(f.name);
      CHECK(!f.doc.empty());
      CHECK(!f.doc_zh.empty());
      CHECK(!f.label_zh.empty());
      CHECK((f.type == FieldType::choice) == !f.choices.empty());
    }
  }
}

TEST_CASE("values of the wrong kind are refused by name") {
  Ticket t;
  CHECK_THROWS_WITH(set(t, field("priority"), "URGENT"), Catch::Contains("LOW MEDIUM HIGH CRITICAL"));
  CHECK_THROWS_WITH(set(t, field("status"), "opne"), Catch::Contains("did you mean OPEN?"));
  CHECK_THROWS_WITH(set(t, field("created_at"), "yesterday"), Catch::Contains("created_at"));
  CHECK_THROWS_WITH(set(t, field("title"), 5), Catch::Contains("not a text"));
  CHECK_THROWS_WITH(set(t, field("response_time_minutes"), "12x"), Catch::Contains("whole number"));
  CHECK_THROWS_WITH(set(t, field("attributes"), R"({"Bad Name":"x"})"), Catch::Contains("lower-case"));
  CHECK_THROWS_WITH(set(t, field("rev"), 0), Catch::Contains("from 1"));
  set(t, field("priority"), "critical");
  CHECK(t.priority == Priority::critical);
}

TEST_CASE("what is wrong with a ticket is said all at once") {
  Ticket t = full_ticket();
  t.title = std::string(201, 'x');
  t.description = "a\x1b[31m";
  t.closed_at = t.created_at - std::chrono::hours(1);
  auto const problems = check(t);
  REQUIRE(problems.size() == 3);
  CHECK(problems[0].field == "title");
  CHECK(problems[1].what == "control character U+001B at byte 1");
  t = full_ticket();
  t.title = "  ";
  CHECK(check(t).front().what == "cannot be empty");
  t.title.clear();
  for (int i = 0; i < 200; ++i) t.title += "中";
  CHECK(check(t).empty());
}

TEST_CASE("history changes go to a value and back") {
  std::vector<Change> const changes{{"title", Value(), "new"}, {"rev", 1, 2}, {"requester_id", {}, {}, false, true}};
  auto const back = changes_from_value(changes_to_value(changes));
  REQUIRE(back.size() == 3);
  CHECK(back[1].after == Value(2));
  CHECK(back[2].erased);
  CHECK_THROWS_AS(changes_from_value(Value("x")), Error);
}

TEST_CASE("foreign records under our names") {
  ImportMapping mapping;
  mapping.file = "map.yaml";
  mapping.fields = {{"title", {"Document"}, " ", {}, "", false, "", false, 10},
                    {"priority", {"Urgency"}, " ", {{"0", "CRITICAL"}}, "LOW", false, "", false, 0},
                    {"created_at", {"opened"}, " ", {}, "", false, "%d/%m/%Y %H:%M", true, 0},
                    {"attributes.topic", {"Topic"}, " ", {}, "", false, "", false, 0},
                    {"source", {}, " ", {}, "EMAIL", false, "", false, 0}};
  Value const foreign = umsops::base::parse_json(
      R"({"Document":"一二三四五六七八九十十一","Urgency":0,"opened":"29/02/2016 01:16","Topic":"Access"})");
  CHECK(umsops::base::to_json(apply(mapping, foreign)) ==
        R"({"title":"一二三四五六七八九…","priority":"CRITICAL","created_at":"2016-02-29T01:16:00Z","source":"EMAIL",)"
        R"("attributes":{"topic":"Access"}})");
  CHECK_THROWS_WITH(apply(mapping, umsops::base::parse_json(R"({"other":1})")), Catch::Contains("map.yaml"));
  CHECK_THROWS_WITH(apply(mapping, umsops::base::parse_json(R"({"opened":"x"})")), Catch::Contains("%d/%m/%Y"));
}

TEST_CASE("the text of each text field is read without a copy, too") {
  auto const ticket = full_ticket();
  auto const& type = ticket_type();
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if (type.fields[i].type != FieldType::text && type.fields[i].type != FieldType::block) continue;
    INFO(type.fields[i].name);
    CHECK(text_of(ticket, i) == get(ticket, i).text());
  }
}

TEST_CASE("each field that names a person takes an address in any case") {
  auto const& type = ticket_type();
  int people = 0;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if ((type.fields[i].traits & umsops::base::kPerson) == 0) continue;
    ++people;
    Ticket ticket;
    set(ticket, i, Value("Li.Na@Example.com"));
    CHECK(get(ticket, i) == Value("li.na@example.com"));
  }
  CHECK(people == 4);
}
