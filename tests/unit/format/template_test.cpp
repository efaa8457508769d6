// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace umsops;
using namespace umsops::tests;

namespace {

Style shaped(std::string shape) {
  auto style = style_of(Format::tpl);
  style.shape = std::move(shape);
  return style;
}

/// The template with its names in full, or the code of the error.
std::string checked(std::string const& text, std::string_view schema = "umsops.ticket.show/v1") {
  try {
    return format::checked_template(text, "t", schema);
  } catch (base::Error const& error) {
    return std::string(error.code().code) + " " + error.message();
  }
}

}  // namespace

TEST_CASE("a template is filled once for each record") {
  auto const rows = {a_row("T-1", "<a> & b", 3), a_row("T-2", "", 0)};
  CHECK(list(shaped("{{number}}: {{title}} {{count}}"), rows) == "T-1: <a> & b 3\nT-2:  0\n");
  CHECK(list(shaped("{{number}}{{#title}} has a title{{/title}}{{^title}} has none{{/title}}"), rows) ==
        "T-1 has a title\nT-2 has none\n");
  CHECK(list(shaped("{{at}} {{attributes}} {{attributes.host}} {{#attributes}}{{host}}{{/attributes}}"),
             {a_row("T-1", "x", 1)}) == "2023-11-14T22:13:20Z {\"host\":\"db01\"} db01 db01\n");
  auto style = shaped("{{number}}");
  style.end = '\0';
  CHECK(list(style, rows) == std::string("T-1\0T-2\0", 8));
}

TEST_CASE("what a value holds is no template") {
  CHECK(list(shaped("{{title}}"), {a_row("T-1", "{{number}} {{{x}}} \\n", 1)}) == "{{number}} {{{x}}} \\n\n");
}

TEST_CASE("a record's further members are in its template, and lists in its sections") {
  Value::List const replies{Value::Object{{"by", "li"}, {"text", "a"}}, Value::Object{{"by", "wu"}, {"text", "b"}}};
  CHECK(record(shaped("{{result}} {{number}}:{{#replies}} {{by}}={{text}}{{/replies}}"), a_row("T-1", "x", 1),
               {{"result", "updated"}}, {{"replies", replies}}) == "updated T-1: li=a wu=b\n");
  CHECK(record(shaped("{{#words}}<{{.}}>{{/words}}{{words}}"), a_row("T-1", "x", 1), {},
               {{"words", Value::List{"a", 7, true}}}) == "<a><7><>[\"a\",7,true]\n");
}

TEST_CASE("ids are parted by what is asked for") {
  auto style = style_of(Format::id);
  style.end = '\0';
  CHECK(list(style, {a_row("T-1", "x", 1), a_row("T-2", "y", 1)}) == std::string("T-1\0T-2\0", 8));
}

TEST_CASE("names of a template are looked at before it is filled") {
  CHECK(checked("{{ ticket_number }} {{title}}") == "{{ticket_number}} {{title}}");
  CHECK(checked("{{number}} {{created}} {{#assignee}}{{assignee}}{{/assignee}} {{due}}") ==
        "{{ticket_number}} {{created_at}} {{#assignee_id}}{{assignee_id}}{{/assignee_id}} {{sla_deadline}}");
  CHECK(checked("{{#responses}}{{responder}} {{content}} of {{number}}{{/responses}}") ==
        "{{#responses}}{{responder_id}} {{content}} of {{ticket_number}}{{/responses}}");
  CHECK(checked("{{attributes.anything}}{{#attributes}}{{host}}{{/attributes}}") ==
        "{{attributes.anything}}{{#attributes}}{{host}}{{/attributes}}");
  CHECK(checked("{{titel}}").starts_with("field.unknown"));
  CHECK(checked("{{schema}}").starts_with("field.unknown"));
  CHECK(checked("{{title.x}}").starts_with("field.unknown"));
  CHECK(checked("{{#responses}}{{contnet}}{{/responses}}").starts_with("field.unknown"));
  CHECK(checked("{{#title}}{{.}}{{/title}}") == "{{#title}}{{.}}{{/title}}");
  CHECK(checked("{{number}}", "umsops.ticket.list/v1") == "{{ticket_number}}");
  CHECK(checked("{{count}}", "umsops.ticket.list/v1").starts_with("field.unknown"));
}

TEST_CASE("what is no template is told with its place") {
  for (auto const* text : {"{{title", "{{{title}}}", "{{>title}}", "{{&title}}", "{{=<% %>=}}", "a {{#title}}",
                           "{{/title}}", "{{title}}\x1b[m", "{{#title}}{{#number}}{{/title}}{{/number}}"}) {
    INFO(text);
    CHECK(checked(text).starts_with("usage.bad_value t:1:"));
  }
  CHECK(checked(std::string(70'000, 'x')).starts_with("usage.bad_value"));
}
