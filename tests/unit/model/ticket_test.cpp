// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "full_ticket.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/event.hpp"

using namespace umsops::model;
using umsops::base::Error;
using umsops::base::FieldType;
using umsops::base::Value;

namespace {

std::size_t field(std::string_view name) { return ticket_type().require(name); }

std::string names_with(unsigned trait) {
  std::string out;
  for (auto const& f : ticket_type().fields) {
    if (f.traits & trait) out += (out.empty() ? "" : " ") + std::string(f.name);
  }
  return out;
}

/// The value as a CSV cell has it.
std::string written(Value const& value) {
  if (value.get_if<std::string>()) return std::string(value.text());
  if (auto const* at = value.get_if<TimePoint>()) return umsops::base::format_rfc3339(*at);
  return umsops::base::to_json(value);
}

}  // namespace

TEST_CASE("each field comes back as it was set, typed and as text") {
  Ticket const original = full_ticket();
  Ticket typed, from_text;
  for (std::size_t i = 0; i < ticket_type().fields.size(); ++i) {
    CAPTURE(ticket_type().fields[i].name);
    Value const value = get(original, i);
    REQUIRE(!value.is_null());
    set(typed, i, value);
    CHECK(get(typed, i) == value);
    set(from_text, i, written(value));
    CHECK(get(from_text, i) == value);
  }
  CHECK(to_row(typed) == to_row(original));
  CHECK(to_row(from_text) == to_row(original));
}

TEST_CASE("what may be absent is cleared by null and by empty text") {
  Ticket const bare;
  for (std::size_t i = 0; i < ticket_type().fields.size(); ++i) {
    auto const name = ticket_type().fields[i].name;
    CAPTURE(name);
    bool const needed = name == "priority" || name == "status" || name == "source" || name == "created_at" ||
                        name == "updated_at" || name == "rev";
    for (Value const& nothing : {Value(), Value("")}) {
      Ticket ticket = full_ticket();
      if (needed) {
        CHECK_THROWS_AS(set(ticket, i, nothing), Error);
      } else {
        set(ticket, i, nothing);
        CHECK(get(ticket, i) == get(bare, i));
      }
    }
  }
}

TEST_CASE("names, labels and documentation are whole") {
  for (auto const* type : {&ticket_type(), &event_type(), &response_type()}) {
    for (auto const& f : type->fields) {
      CAPTURE(f.name);
      CHECK(!f.doc.empty());
      CHECK(!f.doc_zh.empty());
      CHECK(!f.label_zh.empty());
      CHECK((f.type == FieldType::choice) == !f.choices.empty());
      CHECK((f.type == FieldType::text || f.type == FieldType::block) == (f.max_length != 0));
    }
  }
}

TEST_CASE("the fields, their order and what may be done with them") {
  CHECK(names_with(~0u) ==
        "id ticket_number title description requester_id assignee_id category subcategory priority status source "
        "created_at updated_at resolved_at closed_at sla_deadline response_time_minutes resolution_time_minutes key "
        "attributes classification rev");
  using namespace umsops::base;
  CHECK(names_with(kWritable) ==
        "title description requester_id assignee_id category subcategory priority source attributes");
  CHECK(names_with(kImport) ==
        "id ticket_number status created_at updated_at resolved_at closed_at sla_deadline response_time_minutes "
        "resolution_time_minutes key classification rev");
  CHECK(names_with(kPersonal) == "title description requester_id attributes");
  CHECK(names_with(kInTable) == "ticket_number title assignee_id category priority status created_at");
  for (auto const& f : ticket_type().fields) CHECK(((f.traits & kFilter) != 0) == (f.name != "classification"));
}

TEST_CASE("values of the wrong kind are refused by name") {
  struct Case {
    char const* name;
    Value value;
    char const* says;
  };
  for (Case const& c :
       {Case{"priority", "URGENT", "URGENT is not one of LOW MEDIUM HIGH CRITICAL"}, Case{"priority", "", "cannot be empty"},
        Case{"priority", 5, "5 is not one of"}, Case{"status", "opne", "did you mean OPEN?"},
        Case{"source", "MAIL", "did you mean EMAIL?"}, Case{"created_at", "yesterday", "not a time such as"},
        Case{"created_at", "2026-11-23", "not a time such as"}, Case{"created_at", "", "cannot be empty"},
        Case{"resolved_at", true, "not a time"}, Case{"title", 5, "not a text"}, Case{"title", Value::List{"x"}, "not a text"},
        Case{"response_time_minutes", "12x", "whole number"}, Case{"response_time_minutes", 1.5, "whole number"},
        Case{"rev", 0, "from 1"}, Case{"rev", "", "from 1"}, Case{"attributes", 5, "not an object of texts"},
        Case{"attributes", "no json", "JSON"}, Case{"attributes", R"({"Bad Name":"x"})", "lower-case"},
        Case{"attributes", R"({"a":{"b":1}})", "not a text"}, Case{"attributes", R"({"a":"1","a":"2"})", "JSON"},
        Case{"attributes", Value::Object{{"a", "1"}, {"a", "2"}}, "given twice"},
        Case{"classification", "[]", "not an object"}, Case{"classification", "{", "JSON"},
        Case{"classification", R"({"rules":1})", "unknown member rules"},
        Case{"classification", R"({"rules_version":1})", "rules_version is not a text"},
        Case{"classification", R"({"decisions":{}})", "decisions is not a list"},
        Case{"classification", R"({"decisions":[1]})", "not an object"},
        Case{"classification", R"({"decisions":[{}]})", "no field"},
        Case{"classification", R"({"decisions":[{"field":"f","value":5}]})", "value is not a text"},
        Case{"classification", R"({"decisions":[{"field":"f","line":"5"}]})", "line is not a number"},
        Case{"classification", R"({"decisions":[{"field":"f","words":["a",1]}]})", "a word is not a text"},
        Case{"classification", R"({"decisions":[{"field":"f","x":1}]})", "unknown member x"}}) {
    CAPTURE(c.name, umsops::base::to_json(c.value));
    Ticket ticket;
    try {
      set(ticket, field(c.name), c.value);
      FAIL("accepted");
    } catch (Error const& error) {
      CHECK(&error.code() == &umsops::base::errors::record_invalid);
      CHECK_THAT(error.message(), Catch::StartsWith(c.name) && Catch::Contains(c.says));
      CHECK_THAT(std::string(error.details().at(0).find("field")->text()), Catch::StartsWith(c.name));
    }
  }
}

TEST_CASE("a program reads what else was possible") {
  Ticket ticket;
  try {
    set(ticket, field("priority"), "hihg");
    FAIL("accepted");
  } catch (Error const& error) {
    Value const& detail = error.details().at(0);
    CHECK(detail.find("suggestion")->text() == "HIGH");
    CHECK(umsops::base::to_json(*detail.find("allowed")) == R"(["LOW","MEDIUM","HIGH","CRITICAL"])");
  }
  std::string long_word;
  for (int i = 0; i < 500; ++i) long_word += "高";
  CHECK_THROWS_WITH(set(ticket, field("priority"), long_word), Catch::Contains("…"));
}

TEST_CASE("choices in any case") {
  for (auto const name : status_names()) CHECK(to_string(*parse_status(name)) == name);
  for (auto const name : priority_names()) CHECK(to_string(*parse_priority(name)) == name);
  for (auto const name : source_names()) CHECK(to_string(*parse_source(name)) == name);
  CHECK(parse_status("In_Progress") == TicketStatus::in_progress);
  CHECK(parse_priority("critical") == Priority::critical);
  CHECK(parse_source("cli") == Source::cli);
  for (char const* word : {"", "OPE", "OPENED", " OPEN", "打开"}) CHECK(!parse_status(word));
  Ticket ticket;
  set(ticket, field("priority"), "cRiTiCaL");
  CHECK(ticket.priority == Priority::critical);
}

TEST_CASE("attributes are texts by name, in order of name") {
  Ticket ticket;
  set(ticket, field("attributes"), umsops::base::parse_json(R"({"z":"1","a":2,"m":true,"gone":null,"r":0.5,"e":""})"));
  CHECK(umsops::base::to_json(get(ticket, field("attributes"))) == R"({"a":"2","e":"","m":"true","r":"0.5","z":"1"})");
  set(ticket, field("attributes"), Value::Object{{"at", TimePoint()}});
  CHECK(ticket.attributes.at(0).second == "1970-01-01T00:00:00Z");
}

TEST_CASE("a classification goes to a value and back") {
  Classification const original = full_ticket().classification;
  Value const value = to_value(original);
  CHECK(umsops::base::to_json(value) ==
        R"({"rules_version":"abc","decisions":[{"field":"priority","value":"HIGH","origin":"rule","suggested":"HIGH",)"
        R"("rule":"r1","file":"team.yaml","line":12,"words":["失败","down"]},{"field":"category","value":"sign-in",)"
        R"("origin":"caller","suggested":null,"rule":null,"file":null,"line":null,"words":[]}]})");
  CHECK(to_value(classification_from(value)) == value);
  CHECK(to_value(classification_from(umsops::base::to_json(value))) == value);
  CHECK(to_value(classification_from(Value())) == to_value(Classification()));
  CHECK(original.find("category")->origin == "caller");
  CHECK(original.find("subcategory") == nullptr);
}

TEST_CASE("the transition table") {
  struct Case {
    char const* from;
    char const* to;
  };
  for (Case const& c : {Case{"OPEN", "ASSIGNED PENDING ESCALATED RESOLVED"},
                        Case{"ASSIGNED", "IN_PROGRESS OPEN PENDING ESCALATED RESOLVED"},
                        Case{"IN_PROGRESS", "PENDING ESCALATED RESOLVED ASSIGNED"},
                        Case{"PENDING", "OPEN ASSIGNED IN_PROGRESS ESCALATED RESOLVED"},
                        Case{"ESCALATED", "IN_PROGRESS PENDING RESOLVED ESCALATED"},
                        Case{"RESOLVED", "CLOSED IN_PROGRESS"}, Case{"CLOSED", "IN_PROGRESS"}}) {
    CAPTURE(c.from);
    std::string to;
    for (auto const status : allowed_transitions(*parse_status(c.from))) {
      to += (to.empty() ? "" : " ") + std::string(to_string(status));
    }
    CHECK(to == c.to);
  }
  for (auto const name : status_names()) {
    CHECK(is_open(*parse_status(name)) == (name != "RESOLVED" && name != "CLOSED"));
  }
}
