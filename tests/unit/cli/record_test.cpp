// SPDX-License-Identifier: Apache-2.0
// A second noun: what its verbs get from cli/record, with a kind of record that lives only here.
#include <catch2/catch.hpp>
#include <cstdio>
#include <list>

#include "cli/commands.hpp"
#include "cli/record/answer.hpp"
#include "cli/record/change.hpp"
#include "cli/record/export.hpp"
#include "cli/record/list.hpp"
#include "cli/record/types.hpp"
#include "umsops/base/json.hpp"

using namespace umsops;
using namespace umsops::cli;

namespace {

constexpr unsigned kPlain = base::kInTable | base::kFilter | base::kWritable;
constexpr base::Field kFields[] = {
    {"probe_number", base::FieldType::text, "probe_number", base::kInTable | base::kFilter, "Its number", "编号",
     "编号"},
    {"owner_id", base::FieldType::text, "owner_id", kPlain, "Whose it is", "所有者", "所有者"},
    {"attributes", base::FieldType::object, "attributes", base::kWritable, "Named values", "属性", "属性"},
};
base::RecordType const& probe_type() {
  static constexpr base::RecordType kType{"probe", kFields};
  return kType;
}

constexpr record::FieldFlag kOwner[] = {{"owner", "owner_id"}};
constexpr record::Kind kProbe{.type = probe_type, .number = "probe_number", .filters = kOwner, .setters = kOwner};
constexpr Command kCommand{.path = "probe list", .schema = "umsops.probe.list/v1", .changes = true};

base::Row row(std::string number, std::string owner) { return {std::move(number), std::move(owner), base::Value()}; }

/// One run of a command of the noun, its output in a file.
struct Run {
  using Given = std::pair<std::string_view, std::string>;
  explicit Run(std::initializer_list<Given> flags, std::string_view format = "json") {
    call.command = &kCommand;
    for (auto const& [name, value] : flags) call.put(known.emplace_back(Flag{.name = name}), {value});
    call.put(known.emplace_back(Flag{.name = "output"}), {std::string(format)});
    output = std::make_unique<Output>(fileno(file.get()), "test");
    env = std::make_unique<Env>(
        call, Manner{base::Language::en, true}, [](std::string const&) { return std::nullopt; }, *output);
  }
  std::string text() {
    output->flush();
    std::rewind(file.get());
    std::string read(1 << 16, '\0');
    read.resize(std::fread(read.data(), 1, read.size(), file.get()));
    return read;
  }
  base::Value document() { return base::parse_json(text(), "output"); }

  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file{std::tmpfile(), std::fclose};
  std::list<Flag> known;
  Call call;
  std::unique_ptr<Output> output;
  std::unique_ptr<Env> env;
};

/// What the desk of the noun would give.
record::Listed two_probes(query::Query* asked = nullptr) {
  return {[asked](query::Query const& query, record::Visit const& visit) {
            if (asked != nullptr) *asked = query;
            visit(row("P-1", "li.na"));
            visit(row("P-2", ""));
            return desk::ListEnd{2, false, {}};
          },
          [](query::Filter const&) { return std::int64_t{2}; }};
}

record::Answer answer(std::string number, desk::Result result = desk::Result::updated) {
  return {row(std::move(number), "li.na"), result, false, {{"note", "of its own"}}};
}

/// Lets a verb change the records of these outcomes; after `stops_at` of them something else fails.
int change(Run& run, std::vector<desk::Outcome<record::Answer>> const& outcomes, std::size_t stops_at = SIZE_MAX) {
  std::vector<std::string> ids;
  for (auto const& outcome : outcomes) ids.push_back(outcome.id);
  std::size_t done = 0;
  return record::change_all(kProbe, *run.env, run.call, ids, [&](std::vector<std::string> const& some) {
    if (done >= stops_at) throw base::Error(base::errors::store_locked, {{"seconds", "1"}, {"holder", "x"}});
    std::vector<desk::Outcome<record::Answer>> made;
    for (std::size_t i = 0; i < some.size(); ++i) made.push_back(outcomes[done++]);
    return made;
  });
}

base::ErrorCode const& code_of(std::function<void()> const& act) {
  try {
    act();
  } catch (base::Error const& error) {
    return error.code();
  }
  return base::errors::internal;
}

}  // namespace

TEST_CASE("a noun's list has its schema, its fields and its filters") {
  Run run({{"owner", "li.na"}, {"limit", "7"}});
  query::Query asked;
  CHECK(record::write_list(kProbe, *run.env, run.call, two_probes(&asked)) == 0);
  CHECK(asked.limit == 7);
  CHECK(asked.filter.kind == query::Filter::Kind::condition);
  CHECK(asked.filter.condition.field == probe_type().require("owner_id"));
  auto const document = run.document();
  CHECK(document.find("schema")->text() == "umsops.probe.list/v1");
  auto const& items = *document.find("items")->get_if<base::Value::List>();
  REQUIRE(items.size() == 2);
  CHECK(items[0].find("probe_number")->text() == "P-1");
}

TEST_CASE("a list that finds something, or nothing, ends as its flags say") {
  Run any({{"fail-if-any", "true"}});
  CHECK(&code_of([&] { record::write_list(kProbe, *any.env, any.call, two_probes()); }) ==
        &base::errors::condition_true);
  CHECK(any.document().find("count") != nullptr);  // the list is out before
  Run empty({{"fail-if-empty", "true"}});
  CHECK(record::write_list(kProbe, *empty.env, empty.call, two_probes()) == 0);
  Run both({{"fail-if-any", "true"}, {"fail-if-empty", "true"}});
  CHECK(&code_of([&] { record::write_list(kProbe, *both.env, both.call, two_probes()); }) ==
        &base::errors::usage_excludes);
}

TEST_CASE("a single answer is the record behind its facts") {
  Run run({});
  CHECK(change(run, {{"P-1", answer("P-1"), {}}}) == 0);
  auto const text = run.text();
  CHECK(text.find("\"result\":\"updated\"") != std::string::npos);
  CHECK(text.find("\"note\"") < text.find("\"probe_number\""));
}

TEST_CASE("a batch names what failed, and says so") {
  base::Error const lost(base::errors::ticket_not_found, {{"id", "P-9"}});
  std::vector<desk::Outcome<record::Answer>> const outcomes{
      {"P-1", answer("P-1"), {}}, {"P-9", {}, lost}, {"P-2", answer("P-2", desk::Result::unchanged), {}}};
  Run each({{"each", "true"}});
  CHECK(&code_of([&] { change(each, outcomes); }) == &base::errors::batch_partial);
  auto const document = each.document();
  CHECK(document.find("schema")->text() == "umsops.probe.results/v1");
  CHECK(*document.find("failed") == base::Value(1));
  CHECK(*document.find("items")->get_if<base::Value::List>()->at(1).find("ok") == base::Value(false));

  Run atomic({});
  CHECK(&code_of([&] { change(atomic, outcomes, 0); }) == &base::errors::store_locked);
  CHECK(atomic.text().empty());
}

TEST_CASE("a batch that stops has answered what it did, in a whole document") {
  Run each({{"each", "true"}});
  std::vector<desk::Outcome<record::Answer>> const outcomes{
      {"P-1", answer("P-1"), {}}, {"P-2", answer("P-2"), {}}, {"P-3", answer("P-3"), {}}};
  CHECK(&code_of([&] { change(each, outcomes, 2); }) == &base::errors::store_locked);
  auto const document = each.document();
  CHECK(*document.find("count") == base::Value(2));
  CHECK(document.find("stopped")->text() == "store.locked");
  base::Error error(base::errors::store_locked);
  each.output->told().put_on(error);
  CHECK(error.stored() == 2);
}

TEST_CASE("--exit-code tells a change from none") {
  Run run({{"exit-code", "true"}});
  CHECK(change(run, {{"P-1", answer("P-1", desk::Result::unchanged), {}}}) == 0);
  CHECK(change(run, {{"P-1", answer("P-1"), {}}}) == 10);
}

TEST_CASE("an export holds what belongs to a record where the format has a place for it") {
  int asked = 0;
  auto const each = [&](query::Query const&, record::WriteWhole const& write) {
    write(row("P-1", "li.na"), [&] {
      ++asked;
      return base::Value::Object{{"probe_number", "P-1"}, {"history", base::Value::List{}}};
    });
    return desk::ListEnd{1, false, {}};
  };
  Run lines({}, "jsonl");
  CHECK(record::write_export(kProbe, *lines.env, lines.call, each) == 0);
  CHECK(lines.text() == "{\"probe_number\":\"P-1\",\"history\":[]}\n");
  Run csv({}, "csv");
  CHECK(record::write_export(kProbe, *csv.env, csv.call, each) == 0);
  CHECK(csv.text().find("history") == std::string::npos);
  CHECK(asked == 1);
  Run json({});
  CHECK(record::write_export(kProbe, *json.env, json.call, each) == 0);
  CHECK(json.document().find("schema")->text() == "umsops.probe.shows/v1");
}

TEST_CASE("sets come from the noun's flags, --attribute and --set") {
  Run run({{"owner", ""}, {"attribute", "rack=7"}, {"set", "attributes.host=db1"}});
  auto const sets = record::sets_of(kProbe, *run.env, run.call);
  REQUIRE(sets.size() == 2);
  CHECK(sets[0] == std::pair<std::size_t, base::Value>{probe_type().require("owner_id"), {}});
  CHECK(sets[1].second == base::Value(base::Value::Object{{"rack", "7"}, {"host", "db1"}}));
  Run wrong({{"set", "probe_number=P-2"}});
  CHECK(&code_of([&] { record::sets_of(kProbe, *wrong.env, wrong.call); }) == &base::errors::field_not_writable);
}

TEST_CASE("the list of record types has each noun once") {
  for (auto const* type : record::record_types()) CHECK(record::find_record_type(type->noun) == type);
  CHECK(record::find_record_type("probe") == nullptr);
}

TEST_CASE("the help of fields names every record type") {
  Text const doc = cli::kFields.arguments[0].doc;
  for (auto const* type : record::record_types()) {
    INFO(type->noun);
    CHECK(doc.en.find(type->noun) != std::string_view::npos);
    CHECK(doc.zh.find(type->noun) != std::string_view::npos);
  }
}
