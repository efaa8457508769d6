// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "unit/desk/fixture.hpp"

using namespace umsops;
using desk::IntakeRecord;
using desk::RecordAction;
using desk::Result;

namespace {

IntakeRecord record(std::string key, std::string title, RecordAction action = RecordAction::create) {
  IntakeRecord made;
  made.action = action;
  made.wanted.key = std::move(key);
  made.wanted.title = std::move(title);
  return made;
}

}  // namespace

TEST_CASE("records are taken together, and each key once") {
  tests::DeskFixture desk;
  std::vector<IntakeRecord> const records{record("a", "first"), record("b", "second, 紧急"), record("a", "first"),
                                          record("", "", RecordAction::ignore)};
  auto const outcomes = desk.desk.intake().records(records, {});
  REQUIRE(outcomes.size() == 4);
  CHECK(outcomes[0].done->result == Result::created);
  CHECK(outcomes[1].done->ticket.priority == model::Priority::critical);
  CHECK(outcomes[2].done->result == Result::existing);
  CHECK(outcomes[2].done->ticket.id == outcomes[0].done->ticket.id);
  CHECK_FALSE(outcomes[3].done);
  CHECK_FALSE(outcomes[3].failed);
  CHECK(desk.tickets().count({}) == 2);
  CHECK(desk.flaws() == 0);
}

TEST_CASE("what is refused keeps nobody away") {
  tests::DeskFixture desk;
  std::vector<IntakeRecord> records{record("a", "first"), record("", std::string(300, 'x')), record("a", "other words"),
                                    record("b", "last")};
  records.push_back(record("c", "unreadable"));
  records.back().unreadable = base::Error(base::errors::json_invalid, {{"problem", "x"}});
  auto const outcomes = desk.desk.intake().records(records, {});
  REQUIRE(outcomes.size() == 5);
  CHECK(outcomes[0].done->result == Result::created);
  CHECK(outcomes[1].failed->code().code == "record.invalid");
  CHECK(outcomes[2].failed->code().code == "ticket.key_content");
  CHECK(outcomes[3].done->result == Result::created);
  CHECK(outcomes[4].failed->code().code == "json.invalid");
  CHECK(desk.tickets().count({}) == 2);
  CHECK(outcomes[3].done->ticket.ticket_number == "T-000002");
  CHECK(desk.flaws() == 0);
}

TEST_CASE("records also answer and close the ticket of their key") {
  tests::DeskFixture desk;
  auto& intake = desk.desk.intake();
  auto comment = record("a", "", RecordAction::reply);
  comment.wanted.description = "load is 40";
  auto by_number = record("", "done", RecordAction::close);
  by_number.ticket = "T-1";
  auto const outcomes =
      intake.records({record("a", "CPU high"), comment, record("a", "", RecordAction::close), by_number}, {});
  CHECK(outcomes[1].done->result == Result::updated);
  CHECK(outcomes[2].done->ticket.status == model::TicketStatus::closed);
  CHECK(outcomes[2].done->ticket.resolution == "closed by whoever reported it");
  CHECK(outcomes[3].done->result == Result::unchanged);
  CHECK(desk.tickets().show("T-1").responses[0].content == "load is 40");
  auto const refused = intake.records({record("b", "x", RecordAction::close), comment, record("c", "kept")}, {});
  CHECK(refused[0].failed->code().code == "ticket.not_found");
  CHECK(refused[1].failed->code().code == "ticket.closed");
  CHECK(refused[2].done->result == Result::created);
  CHECK(desk.flaws() == 0);
}

TEST_CASE("a dry run of records stores nothing") {
  tests::DeskFixture desk;
  desk::CreateOptions options;
  options.dry_run = true;
  CHECK(desk.desk.intake()
            .records({record("a", "first"), record("b", "second")}, options)[1]
            .done->ticket.ticket_number == "T-000002");
  CHECK(desk.tickets().count({}) == 0);
  desk.file("there");
  auto const outcomes = desk.desk.intake().records({record("a", "first"), record("b", "second")}, options);
  CHECK(outcomes[1].done->ticket.ticket_number == "T-000003");
  CHECK(desk.tickets().count({}) == 1);
}
