// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <set>

#include "desk/find.hpp"
#include "desk/hooks.hpp"
#include "desk/open_desk.hpp"
#include "desk/ticket_change.hpp"
#include "unit/desk/fixture.hpp"

using namespace umsops;
using base::Value;
using desk::HookAnswer;
using tests::code_of;

namespace {

/// Hooks as functions: what they are given, line by line, to what they answer.
struct Programs final : desk::HookRunner {
  using Program = std::function<HookAnswer(std::vector<std::string> const&)>;
  std::map<std::string, Program> programs;
  std::vector<std::string> ran;
  std::set<std::string> nouns;  ///< of what they were shown
  int listed = 0;

  std::vector<std::string> hooks(std::string_view occasion) override {
    ++listed;
    std::vector<std::string> names;
    for (auto const& [name, program] : programs) {
      if (name.starts_with(occasion)) names.push_back(name);
    }
    return names;
  }
  HookAnswer run(std::string const& hook, std::string_view noun, std::string const& input) override {
    nouns.insert(std::string(noun));
    ran.push_back(hook);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < input.size();) {
      auto const end = input.find('\n', at);
      lines.push_back(input.substr(at, end - at));
      at = end + 1;
    }
    return programs.at(hook)(lines);
  }
};

HookAnswer pass(std::vector<std::string> const& lines) { return {0, lines.back() + "\n", ""}; }
Programs::Program says(std::string output, int status = 0, std::string errors = "") {
  return [=](auto const&) { return HookAnswer{status, output, errors}; };
}

struct HookedDesk : tests::DeskFixture {
  Programs programs;
  HookedDesk() {
    auto with = options("desk.db");
    with.hooks = &programs;
    desk = desk::Desk(with);
  }
  desk::TicketDesk& unhooked() {
    if (!other) other.emplace(options("desk.db"));
    return other->tickets();
  }
  std::string refusal(std::string const& title = "x") {
    try {
      file(title);
    } catch (base::Error const& error) {
      return std::string(error.code().code) + ": " + error.message();
    }
    return "";
  }
  std::optional<desk::Desk> other;
};

std::size_t field(char const* name) { return model::ticket_type().require(name); }
desk::Sets set(char const* name, Value value) { return {{field(name), std::move(value)}}; }
const desk::ChangeOptions kWhy{"why", {}, false};

Value change(model::Event const& event, std::string const& name) {
  for (auto const& change : event.changes) {
    if (change.field == name) return change.after;
  }
  return {};
}

}  // namespace

TEST_CASE("without hooks nothing is asked, and nothing differs") {
  HookedDesk f;
  f.file("quiet");
  f.tickets().update({"T-1"}, set("category", "mfa"), kWhy, desk::Batch::atomic);
  CHECK(f.programs.ran.empty());
  auto const history = f.tickets().show("T-1").history;
  REQUIRE(history.size() == 2);
  CHECK(history[1].changes.size() == 1);
}

TEST_CASE("on-add sees the whole ticket, one hook after the other, and may change what people may") {
  HookedDesk f;
  f.programs.programs["on-add.1"] = [](auto const& lines) {
    REQUIRE(lines.size() == 1);
    Value ticket = base::parse_json(lines[0]);
    CHECK(ticket.find("title")->text() == "vpn down");
    CHECK(ticket.find("category")->text() == "network-access");
    CHECK(ticket.find("ticket_number")->is_null());
    return HookAnswer{0, "first line\n{\"assignee_id\":\"wang.fang\",\"priority\":\"high\"}\n", "second\n"};
  };
  f.programs.programs["on-add.2"] = [](auto const& lines) {
    CHECK(base::parse_json(lines[0]).find("priority")->text() == "HIGH");
    return pass(lines);
  };
  auto const filed = f.file("vpn down");
  CHECK(filed.ticket.priority == model::Priority::high);
  CHECK(filed.ticket.assignee_id == "wang.fang");
  CHECK(filed.ticket.status == model::TicketStatus::assigned);
  CHECK(filed.ticket.rev == 1);
  CHECK(filed.warnings == std::vector<std::string>{"on-add.1: first line", "on-add.1: second"});
  CHECK(filed.ticket.classification.find("priority")->origin == "hook");
  CHECK(filed.ticket.classification.find("category")->origin == "rule");
  auto const history = f.tickets().show("T-1").history;
  REQUIRE(history.size() == 2);
  CHECK(change(history[0], "priority") == Value("LOW"));
  CHECK(change(history[0], "status") == Value("OPEN"));
  CHECK(history[1].kind == "hooked");
  CHECK(change(history[1], "priority") == Value("HIGH"));
  CHECK(base::to_json(change(history[1], "hooks")) ==
        R"([{"hook":"on-add.1","changed":["assignee_id","priority"]},{"hook":"on-add.2","changed":[]}])");
  CHECK(f.programs.ran == std::vector<std::string>{"on-add.1", "on-add.2"});
  CHECK(f.desk.store().status().outbox_waiting == 2);  // to the requester, and to whom the hook named
  CHECK(f.flaws() == 0);
}

TEST_CASE("a refusal stores nothing and brings the hook's words") {
  HookedDesk f;
  f.programs.programs["on-add"] = says("needs a category\n", 3, "ask the desk\n");
  CHECK(f.refusal() == "hook.refused: refused by on-add: needs a category; ask the desk");
  f.programs.programs["on-add"] = says("", 1);
  CHECK(f.refusal() == "hook.refused: refused by on-add: exit 1");
  f.programs.programs["on-add"] = says("\xff\x1b[31m\n", 1);
  CHECK(f.refusal() == "hook.refused: refused by on-add: \\xFF\\x1B[31m");
  CHECK(f.tickets().count({}) == 0);
  CHECK(f.desk.store().status().events == 0);
}

TEST_CASE("a hook that breaks the protocol is named, with what it did") {
  HookedDesk f;
  auto const after = [&](std::string output) {
    f.programs.programs["on-add"] = says(std::move(output));
    return f.refusal();
  };
  CHECK(after("") == "hook.invalid: hook on-add: it printed no ticket");
  CHECK(after("{}\n{}\n") == "hook.invalid: hook on-add: it printed more than one ticket");
  CHECK(after("{\"title\":}\n").starts_with("hook.invalid: hook on-add: not acceptable JSON"));
  CHECK(after("{\"status\":\"CLOSED\"}\n") == "hook.invalid: hook on-add: it may not change status");
  CHECK(after("{\"id\":null}\n") == "hook.invalid: hook on-add: it may not change id");
  CHECK(after("{\"titel\":\"x\"}\n") == "hook.invalid: hook on-add: a ticket has no field titel");
  CHECK(after("{\"priority\":\"SOON\"}\n").starts_with("hook.invalid: hook on-add: priority:"));
  CHECK(after("{\"title\":\"\"}\n") == "hook.invalid: hook on-add: title: cannot be empty");
  CHECK(after("{\"title\":\"a\\u0000b\"}\n").starts_with("hook.invalid: hook on-add:"));
  CHECK(after("{}\n").empty());
  CHECK(f.tickets().count({}) == 1);
}

TEST_CASE("on-modify sees before and after of every change, whichever verb makes it") {
  HookedDesk f;
  f.file("vpn", "zhang.wei", "k");
  f.programs.programs["on-modify"] = [](auto const& lines) {
    REQUIRE(lines.size() == 2);
    Value const before = base::parse_json(lines[0]), after = base::parse_json(lines[1]);
    if (before.find("priority")->text() == "HIGH" && after.find("priority")->text() == "LOW")
      return HookAnswer{1, "", "stays\n"};
    return HookAnswer{0, R"({"attributes":{"seen":"yes"}})", ""};
  };
  auto const done = f.tickets().update({"T-1"}, set("priority", "HIGH"), kWhy, desk::Batch::atomic);
  CHECK(done[0].done->ticket.attributes == decltype(done[0].done->ticket.attributes){{"seen", "yes"}});
  CHECK(code_of([&] { f.tickets().update({"T-1"}, set("priority", "LOW"), kWhy, desk::Batch::atomic); }) ==
        "hook.refused");
  f.tickets().assign({"T-1"}, desk::Hand::give, {"li.na"}, {"", {}, false}, desk::Batch::atomic);
  desk::NewTicket again;
  again.title = "again";
  again.key = "k";
  f.tickets().create(again, {false, desk::OnDuplicate::comment, false, ""});
  auto const shown = f.tickets().show("T-1");
  CHECK(shown.ticket.priority == model::Priority::high);
  CHECK(shown.responses.size() == 1);  // the rehearsal's is not there
  REQUIRE(shown.history.size() == 4);
  CHECK(base::to_json(change(shown.history[1], "hooks")) == R"([{"hook":"on-modify","changed":["attributes"]}])");
  for (std::size_t i = 1; i < 4; ++i) CHECK_FALSE(change(shown.history[i], "hooks").is_null());
  CHECK(f.flaws() == 0);
}

TEST_CASE("a known key asks no on-add, an import asks nothing, a dry run asks and stores nothing") {
  HookedDesk f;
  f.programs.programs["on-add"] = pass;
  f.programs.programs["on-modify"] = pass;
  desk::NewTicket wanted;
  wanted.title = "x";
  CHECK(f.tickets().create(wanted, {true, desk::OnDuplicate::give_back, false, ""}).dry_run);  // there is no store yet
  CHECK(f.programs.ran.size() == 1);
  CHECK(f.programs.nouns == std::set<std::string>{"ticket"});
  f.file("x", "ci", "k");
  CHECK(f.file("x", "ci", "k").result == desk::Result::existing);
  CHECK(f.programs.ran.size() == 2);
  f.tickets().update({"T-1"}, set("category", "mfa"), {"", {}, true}, desk::Batch::atomic);
  CHECK(f.programs.ran.size() == 3);
  CHECK(f.tickets().show("T-1").ticket.rev == 1);
  int left = 2;
  f.tickets().import(
      [&]() -> std::optional<desk::ImportRecord> {
        if (left-- == 0) return std::nullopt;
        auto const text = left == 1 ? R"({"key":"k","title":"y"})" : R"({"key":"q","title":"z"})";
        return desk::ImportRecord{2 - left, base::parse_json(text), std::nullopt};
      },
      {});
  CHECK(f.tickets().show("T-1").ticket.title == "y");
  CHECK(f.programs.ran.size() == 3);
}

TEST_CASE("a ticket that changes while its hooks run is asked about again") {
  HookedDesk f;
  f.file("x");
  f.file("y");
  int others = 0;
  f.programs.programs["on-modify"] = [&](auto const& lines) {
    bool const first = lines[0].find("T-000001") != std::string::npos;
    if (first && others++ == 0) f.unhooked().update({"T-1"}, set("category", "mfa"), kWhy, desk::Batch::atomic);
    return pass(lines);
  };
  f.tickets().update({"T-1", "T-2"}, set("priority", "HIGH"), kWhy, desk::Batch::atomic);
  auto const shown = f.tickets().show("T-1").ticket;
  CHECK(shown.category == "mfa");
  CHECK(shown.priority == model::Priority::high);
  CHECK(shown.rev == 3);
  CHECK(f.programs.ran.size() == 3);  // T-2 was not asked about again
  f.programs.programs["on-modify"] = [&](auto const& lines) {
    f.unhooked().update({"T-1"}, set("title", "n" + std::to_string(others++)), kWhy, desk::Batch::atomic);
    return pass(lines);
  };
  CHECK(code_of([&] { f.tickets().update({"T-1"}, set("priority", "LOW"), kWhy, desk::Batch::atomic); }) ==
        "store.contended");
  CHECK(f.flaws() == 0);
}

TEST_CASE("many tickets: all or none, or each by itself") {
  HookedDesk f;
  for (int i = 0; i < 5; ++i) f.file("ticket " + std::to_string(i));
  f.programs.programs["on-modify"] = [](auto const& lines) {
    return lines[0].find("ticket 3") != std::string::npos ? HookAnswer{1, "", "not this one"} : pass(lines);
  };
  std::vector<std::string> const ids{"T-1", "T-2", "T-3", "T-4", "T-5"};
  CHECK(code_of([&] { f.tickets().update(ids, set("category", "mfa"), kWhy, desk::Batch::atomic); }) == "hook.refused");
  for (auto const& id : ids) CHECK(f.tickets().show(id).ticket.rev == 1);
  auto const outcomes = f.tickets().update(ids, set("category", "mfa"), kWhy, desk::Batch::each);
  for (std::size_t i = 0; i < ids.size(); ++i) CHECK(outcomes[i].failed.has_value() == (i == 3));
  CHECK(f.programs.listed == 2);  // on-add and on-modify, once each
}

TEST_CASE("two changes of one ticket in one transaction: the second hook sees what the first left") {
  HookedDesk f;
  f.file("x");
  auto with = f.options("desk.db");
  with.hooks = &f.programs;
  desk::OpenDesk desk(with);
  f.programs.programs["on-modify"] = [](auto const& lines) {
    auto const title = std::string(base::parse_json(lines[1]).find("title")->text());
    return HookAnswer{0, base::to_json(Value(Value::Object{{"title", title + "!"}})), ""};
  };
  auto const stored = desk.write([&](store::WriteTx& tx) {
    auto const before = desk::find_ticket(desk, tx.connection(), "T-1");
    auto after = before;
    after.title = "a";
    auto const between = desk::store_change(desk, tx, before, after, "updated", "");
    auto last = between;
    last.title += "b";
    return desk::store_change(desk, tx, between, last, "updated", "");
  });
  CHECK(stored.title == "a!b!");
  CHECK(stored.rev == 3);
  CHECK(f.programs.ran.size() == 2);
  CHECK(code_of([&] {
          store::write(desk.writing(), [&](store::WriteTx& tx) {
            auto const before = desk::find_ticket(desk, tx.connection(), "T-1");
            auto after = before;
            after.title = "behind the hooks";
            return desk::store_change(desk, tx, before, after, "updated", "");
          });
        }) == "internal");
}

namespace {

/// What one tick told of tickets: `T-000001 held`, and what ended it.
std::string told_by_tick(HookedDesk& f) {
  std::string told;
  auto const end = f.desk.tick().run({}, [&](desk::TickItem const& item) {
    told += item.ticket_number +
            (item.held     ? (item.known ? " held" : " news")
             : item.failed ? " failed"
                           : " done") +
            "; ";
  });
  if (end.stopped) told += end.stopped->code().code;
  return told;
}

void pend(HookedDesk& f, std::string const& id) {
  f.unhooked().pend({id}, {f.clock.now() + std::chrono::hours(1), {}}, {}, desk::Batch::atomic);
}

}  // namespace

TEST_CASE("what a hook refuses in a tick is told once, tried again later, and harms no other ticket") {
  HookedDesk f;
  for (auto const* title : {"ticket 1", "ticket 2", "ticket 3"}) f.file(title);
  for (auto const* id : {"T-1", "T-2", "T-3"}) pend(f, id);
  f.clock.go(std::chrono::hours(1));
  f.programs.programs["on-modify"] = [](auto const& lines) {
    return lines[0].find("ticket 2") != std::string::npos ? HookAnswer{1, "", "not this one"} : pass(lines);
  };
  CHECK(told_by_tick(f) == "T-000001 done; T-000002 news; T-000003 done; ");
  CHECK(told_by_tick(f) == "");
  f.clock.go(std::chrono::minutes(6));
  CHECK(told_by_tick(f) == "T-000002 held; ");
  f.clock.go(std::chrono::minutes(6));
  CHECK(told_by_tick(f) == "");
  // A change of the ticket has it tried at once.
  f.unhooked().update({"T-2"}, set("category", "mfa"), kWhy, desk::Batch::atomic);
  CHECK(told_by_tick(f) == "T-000002 news; ");
  f.programs.programs["on-modify"] = pass;
  f.clock.go(std::chrono::minutes(6));
  CHECK(told_by_tick(f) == "T-000002 done; ");
  CHECK(f.tickets().show("T-2").ticket.status == model::TicketStatus::open);
  CHECK(f.flaws() == 0);
}

TEST_CASE("a hook that fails for one ticket holds up no other; one that fails for all ends the tick") {
  HookedDesk f;
  for (int i = 1; i <= 5; ++i) f.file("ticket " + std::to_string(i));
  for (auto const* id : {"T-1", "T-2", "T-3"}) pend(f, id);
  f.clock.go(std::chrono::hours(1));
  f.programs.programs["on-modify"] = [](auto const& lines) {
    return lines[0].find("ticket 2") != std::string::npos ? HookAnswer{0, "nonsense", ""} : pass(lines);
  };
  CHECK(told_by_tick(f) == "T-000001 done; T-000002 failed; T-000003 done; ");
  f.clock.go(std::chrono::minutes(6));
  CHECK(told_by_tick(f) == "T-000002 held; ");
  f.programs.programs["on-modify"] = says("nonsense");
  for (auto const* id : {"T-1", "T-3", "T-4", "T-5"}) pend(f, id);
  f.clock.go(std::chrono::hours(1));
  CHECK(told_by_tick(f) == "T-000002 held; T-000001 failed; hook.invalid");
  CHECK(f.flaws() == 0);
}
