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

/// What became of each.
std::vector<desk::IntakeOutcome> taken(tests::DeskFixture& desk, std::vector<IntakeRecord> const& records,
                                       desk::CreateOptions const& options = {}) {
  std::vector<desk::IntakeOutcome> all;
  desk.desk.intake().records(records, options, [&](std::vector<desk::IntakeOutcome> const& some) {
    all.insert(all.end(), some.begin(), some.end());
  });
  return all;
}

}  // namespace

TEST_CASE("records are taken together, and each key once") {
  tests::DeskFixture desk;
  std::vector<IntakeRecord> const records{record("a", "first"), record("b", "second, 紧急"), record("a", "first"),
                                          record("", "", RecordAction::ignore)};
  auto const outcomes = taken(desk, records);
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
  auto const outcomes = taken(desk, records);
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
  auto comment = record("a", "", RecordAction::reply);
  comment.wanted.description = "load is 40";
  auto by_number = record("", "done", RecordAction::close);
  by_number.ticket = "T-1";
  std::vector<IntakeRecord> const records{record("a", "CPU high"), comment, record("a", "", RecordAction::close),
                                          by_number};
  auto const outcomes = taken(desk, records);
  CHECK(outcomes[1].done->result == Result::updated);
  CHECK(outcomes[2].done->ticket.status == model::TicketStatus::closed);
  CHECK(outcomes[2].done->ticket.resolution == "closed by whoever reported it");
  CHECK(outcomes[3].done->result == Result::unchanged);
  CHECK(desk.tickets().show("T-1").responses[0].content == "load is 40");
  std::vector<IntakeRecord> const more{record("b", "x", RecordAction::close), comment, record("c", "kept")};
  auto const refused = taken(desk, more);
  CHECK(refused[0].failed->code().code == "ticket.not_found");
  CHECK(refused[1].failed->code().code == "ticket.closed");
  CHECK(refused[2].done->result == Result::created);
  CHECK(desk.flaws() == 0);
}

TEST_CASE("a dry run of records stores nothing") {
  tests::DeskFixture desk;
  desk::CreateOptions options;
  options.dry_run = true;
  std::vector<IntakeRecord> const records{record("a", "first"), record("b", "second")};
  CHECK(taken(desk, records, options)[1].done->ticket.ticket_number == "T-000002");
  CHECK(desk.tickets().count({}) == 0);
  desk.file("there");
  auto const outcomes = taken(desk, records, options);
  CHECK(outcomes[1].done->ticket.ticket_number == "T-000003");
  CHECK(desk.tickets().count({}) == 1);
}

TEST_CASE("a reply and a closing with a key happen once") {
  tests::DeskFixture desk;
  auto const with_key = [](RecordAction action, std::string key, std::string text) {
    auto made = record("", std::move(text), action);
    made.ticket = "T-1";
    made.act_key = std::move(key);
    return made;
  };
  auto const reply = with_key(RecordAction::reply, "r1", "load is 40");
  // Twice in one transaction, and again in another.
  std::vector<IntakeRecord> const twice{record("a", "CPU high"), reply, reply};
  auto const first = taken(desk, twice);
  CHECK(first[1].done->result == Result::updated);
  CHECK(first[2].done->result == Result::existing);
  std::vector<IntakeRecord> const again{reply};
  auto const before = desk.tickets().show("T-1");
  CHECK(taken(desk, again)[0].done->result == Result::existing);
  CHECK(desk.tickets().show("T-1").ticket.rev == before.ticket.rev);
  CHECK(before.responses.size() == 1);
  std::vector<IntakeRecord> const others{with_key(RecordAction::reply, "r1", "other words"),
                                         with_key(RecordAction::close, "r1", "load is 40")};
  for (auto const& outcome : taken(desk, others)) CHECK(outcome.failed->code().code == "ticket.key_content");
  // A closing that is repeated after the ticket was opened again closes nothing.
  std::vector<IntakeRecord> const closing{with_key(RecordAction::close, "c1", "gone")};
  CHECK(taken(desk, closing)[0].done->ticket.status == model::TicketStatus::closed);
  desk.tickets().reopen({"T-1"}, {}, {}, desk::Batch::atomic);
  auto const repeated = taken(desk, closing);
  CHECK(repeated[0].done->result == Result::existing);
  CHECK(repeated[0].done->ticket.status == model::TicketStatus::in_progress);
  CHECK(desk.flaws() == 0);
}
