// SPDX-License-Identifier: Apache-2.0
// A person is taken out of a desk: what goes, what stays, and that the history still holds.
#include <catch2/catch.hpp>

#include "fixture.hpp"
#include "store/chain.hpp"
#include "store/store.hpp"
#include "umsops/desk/privacy_desk.hpp"
#include "umsops/desk/requester_desk.hpp"

using namespace umsops;
using namespace umsops::tests;

namespace {

struct PrivacyFixture : DeskFixture {
  PrivacyFixture() {
    desk::Sets sets;
    auto const set = [&](char const* name, base::Value value) {
      sets.emplace_back(model::requester_type().require(name), std::move(value));
    };
    set("account", "anna.lee");
    set("name", "Anna Lee");
    set("mails", "anna@example.com");
    set("phones", "138 0013 8000");
    set("department", "Sales");
    desk.requesters().create(sets, {});
    own = file("my secret", "anna.lee", "k1").ticket.ticket_number;
    other = file("Anna Lee told me", "li.na").ticket.ticket_number;
  }
  void close(std::string const& id) {
    tickets().resolve({id}, {"done by Anna Lee", {}}, {}, desk::Batch::atomic);
    tickets().close({id}, {}, {}, desk::Batch::atomic);
  }
  desk::Erasure erase(bool keep = false, bool dry_run = false) {
    return desk.privacy().erase({"anna.lee", {}, {}}, {keep, dry_run, "asked for"});
  }
  static std::int64_t count_of(std::vector<desk::PlaceCount> const& places, std::string_view place) {
    for (auto const& one : places) {
      if (one.place == place) return one.count;
    }
    return 0;
  }
  model::Ticket ticket(std::string const& id) { return tickets().show(id).ticket; }

  std::string own, other;
};

}  // namespace

TEST_CASE("open tickets are not erased, and a dry run says so") {
  PrivacyFixture f;
  auto const looked = f.erase(false, true);
  REQUIRE(looked.refused);
  CHECK(looked.refused->code().code == "privacy.open");
  CHECK(PrivacyFixture::count_of(looked.places, "tickets") == 1);
  CHECK(looked.tickets == std::vector<std::string>{f.own});
  CHECK(code_of([&] { f.erase(); }) == "privacy.open");
  CHECK(f.ticket(f.own).title == "my secret");
}

TEST_CASE("a person is gone, their ticket is a shell, and the history holds") {
  PrivacyFixture f;
  auto const before = f.ticket(f.own);
  f.close(f.own);
  bool const keep = GENERATE(false, true);
  auto const done = f.erase(keep);
  CHECK(done.event > 0);
  CHECK(done.erased_values > 0);
  CHECK(done.stand_in.empty() != keep);
  auto const shell = f.ticket(f.own);
  CHECK(shell.title == "[erased]");
  CHECK(shell.resolution == "[erased]");
  CHECK(shell.requester_id == done.stand_in);
  CHECK(shell.key.empty());
  CHECK(shell.created_at == before.created_at);
  CHECK(shell.status == model::TicketStatus::closed);
  CHECK(f.ticket(f.other).title == "[erased] told me");
  CHECK(f.flaws() == 0);
  auto const person = f.desk.requesters().show("P-1").requester;
  CHECK(person.name == "[erased]");
  CHECK(person.account.empty());
  CHECK(person.department == (keep ? "Sales" : ""));
  CHECK(f.desk.store().verify({}).erased_values == done.erased_values);
  CHECK(code_of([&] { f.desk.privacy().gather({"anna.lee", {}, {}}); }) == "privacy.nothing");
  // The key is free again, and the shell can be worked with.
  CHECK(f.file("another", "li.na", "k1").result == desk::Result::created);
  f.tickets().reopen({f.own}, {}, {}, desk::Batch::atomic);
  CHECK(f.flaws() == 0);
  for (auto const& event : f.tickets().history(f.own)) {
    for (auto const& change : event.changes) {
      if (change.field == "title") CHECK(change.erased);
    }
  }
}

TEST_CASE("what is given of a person is theirs in full, and of others the passage") {
  PrivacyFixture f;
  auto const data = f.desk.privacy().gather({"+86 138-0013-8000", {}, {}});
  CHECK(data.person.numbers == std::vector<std::string>{"P-000001"});
  CHECK_FALSE(data.person.staff);
  auto const text = base::to_json(data.document);
  CHECK(text.find("my secret") != std::string::npos);
  CHECK(text.find("Anna Lee told me") != std::string::npos);
  CHECK(code_of([&] { f.desk.privacy().gather({"nobody.here", {}, {}}); }) == "privacy.nothing");
  // A name that is left out is not looked for.
  auto const less = f.desk.privacy().gather({"anna.lee", {}, {"Anna Lee"}});
  CHECK(base::to_json(less.document).find("told me") == std::string::npos);
}

TEST_CASE("old tickets lose persons and texts, and others keep them") {
  PrivacyFixture f;
  f.close(f.own);
  desk::RetentionOptions options;
  options.before = f.clock.now() + std::chrono::hours(1);
  CHECK(f.desk.privacy().retain(options, {}).tickets == 1);
  CHECK(f.ticket(f.own).title == "my secret");
  options.apply = true;
  options.reason = "kept long enough";
  std::int64_t told = 0;
  auto const done = f.desk.privacy().retain(options, [&](std::int64_t tickets) { told = tickets; });
  CHECK(done.tickets == 1);
  CHECK(told == 1);
  CHECK(f.ticket(f.own).title == "[erased]");
  CHECK(f.ticket(f.own).requester_id.empty());
  CHECK(f.ticket(f.other).title == "Anna Lee told me");
  CHECK(f.desk.requesters().show("anna.lee").requester.name == "Anna Lee");
  CHECK(f.flaws() == 0);
  CHECK(f.desk.privacy().retain(options, [](std::int64_t) {}).tickets == 0);
}

TEST_CASE("salts of what a record was are forgotten with its texts") {
  PrivacyFixture f;
  f.tickets().reply({f.own}, {"a short word"}, {}, desk::Batch::atomic);
  f.close(f.own);
  f.erase();
  CHECK(f.flaws() == 0);
  auto const store = store::open_store({store_name(f.folder.file("desk.db"))});
  store::Reading rows(store->connection().prepare(
      "SELECT seq, digests, salt FROM events WHERE noun = 'ticket' AND record = 1 AND kind <> 'erased' ORDER BY seq"));
  int seen = 0;
  while (rows->step()) {
    ++seen;
    CHECK(rows->bytes(2).empty());
    CHECK(rows->text(1).find("#state") == std::string::npos);
    CHECK(rows->text(1).find("#rows") == std::string::npos);
  }
  CHECK(seen == 4);
}
