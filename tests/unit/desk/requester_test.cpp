// SPDX-License-Identifier: Apache-2.0
// The directory of requesters: who is found by what, and what imports make of it.
#include <catch2/catch.hpp>

#include "fixture.hpp"
#include "umsops/desk/requester_desk.hpp"

using namespace umsops;
using namespace umsops::tests;
using desk::Batch;
using desk::Result;

namespace {

std::size_t field(char const* name) { return model::requester_type().require(name); }

struct DirectoryFixture : DeskFixture {
  desk::RequesterDesk& people() { return desk.requesters(); }
  std::string add(std::vector<std::pair<char const*, base::Value>> fields) {
    desk::Sets sets;
    for (auto& [name, value] : fields) sets.emplace_back(field(name), std::move(value));
    return people().create(sets, {}).requester.requester_number;
  }
  desk::ImportSummary import(std::vector<char const*> const& records, bool full = false, bool force = false,
                             desk::ImportOptions options = {}) {
    std::size_t at = 0;
    auto const source = [&]() -> std::optional<desk::ImportRecord> {
      if (at == records.size()) return std::nullopt;
      auto const line = static_cast<std::int64_t>(at + 1);
      return desk::ImportRecord{line, base::parse_json(records[at++], "people"), std::nullopt};
    };
    options.source_name = "people.jsonl";
    return people().import(source, options, {"hq", full, force});
  }
  std::string state(std::string const& id) { return std::string(model::to_string(people().show(id).requester.state)); }
  std::string listed(std::string const& filter) {
    query::Query query;
    query.filter = query::parse_filter(filter, {&model::ticket_type(), clock.now(), base::TimeZone(), "li.na"});
    query.sort = {{model::ticket_type().require("created_at"), false}};
    std::string out;
    tickets().list(query, [&](model::Ticket const& ticket) {
      out += (out.empty() ? "" : " ") + ticket.ticket_number;
      return true;
    });
    return out;
  }
};

}  // namespace

TEST_CASE("a sender is one person by account, address, phone and alias") {
  DirectoryFixture f;
  f.file("before the directory", "ZHANG.WEI@example.com");
  f.add({{"account", "zhang.wei"},
         {"name", "张伟"},
         {"mails", "zhang.wei@example.com"},
         {"phones", "+86 138 0000 0000"},
         {"department", "财务部"},
         {"vip", true}});
  CHECK(f.file("vpn is down", "Zhang.Wei").ticket.requester_id == "zhang.wei");
  CHECK(f.file("from the phone", "138-0000-0000").ticket.requester_id == "13800000000");
  CHECK(f.file("a stranger", "wang.fang").ticket.requester_id == "wang.fang");
  auto const whole = f.people().show("zhang.wei@example.com");
  CHECK(whole.tickets == 3);
  CHECK(f.listed("requester.department=财务部") == "T-000001 T-000002 T-000003");
  CHECK(f.listed("requester.vip=yes requester.account=zhang.wei") == "T-000001 T-000002 T-000003");
  CHECK(f.listed("requester.vip=true title~phone") == "T-000003");
  CHECK(f.listed("requester.department=none") == "T-000004");
  CHECK(f.listed("not requester.department=财务部") == "T-000004");
  // Joined later.
  desk::ChangeOptions change;
  f.people().update({"P-1"}, {}, {"wang.fang"}, change, Batch::atomic);
  CHECK(f.listed("requester.department=财务部") == "T-000001 T-000002 T-000003 T-000004");
  // The same thing by mail, and by phone.
  CHECK(f.file("VPN is down", "13800000000").duplicates.size() == 1);
  CHECK(f.flaws() == 0);
}

TEST_CASE("the requester answers under another name") {
  DirectoryFixture f;
  f.add({{"account", "zhang.wei"}, {"mails", "zhang.wei@example.com"}});
  f.file("vpn", "zhang.wei@example.com");
  f.tickets().pend({"T-1"}, {}, {}, Batch::atomic);
  desk::Reply reply;
  reply.text = "here it is";
  reply.responder = "zhang.wei";
  auto const done = f.tickets().reply({"T-1"}, reply, {}, Batch::atomic);
  CHECK(done.front().done->ticket.status != model::TicketStatus::pending);
  CHECK_FALSE(done.front().done->ticket.first_response_at);
}

TEST_CASE("an import brings a directory up to date") {
  DirectoryFixture f;
  std::vector<char const*> const all{R"({"account":"a","name":"A","mails":["a@x.example"],"department":"IT"})",
                                     R"({"account":"b","name":"B"})", R"({"mails":"c@x.example"})"};
  auto first = f.import(all, true);
  CHECK((first.created == 3 && first.left == 0));
  auto again = f.import(all, true);
  CHECK((again.unchanged == 3 && again.created == 0 && again.left == 0));
  f.add({{"account", "by.hand"}});
  auto const delta = f.import({R"({"account":"A","department":"HR"})"});
  CHECK((delta.updated == 1 && !delta.left));
  CHECK(f.people().show("a").requester.department == "HR");
  CHECK(f.people().show("a").requester.name == "A");
  auto const fewer = f.import({all[0], all[2]}, true);
  CHECK(fewer.left == 1);
  CHECK(f.state("b") == "LEFT");
  CHECK(f.people().show("b").requester.left_at == f.clock.now());
  CHECK(f.state("by.hand") == "ACTIVE");
  CHECK(f.import(all, true).left == 0);
  CHECK(f.state("b") == "ACTIVE");
  CHECK(f.flaws() == 0);
}

TEST_CASE("an import refuses what cannot be meant") {
  DirectoryFixture f;
  CHECK(code_of([&] { f.import({R"({"account":"a"})", R"({"account":"A"})"}); }) == "import.duplicate");
  CHECK(code_of([&] { f.import({R"({"name":"nobody"})"}); }) == "record.invalid");
  CHECK(code_of([&] { f.import({R"({"account":"a","shoe_size":"42"})"}); }) == "record.invalid");
  CHECK(code_of([&] { f.import({R"({"changetype":"delete","account":"a"})"}); }) == "requester.not_found");
  std::vector<std::string> many;
  for (int i = 0; i < 30; ++i) many.push_back("{\"account\":\"u" + std::to_string(i) + "\"}");
  std::vector<char const*> records;
  for (auto const& one : many) records.push_back(one.c_str());
  f.import(records, true);
  CHECK(code_of([&] { f.import({records[0]}, true); }) == "requester.too_many_left");
  CHECK(f.state("u29") == "ACTIVE");
  desk::ImportOptions going_on;
  going_on.continue_on_error = true;
  auto const partial = f.import({records[0], R"({"name":"nobody"})"}, true, true, going_on);
  CHECK((partial.rejected == 1 && !partial.left));
  CHECK(f.import({records[0]}, true, true).left == 29);
  CHECK(f.import({R"({"changetype":"delete","account":"u0"})"}).updated == 1);
  CHECK(f.state("u0") == "LEFT");
}

TEST_CASE("two records of one person become one") {
  DirectoryFixture f;
  f.add({{"account", "zhang.wei"}, {"department", "IT"}});
  f.add({{"account", "zhangwei2"}, {"mails", "zw@x.example"}});
  f.file("one", "zw@x.example");
  CHECK(code_of([&] { f.add({{"account", "ZHANG.wei"}}); }) == "requester.known");
  CHECK(code_of([&] { f.people().merge({"P-1"}, "zhang.wei", {}, Batch::atomic); }) == "requester.same");
  f.people().merge({"P-2"}, "P-1", {}, Batch::atomic);
  CHECK(f.people().show("zhangwei2").requester.requester_number == "P-000001");
  CHECK(f.people().show("P-2").requester.merged_into == "P-000001");
  CHECK(f.listed("requester.department=IT") == "T-000001");
  CHECK(code_of([&] {
          f.people().update({"P-2"}, {{field("name"), "x"}}, {}, {}, Batch::atomic);
        }) == "requester.merged");
  // The directory still has the other account.
  CHECK(f.import({R"({"account":"zhangwei2","department":"HR"})"}).unchanged == 1);
  CHECK(f.people().show("P-1").requester.department == "IT");
  CHECK(f.flaws() == 0);
}

TEST_CASE("a name of several people finds nobody, and is told") {
  DirectoryFixture f;
  f.add({{"account", "a"}, {"phones", "13800000000"}});
  f.add({{"account", "b"}, {"phones", "13800000000"}, {"department", "IT"}});
  f.file("desk phone", "13800000000");
  CHECK(f.listed("requester.department=IT").empty());
  CHECK(code_of([&] { f.people().show("13800000000"); }) == "requester.ambiguous");
  auto const findings = f.people().check(f.clock.now() - std::chrono::hours(24), 10);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].people == std::vector<std::string>{"P-000001", "P-000002"});
}

TEST_CASE("entries of a directory under our names") {
  auto const entry = [](char const* json) {
    bool given = false;
    auto source = desk::directory_entries([&]() -> std::optional<desk::ImportRecord> {
      if (std::exchange(given, true)) return std::nullopt;
      return desk::ImportRecord{1, base::parse_json(json, "x"), std::nullopt};
    });
    return base::to_json(source()->object);
  };
  CHECK(entry(R"({"dn":"uid=li.na,dc=x","uid":"li.na","cn":["李娜","Li Na"],"mail":["li.na@x","l@x"],
                  "proxyaddresses":["SMTP:li.na@x","smtp:na@x","sip:li.na@x"],"manager":"uid=zhang\\, wei,ou=p",
                  "telephonenumber":"1","objectclass":"person"})") ==
        R"({"account":"li.na","name":"李娜","mails":["li.na@x","l@x","na@x"],"phones":["1"],"manager":"zhang, wei"})");
}
