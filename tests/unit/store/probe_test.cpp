// SPDX-License-Identifier: Apache-2.0
// A made-up kind of record goes through everything that the store does for any kind.
#include "probe.hpp"

#include "store/chain.hpp"
#include "store/copy.hpp"
#include "store/keys.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

using namespace umsops;
using namespace umsops::store;
using Numbers = std::vector<std::string>;

namespace {

query::Filter where(char const* field, query::Op op, std::vector<base::Value> values) {
  query::Filter filter{.kind = query::Filter::Kind::condition};
  filter.condition = {probe_type().require(field), "", op, std::move(values)};
  return filter;
}

query::Query sorted(char const* field, bool descending) {
  return {.sort = {{probe_type().require(field), descending}}};
}

base::Row shown(ProbeDesk& desk, base::Row const& row) {
  auto const found = find_record(desk.db(), probe_table(), By::id, row[0].text());
  REQUIRE(found);
  return to_row(probe_table(), *found);
}

}  // namespace

TEST_CASE("a probe is inserted and found by id, number and the beginning of either") {
  ProbeDesk desk;
  base::Row const row = desk.file("深处", std::int64_t{7}, "CALM");
  desk.file("", {}, "WILD");
  CHECK(shown(desk, row) == row);
  CHECK(find_record(desk.db(), probe_table(), By::number, "P-2"));
  CHECK_FALSE(find_record(desk.db(), probe_table(), By::number, "P-3"));
  CHECK(find_by_prefix(desk.db(), probe_table(), "P-", 5).size() == 2);
  CHECK(find_by_prefix(desk.db(), probe_table(), row[0].text(), 5).size() == 1);
  CHECK(desk.problems().empty());
}

TEST_CASE("numbers of two kinds do not disturb each other") {
  ProbeDesk desk;
  file_ticket(*desk.store, desk.ids);
  CHECK(desk.file("a", {}, "CALM")[1] == base::Value("P-1"));
  CHECK(file_ticket(*desk.store, desk.ids).ticket_number == "T-000002");
  CHECK(desk.file("b", {}, "CALM")[1] == base::Value("P-2"));
  CHECK(desk.problems().empty());
}

TEST_CASE("probes are listed, filtered, sorted and paged") {
  ProbeDesk desk;
  char const* const moods[] = {"WILD", "CALM", "TENSE"};
  for (int i = 0; i < 9; ++i) {
    desk.file(i % 2 ? "odd" : "even", i % 4 ? base::Value(std::int64_t{i}) : base::Value(), moods[i % 3]);
  }
  CHECK(desk.listed({}) == Numbers{"P-1", "P-2", "P-3", "P-4", "P-5", "P-6", "P-7", "P-8", "P-9"});
  CHECK(desk.listed({.filter = where("mood", query::Op::ge, {"TENSE"})}) ==
        Numbers{"P-1", "P-3", "P-4", "P-6", "P-7", "P-9"});
  CHECK(desk.listed({.filter = where("depth", query::Op::eq, {base::Value()})}) == Numbers{"P-1", "P-5", "P-9"});
  CHECK(desk.listed({.filter = where("secret", query::Op::contains, {"OD"})}).size() == 4);
  CHECK(count_records(desk.db(), probe_table(), where("secret", query::Op::eq, {"odd"})) == 4);
  // Absent values come last in both directions.
  CHECK(desk.listed(sorted("depth", true)) == Numbers{"P-8", "P-7", "P-6", "P-4", "P-3", "P-2", "P-9", "P-5", "P-1"});
  for (char const* field : {"depth", "mood", "secret", "probe_number"}) {
    for (bool const descending : {false, true}) {
      query::Query page = sorted(field, descending);
      Numbers const whole = desk.listed(page);
      page.limit = 2;
      Numbers paged;
      for (;;) {
        Rest const rest = list_records(desk.db(), probe_table(), page, [&](Columns const& columns) {
          paged.emplace_back(columns[1].text());
          return true;
        });
        if (!rest.truncated) break;
        page.after = rest.next;
      }
      INFO(field);
      CHECK(paged == whole);
    }
  }
}

TEST_CASE("a probe changes; who comes too late is told") {
  ProbeDesk desk;
  base::Row const before = desk.file("a", std::int64_t{1}, "CALM");
  base::Row after = before;
  after[2] = "b";
  after[5] = std::int64_t{2};
  after[6] = "brought by a later schema";
  WriteTx tx(*desk.store);
  std::string const state = update_record(tx, probe_table(), to_columns(probe_table(), after), 1);
  desk.note(tx, after, "updated", state, false, model::changes_between(probe_type(), before, after));
  tx.commit();
  CHECK(shown(desk, before) == after);
  auto const events = events_of(desk.db(), "probe", std::string(before[0].text()));
  REQUIRE(events.size() == 2);
  CHECK(events[0].changes.size() == 3);  // what it began with, taken back through the change
  CHECK(events[0].changes[0].after == base::Value("a"));
  CHECK(events[1].changes[0].personal);
  CHECK(desk.problems().empty());
  WriteTx late(*desk.store);
  CHECK(error_of([&] { update_record(late, probe_table(), to_columns(probe_table(), after), 1); }) ==
        "store.contended");
}

TEST_CASE("verifying finds what was done to a probe, its parts, its keys and its number") {
  ProbeDesk desk;
  base::Row const row = desk.file("a", {}, "CALM");
  std::string const id(row[0].text());
  auto const add_sample = [&](std::int64_t n, char const* colour) {
    WriteTx tx(*desk.store);
    append_part(tx, probe_table(), id, insert_hashed(tx.connection(), kSamples, {n, id, colour}));
    desk.note(tx, row, "sampled", "of before the sample", false);
    tx.commit();
  };
  add_sample(1, "red");
  add_sample(2, "blue");
  {
    WriteTx tx(*desk.store);
    insert_key(tx, "probe.note", "k", {id, "abc"}, at(kStart));
    tx.commit();
  }
  REQUIRE(desk.problems().empty());
  auto const after = [&](std::string const& sql, std::string const& undo) {
    edit_store(desk.path, sql);
    auto const found = desk.problems();
    edit_store(desk.path, undo);
    REQUIRE(desk.problems().empty());
    return found.empty() ? std::string() : found.front();
  };
  CHECK(after("UPDATE probes SET mood = 'WILD'", "UPDATE probes SET mood = 'CALM'") ==
        "row_hash P-1: its hash does not fit its columns");
  CHECK(after("UPDATE probes SET later = 'x'", "UPDATE probes SET later = NULL") ==
        "row_hash P-1: its hash does not fit its columns");
  CHECK(after("UPDATE probe_samples SET colour = 'green' WHERE n = 1",
              "UPDATE probe_samples SET colour = 'red' WHERE n = 1") ==
        "row_hash probe_samples 1: its hash does not fit its columns");
  CHECK(after("UPDATE probe_samples SET n = 9 WHERE n = 1", "UPDATE probe_samples SET n = 1 WHERE n = 9") ==
        "row_hash probe_samples 9: its hash does not fit its columns");
  CHECK(after("UPDATE idempotency_keys SET record_id = 'nobody'",
              "UPDATE idempotency_keys SET record_id = '" + id + "'") ==
        "row_hash idempotency_keys probe.note k: its hash does not fit its columns");
  edit_store(desk.path, "DELETE FROM probe_samples WHERE n = 2");
  CHECK(desk.problems() == Numbers{"response P-1: its samples are not those that its history tells of"});
  edit_store(desk.path, "DELETE FROM probe_samples");
  edit_store(desk.path, "DELETE FROM probes");
  auto const gone = desk.problems();
  CHECK(std::find(gone.begin(), gone.end(), "reference key k: its probe is not stored") != gone.end());
  CHECK(std::find(gone.begin(), gone.end(), "missing " + id + ": the probe of event 1 is not stored") != gone.end());
}

TEST_CASE("probes are copied with every hash as it was") {
  ProbeDesk desk;
  file_ticket(*desk.store, desk.ids);
  for (int i = 0; i < 5; ++i) desk.file("s" + std::to_string(i), std::int64_t{i}, "TENSE");
  std::string const target = tests::store_name(desk.folder.file("copy.db"));
  CopyOptions options{desk.path, target, at(kStart)};
  options.portion = 2;
  options.schema = &probe_schema();
  CopySummary const done = copy_store(options);
  CHECK(done.records == std::vector<std::int64_t>{1, 5});
  auto const copy = open_store({target, OpenOptions::Access::read, base::Milliseconds{20'000}, &probe_schema()});
  CHECK(flaws_of(*copy).empty());
  CHECK(state_hash_of(copy->connection(), probe_table(),
                      find_by_prefix(desk.db(), probe_table(), "P-3", 1).at(0).at(0).text()) ==
        state_hash_of(desk.db(), probe_table(), find_by_prefix(desk.db(), probe_table(), "P-3", 1).at(0).at(0).text()));
}

TEST_CASE("of a probe's history only personal values may be erased") {
  ProbeDesk desk;
  base::Row const before = desk.file("a", std::int64_t{1}, "CALM");
  base::Row after = before;
  after[2] = "b";
  after[3] = std::int64_t{2};
  after[5] = std::int64_t{2};
  {
    WriteTx tx(*desk.store);
    std::string const state = update_record(tx, probe_table(), to_columns(probe_table(), after), 1);
    desk.note(tx, after, "updated", state, false, model::changes_between(probe_type(), before, after));
    tx.commit();
  }
  Reading row(desk.db().prepare("SELECT salt FROM events WHERE seq = 2"));
  REQUIRE(row->step());
  std::string const salt = row->text(0);
  row->reset();
  auto const own = [&](std::string const& field) { return base::sha256_hex(salt + field); };
  base::Value::Object digests{
      {"actor", base::Value::Object{{"salt", own("actor")}}},
      {"login", base::Value::Object{{"salt", own("login")}}},
      {"secret", base::Value::Object{{"digest", base::sha256_hex(own("secret") + base::to_json(base::Value::List{
                                                                                     "secret", "a", "b"}))}}}};
  auto const erase = [&] {
    edit_store(desk.path, "UPDATE events SET private_values = NULL, salt = NULL, digests = '" + base::to_json(digests) +
                              "' WHERE seq = 2");
  };
  erase();
  CHECK(desk.problems().empty());
  auto const events = events_of(desk.db(), "probe", std::string(before[0].text()));
  CHECK(events.at(1).changes.at(0).erased);
  CHECK(events.at(1).changes.at(1).field == "depth");

  SECTION("a public value that is gone is told") {
    digests.emplace_back("depth", base::Value::Object{{"digest", std::string(64, '0')}});
    erase();
    auto const found = desk.problems();
    CHECK(std::find(found.begin(), found.end(), "digest event 2: the value of depth is gone") != found.end());
  }
  SECTION("a program that does not know the kind cannot judge") {
    Numbers found;
    verify_private_values(
        [&] {
          Reading event(desk.db().prepare("SELECT " + std::string(kEventColumns) + " FROM events WHERE seq = 2"));
          REQUIRE(event->step());
          return read_event_row(*event);
        }(),
        desk_schema(), [&](std::string const& problem) { found.push_back(problem); });
    CHECK(found == Numbers{"the value of secret is gone, and whether it may be cannot be judged: probe is unknown to "
                           "this program"});
  }
}
