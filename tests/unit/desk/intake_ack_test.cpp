// SPDX-License-Identifier: Apache-2.0
// An on-call person answers `ack` to a message about an incident.
#include <catch2/catch.hpp>

#include "mail_fixture.hpp"
#include "store/outbox.hpp"
#include "store/store.hpp"
#include "umsops/mail/thread.hpp"

using namespace umsops;
using namespace umsops::tests;
using desk::MailOutcome;

namespace {

struct AckFixture : MailDesk {
  AckFixture() {
    options_.staff = [](std::string_view address) {
      return address == "li.na@example.org" ? std::string("li.na") : std::string();
    };
    incident = file_incident("统一认证登录失败").incident_number;
    tell();
  }
  /// Somebody is told of it.
  void tell() {
    auto const store = store::open_store({store_name(folder.file("desk.db")), store::OpenOptions::Access::write});
    store::write(*store, [&](store::WriteTx& tx) {
      model::Delivery delivery;
      delivery.id = "01kawx-001";
      delivery.message = "01kawx";
      delivery.noun = "incident";
      delivery.record = 1;
      delivery.kind = "incident.created";
      delivery.channel = "mail";
      delivery.address = "li.na@example.org";
      delivery.language = "en";
      delivery.state = model::DeliveryState::sent;
      delivery.created_at = clock.now();
      delivery.finished_at = clock.now();
      store::insert_delivery(tx, delivery);
      return 0;
    });
  }
  /// An answer to the message that told of it.
  mail::Message answer(std::string body, std::string from = "li.na@example.org", std::string unique = "01kawx-001") {
    auto made = message("Re: alert", std::move(body), "m" + std::to_string(++count) + "@mail", std::move(from));
    made.in_reply_to = {mail::message_id_for(incident, unique)};
    return made;
  }
  model::Incident now() { return incidents().show("INC-1").incident; }

  std::string incident;
  int count = 0;
};

}  // namespace

TEST_CASE("an answer that says ack acknowledges the incident, in the name of who wrote it") {
  for (auto const* body :
       {"ack", "ACK.", "  Ack!\n\n> the alert", "确认。", "收到", "Acknowledged\nsent from my phone"}) {
    INFO(body);
    AckFixture f;
    auto const result = f.take(f.answer(body));
    CHECK(result.outcome == MailOutcome::acknowledged);
    CHECK(result.incident == f.incident);
    CHECK_FALSE(result.ticket);
    CHECK(f.now().acknowledged_by == "li.na");
    CHECK(f.incidents().show("INC-1").history.back().reason == "by mail");
    CHECK(f.flaws() == 0);
  }
}

TEST_CASE("anybody else's ack, and any other word, is no acknowledgement") {
  AckFixture f;
  CHECK(f.take(f.answer("ack", "stranger@example.com")).outcome != MailOutcome::acknowledged);
  CHECK(f.take(f.answer("I do not ack this")).outcome != MailOutcome::acknowledged);
  CHECK(f.take(f.answer("please explain\nack")).outcome != MailOutcome::acknowledged);
  auto loose = f.answer("ack");
  loose.in_reply_to.clear();
  CHECK(f.take(loose).outcome != MailOutcome::acknowledged);
  auto elsewhere = f.answer("ack");
  elsewhere.in_reply_to = {mail::message_id_for("INC-000099", "x")};
  CHECK(f.take(elsewhere).outcome != MailOutcome::acknowledged);
  // Of the right shape, but no message had them.
  for (auto const* unique : {"thread", "01kawx-002", "01kawx", ""})
    CHECK(f.take(f.answer("ack", "li.na@example.org", unique)).outcome != MailOutcome::acknowledged);
  CHECK_FALSE(f.now().acknowledged_at);
}

TEST_CASE("a dry run of an acknowledgement stores nothing; a second one changes nothing") {
  AckFixture f;
  f.options_.dry_run = true;
  CHECK(f.take(f.answer("ack")).outcome == MailOutcome::acknowledged);
  CHECK_FALSE(f.now().acknowledged_at);
  f.options_.dry_run = false;
  f.take(f.answer("ack"));
  auto const rev = f.now().rev;
  CHECK(f.take(f.answer("ack")).outcome == MailOutcome::acknowledged);
  CHECK(f.now().rev == rev);
}
