// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>

#include "umsops/base/base64.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/text.hpp"
#include "unit/desk/fixture.hpp"

using namespace umsops;
using desk::MailOutcome;
using desk::Result;
using tests::code_of;

namespace {

mail::Message message(std::string subject, std::string body, std::string id,
                      std::string from = "zhang.wei@example.com") {
  mail::Message made;
  made.subject = std::move(subject);
  made.body = std::move(body);
  made.body_type = "text/plain";
  made.message_id = std::move(id);
  made.from = mail::Address{"", std::move(from)};
  return made;
}

mail::Attachment attachment(std::string name, std::string bytes, bool stored = true) {
  return {std::move(name),
          "text/plain",
          static_cast<std::int64_t>(bytes.size()),
          base::sha256_hex(bytes),
          stored ? std::optional(base::base64_encode(bytes)) : std::nullopt,
          std::nullopt};
}

struct MailDesk : tests::DeskFixture {
  desk::MailOptions options_;
  desk::MailResult take(mail::Message const& message) { return desk.intake().mail(message, options_); }
  std::int64_t outbox() { return desk.store().status().outbox_waiting; }
};

}  // namespace

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
  auto const again = desk.take(message("other words", "x", "1@x"));
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
  auto fourth = message("VPN", "and again", "4@x", "friend@example.com");
  fourth.references = {"nobody@x", first.ticket_number + "+01ABC@umsops"};
  CHECK(desk.take(fourth).ticket->ticket.id == first.id);
  CHECK(desk.take(message("VPN 2026 000001", "a number is no ticket", "5@x")).outcome == MailOutcome::filed);
  CHECK(desk.take(message("[T-999999] unknown", "x", "6@x")).outcome == MailOutcome::filed);
  auto const file = desk.tickets().show(first.ticket_number);
  REQUIRE(file.responses.size() == 3);
  CHECK(file.responses[0].content == "still");
  CHECK(file.responses[0].response_type == "EXTERNAL");
  CHECK_FALSE(file.responses[0].is_private);
  CHECK(file.responses[2].responder_id == "friend@example.com");
  CHECK(desk.flaws() == 0);
}

TEST_CASE("the whole of a reply is kept when asked for") {
  MailDesk desk;
  auto const first = desk.take(message("VPN", "down", "1@x")).ticket->ticket;
  desk.options_.whole = true;
  desk.take(message("Re: T-1", "still\n\n> down", "2@x"));
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
  CHECK(desk.take(message("Re: " + number, "here it is", "2@x")).ticket->ticket.status == TicketStatus::assigned);
  desk.tickets().resolve({number}, {"renewed", "", false, false}, {}, desk::Batch::atomic);
  auto away = message("Re: " + number, "I am away", "3@x");
  away.auto_submitted = "auto-replied";
  CHECK(desk.take(away).outcome == MailOutcome::noted);
  CHECK(status() == TicketStatus::resolved);
  CHECK(desk.take(message("Re: " + number, "still down", "4@x")).ticket->ticket.reopen_count == 1);
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
  auto const replied = desk.take(message("Re: " + number, "Please try again", "2@x", "li.na@example.org"));
  CHECK(replied.outcome == MailOutcome::replied);
  CHECK(replied.ticket->ticket.status == model::TicketStatus::in_progress);
  CHECK(replied.ticket->ticket.first_response_at);
  auto const file = desk.tickets().show(number);
  CHECK(file.responses[0].responder_id == "li.na");
  CHECK(file.history.back().actor.name == "li.na");
  desk.tickets().assign({number}, desk::Hand::give, {"wang.fang@example.org", {}}, {}, desk::Batch::atomic);
  CHECK(desk.take(message("Re: " + number, "And now?", "3@x", "wang.fang@EXAMPLE.org")).outcome ==
        MailOutcome::replied);
  CHECK(desk.take(message("Re: " + number, "Works", "4@x")).outcome == MailOutcome::answered);
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

TEST_CASE("automatic mail is never answered") {
  MailDesk desk;
  auto machine = message("Nightly report", "all well", "1@x", "cron@example.com");
  machine.auto_submitted = "auto-generated";
  auto const filed = desk.take(machine);
  CHECK(filed.outcome == MailOutcome::filed);
  CHECK(filed.why == "Auto-Submitted: auto-generated");
  CHECK(desk.outbox() == 0);
  auto const number = filed.ticket->ticket.ticket_number;
  auto away = message("Automatic reply: [" + number + "]", "I am away", "2@x");
  away.precedence = "auto_reply";
  CHECK(desk.take(away).outcome == MailOutcome::noted);
  CHECK(desk.tickets().show(number).responses[0].response_type == "INTERNAL");
  desk.options_.file_automatic = false;
  machine.message_id = "3@x";
  CHECK(code_of([&] { desk.take(machine); }) == "mail.automatic");
  CHECK(desk.outbox() == 0);
}

TEST_CASE("a bounce is noted on the ticket whose mail it brings back") {
  MailDesk desk;
  auto const number = desk.take(message("VPN", "down", "1@x")).ticket->ticket.ticket_number;
  auto bounce =
      message("Undelivered mail returned to sender", "could not be delivered", "2@x", "MAILER-DAEMON@mx.example.com");
  bounce.content_type = "multipart/report";
  bounce.attachments = {attachment("", "Message-ID: <" + number + "+01ABC@umsops>\nSubject: x\n")};
  auto const noted = desk.take(bounce);
  CHECK(noted.outcome == MailOutcome::noted);
  CHECK(noted.ticket->ticket.ticket_number == number);
  CHECK(desk.tickets().show(number).ticket.status == model::TicketStatus::open);
}

TEST_CASE("our own mail is dropped when it comes back") {
  MailDesk desk;
  desk.options_.own_addresses = {"desk@example.org"};
  auto const dropped = desk.take(message("x", "y", "1@x", "desk@EXAMPLE.org"));
  CHECK(dropped.outcome == MailOutcome::dropped);
  CHECK_FALSE(dropped.ticket);
  CHECK(desk.tickets().count({}) == 0);
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
  auto reply = message("Re: " + number, "more", "2@x");
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
  auto const filed = desk.take(message(std::string(500, 'x'), text, "1@x", std::string(200, 'a') + "@example.com"));
  auto const& ticket = filed.ticket->ticket;
  CHECK(base::code_points(ticket.title) == 200);
  CHECK(base::code_points(ticket.description) <= 65'536);
  CHECK(base::code_points(ticket.requester_id) == 100);
  CHECK(desk.tickets().attachment(ticket.ticket_number, "message.txt").content == text.substr(0, text.size() - 1));
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
  CHECK(desk.take(message("Re: T-000001", "x", "2@x")).outcome == MailOutcome::answered);
  CHECK(desk.tickets().show("T-1").responses.empty());
}
