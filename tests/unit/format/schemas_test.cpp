// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/json.hpp"
#include "umsops/format/output.hpp"
#include "umsops/format/schemas.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/ticket.hpp"

using namespace umsops::format;
using umsops::base::Value;

namespace {

/// Every field of the type stands in the schema as `schema_of` says.
void check_record(Value const& properties, umsops::base::RecordType const& type, std::vector<std::string> const& but = {}) {
  Value const wanted = schema_of(type);
  for (auto const& [name, property] : *wanted.get_if<Value::Object>()) {
    if (std::find(but.begin(), but.end(), name) != but.end()) continue;
    CAPTURE(name);
    Value const* const found = properties.find(name);
    REQUIRE(found);
    CHECK(umsops::base::to_json(*found) == umsops::base::to_json(property));
  }
}

Value properties_of(char const* schema, bool items) {
  Value const document = umsops::base::parse_json(schema_text(schema));
  Value const* at = document.find("properties");
  if (items) at = at->find("items")->find("items")->find("properties");
  return *at;
}

}  // namespace

TEST_CASE("each schema is draft-07 under its own name") {
  auto const names = schema_names();
  CHECK(names.size() > 30);
  for (auto const name : names) {
    CAPTURE(name);
    Value const document = umsops::base::parse_json(schema_text(name));
    CHECK(document.find("$schema")->text() == "http://json-schema.org/draft-07/schema#");
    CHECK(document.find("$id")->text() == name);
    CHECK(!document.find("title")->text().empty());
    CHECK_NOTHROW(validate(name, "{}", "x"));
  }
  CHECK(schema_text("ticket.list") == schema_text("umsops.ticket.list/v1"));
  CHECK_THROWS(schema_text("nonsense"));
}

TEST_CASE("record schemas follow the fields") {
  using namespace umsops::model;
  check_record(properties_of("ticket.list", true), ticket_type());
  check_record(properties_of("ticket.result", false), ticket_type());
  check_record(properties_of("ticket.show", false), ticket_type());
  check_record(properties_of("ticket.export", false), ticket_type());
  check_record(properties_of("audit.log", true), event_type());
  check_record(properties_of("ticket.history", true), event_type());
}

TEST_CASE("what breaks a schema is named by JSON pointer") {
  auto const problems = validate("umsops.ticket.list/v1", R"({"schema":"umsops.ticket.list/v1","items":[{"title":5}],"count":0,"truncated":false,"next":null})", "x.json");
  REQUIRE(!problems.empty());
  CHECK_THAT(problems.front().message(), Catch::Contains("/items/0/title"));
  CHECK(validate("umsops.error/v1", umsops::base::to_json(error_document(umsops::base::Error(umsops::base::errors::ticket_not_found, {{"id", "T-9"}}).at({"f", 2, 0}), 3, umsops::base::Language::zh)), "e").empty());
}
