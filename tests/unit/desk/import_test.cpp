// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "unit/desk/fixture.hpp"

using namespace umsops;
using tests::code_of;
using tests::DeskFixture;

namespace {

desk::ImportSource lines(std::vector<std::string> texts) {
  auto const held = std::make_shared<std::pair<std::vector<std::string>, std::size_t>>(std::move(texts), 0);
  return [held]() -> std::optional<desk::ImportRecord> {
    if (held->second == held->first.size()) return std::nullopt;
    auto const line = static_cast<std::int64_t>(held->second + 1);
    return desk::ImportRecord{line, base::parse_json(held->first[held->second++]), std::nullopt};
  };
}

desk::ImportOptions from(std::string name) {
  desk::ImportOptions options;
  options.source_name = std::move(name);
  return options;
}

std::vector<std::string> exported(desk::TicketDesk& desk) {
  std::vector<std::string> out;
  query::Query oldest_first;
  oldest_first.sort = {{model::ticket_type().require("created_at"), false}};
  desk.export_all(oldest_first, [&](desk::ExportedTicket const& ticket) {
    out.push_back(base::to_json(desk::to_record(ticket)));
    return true;
  });
  return out;
}

}  // namespace

TEST_CASE("importing a file twice changes nothing") {
  DeskFixture f;
  std::vector<std::string> const file{
      R"({"title":"vpn down"})", R"({"title":"vpn down"})", R"({"key":"k","title":"keyed"})",
      R"({"ticket_number":"OLD-7","title":"numbered","created_at":"2020-01-01T00:00:00Z"})"};
  auto const first = f.tickets().import(lines(file), from("a.jsonl"));
  CHECK(first.created == 4);
  auto const before = exported(f.tickets());
  auto const second = f.tickets().import(lines(file), from("a.jsonl"));
  CHECK(second.unchanged == 4);
  CHECK(second.created == 0);
  CHECK(exported(f.tickets()) == before);
  CHECK(f.tickets().show("OLD-7").history[0].reason == "a.jsonl:4");
  CHECK(f.tickets().show("OLD-7").ticket.priority == model::Priority::low);
  CHECK(f.flaws() == 0);
}

TEST_CASE("an error stops everything, or is put aside") {
  DeskFixture f;
  f.file("was here");
  std::vector<std::string> const file{R"({"title":"good"})", R"({"title":"bad","priority":"NOPE"})", R"({"titel":"x"})",
                                      R"({"title":"good too"})"};
  try {
    f.tickets().import(lines(file), from("b.jsonl"));
    FAIL("accepted");
  } catch (base::Error const& error) {
    CHECK(&error.code() == &base::errors::record_invalid);
    CHECK(error.spot().file == "b.jsonl");
    CHECK(error.spot().line == 2);
  }
  CHECK(f.tickets().count({}) == 1);
  auto options = from("b.jsonl");
  options.continue_on_error = true;
  options.chunk = 1;
  std::vector<std::int64_t> rejected;
  options.rejected = [&](desk::ImportRecord const& record, base::Error const&) { rejected.push_back(record.line); };
  auto const summary = f.tickets().import(lines(file), options);
  CHECK(summary.created == 2);
  CHECK(rejected == std::vector<std::int64_t>{2, 3});
  CHECK(f.flaws() == 0);
}

TEST_CASE("one transaction or many: the same is stored") {
  // Enough for all that waits in an import: events, indexes, records read ahead. Some bring more than fields, some come
  // again.
  std::string const reply = R"(","responses":[{"content":"done","response_type":"EXTERNAL",)"
                            R"("created_at":"2026-01-01T00:00:00Z"}],"source":"EMAIL)";
  std::vector<std::string> file;
  for (int i = 0; i < 1300; ++i) {
    std::string const n = std::to_string(i);
    std::string const begin = R"({"title":"row )" + n + R"(","key":"k)" + n + R"(","requester_id":"r)";
    file.push_back(begin + std::to_string(i % 9) + (i % 100 == 7 ? reply : "") + "\"}");
    if (i % 250 == 249) file.push_back(R"({"title":"in between"})");
  }
  DeskFixture whole, parts;
  auto options = from("a");
  CHECK(whole.tickets().import(lines(file), options).created == 1305);
  options.continue_on_error = true;
  options.chunk = 50;
  CHECK(parts.tickets().import(lines(file), options).created == 1305);
  CHECK(exported(whole.tickets()) == exported(parts.tickets()));
  CHECK(whole.desk.store().head().hash == parts.desk.store().head().hash);
  CHECK(whole.flaws() == 0);
  CHECK(parts.flaws() == 0);
  CHECK(whole.tickets().import(lines(file), from("a")).unchanged == 1305);
}

TEST_CASE("modes, duplicates in a file, interruption") {
  DeskFixture f;
  std::vector<std::string> const one{R"({"key":"k","title":"first"})"}, changed{R"({"key":"k","title":"second"})"};
  f.tickets().import(lines(one), from("a"));
  CHECK(f.tickets().import(lines(changed), from("b")).updated == 1);
  auto options = from("c");
  options.mode = desk::ImportMode::ignore;
  CHECK(f.tickets().import(lines(one), options).unchanged == 1);
  options.mode = desk::ImportMode::create;
  CHECK(code_of([&] { f.tickets().import(lines(one), options); }) == "import.rejected");
  CHECK(code_of([&] {
          f.tickets().import(lines({R"({"key":"q","title":"a"})", R"({"key":"q","title":"b"})"}), from("d"));
        }) == "import.duplicate");
  auto dry = from("e");
  dry.dry_run = true;
  CHECK(f.tickets().import(lines({R"({"title":"x"})"}), dry).created == 1);
  CHECK(f.tickets().count({}) == 1);
  auto stopping = f.options("desk.db");
  int asked = 0;
  stopping.interrupted = [&] { return ++asked > 1; };
  desk::Desk desk(stopping);
  CHECK(code_of([&] {
          desk.tickets().import(lines({R"({"title":"x"})", R"({"title":"y"})"}), from("f"));
        }) == "process.interrupted");
  CHECK(f.tickets().count({}) == 1);
}

TEST_CASE("export, import into a new desk, export: equal to the byte") {
  DeskFixture f;
  f.file("无法登录，紧急", "zhang.wei", "k1");
  f.file("vpn slow");
  desk::NewTicket remark;
  remark.title = "again";
  remark.description = "more";
  remark.key = "k1";
  f.tickets().create(remark, {false, desk::OnDuplicate::comment, false, "retry"});
  f.tickets().assign({"T-2"}, desk::Hand::give, {"li.na"}, {"on shift", {}, false}, desk::Batch::atomic);
  auto const first = exported(f.tickets());
  DeskFixture other("other.db", 500);
  CHECK(other.tickets().import(lines(first), from("x")).created == 2);
  CHECK(exported(other.tickets()) == first);
  CHECK(other.tickets().import(lines(first), from("x")).unchanged == 2);
  CHECK(other.flaws() == 0);
  CHECK(other.file("next").ticket.ticket_number == "T-000003");
  // Later history is appended; a history that is not ours is refused.
  f.tickets().update({"T-2"}, {{model::ticket_type().require("priority"), "HIGH"}}, {}, desk::Batch::atomic);
  CHECK(other.tickets().import(lines(exported(f.tickets())), from("y")).updated == 1);
  CHECK(other.tickets().show("T-2").history.size() == 3);
  other.tickets().update({"T-1"}, {{model::ticket_type().require("priority"), "LOW"}}, {}, desk::Batch::atomic);
  CHECK(code_of([&] { other.tickets().import(lines(exported(f.tickets())), from("z")); }) == "import.rejected");
  CHECK(other.flaws() == 0);
}

TEST_CASE("links within one import: across chunks, without a ticket they lead nowhere, never in a circle") {
  DeskFixture f;
  auto const child = [](std::string const& number, std::string const& parent) {
    return R"({"ticket_number":")" + number + R"(","title":"x","links":[{"kind":"child-of","other":")" + parent +
           R"(","created_at":"2026-11-23T09:00:00Z"}]})";
  };
  auto options = from("links.jsonl");
  options.continue_on_error = true;
  options.chunk = 1;
  std::vector<std::pair<std::int64_t, std::string>> refused;
  std::vector<std::string> left;
  options.rejected = [&](desk::ImportRecord const& record, base::Error const& error) {
    refused.emplace_back(record.line, error.code().code);
    left.push_back(base::to_json(record.object));
  };
  auto const first = f.tickets().import(
      lines({child("A-1", "A-2"), child("A-2", "A-3"), R"({"ticket_number":"A-3","title":"x"})", child("A-4", "A-9")}),
      options);
  CHECK(first.created == 4);
  CHECK(refused == std::vector<std::pair<std::int64_t, std::string>>{{4, "import.rejected"}});
  CHECK(f.tickets().show("A-2").links.size() == 2);
  CHECK(f.tickets().show("A-3").links.at(0).kind == "parent-of");
  CHECK(f.tickets().show("A-4").links.empty());
  // What was refused is a record that can be imported once the other ticket is there.
  left.push_back(R"({"ticket_number":"A-9","title":"x"})");
  CHECK(f.tickets().import(lines(left), from("again.jsonl")).created == 1);
  CHECK(f.tickets().show("A-4").links.at(0).other == "A-9");
  CHECK(code_of([&] { f.tickets().import(lines({child("A-3", "A-1")}), from("circle.jsonl")); }) ==
        "ticket.link_cycle");
  CHECK(f.tickets().show("A-3").links.size() == 1);
  CHECK(f.flaws() == 0);
}

TEST_CASE("a part that belongs to another ticket is refused before anything is stored") {
  DeskFixture f;
  auto const with = [](char const* number) {
    return R"({"ticket_number":")" + std::string(number) +
           R"(","title":"x","escalations":[{"id":"e1",)"
           R"("escalation_level":"LEVEL_1","escalated_at":"2026-11-23T09:00:00Z"}]})";
  };
  CHECK(f.tickets().import(lines({with("A-1")}), from("a.jsonl")).created == 1);
  CHECK(f.tickets().import(lines({with("A-1")}), from("a.jsonl")).unchanged == 1);
  CHECK(code_of([&] { f.tickets().import(lines({with("A-2")}), from("b.jsonl")); }) == "import.rejected");
  CHECK(code_of([&] { f.tickets().show("A-2"); }) == "ticket.not_found");
  CHECK(f.tickets().show("A-1").escalations.size() == 1);
}
