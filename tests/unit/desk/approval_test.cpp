// SPDX-License-Identifier: Apache-2.0
// Somebody has to say yes first: by command, by mail, or not in time.
#include <catch2/catch.hpp>

#include "desk/ticket_mail_approval.hpp"
#include "mail_fixture.hpp"
#include "umsops/desk/requester_desk.hpp"
#include "umsops/mail/thread.hpp"

using namespace umsops;
using namespace umsops::tests;
using desk::MailOutcome;
using model::Approval;
using S = model::TicketStatus;

namespace {

struct ApprovalDesk : MailDesk {
  ApprovalDesk() { number = file("access to reports").ticket.ticket_number; }

  model::Ticket now() { return tickets().show(number).ticket; }
  std::string ask(std::string of, std::string deputy = "", std::optional<base::TimePoint> until = {}) {
    return error_of(
        tickets().ask_approval({number}, {std::move(of), std::move(deputy), until, {}}, {}, desk::Batch::each));
  }
  std::string answer(bool yes, std::string by, std::string reason = "") {
    desk::ChangeOptions options;
    options.reason = std::move(reason);
    desk::AnswerApproval said;
    said.yes = yes;
    said.by = std::move(by);
    return error_of(tickets().answer_approval({number}, said, options, desk::Batch::each));
  }
  static std::string error_of(std::vector<desk::ItemOutcome> const& outcomes) {
    return outcomes.at(0).failed ? std::string(outcomes.at(0).failed->code().code) : "";
  }
  std::vector<std::string> topics() {
    std::vector<std::string> out;
    desk.outbox().list({}, [&](model::Message const& one) {
      out.push_back(one.topic + " " + one.recipient);
      return true;
    });
    return out;
  }
  bool told(std::string const& what) {
    auto const all = topics();
    return std::find(all.begin(), all.end(), what) != all.end();
  }
  void tick() {
    auto const end = desk.tick().run({}, [](desk::TickItem const&) {});
    CHECK_FALSE(end.stopped);
  }
  std::string number;
};

}  // namespace

TEST_CASE("it waits until the one who is asked says yes, and nothing goes around that") {
  ApprovalDesk f;
  CHECK(f.ask("wang.fang", "li.qiang") == "");
  auto const asked = f.now();
  CHECK(asked.status == S::pending);
  CHECK(asked.approval == Approval::waiting);
  CHECK(asked.approver == "wang.fang");
  CHECK(f.told("ticket.approval wang.fang"));
  CHECK(f.ask("somebody") == "approval.asked");
  CHECK(ApprovalDesk::error_of(f.tickets().wake({f.number}, {}, desk::Batch::each)) == "approval.asked");
  CHECK(ApprovalDesk::error_of(f.tickets().resolve({f.number}, {"done", "", false, false}, {}, desk::Batch::each)) ==
        "approval.asked");
  CHECK(ApprovalDesk::error_of(f.tickets().escalate({f.number}, {}, {}, desk::Batch::each)) == "");
  CHECK(f.now().status == S::pending);
  desk::Reply reply;
  reply.text = "please hurry";
  reply.side = desk::Side::requester;
  f.tickets().reply({f.number}, reply, {}, desk::Batch::each);
  CHECK(f.now().status == S::pending);
  CHECK(f.answer(true, "zhao.min") == "approval.not_yours");
  CHECK(f.answer(true, "li.qiang") == "");
  CHECK(f.now().status == S::open);
  CHECK(f.now().approval == Approval::approved);
  CHECK(f.now().approver == "li.qiang");
  CHECK(f.answer(false, "li.qiang") == "approval.none");
  CHECK(f.flaws() == 0);
}

TEST_CASE("no is told to whoever asked, and its reason is a note") {
  ApprovalDesk f;
  f.tickets().assign({f.number}, desk::Hand::give, {"zhao.min"}, {}, desk::Batch::each);
  f.ask("wang.fang");
  CHECK(f.answer(false, "wang.fang", "not needed for this work") == "");
  auto const whole = f.tickets().show(f.number);
  CHECK(whole.ticket.approval == Approval::declined);
  CHECK(whole.ticket.status == S::assigned);
  REQUIRE(whole.responses.size() == 1);
  CHECK(whole.responses[0].content == "not needed for this work");
  CHECK(whole.responses[0].is_private);
  CHECK(f.told("ticket.declined zhang.wei"));
  CHECK(f.told("ticket.woken zhao.min"));
  CHECK(f.ask("wang.fang") == "");  // asked again
  CHECK(f.flaws() == 0);
}

TEST_CASE("a question is taken back; spam needs nobody's yes") {
  ApprovalDesk f;
  f.ask("wang.fang");
  desk::AnswerApproval said;
  said.withdraw = true;
  CHECK(ApprovalDesk::error_of(f.tickets().answer_approval({f.number}, said, {}, desk::Batch::each)) == "");
  CHECK_FALSE(f.now().approval);
  CHECK(f.now().approver.empty());
  CHECK(f.now().status == S::open);
  f.ask("wang.fang");
  desk::Close close;
  close.spam = true;
  CHECK(ApprovalDesk::error_of(f.tickets().close({f.number}, close, {}, desk::Batch::each)) == "");
  CHECK_FALSE(f.now().approval);
}

TEST_CASE("tick asks the deputy once, with as long again, and then gives up") {
  ApprovalDesk f;
  f.ask("wang.fang", "li.qiang", f.clock.now() + std::chrono::hours(48));
  f.clock.go(std::chrono::hours(47));
  f.tick();
  CHECK_FALSE(f.told("ticket.approval li.qiang"));
  f.clock.go(std::chrono::hours(2));
  f.tick();
  f.tick();
  CHECK(f.told("ticket.approval li.qiang"));
  CHECK(f.now().approval == Approval::waiting);
  CHECK(f.now().approval_due_at == f.clock.now() + std::chrono::hours(48));
  f.clock.go(std::chrono::hours(49));
  f.tick();
  CHECK(f.now().approval == Approval::expired);
  CHECK(f.now().status == S::open);
  auto const history = f.tickets().show(f.number).history;
  CHECK(std::count_if(history.begin(), history.end(),
                      [](auto const& one) { return one.kind == "approval_passed_on"; }) == 1);
  CHECK(f.flaws() == 0);
}

TEST_CASE("without a deputy a question that nobody answers expires, and the assignee is told") {
  ApprovalDesk f;
  f.tickets().assign({f.number}, desk::Hand::give, {"zhao.min"}, {}, desk::Batch::each);
  f.ask("wang.fang", "", f.clock.now() + std::chrono::hours(1));
  f.clock.go(std::chrono::hours(2));
  f.tick();
  CHECK(f.now().approval == Approval::expired);
  CHECK(f.told("ticket.approval_expired zhao.min"));
}

TEST_CASE("the first line decides, where it is one word") {
  for (auto const* yes :
       {"approve", "Approved.", "YES!", "  同意。\n\n张三", "批准", "通过！", "approved\n\nbut for a week"})
    CHECK(desk::decision_in(yes) == true);
  for (auto const* no : {"decline", "No.", "拒绝", "不同意。", "驳回\n理由如下", "Reject"})
    CHECK(desk::decision_in(no) == false);
  for (auto const* neither : {"", "I do not approve", "not approved", "不批准", "不通过", "approve?",
                              "yes, but only for a week", "我同意", "Hello,\napprove", "disapproved", "ok", "未通过"})
    CHECK_FALSE(desk::decision_in(neither));
}

namespace {

/// A desk whose question has gone out by mail.
struct MailedDesk : ApprovalDesk {
  MailedDesk() { ask("boss@example.com", "deputy@example.com"); }
  mail::Message reply(std::string body, std::string from, std::string unique) {
    auto made = message("Re: [" + number + "] your approval is needed", std::move(body),
                        "m" + std::to_string(++count) + "@mail", std::move(from));
    made.in_reply_to = {mail::message_id_for(number, unique)};
    return made;
  }
  int count = 0;
};

}  // namespace

TEST_CASE("a mail that answers no mail of ours decides nothing, whoever it says it is from") {
  MailedDesk f;
  for (auto const* unique : {"thread", "01KAWX0000000000000000000-1"})
    CHECK(f.take(f.reply("approve", "boss@example.com", unique)).outcome == MailOutcome::noted);
  auto loose = f.reply("approve", "boss@example.com", "x");
  loose.in_reply_to.clear();
  CHECK(f.take(loose).outcome == MailOutcome::noted);
  CHECK(f.now().approval == Approval::waiting);
}
