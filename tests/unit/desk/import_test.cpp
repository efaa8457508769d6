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

/// A ticket with its history as an export line says it.
base::Value export_line(desk::WholeTicket const& file) {
  base::Value::Object object;
  auto const fields = model::ticket_type().fields;
  auto const row = model::to_row(file.ticket);
  for (std::size_t i = 0; i < fields.size(); ++i) object.emplace_back(std::string(fields[i].name), row[i]);
  base::Value::List responses, history;
  for (auto const& response : file.responses) {
    base::Value::Object one;
    auto const values = model::to_row(response);
    for (std::size_t i = 0; i < values.size(); ++i)
      one.emplace_back(std::string(model::response_type().fields[i].name), values[i]);
    responses.push_back(std::move(one));
  }
  for (auto const& event : file.history) {
    base::Value::Object one;
    auto const values = model::to_row(event);
    for (std::size_t i = 0; i < values.size(); ++i) {
      auto const name = model::event_type().fields[i].name;
      if (name == "seq" || name == "hash" || name == "previous_hash") continue;
      one.emplace_back(std::string(name), values[i]);
    }
    history.push_back(std::move(one));
  }
  object.emplace_back("responses", std::move(responses));
  object.emplace_back("history", std::move(history));
  return object;
}

std::vector<std::string> exported(desk::TicketDesk& desk) {
  std::vector<std::string> out;
  query::Query oldest_first;
  oldest_first.sort = {{model::ticket_type().require("created_at"), false}};
  desk.export_all(oldest_first, [&](desk::WholeTicket const& file) {
    out.push_back(base::to_json(export_line(file)));
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
