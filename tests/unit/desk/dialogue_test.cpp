// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"
#include "unit/dialogue/builders.hpp"

using namespace umsops;
using namespace umsops::dialogue;
using desk::Result;
using tests::DeskFixture;

namespace {

/// A conversation that was driven to where these lines lead.
desk::DialogueReport report_after(Flow const& wanted, std::vector<std::string> const& lines, TalkOptions options = {}) {
  Driver driver(wanted, std::move(options));
  driver.begin();
  for (auto const& line : lines) driver.hear(line);
  driver.talk.leave();
  return desk::report_of(driver.flow, driver.talk);
}

Flow phone_flow() {
  auto topic = menu("topic", {{"1", {"Password", "密码"}, "password", "what"}, {"2", {"VPN", "VPN"}, "vpn", "desk"}});
  topic.field = "category";
  auto desk_node = hand_over("desk", "over");
  desk_node.callback = true;
  desk_node.priority = model::Priority::high;
  desk_node.assignee = "wang.fang";
  return flow({topic, ask("what", "description", "desk"), desk_node}, {}, Channel::phone);
}

}  // namespace

TEST_CASE("what a conversation leaves to the desk") {
  auto const report = report_after(phone_flow(), {"1", "the reset page is empty", "in 2 hours"},
                                   {base::Language::en, true, {}, "zhang.wei", "13800000000"});
  CHECK(report.ticket.source == model::Source::phone);
  CHECK(report.ticket.title == "the reset page is empty");
  CHECK(report.ticket.description == "the reset page is empty");
  CHECK(report.ticket.requester_id == "zhang.wei");
  CHECK(report.ticket.category == "password");
  CHECK(report.ticket.priority == model::Priority::high);
  CHECK(report.ticket.assignee_id == "wang.fang");
  CHECK(report.ticket.attributes == std::vector<std::pair<std::string, std::string>>{{"phone", "13800000000"}});
  REQUIRE(report.callback);
  CHECK(report.callback->contact == "13800000000");
  REQUIRE(report.transcript.size() == 1);
  CHECK(report.transcript[0].find("user: the reset page is empty") != std::string::npos);
}

TEST_CASE("nobody is called who cannot be") {
  auto const unknown = report_after(phone_flow(), {"2", "human"});
  CHECK_FALSE(unknown.callback);
  auto const named = report_after(phone_flow(), {"2", "human"}, {base::Language::en, true, {}, "zhang.wei", ""});
  REQUIRE(named.callback);
  CHECK(named.callback->contact == "zhang.wei");
}

TEST_CASE("titles of conversations in which nothing was described") {
  CHECK(report_after(phone_flow(), {"2"}).ticket.title == "VPN");
  CHECK(report_after(phone_flow(), {"0"}).ticket.title == "Phone call");
  CHECK(report_after(phone_flow(), {"0"}, {base::Language::zh, true, {}, "", "4711"}).ticket.title == "来电：4711");
  CHECK(report_after(flow({ask("a", "description", "b"), hand_over("b")}), {"human"},
                     {base::Language::en, true, {}, "zhang.wei", ""})
            .ticket.title == "Chat: zhang.wei");
  auto const longest = report_after(flow({ask("a", "description", "b"), hand_over("b")}), {std::string(300, 'x')});
  CHECK(longest.ticket.title.size() == 119 + std::string("…").size());
  CHECK(longest.ticket.description.size() == 300);
}

TEST_CASE("words that cannot be seen, and a number given twice, are filed all the same") {
  DeskFixture f;
  auto const blank = report_after(flow({ask("a", "description", "b"), hand_over("b")}), {"\u200b\u3000"});
  CHECK(blank.ticket.title == "Chat");
  f.desk.dialogues().file(blank, false);
  auto const twice = report_after(flow({ask("a", "attributes.phone", "b"), hand_over("b")}), {"4712"},
                                  {base::Language::en, true, {}, "", "4711"});
  f.desk.dialogues().file(twice, false);
  CHECK(f.tickets().show("T-2").ticket.attributes ==
        std::vector<std::pair<std::string, std::string>>{{"phone", "4711"}});
}

TEST_CASE("ticket, transcript and call-back are filed together") {
  DeskFixture f;
  auto const report =
      report_after(phone_flow(), {"1", "vpn password, urgent", "now"}, {base::Language::en, true, {}, "", "4711"});
  auto const result = f.desk.dialogues().file(report, false);
  CHECK(result.ticket.result == Result::created);
  REQUIRE(result.callback);
  CHECK(result.callback->ticket_number == result.ticket.ticket.ticket_number);
  auto const file = f.tickets().show("T-1");
  CHECK(file.ticket.priority == model::Priority::high);  // the flow's word beats the rule's
  CHECK(file.ticket.category == "password");
  CHECK(file.ticket.status == model::TicketStatus::assigned);
  CHECK(file.ticket.rev == result.ticket.ticket.rev);
  REQUIRE(file.responses.size() == 1);
  CHECK(file.responses[0].response_type == "INTERNAL");
  CHECK(file.responses[0].content == report.transcript[0]);
  std::vector<std::string> kinds;
  for (auto const& event : file.history) kinds.push_back(event.kind);
  CHECK(kinds == std::vector<std::string>{"created", "noted", "callback_added"});
  CHECK(f.flaws() == 0);
}

TEST_CASE("the same conversation twice is one ticket; other words of it are noted") {
  DeskFixture f;
  auto report =
      report_after(phone_flow(), {"1", "the page is empty", "now"}, {base::Language::en, true, {}, "", "4711"});
  report.ticket.key = "call:1";
  f.desk.dialogues().file(report, false);
  auto const again = f.desk.dialogues().file(report, false);
  CHECK(again.ticket.result == Result::existing);
  CHECK_FALSE(again.callback);
  CHECK(f.tickets().show("T-1").responses.size() == 1);

  auto other =
      report_after(phone_flow(), {"1", "it is still empty", "now"}, {base::Language::en, true, {}, "", "4711"});
  other.ticket.key = "call:1";
  auto const noted = f.desk.dialogues().file(other, false);
  CHECK(noted.ticket.result == Result::updated);
  CHECK(noted.ticket.ticket.ticket_number == "T-000001");
  CHECK(noted.callback);
  CHECK(f.tickets().show("T-1").responses.size() == 2);
  CHECK(f.tickets().count({}) == 1);
  CHECK(f.flaws() == 0);
}

TEST_CASE("what is refused leaves nothing half done") {
  DeskFixture f;
  auto report = report_after(phone_flow(), {"1", "x", "now"}, {base::Language::en, true, {}, "", "4711"});
  report.callback->contact = std::string(101, 'x');
  CHECK_THROWS_AS(f.desk.dialogues().file(report, false), base::Error);
  CHECK(f.tickets().count({}) == 0);
  CHECK(f.flaws() == 0);
}

TEST_CASE("a dry run files nothing, with a desk and without one") {
  DeskFixture f;
  auto const report = report_after(phone_flow(), {"1", "x", "now"}, {base::Language::en, true, {}, "", "4711"});
  CHECK(f.desk.dialogues().file(report, true).ticket.dry_run);
  f.file("first");
  auto const dry = f.desk.dialogues().file(report, true);
  CHECK(dry.ticket.dry_run);
  CHECK(dry.ticket.ticket.ticket_number == "T-000002");
  CHECK(f.tickets().count({}) == 1);
}

TEST_CASE("a long transcript is kept in parts") {
  DeskFixture f;
  auto wanted = flow({menu("m", {{"1", both("again"), "", "m"}, {"2", both("done"), "", "desk"}}), hand_over("desk")});
  wanted.limits.turns = 500;
  wanted.limits.wrong_answers = 20;
  std::vector<std::string> lines;
  for (int i = 0; i < 30; ++i) {
    lines.push_back(std::string(3900, 'x'));
    lines.push_back("1");
  }
  lines.push_back("2");
  auto const report = report_after(wanted, lines);
  REQUIRE(report.transcript.size() == 2);
  f.desk.dialogues().file(report, false);
  CHECK(f.tickets().show("T-1").responses.size() == 2);
  CHECK(f.tickets().show("T-1").ticket.description.size() > 60'000);
  CHECK(f.flaws() == 0);
}
