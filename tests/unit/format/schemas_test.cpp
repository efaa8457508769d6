// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <filesystem>
#include <set>

#include "fixture.hpp"
#include "umsops/format/schemas.hpp"
#include "umsops/model/article.hpp"
#include "umsops/model/callback.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/model/timeline_entry.hpp"
#include "umsops/mute/silence.hpp"

using namespace umsops::tests;
using namespace umsops::format;
namespace model = umsops::model;

namespace {

/// How the schema's properties differ from the type's fields, a line each: `-` the schema says, `+` the fields say.
std::string difference(Value const& properties, umsops::base::RecordType const& type,
                       std::set<std::string> const& but = {}) {
  std::string out;
  Value const wanted = schema_of(type);
  for (auto const& [name, property] : *wanted.get_if<Value::Object>()) {
    if (but.contains(name)) continue;
    Value const* const found = properties.find(name);
    if (found && *found == property) continue;
    if (found) out += "- " + name + ": " + umsops::base::to_json(*found) + "\n";
    out += "+ " + name + ": " + umsops::base::to_json(property) + "\n";
  }
  return out;
}

/// The value behind `properties` of `path`, e.g. `items.items`.
Value properties_of(char const* schema, std::vector<std::string> const& path = {}) {
  Value at = umsops::base::parse_json(schema_text(schema));
  for (auto const& step : path) {
    Value const* next = at.find("properties");
    next = next ? next->find(step) : at.find(step);
    REQUIRE(next);
    at = Value(*next);
  }
  REQUIRE(at.find("properties"));
  return Value(*at.find("properties"));
}

std::vector<std::string> const kItem{"items", "items"};

/// Objects that say what they hold must say that they hold nothing else.
void check_closed(Value const& node, std::string const& place, std::string& open) {
  if (auto const* list = node.get_if<Value::List>()) {
    for (auto const& item : *list) check_closed(item, place, open);
  }
  auto const* object = node.get_if<Value::Object>();
  if (!object) return;
  if (node.find("properties") && node.find("type") && !node.find("additionalProperties")) open += place + "\n";
  for (auto const& [name, member] : *object) check_closed(member, place + "/" + name, open);
}

/// No regular expressions (they would be std::regex) and no references beyond itself: a schema stands alone.
void check_plain(Value const& node, std::string const& place, std::string& found) {
  if (auto const* list = node.get_if<Value::List>()) {
    for (auto const& item : *list) check_plain(item, place, found);
  }
  auto const* object = node.get_if<Value::Object>();
  if (!object) return;
  for (auto const& [name, member] : *object) {
    bool const is_text = member.get_if<std::string>() != nullptr;
    bool const leads_out = name == "$ref" && !member.text().starts_with("#/");
    if ((name == "pattern" || leads_out) && is_text) found += place + "/" + name + "\n";
    if (name == "patternProperties") found += place + "/" + name + "\n";
    check_plain(member, place + "/" + name, found);
  }
}

std::vector<std::string> messages(char const* schema, std::string_view text) {
  std::vector<std::string> out;
  for (auto const& problem : validate(schema, text, "x.json")) out.push_back(problem.message());
  return out;
}

}  // namespace

TEST_CASE("each schema is draft-07 under its own name") {
  auto const names = schema_names();
  CHECK(names.size() >= 35);
  for (auto const name : names) {
    CAPTURE(name);
    Value const document = umsops::base::parse_json(schema_text(name));
    CHECK(document.find("$schema")->text() == "http://json-schema.org/draft-07/schema#");
    CHECK(document.find("$id")->text() == name);
    CHECK(!document.find("title")->text().empty());
    CHECK_NOTHROW(validate(name, "{}", "x"));
    std::string open, found;
    check_closed(document, "", open);
    CHECK(open == "");
    check_plain(document, "", found);
    CHECK(found == "");
    if (Value const* const schema = document.find("properties")->find("schema"))
      CHECK(schema->find("const")->text() == name);
  }
}

TEST_CASE("every file in schemas/ is embedded") {
  std::set<std::string> files, embedded;
  for (auto const& entry : std::filesystem::directory_iterator(UMSOPS_SOURCE_DIR "/schemas"))
    files.insert(entry.path().filename());
  for (auto const name : schema_names()) {
    std::string file(name);
    std::replace(file.begin(), file.end(), '/', '.');
    embedded.insert(file + ".json");
  }
  CHECK(files == embedded);
}

TEST_CASE("a schema by its short name") {
  CHECK(schema_text("ticket.list") == schema_text("umsops.ticket.list/v1"));
  CHECK(schema_text("umsops.ticket.list") == schema_text("umsops.ticket.list/v1"));
  for (auto const* name : {"ticket.lst", "umsops.ticket.lst/v1"}) {
    try {
      schema_text(name);
      FAIL("found " << name);
    } catch (umsops::base::Error const& error) {
      CHECK(error.code().code == "schema.unknown");
      CHECK(error.details().at(0).find("suggestion")->text() == "ticket.list");
    }
  }
  CHECK_THROWS_AS(schema_text(""), umsops::base::Error);
}

TEST_CASE("record schemas follow the fields") {
  auto const& ticket = model::ticket_type();
  auto const& event = model::event_type();
  auto const& response = model::response_type();
  CHECK(difference(properties_of("ticket.list", kItem), ticket) == "");
  CHECK(difference(properties_of("ticket.result"), ticket) == "");
  CHECK(difference(properties_of("ticket.show"), ticket) == "");
  CHECK(difference(properties_of("ticket.shows", kItem), ticket) == "");
  CHECK(difference(properties_of("ticket.export"), ticket) == "");
  CHECK(difference(properties_of("ticket.history", kItem), event) == "");
  auto const& incident = model::incident_type();
  CHECK(difference(properties_of("incident.list", kItem), incident) == "");
  CHECK(difference(properties_of("incident.result"), incident) == "");
  CHECK(difference(properties_of("incident.show"), incident) == "");
  CHECK(difference(properties_of("incident.shows", kItem), incident) == "");
  CHECK(difference(properties_of("incident.history", kItem), event) == "");
  CHECK(difference(properties_of("incident.show", {"timeline", "items"}), model::timeline_entry_type()) == "");
  CHECK(difference(properties_of("ticket.callback.list", kItem), model::callback_type()) == "");
  CHECK(difference(properties_of("ticket.callback.result"), model::callback_type()) == "");
  CHECK(difference(properties_of("silence.list", kItem), umsops::mute::silence_type()) == "");
  CHECK(difference(properties_of("silence.show"), umsops::mute::silence_type()) == "");
  CHECK(difference(properties_of("silence.result"), umsops::mute::silence_type()) == "");
  auto const& article = model::article_type();
  CHECK(difference(properties_of("kb.list", kItem), article) == "");
  CHECK(difference(properties_of("kb.result"), article) == "");
  CHECK(difference(properties_of("kb.show"), article) == "");
  CHECK(difference(properties_of("kb.shows", kItem), article) == "");
  CHECK(difference(properties_of("kb.export"), article, {"file", "file_digest", "file_head"}) == "");
  CHECK(difference(properties_of("kb.history", kItem), event) == "");
  CHECK(difference(properties_of("audit.log", kItem), event) == "");
  CHECK(difference(properties_of("ticket.show", {"responses", "items"}), response) == "");
  CHECK(difference(properties_of("ticket.export", {"responses", "items"}), response) == "");
  CHECK(difference(properties_of("ticket.show", {"history", "items"}), event) == "");
  CHECK(difference(properties_of("ticket.export", {"history", "items"}), event, {"seq", "previous_hash", "hash"}) ==
        "");
}

TEST_CASE("a list schema holds the fields and nothing else") {
  for (auto const& [schema, type] :
       {std::pair{"ticket.list", &model::ticket_type()}, std::pair{"incident.list", &model::incident_type()},
        std::pair{"audit.log", &model::event_type()}}) {
    Value const properties = properties_of(schema, kItem);
    CHECK(properties.get_if<Value::Object>()->size() == type->fields.size());
  }
}

TEST_CASE("what the writers write fits the schemas") {
  model::Ticket ticket;
  ticket.id = "01hq3k6v8n0000000000000000";
  ticket.ticket_number = "T-1";
  ticket.title = "无法登录 😀";
  ticket.attributes = {{"host", "db01"}};
  auto const& type = model::ticket_type();
  Text tickets, one, events;
  auto const writer = list_writer(tickets, style_of(Format::json), "umsops.ticket.list/v1", "ticket", type.fields);
  writer->row(to_row(ticket));
  writer->end({true, "cursor", {}});
  CHECK(messages("ticket.list", tickets.text).empty());
  write_record(one, style_of(Format::json), "umsops.ticket.show/v1", "ticket", type.fields, to_row(ticket), {},
               {{"responses", Value::List{}}, {"history", Value::List{}}});
  CHECK(messages("ticket.show", one.text).empty());
  auto const log =
      list_writer(events, style_of(Format::json), "umsops.audit.log/v1", "event", model::event_type().fields);
  log->row(to_row(model::Event()));
  log->end({});
  CHECK(messages("audit.log", events.text).empty());
}

TEST_CASE("what breaks a schema is named once, by JSON pointer") {
  auto const wrong = messages(
      "ticket.list",
      R"({"schema":"umsops.ticket.list/v1","items":[{},{"title":5}],"count":0,"truncated":false,"next":null})");
  REQUIRE(wrong.size() == 1);
  CHECK_THAT(wrong[0], Catch::StartsWith("/items/1/title: "));
  auto const extra = messages(
      "audit.head", R"({"schema":"umsops.audit.head/v1","seq":1,"hash":")" + std::string(64, 'a') + R"(","x":1})");
  REQUIRE(extra.size() == 1);
  CHECK_THAT(extra[0], Catch::StartsWith("the document: ") && Catch::Contains("x"));
  auto const problems =
      validate("audit.head", R"({"schema":"umsops.audit.head/v1","seq":"1","hash":"short"})", "x.json");
  std::set<std::string> pointers;
  for (auto const& problem : problems) pointers.insert(std::string(problem.details().at(0).find("pointer")->text()));
  CHECK(pointers == std::set<std::string>{"/seq", "/hash"});
  auto const odd = validate("file.settings", R"({"a/b~c]d":{}})", "x.json");
  REQUIRE(!odd.empty());
  CHECK(odd[0].details().at(0).find("pointer")->text() == "/a~1b~0c]d");
}

TEST_CASE("only strict JSON is validated") {
  for (auto const* bad : {"", "{", "{} {}", "{\"a\":1,\"a\":2}", "{\"a\":\xff}", "{\"a\":1e999}", "nan"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(validate("version", bad, "x.json"), umsops::base::Error);
  }
  CHECK_THROWS_WITH(validate("nonsense", "{}", "x.json"), Catch::Contains("nonsense"));
}

TEST_CASE("error documents fit their schema") {
  umsops::base::Error error(umsops::base::errors::ticket_not_found, {{"id", "T-9"}});
  error.at({"f", 2, 0}).detail(Value::Object{{"suggestion", "T-8"}});
  for (auto const language : {umsops::base::Language::en, umsops::base::Language::zh}) {
    CHECK(messages("error", umsops::base::to_json(error_document(error, 3, language))).empty());
  }
}
