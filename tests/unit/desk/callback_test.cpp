// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace umsops;
using desk::Result;
using model::CallbackState;
using tests::DeskFixture;

namespace {

std::string code_of(std::function<void()> const& act) {
  try {
    act();
  } catch (base::Error const& error) {
    return std::string(error.code().code);
  }
  return "";
}

std::vector<std::string> contacts(DeskFixture& f, std::optional<CallbackState> state,
                                  std::optional<base::TimePoint> due_by = {}) {
  std::vector<std::string> out;
  f.desk.callbacks().list(state, due_by, [&](model::Callback const& callback) {
    out.push_back(callback.contact);
    return true;
  });
  return out;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a call-back is noted, listed by its time, and done once") {
  DeskFixture f;
  auto const ticket = f.file("vpn is down").ticket;
  auto const now = f.clock.now();
  auto const later = f.desk.callbacks().add(ticket.ticket_number, {"later", "", now + std::chrono::hours(2)}, false);
  auto const first =
      f.desk.callbacks().add(ticket.id, {"first", "ask for the serial number", now - std::chrono::minutes(5)}, false);
  CHECK(first.result == Result::created);
  CHECK(first.callback.ticket_number == ticket.ticket_number);
  CHECK(first.callback.created_by == "li.na");
  CHECK(contacts(f, CallbackState::open) == Names{"first", "later"});
  CHECK(contacts(f, CallbackState::open, now) == Names{"first"});
  CHECK(contacts(f, CallbackState::done).empty());

  auto const done = f.desk.callbacks().done(first.callback.id, "works again", false);
  CHECK(done.result == Result::updated);
  CHECK(done.callback.done_by == "li.na");
  CHECK(done.callback.done_at == now);
  CHECK(f.desk.callbacks().done(first.callback.id, "another outcome", false).result == Result::unchanged);
  CHECK(contacts(f, CallbackState::done) == Names{"first"});

  // The other one by its ticket, which has one open; after that the ticket means the last that was done.
  CHECK(f.desk.callbacks().done(ticket.ticket_number, "nobody there", false).callback.id == later.callback.id);
  CHECK(f.desk.callbacks().done(ticket.ticket_number, "x", false).result == Result::unchanged);
  CHECK(contacts(f, std::nullopt) == Names{"first", "later"});

  auto const file = f.tickets().show(ticket.id);
  Names kinds;
  for (auto const& event : file.history) kinds.push_back(event.kind);
  CHECK(kinds == Names{"created", "callback_added", "callback_added", "callback_done", "callback_done"});
  CHECK(file.history[3].reason == "works again");
  CHECK(f.flaws() == 0);
}

TEST_CASE("call-backs that cannot be meant") {
  DeskFixture f;
  CHECK(code_of([&] { f.desk.callbacks().done("T-1", "x", false); }) == "callback.not_found");
  CHECK(code_of([&] { f.desk.callbacks().add("T-1", {"4711", "", f.clock.now()}, false); }) == "ticket.not_found");
  CHECK(contacts(f, std::nullopt).empty());
  auto const ticket = f.file("vpn is down").ticket;
  CHECK(code_of([&] { f.desk.callbacks().done(ticket.ticket_number, "x", false); }) == "callback.not_found");
  CHECK(code_of([&] { f.desk.callbacks().done("01zzzzzzzzzzzzzzzzzzzzzzzz", "x", false); }) == "callback.not_found");
  f.desk.callbacks().add(ticket.id, {"4711", "", f.clock.now()}, false);
  f.desk.callbacks().add(ticket.id, {"4712", "", f.clock.now()}, false);
  CHECK(code_of([&] { f.desk.callbacks().done(ticket.ticket_number, "x", false); }) == "callback.ambiguous");
  CHECK(code_of([&] {
          f.desk.callbacks().add(ticket.id, {std::string(101, 'x'), "", f.clock.now()}, false);
        }) == "record.invalid");
  CHECK(code_of([&] { f.desk.callbacks().add(ticket.id, {"a\nb", "", f.clock.now()}, false); }) == "record.invalid");
  CHECK(contacts(f, std::nullopt).size() == 2);
  CHECK(f.flaws() == 0);
}

TEST_CASE("a dry run notes nothing") {
  DeskFixture f;
  auto const ticket = f.file("vpn is down").ticket;
  CHECK(f.desk.callbacks().add(ticket.id, {"4711", "", f.clock.now()}, true).dry_run);
  CHECK(contacts(f, std::nullopt).empty());
  f.desk.callbacks().add(ticket.id, {"4711", "", f.clock.now()}, false);
  CHECK(f.desk.callbacks().done(ticket.ticket_number, "x", true).result == Result::updated);
  CHECK(contacts(f, CallbackState::open).size() == 1);
  CHECK(f.flaws() == 0);
}

TEST_CASE("a call-back by the beginning of its id") {
  DeskFixture f;
  auto const ticket = f.file("vpn is down").ticket;
  auto const id = f.desk.callbacks().add(ticket.id, {"4711", "", f.clock.now()}, false).callback.id;
  CHECK(f.desk.callbacks().done(id.substr(0, id.size() - 1), "x", false).callback.id == id);
}
