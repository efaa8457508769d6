// SPDX-License-Identifier: Apache-2.0
// A made-up kind of record goes through everything that the store does for any kind.
#include "probe.hpp"

#include "store/bound_rows.hpp"
#include "store/chain.hpp"
#include "store/copy.hpp"
#include "store/erasure.hpp"
#include "store/keys.hpp"

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
  CHECK(find_by_prefix(desk.db(), probe_table(), row[0].text().substr(0, 14), 5).size() == 1);
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
  auto const add_sample = [&](std::int64_t place, char const* colour) {
    WriteTx tx(*desk.store);
    insert_bound(tx, kSamples, {"probe", std::int64_t{1}, place, colour});
    desk.note(tx, row, "sampled", {}, false);
    tx.commit();
  };
  add_sample(1, "red");
  add_sample(2, "blue");
  {
    WriteTx tx(*desk.store);
    insert_key(tx, "probe.note", "k", {"probe", id}, content_hash("said"));
    desk.note(tx, row, "noted", {}, false);
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
        "state P-1: it is not in the state that its last event left");
  CHECK(after("UPDATE probes SET later = 'x'", "UPDATE probes SET later = NULL") ==
        "state P-1: it is not in the state that its last event left");
  CHECK(after("UPDATE probe_samples SET colour = 'green' WHERE place = 1",
              "UPDATE probe_samples SET colour = 'red' WHERE place = 1") ==
        "row_hash probe_samples probe 1 1: it is not as its event tells");
  CHECK(after("UPDATE probe_samples SET place = 9 WHERE place = 1",
              "UPDATE probe_samples SET place = 1 WHERE place = 9") ==
        "row_hash probe_samples probe 1 9: it is not as its event tells");
  CHECK(after("UPDATE idempotency_keys SET key = 'l'", "UPDATE idempotency_keys SET key = 'k'") ==
        "row_hash idempotency_keys probe.note l: it is not as its event tells");
  CHECK(after("UPDATE probes SET last_event = 1", "UPDATE probes SET last_event = 4") ==
        "state " + id + ": its last event is event 4, and its row says another");
  edit_store(desk.path, "DELETE FROM probe_samples WHERE place = 2");
  CHECK(desk.problems() == Numbers{"missing event 3: a row that it vouches for is not stored, or was altered"});
  edit_store(desk.path, "DELETE FROM probes");
  auto const gone = desk.problems();
  auto const told = [&](std::string const& problem) {
    INFO(problem);
    CHECK(std::find(gone.begin(), gone.end(), problem) != gone.end());
  };
  told("reference key k: its probe is not stored");
  told("reference probe_samples: a row belongs to probe 1, which is not stored");
  told("missing probe 1: the probe of event 1 is not stored");
}

TEST_CASE("a part that is replaced or erased is not missed") {
  ProbeDesk desk;
  base::Row const row = desk.file("a", {}, "CALM");
  auto const change = [&](auto const& work) {
    WriteTx tx(*desk.store);
    CHECK(work(tx));
    desk.note(tx, row, "sampled", {}, false);
    tx.commit();
    CHECK(desk.problems().empty());
  };
  change([](WriteTx& tx) {
    return insert_bound(tx, kSamples, {"probe", std::int64_t{1}, std::int64_t{1}, "red"}), true;
  });
  change([](WriteTx& tx) { return replace_bound(tx, kSamples, {"probe", std::int64_t{1}, std::int64_t{1}, "blue"}); });
  CHECK(desk.db().number("SELECT seq FROM probe_samples") == 3);
  change([](WriteTx& tx) { return erase_bound(tx, kSamples, {"probe", std::int64_t{1}, std::int64_t{1}}); });
  WriteTx tx(*desk.store);
  CHECK_FALSE(erase_bound(tx, kSamples, {"probe", std::int64_t{1}, std::int64_t{1}}));
  insert_bound(tx, kSamples, {"probe", std::int64_t{1}, std::int64_t{1}, "red"});
  CHECK(error_of([&] { tx.commit(); }) == "internal");  // a row that no event vouches for
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
  CHECK(done.records == std::vector<std::int64_t>{1, 0, 0, 0, 0, 5});
  auto const copy = open_store({target, OpenOptions::Access::read, base::Milliseconds{20'000}, &probe_schema()});
  CHECK(flaws_of(*copy).empty());
  auto const of = [](Connection& db) { return find_by_prefix(db, probe_table(), "P-3", 1).at(0); };
  CHECK(of(copy->connection()) == of(desk.db()));
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
  {
    WriteTx tx(*desk.store);
    auto const erased = erase_values(tx, 2, {"secret", "no such"});
    CHECK(erased == std::vector<ErasedValue>{{2, "secret"}});
    desk.note(tx, after, std::string(kErased), {}, false, {erasure_change(erased)});
    tx.commit();
  }
  CHECK(desk.problems().empty());
  auto const events = events_of(desk.db(), "probe", std::string(before[0].text()));
  CHECK(events.at(1).changes.at(0).erased);
  CHECK(events.at(1).changes.at(1).field == "depth");

  SECTION("a second erasure of the same entry") {
    WriteTx tx(*desk.store);
    auto const erased = erase_values(tx, 2, {"secret", "actor", "login"});
    CHECK(erased == std::vector<ErasedValue>{{2, "actor"}, {2, "login"}});
    desk.note(tx, after, std::string(kErased), {}, false, {erasure_change(erased)});
    tx.commit();
    CHECK(desk.problems().empty());
    CHECK(verify_history(desk.db(), {}, {}, [](Flaw const&) {}).erased_values == 3);
  }
  SECTION("a public value that is gone is told") {
    edit_store(desk.path,
               "UPDATE events SET digests = replace(digests, '{\"actor\"', '{\"depth\":{\"digest\":\"00\"},\"actor\"') "
               "WHERE seq = 2");
    auto const found = desk.problems();
    CHECK(std::find(found.begin(), found.end(), "digest event 2: the value of depth is gone") != found.end());
  }
  SECTION("a value that is gone without an entry that tells of it is a finding") {
    edit_store(desk.path, "UPDATE events SET actor = NULL WHERE seq = 1");
    CHECK_FALSE(desk.problems().empty());
    edit_store(desk.path, "UPDATE events SET actor = 'ops' WHERE seq = 1");
    WriteTx tx(*desk.store);
    auto const silent = erase_values(tx, 1, {"actor"});
    desk.note(tx, after, "touched", {}, false);
    tx.commit();
    CHECK(desk.problems() ==
          Numbers{"digest event 1: the value of actor is gone, and no event tells that it was erased"});
  }
  SECTION("a program that does not know the kind cannot judge") {
    Numbers found;
    verify_private_values(*find_event_row(desk.db(), 2), desk_schema(),
                          [&](std::string const& problem) { found.push_back(problem); });
    CHECK(found == Numbers{"the value of secret is gone, and whether it may be cannot be judged: probe is unknown to "
                           "this program"});
  }
}
