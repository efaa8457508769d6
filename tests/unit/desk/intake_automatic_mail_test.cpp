// SPDX-License-Identifier: Apache-2.0
// Mail that no person wrote to the desk: from programs, from the desk itself, through forms and lists.
#include <catch2/catch.hpp>

#include "unit/desk/mail_fixture.hpp"

using namespace umsops;
using desk::MailOutcome;
using tests::attachment;
using tests::code_of;
using tests::MailDesk;
using tests::message;

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

TEST_CASE("who writes by a form or a group in the desk's name is in Reply-To") {
  MailDesk desk;
  desk.options_.own_addresses = {"desk@example.org"};
  auto form = message("Contact form", "I cannot log in", "1@web", "Desk@example.org");
  form.reply_to = {{"", "desk@example.org"}, {"Chen Mei", "chen.mei@customer.example"}};
  auto const filed = desk.take(form);
  CHECK(filed.outcome == MailOutcome::filed);
  CHECK(filed.ticket->ticket.requester_id == "chen.mei@customer.example");
  CHECK(desk.outbox() == 1);
  auto nobody = message("form", "help", "2@web", "no-reply@forms.example");
  nobody.reply_to = {{"", "cust@customer.example"}};
  CHECK(desk.take(nobody).ticket->ticket.requester_id == "cust@customer.example");
  auto elsewhere = message("x", "help", "3@web", "dan@home.example");
  elsewhere.reply_to = {{"", "dan@work.example"}};
  auto const number = desk.take(elsewhere).ticket->ticket.ticket_number;
  CHECK(desk.tickets().show(number).ticket.requester_id == "dan@work.example");
  CHECK(desk.take(message("[" + number + "]", "more", "4@web", "dan@home.example")).outcome == MailOutcome::answered);
  // Our own mail, come back.
  auto own = form;
  own.message_id = "T-000001+x@umsops";
  CHECK(desk.take(own).outcome == MailOutcome::dropped);
  form.reply_to = {{"", "desk@example.org"}};
  CHECK(desk.take(form).outcome == MailOutcome::dropped);
}

TEST_CASE("people are heard through a list, and never answered there automatically") {
  MailDesk desk;
  desk.options_.own_addresses = {"help@example.com"};
  auto const number = desk.take(message("VPN", "down", "1@x")).ticket->ticket.ticket_number;
  desk.tickets().resolve({number}, {"renewed", "", false, false}, {}, desk::Batch::atomic);
  auto still = message("Re: [" + number + "]", "Still broken!", "2@x");
  still.list_id = "<help.example.com>";
  still.precedence = "list";
  auto const answered = desk.take(still);
  CHECK(answered.outcome == MailOutcome::answered);
  CHECK(model::is_open(answered.ticket->ticket.status));
  auto const waiting = desk.outbox();
  auto fresh = message("new", "through the group", "3@x");
  fresh.list_id = "<help.example.com>";
  desk.options_.file_automatic = false;
  CHECK(desk.take(fresh).outcome == MailOutcome::filed);
  CHECK(desk.outbox() == waiting);
  fresh.message_id = "4@x";
  fresh.list_id = "<news.example.com>";
  CHECK(code_of([&] { desk.take(fresh); }) == "mail.automatic");
}
