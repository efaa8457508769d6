// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>

#include "umsops/base/text.hpp"
#include "unit/desk/mail_fixture.hpp"

using namespace umsops;
using desk::MailOutcome;
using desk::Result;
using tests::attachment;
using tests::code_of;
using tests::MailDesk;
using tests::message;

TEST_CASE("a mail becomes a ticket, once") {
  MailDesk desk;
  auto const filed = desk.take(message("Re: VPN, 紧急", "It is down.\n", "1@x"));
  CHECK(filed.outcome == MailOutcome::filed);
  REQUIRE(filed.ticket);
  CHECK(filed.ticket->result == Result::created);
  auto const& ticket = filed.ticket->ticket;
  CHECK(ticket.title == "VPN, 紧急");
  CHECK(ticket.description == "It is down.");
  CHECK(ticket.requester_id == "zhang.wei@example.com");
  CHECK(ticket.source == model::Source::email);
  CHECK(ticket.priority == model::Priority::critical);
  CHECK(ticket.category == "network-access");
  CHECK(desk.outbox() == 1);
  auto const again = desk.take(message("other words", "It is down.", "1@x"));
  CHECK(again.outcome == MailOutcome::known);
  CHECK(again.ticket->result == Result::unchanged);
  CHECK(again.ticket->ticket.ticket_number == ticket.ticket_number);
  CHECK(desk.outbox() == 1);
  CHECK(desk.tickets().history(ticket.ticket_number).front().actor.name == "zhang.wei@example.com");
  CHECK(desk.flaws() == 0);
}

TEST_CASE("without a Message-ID a mail is known by what it says") {
  MailDesk desk;
  auto mail = message("a", "b", "");
  CHECK(desk.take(mail).outcome == MailOutcome::filed);
  CHECK(desk.take(mail).outcome == MailOutcome::known);
  mail.body = "c";
  CHECK(desk.take(mail).outcome == MailOutcome::filed);
}

TEST_CASE("an answer finds its ticket by the number in the subject, or by what it answers") {
  MailDesk desk;
  auto const first = desk.take(message("VPN", "down", "1@x")).ticket->ticket;
  auto const by_number = desk.take(message("回复：[" + first.ticket_number + "] VPN", "still\n\n> down", "2@x"));
  CHECK(by_number.outcome == MailOutcome::answered);
  CHECK(by_number.ticket->result == Result::updated);
  CHECK(by_number.ticket->ticket.id == first.id);
  auto third = message("VPN", "again", "3@x");
  third.in_reply_to = {"2@x"};
  CHECK(desk.take(third).ticket->ticket.id == first.id);
  auto fourth = message("VPN", "and again", "4@x");
  fourth.references = {"nobody@x", first.ticket_number + "+01ABC@umsops"};
  CHECK(desk.take(fourth).ticket->ticket.id == first.id);
  CHECK(desk.take(message("VPN 2026 000001", "a number is no ticket", "5@x")).outcome == MailOutcome::filed);
  CHECK(desk.take(message("[T-999999] unknown", "x", "6@x")).outcome == MailOutcome::filed);
  auto const file = desk.tickets().show(first.ticket_number);
  REQUIRE(file.responses.size() == 3);
  CHECK(file.responses[0].content == "still");
  CHECK(file.responses[0].response_type == "EXTERNAL");
  CHECK_FALSE(file.responses[0].is_private);
  CHECK(file.responses[2].responder_id == "zhang.wei@example.com");
  CHECK(desk.flaws() == 0);
}

TEST_CASE("what is cut off a reply stays with the ticket") {
  MailDesk desk;
  auto const first = desk.take(message("VPN", "It is down.", "1@x")).ticket->ticket;
  auto const cut = desk.take(message("Re: [T-000001] and a word in the subject",
                                     "still\n\nOn 23 Nov 2026, Desk wrote:\n> It is down.\n> Number 4711", "2@x"));
  CHECK(cut.stored == 1);
  auto const file = desk.tickets().show(first.ticket_number);
  CHECK(file.responses[0].content == "still");
  CHECK(file.mails[1].subject == "Re: [T-000001] and a word in the subject");
  CHECK(file.mails[1].response_id == file.responses[0].id);
  auto const whole = desk.tickets().attachment(first.ticket_number, "message.txt");
  CHECK(whole.attachment.response_id == file.responses[0].id);
  CHECK(whole.content.find("> Number 4711") != std::string::npos);
  CHECK(desk.take(message("Re: [T-000001]", "nothing cut", "3@x")).stored == 0);
  auto broken = message("Re: [T-000001]", "half of it", "4@x");
  broken.incomplete = true;
  broken.bytes = "the bytes \xff";
  CHECK(desk.take(broken).stored == 1);
  CHECK(desk.tickets().attachment(first.ticket_number, "message.eml").content == broken.bytes);
  CHECK(desk.flaws() == 0);
}

TEST_CASE("only the full number in brackets joins a mail to a ticket") {
  MailDesk desk;
  desk.take(message("one", "1", "1@x", "u1@example.com"));
  desk.take(message("two", "2", "2@x", "u2@example.com"));
  for (std::string const subject : {"Lenovo T-2 does not boot", "t-000002 cable", "Model (T-000002)", "[T-2] x",
                                    "Re: T-000002", "[T-0000002]", "#T-000002", "[T-000002 x]"}) {
    CHECK(desk.take(message(subject, "Please help", subject + "@x", "u2@example.com")).outcome == MailOutcome::filed);
  }
  CHECK(desk.take(message("Re: [EXTERNAL][T-000002]x", "y", "3@x", "u2@example.com")).outcome == MailOutcome::answered);
  CHECK(desk.take(message("re: [t-000002] x", "y", "4@x", "u2@example.com")).outcome == MailOutcome::answered);
}

TEST_CASE("a stranger's word is an internal note that moves nothing") {
  MailDesk desk;
  using model::TicketStatus;
  auto mail = message("VPN", "down", "1@x", "Dan@Example.com");
  mail.cc = {{"", "Manager@example.com"}};
  auto const number = desk.take(mail).ticket->ticket.ticket_number;
  desk.tickets().resolve({number}, {"renewed", "", false, false}, {}, desk::Batch::atomic);
  auto const noted = desk.take(message("[" + number + "]", "I am nobody", "2@x", "spam@evil.example"));
  CHECK(noted.outcome == MailOutcome::noted);
  CHECK(noted.why == "spam@evil.example has no part in " + number);
  auto guessed = message("x", "I guessed an id", "3@x", "spam@evil.example");
  guessed.in_reply_to = {number + "+x@umsops"};
  guessed.to = {{"", "friend@evil.example"}};
  CHECK(desk.take(guessed).outcome == MailOutcome::noted);
  // Nor does he, or whoever he writes to, have a part by that.
  CHECK(desk.take(message("[" + number + "]", "Now I have written before", "4@x", "friend@evil.example")).outcome ==
        MailOutcome::noted);
  auto const file = desk.tickets().show(number);
  CHECK(file.ticket.status == TicketStatus::resolved);
  CHECK(file.ticket.reopen_count == 0);
  REQUIRE(file.responses.size() == 3);
  for (auto const& response : file.responses) CHECK(response.response_type == "INTERNAL");
  CHECK(desk.take(message("[" + number + "]", "as Dan's manager", "5@x", "manager@EXAMPLE.com")).outcome ==
        MailOutcome::answered);
  CHECK(desk.take(message("[" + number + "]", "it is I", "6@x", "dan@example.com")).outcome == MailOutcome::answered);
  desk.tickets().close({number}, {"done", "", false}, {}, desk::Batch::atomic);
  auto const apart = desk.take(message("Re: [" + number + "]", "and me", "7@x", "spam@evil.example"));
  CHECK(apart.outcome == MailOutcome::filed);
  CHECK(apart.ticket->ticket.title == "and me");
  CHECK(desk.flaws() == 0);
}

TEST_CASE("a requester known by a plain name is heard from the desk's own domain alone") {
  MailDesk desk;
  desk.options_.own_addresses = {"desk@example.com"};
  desk::NewTicket wanted;
  wanted.title = "VPN";
  wanted.requester_id = "li.na";
  auto const number = desk.tickets().create(wanted, {}).ticket.ticket_number;
  CHECK(desk.take(message("[" + number + "]", "x", "1@x", "li.na@evil.example")).outcome == MailOutcome::noted);
  CHECK(desk.take(message("[" + number + "]", "x", "2@x", "Li.Na@Example.com")).outcome == MailOutcome::answered);
}

TEST_CASE("mail goes where its ticket was merged into") {
  MailDesk desk;
  auto const first = desk.take(message("a", "1", "1@x", "a@example.com")).ticket->ticket.ticket_number;
  auto const second = desk.take(message("b", "2", "2@x", "b@example.com")).ticket->ticket.ticket_number;
  auto const third = desk.take(message("c", "3", "3@x", "c@example.com")).ticket->ticket.ticket_number;
  desk.tickets().merge({third}, second, {}, desk::Batch::atomic);
  desk.tickets().merge({second}, first, {}, desk::Batch::atomic);
  auto const answered = desk.take(message("Re: [" + third + "] c", "anything new?", "4@x", "c@example.com"));
  CHECK(answered.outcome == MailOutcome::answered);
  CHECK(answered.ticket->ticket.ticket_number == first);
  auto by_id = message("b", "and for me?", "5@x", "b@example.com");
  by_id.in_reply_to = {"2@x"};
  CHECK(desk.take(by_id).ticket->ticket.ticket_number == first);
  CHECK(desk.take(message("[" + first + "]", "I was merged", "6@x", "b@example.com")).outcome == MailOutcome::answered);
}

TEST_CASE("files of a merged ticket are on the one that goes on, in their places") {
  MailDesk desk;
  desk.take(message("a", "1", "1@x", "a@example.com"));
  auto second = message("b", "2", "2@x", "b@example.com");
  second.attachments = {attachment("first.log", "one")};
  desk.take(second);
  auto more = message("Re: [T-000002] b", "more", "3@x", "b@example.com");
  more.attachments = {attachment("second.log", "two")};
  desk.take(more);
  desk.tickets().merge({"T-2"}, "T-1", {}, desk::Batch::atomic);
  CHECK(desk.tickets().show("T-2").attachments.empty());
  auto const file = desk.tickets().show("T-1");
  REQUIRE(file.attachments.size() == 2);
  CHECK(desk.tickets().attachment("T-1", "second.log").content == "two");
  auto const moved = desk.tickets().attachment("T-1", "second.log").attachment.response_id;
  CHECK(moved == file.responses[1].id);
  CHECK(desk.flaws() == 0);
}

TEST_CASE("other mail with a Message-ID that was there is no repetition") {
  MailDesk desk;
  auto scan = message("Scan 1", "first", "1@scanner", "scan@example.com");
  scan.date = *base::parse_rfc3339("2026-11-23T08:00:00Z");
  auto const number = desk.take(scan).ticket->ticket.ticket_number;
  auto through_list = scan;
  through_list.subject = "[ops] Scan 1";
  through_list.body += "\n-- \nto leave the list";
  CHECK(desk.take(through_list).outcome == MailOutcome::known);
  auto next = scan;
  next.date = *scan.date + std::chrono::minutes(30);
  CHECK(desk.take(next).outcome == MailOutcome::filed);
  auto same_time = scan;
  same_time.body = "second";
  CHECK(desk.take(same_time).outcome == MailOutcome::filed);
  auto other_sender = scan;
  other_sender.from->address = "other@example.com";
  CHECK(desk.take(other_sender).outcome == MailOutcome::filed);
  CHECK(desk.take(scan).outcome == MailOutcome::known);
  CHECK(desk.tickets().show(number).mails[0].sent_at == scan.date);
  CHECK(desk.tickets().count({}) == 4);
}

TEST_CASE("the whole of a reply is kept when asked for") {
  MailDesk desk;
  auto const first = desk.take(message("VPN", "down", "1@x")).ticket->ticket;
  desk.options_.whole = true;
  desk.take(message("Re: [T-000001]", "still\n\n> down", "2@x"));
  CHECK(desk.tickets().show(first.ticket_number).responses[0].content == "still\n\n> down");
}

TEST_CASE("the requester's word moves the ticket as any reply does") {
  MailDesk desk;
  using model::TicketStatus;
  auto const number = desk.take(message("VPN", "down", "1@x")).ticket->ticket.ticket_number;
  auto const status = [&] { return desk.tickets().show(number).ticket.status; };
  desk.tickets().assign({number}, desk::Hand::give, {"li.na", {}}, {}, desk::Batch::atomic);
  desk.tickets().pend({number}, {}, {}, desk::Batch::atomic);
  REQUIRE(status() == TicketStatus::pending);
  CHECK(desk.take(message("Re: [" + number + "]", "here it is", "2@x")).ticket->ticket.status ==
        TicketStatus::assigned);
  desk.tickets().resolve({number}, {"renewed", "", false, false}, {}, desk::Batch::atomic);
  auto away = message("Re: [" + number + "]", "I am away", "3@x");
  away.auto_submitted = "auto-replied";
  CHECK(desk.take(away).outcome == MailOutcome::noted);
  CHECK(status() == TicketStatus::resolved);
  CHECK(desk.take(message("Re: [" + number + "]", "still down", "4@x")).ticket->ticket.reopen_count == 1);
  CHECK(model::is_open(status()));
  CHECK_FALSE(desk.tickets().show(number).ticket.first_response_at);
  CHECK(desk.flaws() == 0);
}

TEST_CASE("a reply by staff is the first response") {
  MailDesk desk;
  auto const number = desk.take(message("VPN", "down", "1@x")).ticket->ticket.ticket_number;
  desk.options_.staff = [](std::string_view address) {
    return std::string(address == "li.na@example.org" ? "li.na" : "");
  };
  auto const replied = desk.take(message("Re: [" + number + "]", "Please try again", "2@x", "li.na@example.org"));
  CHECK(replied.outcome == MailOutcome::replied);
  CHECK(replied.ticket->ticket.status == model::TicketStatus::in_progress);
  CHECK(replied.ticket->ticket.first_response_at);
  auto const file = desk.tickets().show(number);
  CHECK(file.responses[0].responder_id == "li.na");
  CHECK(file.history.back().actor.name == "li.na");
  desk.tickets().assign({number}, desk::Hand::give, {"wang.fang@example.org", {}}, {}, desk::Batch::atomic);
  CHECK(desk.take(message("Re: [" + number + "]", "And now?", "3@x", "wang.fang@EXAMPLE.org")).outcome ==
        MailOutcome::replied);
  CHECK(desk.take(message("Re: [" + number + "]", "Works", "4@x")).outcome == MailOutcome::answered);
  CHECK(desk.flaws() == 0);
}

TEST_CASE("word on a closed ticket is a new one with a link") {
  MailDesk desk;
  auto const number = desk.take(message("VPN", "down", "1@x")).ticket->ticket.ticket_number;
  desk.tickets().close({number}, {"renewed", "", false}, {}, desk::Batch::atomic);
  auto const filed = desk.take(message("Re: [" + number + "] VPN", "down again", "2@x"));
  CHECK(filed.outcome == MailOutcome::filed);
  CHECK(filed.why == number + " is CLOSED");
  auto const& next = filed.ticket->ticket;
  CHECK(next.ticket_number != number);
  CHECK(next.title == "VPN");
  auto const links = desk.tickets().show(next.ticket_number).links;
  REQUIRE(links.size() == 1);
  CHECK(links[0].kind == "relates-to");
  CHECK(links[0].other == number);
  CHECK(desk.tickets().show(number).ticket.status == model::TicketStatus::closed);
  // What answers the new one's mail goes to it, and not to the closed one.
  auto further = message("VPN", "more", "3@x");
  further.in_reply_to = {"2@x"};
  CHECK(desk.take(further).ticket->ticket.id == next.id);
  CHECK(desk.take(message("Re: [" + number + "] VPN", "and more", "4@x")).ticket->ticket.id == next.id);
  CHECK(desk.take(message("Re: [" + number + "] VPN", "me too", "5@x", "friend@example.com")).outcome ==
        MailOutcome::filed);
  CHECK(desk.flaws() == 0);
}

TEST_CASE("attachments are kept as they came, or only listed") {
  MailDesk desk;
  auto mail = message("VPN", "see there", "1@x");
  std::string every;
  for (int c = 0; c < 256; ++c) every += static_cast<char>(c);
  mail.attachments = {attachment("a.log", every), attachment("big.iso", "x", false), attachment("a.log", "other")};
  mail.attachments.push_back({"", "text/plain", 4, "", std::nullopt, "and this"});
  auto const filed = desk.take(mail);
  CHECK(filed.stored == 2);
  CHECK(filed.listed == 1);
  CHECK(filed.ticket->ticket.description == "see there\n\nand this");
  auto const number = filed.ticket->ticket.ticket_number;
  auto const file = desk.tickets().show(number);
  REQUIRE(file.attachments.size() == 3);
  CHECK(file.attachments[1].stored == false);
  CHECK(file.attachments[1].file_name == "big.iso");
  CHECK(desk.tickets().attachment(number, "1").content == every);
  CHECK(desk.tickets().attachment(number, file.attachments[2].id).content == "other");
  CHECK(code_of([&] { desk.tickets().attachment(number, "a.log"); }) == "attachment.ambiguous");
  CHECK(code_of([&] { desk.tickets().attachment(number, "big.iso"); }) == "attachment.not_stored");
  for (auto const* name : {"b.log", "0", "4", "-1", ""}) {
    CHECK(code_of([&] { desk.tickets().attachment(number, name); }) == "attachment.not_found");
  }
  auto reply = message("Re: [" + number + "]", "more", "2@x");
  reply.attachments = {attachment("c.log", "z")};
  desk.take(reply);
  auto const after = desk.tickets().show(number);
  auto const of_reply = std::find_if(after.attachments.begin(), after.attachments.end(),
                                     [](auto const& a) { return a.file_name == "c.log"; });
  REQUIRE(of_reply != after.attachments.end());
  CHECK(of_reply->response_id == after.responses[0].id);
  CHECK(desk.flaws() == 0);
}

TEST_CASE("what is too long is cut, and kept whole beside it") {
  MailDesk desk;
  std::string text;
  while (text.size() < 300'000) text += "很长的一行\n";
  auto const filed = desk.take(message(std::string(500, 'x'), text, "1@x", std::string(400, 'a') + "@example.com"));
  auto const& ticket = filed.ticket->ticket;
  CHECK(base::code_points(ticket.title) == 200);
  CHECK(base::code_points(ticket.description) <= 65'536);
  CHECK(base::code_points(ticket.requester_id) == 320);
  auto const whole = desk.tickets().attachment(ticket.ticket_number, "message.txt").content;
  CHECK(whole.find("Subject: " + std::string(500, 'x') + "\n") != std::string::npos);
  CHECK(whole.find(std::string(400, 'a') + "@example.com") != std::string::npos);
  CHECK(whole.ends_with("\n\n" + text));
}

TEST_CASE("mail without subject, text or sender is a ticket all the same") {
  MailDesk desk;
  CHECK(desk.take(message("", "\n first line \nsecond", "1@x")).ticket->ticket.title == "first line");
  CHECK(desk.take(message("Re:", "", "2@x")).ticket->ticket.title == "(no subject)");
  mail::Message nothing;
  auto const filed = desk.take(nothing);
  CHECK(filed.ticket->ticket.requester_id.empty());
  CHECK(desk.outbox() == 2);
}

TEST_CASE("a dry run stores nothing, and makes no desk") {
  MailDesk desk;
  desk.options_.dry_run = true;
  auto const filed = desk.take(message("VPN", "down", "1@x"));
  CHECK(filed.outcome == MailOutcome::filed);
  CHECK(filed.ticket->dry_run);
  CHECK(filed.ticket->ticket.ticket_number == "T-000001");
  CHECK(desk.tickets().count({}) == 0);
  desk.options_.dry_run = false;
  desk.take(message("VPN", "down", "1@x"));
  desk.options_.dry_run = true;
  CHECK(desk.take(message("Re: [T-000001]", "x", "2@x")).outcome == MailOutcome::answered);
  CHECK(desk.tickets().show("T-1").responses.empty());
}

TEST_CASE("the longest address fits", "[mail]") {
  MailDesk desk;
  std::string const address = std::string(64, 'a') + "@" + std::string(243, 'b') + ".example.com";
  auto const filed = desk.take(message("x", "y", "1@x", address));
  CHECK(filed.ticket->ticket.requester_id == address);
  auto const number = filed.ticket->ticket.ticket_number;
  CHECK(desk.take(message("[" + number + "]", "z", "2@x", address)).outcome == MailOutcome::answered);
  CHECK(desk.tickets().history(number).front().actor.name == address);
  CHECK(desk.flaws() == 0);
}

TEST_CASE("a title is a line that somebody wrote", "[mail]") {
  MailDesk desk;
  int id = 0;
  auto const title = [&](std::string subject, std::string body, std::vector<mail::Attachment> attachments = {}) {
    auto mail = message(std::move(subject), std::move(body), std::to_string(++id) + "@title");
    mail.attachments = std::move(attachments);
    return desk.take(mail).ticket->ticket.title;
  };
  for (std::string const noise :
       {"--a", "--ab--", "------=_Part_1", "> quoted", "Content-Type: text/plain", "***", "[cid:logo.png@1]",
        "This is a multi-part message in MIME format.", "begin 644 a.txt", "\u3000", "&nbsp;",
        "VGhpcyBpcyBhIGxvbmcgd29yZCBvZiBiYXNlNjQsIHdoaWNoIG5vYm9keSB3cm90ZQ=="}) {
    CHECK(title("", noise + "\n\nThe printer is broken\n") == "The printer is broken");
  }
  CHECK(title("\u200b", "打印机坏了") == "打印机坏了");
  CHECK(title("", "--a", {attachment("a.log", "x")}) == "a.log");
  auto attached = attachment("VPN is down.eml", "x");
  attached.media_type = "message/rfc822";
  CHECK(title("", "", {attached}) == "VPN is down");
  CHECK(title("", "---") == "(no subject)");
}
