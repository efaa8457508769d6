// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/spool.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "fixture.hpp"

using namespace umsops;
using desk::Result;
using desk::SpoolPlace;
using desk::SpoolState;
using tests::code_of;
using tests::DeskFixture;

namespace {

struct SpoolFixture : DeskFixture {
  explicit SpoolFixture(bool made = true) {
    if (made) desk.store().init();
  }

  std::string state = folder.file("state");
  std::string file_path = state + "/spool.jsonl";
  std::string own = desk::spool_target(options("desk.db").store);
  std::vector<desk::SpoolItem> items;

  desk::SpooledReport report(std::string key, std::string title, std::string target) const {
    desk::SpooledReport made;
    made.target = std::move(target);
    made.report.ticket.key = std::move(key);
    made.report.ticket.title = std::move(title);
    made.report.ticket.created_at = clock.now();
    made.actor = "ci";
    return made;
  }
  void keep(std::string key, std::string title, std::string target) {
    desk::spool(state, report(std::move(key), std::move(title), std::move(target)));
  }
  void keep(std::string key, std::string title = "x") { keep(std::move(key), std::move(title), own); }
  desk::SpoolEnd flush(bool untargeted = false, std::string from = {}) {
    items.clear();
    return desk.spool().flush({state, untargeted, std::move(from)}, [&](auto const& item) { items.push_back(item); });
  }
  std::vector<desk::SpoolEntry> entries() const {
    std::vector<desk::SpoolEntry> all;
    desk::list_spool(state, own, [&](auto const& entry) { all.push_back(entry); });
    return all;
  }
  void add_line(std::string const& line) const { std::ofstream(file_path, std::ios::app) << line << "\n"; }
  std::string content() const {
    std::ifstream in(file_path);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

constexpr char kOldLine[] =
    R"({"schema":"umsops.spool/v1","at":"2026-11-22T08:00:00Z","actor":"ci","reason":"","key":"old:1","title":"old",)"
    R"("description":"","requester_id":"","assignee_id":null,"category":null,"subcategory":null,"priority":"HIGH",)"
    R"("source":"CLI","attributes":{"job":"1"}})";

}  // namespace

TEST_CASE("a flush files what is meant for its desk, and leaves the rest as it is") {
  SpoolFixture f;
  f.keep("a:1", "for here");
  f.keep("b:1", "for another desk", "/srv/other/desk.db");
  f.keep("a:2", "for here, too");
  auto const end = f.flush();
  CHECK(end.left == 0);
  CHECK(end.elsewhere == 1);
  CHECK_FALSE(end.stopped);
  REQUIRE(f.items.size() == 2);
  CHECK(f.items[0].done->result == Result::created);
  CHECK(f.tickets().show("T-1").history[0].actor.name == "ci");
  REQUIRE(f.entries().size() == 1);
  CHECK(f.entries()[0].place == SpoolPlace::elsewhere);
  CHECK(f.flush().elsewhere == 1);
  CHECK(f.items.empty());
  CHECK(f.flush(false, "/srv/other/desk.db").elsewhere == 0);
  CHECK(f.entries().empty());
  CHECK(f.flaws() == 0);
}

TEST_CASE("a report that is refused stays with the reason, and is news once") {
  SpoolFixture f;
  f.file("other words", "zhang.wei", "a:1");
  f.keep("a:1", "some words");
  CHECK(f.flush().left == 1);
  REQUIRE(f.items.size() == 1);
  CHECK(f.items[0].failed->code().code == "ticket.key_content");
  CHECK(f.items[0].failed->spot().line == 1);
  CHECK_FALSE(f.items[0].known);
  auto const first = f.entries().at(0);
  CHECK(first.state() == SpoolState::refused);
  CHECK(first.refused->code == "ticket.key_content");
  auto const content = f.content();
  f.clock.go(std::chrono::hours(1));
  f.flush();
  CHECK(f.items.at(0).known);
  CHECK(f.content() == content);
  CHECK(f.entries().at(0).id == first.id);
}

TEST_CASE("a report of an older version names no desk and is filed when that is asked for") {
  SpoolFixture f;
  f.keep("a:1");
  f.add_line(kOldLine);
  auto const end = f.flush();
  CHECK(end.untargeted == 1);
  CHECK(end.left == 0);
  CHECK(f.items.at(1).failed->code().code == "spool.no_target");
  CHECK(f.entries().at(0).place == SpoolPlace::unknown);
  f.flush();
  CHECK(f.items.at(0).known);
  CHECK(f.flush(true).untargeted == 0);
  CHECK(f.items.at(0).done->ticket.attributes == std::vector<std::pair<std::string, std::string>>{{"job", "1"}});
  CHECK(f.entries().empty());
}

TEST_CASE("what a line must not say is told with its file and line, and the line stays") {
  SpoolFixture f;
  f.keep("a:1");
  auto const line = f.content().substr(0, f.content().size() - 2);
  for (std::string const& bad :
       {line + R"(,"titel":"x"})", line + R"(,"refused":{"at":"yesterday","code":"","problem":""}})",
        std::string(kOldLine).replace(0, 0, "x"), std::string("[1]"), std::string("{}"), std::string("\x80\x01"),
        std::string(kOldLine).insert(1, R"("target":"/x",)")}) {
    f.add_line(bad);
  }
  auto const end = f.flush();
  CHECK(end.left == 7);
  REQUIRE(f.items.size() == 8);
  CHECK(f.items[1].failed->message().find("titel") != std::string::npos);
  for (std::size_t i = 1; i < 8; ++i) {
    CHECK(f.items[i].failed->spot().file == f.file_path);
    CHECK(f.items[i].failed->spot().line == static_cast<std::int64_t>(i) + 1);
    CHECK(f.items[i].id.size() == 12);
  }
  CHECK(f.entries().at(0).state() == SpoolState::unreadable);
}

TEST_CASE("a spooled conversation keeps its transcript and its call-back, and is filed once") {
  SpoolFixture f;
  auto kept = f.report("call:1", "no dial tone", f.own);
  kept.is_conversation = true;
  kept.report.transcript = {"user: no dial tone"};
  kept.report.callback = desk::NewCallback{"13800000000", "", f.clock.now() + std::chrono::hours(1)};
  desk::spool(f.state, kept);
  f.clock.go(std::chrono::hours(2));
  CHECK(f.flush().left == 0);
  auto const ticket = f.tickets().show("T-1");
  REQUIRE(ticket.responses.size() == 1);
  CHECK(ticket.responses[0].content == "user: no dial tone");
  CHECK(ticket.responses[0].responder_id == "ci");
  std::vector<model::Callback> callbacks;
  auto const look = [&] {
    callbacks.clear();
    f.desk.callbacks().list(model::CallbackState::open, {}, [&](auto const& callback) {
      callbacks.push_back(callback);
      return true;
    });
  };
  look();
  REQUIRE(callbacks.size() == 1);
  CHECK(callbacks[0].contact == "13800000000");
  CHECK(callbacks[0].due_at == f.clock.now() - std::chrono::hours(1));
  CHECK(callbacks[0].created_by == "ci");

  // As after a flush that was killed before it could take the line away; then with other words under the same key.
  desk::spool(f.state, kept);
  f.flush();
  CHECK(f.items.at(0).done->result == Result::existing);
  kept.report.ticket.description = "still none";
  for (auto const wanted : {Result::updated, Result::existing}) {
    desk::spool(f.state, kept);
    f.flush();
    CHECK(f.items.at(0).done->result == wanted);
  }
  look();
  CHECK(callbacks.size() == 2);
  CHECK(f.tickets().show("T-1").responses.size() == 2);
  CHECK(f.flaws() == 0);
}

TEST_CASE("a desk that is not there yet is not made by a flush") {
  SpoolFixture f(false);
  f.keep("a:0", "for another desk", "/srv/other/desk.db");
  f.keep("a:1");
  f.keep("a:2");
  auto const content = f.content();
  auto const end = f.flush();
  REQUIRE(end.stopped);
  CHECK(end.stopped->code().code == "store.absent");
  CHECK(end.left == 2);
  CHECK(f.content() == content);
  CHECK(f.tickets().count({}) == 0);
  CHECK_FALSE(std::filesystem::exists(f.folder.file("desk.db")));
  CHECK(desk::may_wait(*end.stopped));
  f.desk.store().init();
  CHECK(f.flush().left == 0);
}

TEST_CASE("reports are found and dropped by key or id") {
  SpoolFixture f;
  f.keep("a:1", "one");
  f.keep("a:1", "one", "/srv/other/desk.db");
  f.keep("a:2", "two");
  f.add_line("damaged");
  auto const all = f.entries();
  REQUIRE(all.size() == 4);
  CHECK(code_of([&] { desk::find_in_spool(f.state, f.own, "a:1"); }) == "spool.ambiguous");
  CHECK(code_of([&] { desk::drop_from_spool(f.state, f.own, {"a:2", "a:3"}, false); }) == "spool.not_found");
  CHECK(f.entries().size() == 4);
  CHECK(desk::find_in_spool(f.state, f.own, all[0].id).at(0).spooled->target == f.own);
  CHECK(desk::drop_from_spool(f.state, f.own, {all[1].id, all[3].id}, true).size() == 2);
  CHECK(f.entries().size() == 4);
  CHECK(desk::drop_from_spool(f.state, f.own, {all[1].id, all[3].id, "a:2"}, false).size() == 3);
  REQUIRE(f.entries().size() == 1);
  CHECK(f.entries()[0].id == all[0].id);
  CHECK(code_of([&] { desk::drop_from_spool(f.folder.file("none"), f.own, {"a:1"}, false); }) == "spool.not_found");
}

TEST_CASE("what is no plain file is refused at once") {
  SpoolFixture f;
  std::filesystem::create_directories(f.state);
  auto const all_refused = [&](std::string const& place) {
    INFO(place);
    CHECK(code_of([&] { f.keep("a:1"); }) == "spool.unfit");
    std::filesystem::remove_all(place);
  };
  REQUIRE(::mkfifo(f.file_path.c_str(), 0600) == 0);
  CHECK(code_of([&] { f.flush(); }) == "spool.unfit");
  CHECK(code_of([&] { f.entries(); }) == "spool.unfit");
  CHECK(code_of([&] { desk::drop_from_spool(f.state, f.own, {"a"}, false); }) == "spool.unfit");
  all_refused(f.file_path);
  std::filesystem::create_directory(f.file_path);
  CHECK(code_of([&] { f.flush(); }) == "spool.unfit");
  all_refused(f.file_path);
  std::filesystem::create_symlink("/nowhere", f.file_path);
  CHECK(code_of([&] { f.flush(); }) == "spool.unfit");
  all_refused(f.file_path);
  std::filesystem::remove(f.file_path + ".lock");
  REQUIRE(::mkfifo((f.file_path + ".lock").c_str(), 0600) == 0);
  all_refused(f.file_path + ".lock");
  f.keep("a:1");
  CHECK(f.flush().left == 0);
}

TEST_CASE("what could not be read again is not kept") {
  SpoolFixture f;
  CHECK(code_of([&] { f.keep("", "x"); }) == "record.invalid");
  CHECK(code_of([&] { desk::find_in_spool(f.state, f.own, ""); }) == "spool.not_found");
  CHECK(code_of([&] { f.keep("a:1", "bell \a"); }) == "record.invalid");
  CHECK_FALSE(std::filesystem::exists(f.file_path));
}

TEST_CASE("a store has one name, however its path is written") {
  tests::Folder folder;
  std::filesystem::create_directory(folder.file("data"));
  std::filesystem::create_directory_symlink(folder.file("data"), folder.file("link"));
  CHECK(desk::spool_target(folder.file("./data/../data//desk.db")) == folder.file("data/desk.db"));
  CHECK(desk::spool_target("desk.db") == (std::filesystem::current_path() / "desk.db").string());
  CHECK(desk::spool_target(desk::spool_target("a/../b")) == desk::spool_target("b"));
  SpoolFixture f;
  f.keep("a:1", "x", folder.file("link/desk.db"));
  std::vector<SpoolPlace> places;
  for (auto const& own : {folder.file("data/desk.db"), folder.file("data/other.db")})
    desk::list_spool(f.state, own, [&](auto const& entry) { places.push_back(entry.place); });
  CHECK(places == std::vector<SpoolPlace>{SpoolPlace::here, SpoolPlace::elsewhere});
}
