// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "desk/open_desk.hpp"
#include "unit/desk/fixture.hpp"

using namespace umsops;
using tests::DeskFixture;

namespace {

desk::TickOptions preview(char const* until) {
  desk::TickOptions options;
  options.dry_run = true;
  options.until = *base::parse_rfc3339(until);
  return options;
}

std::vector<desk::TickItem> ticked(desk::Desk& desk, desk::TickOptions const& options) {
  std::vector<desk::TickItem> items;
  desk.tick().run(options, [&](desk::TickItem const& item) { items.push_back(item); });
  return items;
}

/// RESOLVED parents whose time to be closed has come, each kept open by a child.
desk::ImportSource held_parents(int count) {
  auto const made = std::make_shared<int>(0);
  return [made, count]() -> std::optional<desk::ImportRecord> {
    if (*made == 2 * count) return std::nullopt;
    std::string const number = std::to_string(*made / 2);
    bool const parent = (*made)++ % 2 == 0;
    return desk::ImportRecord{
        *made,
        base::parse_json(parent ? R"({"ticket_number":"P-)" + number +
                                      R"(","title":"x","status":"RESOLVED","resolved_at":"2026-11-01T00:00:00Z",)"
                                      R"("created_at":"2026-10-01T00:00:00Z"})"
                                : R"({"ticket_number":"C-)" + number +
                                      R"(","title":"x","links":[{"kind":"child-of","other":"P-)" + number +
                                      R"(","created_at":"2026-11-01T00:00:00Z"}]})"),
        std::nullopt};
  };
}

}  // namespace

TEST_CASE("a dry run of tick that is stopped leaves the clock as it is") {
  DeskFixture f;
  int asked = 0, stop_at = 0;
  auto options = f.options("desk.db");
  options.interrupted = [&] { return ++asked == stop_at; };
  desk::Desk stopped(options);
  f.file("one");
  f.file("two");
  asked = 0;
  REQUIRE(ticked(stopped, preview("2026-12-20T00:00:00Z")).size() == 2);
  int const questions = asked;
  REQUIRE(questions > 2);  // some of them come after the time was pretended
  for (stop_at = 1; stop_at <= questions; ++stop_at) {
    asked = 0;
    auto const end = stopped.tick().run(preview("2026-12-20T00:00:00Z"), [](desk::TickItem const&) {});
    REQUIRE(end.stopped);
    CHECK(end.stopped->code().code == "process.interrupted");
    desk::NewTicket wanted;
    wanted.title = "now";
    CHECK(stopped.tickets().create(wanted, {}).ticket.created_at == f.clock.now());
  }
  desk::OpenDesk open(options);
  CHECK_THROWS_AS(([&] {
                    desk::OpenDesk::PretendedTime time(open);
                    time.set(base::TimePoint{});
                    CHECK(open.now() == base::TimePoint{});
                    throw 1;
                  }()),
                  int);
  CHECK(open.now() == f.clock.now());
}

TEST_CASE("tickets that cannot be acted on hold up no other, and each is looked at once") {
  DeskFixture f;
  constexpr int kHeld = 250;  // more than two portions of a tick
  desk::ImportOptions import;
  import.source_name = "held";
  REQUIRE(f.tickets().import(held_parents(kHeld), import).created == 2 * kHeld);
  std::string const pending = f.file("pending").ticket.ticket_number;
  f.tickets().pend({pending}, {*base::parse_rfc3339("2026-11-23T09:31:00Z")}, {}, desk::Batch::atomic);
  f.clock.set("2026-11-23T09:32:00Z");
  int asked = 0;
  auto options = f.options("desk.db");
  options.interrupted = [&] { return ++asked < 0; };
  desk::Desk desk(options);
  auto const ahead = ticked(desk, preview("2026-11-23T09:32:00Z"));
  REQUIRE(ahead.size() == 1);
  CHECK(ahead[0].ticket_number == pending);
  CHECK(asked < 2 * kHeld);  // one question a ticket, whatever is due
  auto const done = ticked(desk, {});
  REQUIRE(done.size() == 1);
  CHECK(done[0].job == "wake");
  CHECK(ticked(desk, {}).empty());
}

TEST_CASE("notes of tick that somebody else wrote over end it as damage") {
  for (auto const& [name, text] : std::vector<std::pair<char const*, char const*>>{
           {"held_acts", "{}"}, {"held_acts", "[{}]"}, {"held_acts", "["}, {"due_times_of", "{\"version\":1}"}}) {
    INFO(name << " " << text);
    DeskFixture f;
    f.file("one");
    ticked(f.desk, {});
    desk::OpenDesk open(f.options("desk.db"));
    open.write([&, name = name, text = text](store::WriteTx& tx) {
      store::set_info(tx, name, text);
      return 0;
    });
    auto const end = f.desk.tick().run({}, [](desk::TickItem const&) {});
    REQUIRE(end.stopped);
    CHECK(end.stopped->code().code == "store.damaged");
  }
}
