// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <map>

#include "fixture.hpp"
#include "umsops/notify/sender.hpp"

using namespace umsops;
using namespace umsops::tests;
using model::MessageState;
using notify::Sent;

namespace {

/// What a carrier was handed, and what it says of it.
struct Carried {
  std::vector<notify::Parcel> parcels;
  Sent::How how = Sent::How::delivered;
  std::function<void()> on_wait;  ///< while they are on their way
};

class FakeSender : public notify::Sender {
 public:
  explicit FakeSender(Carried& carried) : carried_(carried) {}
  notify::Secrets const& secrets(notify::Channel const&) override { return none_; }
  void submit(notify::Parcel parcel) override {
    ended_.push_back({carried_.how, parcel.key, carried_.how == Sent::How::delivered ? "" : "no", {}});
    carried_.parcels.push_back(std::move(parcel));
  }
  std::vector<Sent> wait() override {
    if (carried_.on_wait) std::exchange(carried_.on_wait, nullptr)();
    return std::exchange(ended_, {});
  }

 private:
  Carried& carried_;
  notify::Secrets none_;
  std::vector<Sent> ended_;
};

notify::Setup a_setup() {
  auto setup = notify::builtin_setup();
  notify::Channel mail{.name = "mail", .type = notify::ChannelType::smtp, .from = "desk@example.com"};
  mail.limits = notify::usual_limits(mail.type, mail.body);
  notify::Channel log{.name = "log", .type = notify::ChannelType::file, .path = "log"};
  setup.channels = {mail, log};
  setup.usual = {"mail"};
  setup.mail_domain = "example.com";
  setup.audiences[0].to = {"channel:log"};
  return setup;
}

struct OutboxFixture : DeskFixture {
  OutboxFixture() : out(with_channels()) {}
  desk::Options with_channels() {
    auto o = options("desk.db");
    o.load_channels = a_setup;
    o.make_sender = [this] { return std::make_unique<FakeSender>(carried); };
    o.load_roster = [] {
      people::Roster roster;
      people::Person wang;
      wang.name = "wang.fang";
      wang.email = "wang.fang@example.com";
      roster.people = {wang};
      return std::optional(roster);
    };
    return o;
  }
  desk::FlushEnd flush() {
    return out.outbox().flush(false, [&](desk::FlushItem const& item) { told.push_back(item); });
  }
  std::map<std::string, std::string> states() {
    std::map<std::string, std::string> found;
    out.outbox().list({}, [&](model::Message const& message) {
      found[message.topic] = std::string(model::to_string(message.state));
      return true;
    });
    return found;
  }
  std::string assign(char const* title) {
    desk::NewTicket wanted;
    wanted.title = title;
    wanted.assignee_id = "wang.fang";
    return out.tickets().create(wanted, {}).ticket.ticket_number;
  }

  Carried carried;
  std::vector<desk::FlushItem> told;
  desk::Desk out;
};

}  // namespace

TEST_CASE("a confirmation leaves once, and is known by its key") {
  OutboxFixture f;
  f.file("vpn is down");
  CHECK(f.flush().sent == 1);
  REQUIRE(f.carried.parcels.size() == 1);
  CHECK(f.carried.parcels[0].to == "zhang.wei@example.com");
  CHECK(f.carried.parcels[0].key.ends_with("-001"));
  CHECK(f.states() == std::map<std::string, std::string>{{"ticket.confirmation", "SENT"}});
  CHECK(f.flush().sent == 0);
  CHECK(f.flaws() == 0);
}

TEST_CASE("what fails is tried again with the same key, and dies in the end") {
  OutboxFixture f;
  f.file("vpn is down");
  f.carried.how = Sent::How::later;
  std::int64_t attempts = 0;
  while (f.states()["ticket.confirmation"] != "FAILED" && attempts < 50) {
    attempts += f.flush().later > 0 ? 1 : 0;
    f.clock.go(std::chrono::hours(8));
  }
  CHECK(attempts == 11);  // and the twelfth one ended it
  for (auto const& parcel : f.carried.parcels) CHECK(parcel.key == f.carried.parcels[0].key);
  CHECK(f.told.back().outcome == desk::FlushItem::Outcome::failed);
}

TEST_CASE("tick tells what was not delivered") {
  OutboxFixture f;
  f.file("vpn is down");
  f.carried.how = Sent::How::never;
  std::vector<desk::TickItem> items;
  f.out.tick().run({}, [&](desk::TickItem const& item) { items.push_back(item); });
  REQUIRE(items.size() == 1);
  CHECK(items[0].job == "outbox");
  REQUIRE(items[0].failed);
  CHECK(items[0].failed->code().code == "outbox.undelivered");
}

TEST_CASE("a second flush sends nothing that the first has in hand, and an old one changes nothing later") {
  OutboxFixture f;
  f.file("vpn is down");
  Carried other;
  auto options = f.with_channels();
  options.make_sender = [&] { return std::make_unique<FakeSender>(other); };
  desk::Desk second(options);
  auto const flush_second = [&] { return second.outbox().flush(false, [](desk::FlushItem const&) {}); };
  f.carried.on_wait = [&] { CHECK(flush_second().sent == 0); };
  CHECK(f.flush().sent == 1);
  CHECK(other.parcels.empty());
  f.file("another");
  f.carried.on_wait = [&] {
    f.clock.go(std::chrono::minutes(10));  // the lease has run out: the other one takes over
    CHECK(flush_second().sent == 1);
  };
  f.carried.how = Sent::How::never;
  CHECK(f.flush().failed == 0);
  CHECK(f.states() == std::map<std::string, std::string>{{"ticket.confirmation", "SENT"}});
  REQUIRE(other.parcels.size() == 1);
  CHECK(other.parcels[0].key == f.carried.parcels.back().key);
}

TEST_CASE("more than the limits allow comes as one") {
  OutboxFixture f;
  for (char const* title : {"one", "two", "three"}) f.assign(title);
  CHECK(f.flush().sent == 3);
  REQUIRE(f.carried.parcels.size() == 1);
  f.assign("four");
  CHECK(f.flush().sent == 0);
  f.clock.go(std::chrono::minutes(1));
  CHECK(f.flush().sent == 1);
  CHECK(f.carried.parcels.size() == 2);
}

TEST_CASE("what is over, or was done by who would be told, is not sent") {
  OutboxFixture f;
  auto const number = f.assign("one");
  f.out.tickets().resolve({number}, {"done", {}, {}, {}}, {}, desk::Batch::atomic);
  auto const end = f.flush();
  CHECK(end.sent == 0);
  CHECK(end.dropped == 1);
  CHECK(f.told.back().note.find("was RESOLVED before it was sent") != std::string::npos);
}

TEST_CASE("whoever was told of an incident is told that service is back, and nobody else") {
  OutboxFixture f;
  auto const incident = f.file_incident("sign-in fails");
  CHECK(f.flush().sent == 1);
  f.incidents().verify({incident.incident_number}, {true, "works"}, {}, desk::Batch::atomic);
  f.flush();
  CHECK(f.states()["incident.recovered"] == "SENT");
  CHECK(f.carried.parcels.back().body.find("incident.recovered") != std::string::npos);
}
