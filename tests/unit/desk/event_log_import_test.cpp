// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/desk/mapped_source.hpp"
#include "unit/desk/fixture.hpp"

using namespace umsops;
using base::Value;
using tests::code_of;
using tests::DeskFixture;

namespace {

/// What a person would write for the rows below: number,state,who,at,done.
model::ImportMapping small_mapping() {
  model::ImportMapping mapping;
  mapping.file = "small.yaml";
  mapping.unknown = {"?"};
  mapping.events = model::EventMapping{{"number"}, "at", "", "by", false};
  auto const field = [&](char const* name, char const* column) -> model::FieldMapping& {
    auto& made = mapping.fields.emplace_back();
    made.field = name;
    made.columns = {column};
    return made;
  };
  field("key", "number");
  field("title", "number");
  field("assignee_id", "who");
  auto& status = field("status", "state");
  status.values = {{"New", ""}, {"Work", "IN_PROGRESS"}, {"Wait", "PENDING"}, {"Done", "RESOLVED"}, {"Shut", "CLOSED"}};
  status.keep = {"-100"};
  field("attributes.state", "state").keep = {"-100"};
  field("resolved_at", "done").once_passed = true;
  return mapping;
}

std::string at(int hour) {
  return "2026-03-02T" + std::string(hour < 10 ? "0" : "") + std::to_string(hour) + ":00:00Z";
}

Value row(std::string number, std::string state, int hour, std::string who = "?", std::string done = "?") {
  return Value::Object{{"number", std::move(number)},
                       {"state", std::move(state)},
                       {"who", std::move(who)},
                       {"at", at(hour)},
                       {"by", "agent 7"},
                       {"done", std::move(done)}};
}

desk::ImportSource rows_of(std::vector<Value> rows, std::int64_t unreadable = 0) {
  auto const held = std::make_shared<std::pair<std::vector<Value>, std::int64_t>>(std::move(rows), 0);
  return [held, unreadable]() -> std::optional<desk::ImportRecord> {
    if (held->second == static_cast<std::int64_t>(held->first.size())) return std::nullopt;
    auto const line = ++held->second;
    desk::ImportRecord record{line, held->first[static_cast<std::size_t>(line - 1)], std::nullopt};
    if (line == unreadable) record.unreadable = base::Error(base::errors::csv_invalid, {{"problem", "cells"}});
    return record;
  };
}

struct Log : DeskFixture {
  model::ImportMapping mapping = small_mapping();
  std::vector<std::string> refusals;

  desk::ImportSummary take(std::vector<Value> rows, bool go_on = false, std::int64_t unreadable = 0) {
    desk::ImportOptions options;
    options.source_name = "log";
    options.continue_on_error = go_on;
    options.rejected = [this](desk::ImportRecord const& record, base::Error const& error) {
      refusals.push_back(std::to_string(record.line) + " " + error.message());
    };
    return tickets().import(desk::mapped(rows_of(std::move(rows), unreadable), mapping, model::Source::phone), options);
  }
};

std::string story(std::vector<model::Event> const& history) {
  std::string out;
  for (auto const& event : history) {
    out += std::to_string(event.rev) + " " + event.kind + " " + base::format_rfc3339(event.at).substr(11, 2);
    for (auto const& change : event.changes) out += " " + change.field;
    out += "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("rows become one ticket with its history, each event at its own time") {
  Log f;
  auto const summary = f.take({row("a", "New", 1), row("a", "New", 2, "li.na"), row("a", "New", 3, "li.na"),
                               row("a", "Work", 3, "li.na"), row("a", "Wait", 4, "li.na"), row("a", "-100", 5, "?"),
                               row("a", "Done", 6, "wang", at(6)), row("b", "Done", 7, "x", at(7))});
  CHECK(summary.read == 2);
  CHECK(summary.created == 2);
  auto const shown = f.tickets().show("T-1");
  CHECK(shown.ticket.status == model::TicketStatus::resolved);
  CHECK(shown.ticket.rev == 6);
  CHECK(shown.ticket.source == model::Source::phone);
  CHECK(base::format_rfc3339(shown.ticket.created_at) == at(1));
  CHECK(base::format_rfc3339(shown.ticket.updated_at) == at(6));
  CHECK(base::format_rfc3339(*shown.ticket.resolved_at) == at(6));
  CHECK(shown.ticket.resolution_time_minutes == 300);
  CHECK(story(shown.history) ==
        "1 imported 01 title priority status source key attributes\n"
        "2 assigned 02 assignee_id status\n"
        "3 updated 03 status attributes\n"
        "4 pended 04 status attributes\n"
        "5 released 05 assignee_id\n"
        "6 resolved 06 assignee_id status resolved_at resolution_time_minutes attributes\n");
  CHECK(shown.history[1].actor.name == "agent 7");
  CHECK(shown.history[1].actor.command == "ticket import");
  CHECK(shown.history[1].changes[1].after == Value("ASSIGNED"));
  CHECK(f.flaws() == 0);
}

TEST_CASE("a log may be read again, and go on") {
  Log f;
  std::vector<Value> rows{row("a", "New", 1), row("a", "Done", 2, "?", at(2))};
  CHECK(f.take(rows).created == 1);
  CHECK(f.take(rows).unchanged == 1);
  rows.push_back(row("a", "Work", 5, "?", at(9)));  // the final time stands in every row, also before it has come
  rows.push_back(row("a", "Done", 9, "?", at(9)));
  rows[0] = row("a", "New", 1, "?", at(9));
  rows[1] = row("a", "Done", 2, "?", at(2));
  CHECK(f.take(rows).updated == 1);
  auto const shown = f.tickets().show("T-1");
  CHECK(story(shown.history) ==
        "1 imported 01 title priority status source key attributes\n"
        "2 resolved 02 status resolved_at resolution_time_minutes attributes\n"
        "3 reopened 05 status resolved_at resolution_time_minutes attributes reopen_count\n"
        "4 resolved 09 status resolved_at resolution_time_minutes attributes\n");
  CHECK(shown.ticket.resolution_time_minutes == 480);
  rows[1] = row("a", "Work", 2);
  CHECK(code_of([&] { f.take(rows); }) == "import.rejected");
  CHECK(f.flaws() == 0);
}

TEST_CASE("moves that our own table refuses were made all the same") {
  Log f;
  f.take({row("a", "Shut", 1), row("a", "New", 2), row("a", "Shut", 3), row("a", "Wait", 4)});
  CHECK(story(f.tickets().show("T-1").history) ==
        "1 imported 01 title priority status source closed_at key attributes\n"
        "2 reopened 02 status closed_at attributes reopen_count\n"
        "3 closed 03 status closed_at attributes\n"
        "4 reopened 04 status closed_at attributes reopen_count\n");
}

TEST_CASE("rows out of order are refused, or sorted when the mapping says so") {
  Log f;
  std::vector<Value> const rows{row("a", "Done", 3, "?", at(3)), row("a", "Work", 2), row("a", "New", 1)};
  try {
    f.take(rows);
    FAIL("accepted");
  } catch (base::Error const& error) {
    CHECK(error.message().starts_with("at: earlier than in the row before"));
    CHECK(error.spot().line == 2);
  }
  f.mapping.events->as_given = true;
  f.take({row("as given", "Work", 3), row("as given", "Wait", 2)});
  auto const given = f.tickets().show("T-1");
  CHECK(given.ticket.status == model::TicketStatus::pending);
  CHECK(given.ticket.updated_at >= given.ticket.created_at);
  f.mapping.events->by_time = true;
  f.take(rows);
  auto const shown = f.tickets().show("T-2");
  CHECK(shown.history.size() == 3);
  CHECK(shown.ticket.status == model::TicketStatus::resolved);
}

TEST_CASE("a record whose rows cannot all be had is refused whole") {
  Log f;
  std::vector<Value> const apart{row("a", "New", 1), row("b", "New", 1), row("a", "Work", 2), row("c", "New", 3)};
  CHECK(code_of([&] { f.take(apart); }) == "import.rejected");
  CHECK(f.tickets().count({}) == 0);
  CHECK(f.take(apart, true).created == 3);
  CHECK(f.refusals == std::vector<std::string>{"3 the rows of a do not stand together: the first one is at line 1; "
                                               "write 'order: any' in the mapping, or sort "
                                               "the file by number"});

  Log g;  // line 3 cannot be read: it may have been b's second event, or c's first
  auto const summary = g.take(
      {row("a", "New", 1), row("b", "New", 2), row("b", "New", 3), row("c", "New", 4), row("d", "New", 5)}, true, 3);
  CHECK(summary.created == 2);
  CHECK(g.refusals.size() == 3);
  CHECK(g.tickets().count({}) == 2);

  Log h;
  CHECK(h.take({row("?", "New", 1), row("a", "New", 1)}, true).rejected == 2);
  CHECK(h.refusals[0] == "1 the row names no record in number");
  CHECK(h.take({row("x", "Odd", 1), row("y", "New", 1)}, true).rejected == 1);
  CHECK(h.take({row("z", "New", 1), row("z", "Work", 99)}, true).rejected == 1);
}

TEST_CASE("a record of more rows than can be held is refused") {
  Log f;
  std::vector<Value> rows;
  for (int i = 0; i < 10'001; ++i) rows.push_back(row("a", "Work", 1));
  rows.push_back(row("b", "Work", 1));
  CHECK(f.take(rows, true).created == 1);
  CHECK(f.refusals == std::vector<std::string>{"1 there are too many rows of a: at most 10,000, of 64 MiB"});
}
