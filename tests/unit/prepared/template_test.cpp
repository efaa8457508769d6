// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/notify/fill.hpp"
#include "umsops/prepared/template.hpp"

using namespace umsops;
using namespace umsops::prepared;
using base::Value;

namespace {

Template reply(std::string en, std::string zh = {}) {
  Template out;
  out.name = "r";
  out.text = {std::move(en), std::move(zh)};
  return out;
}

std::string code_of(auto const& act) {
  try {
    act();
  } catch (base::Error const& error) {
    return std::string(error.code().code);
  }
  return "";
}

}  // namespace

TEST_CASE("names are checked, with the nearest one and the place") {
  auto const known = names_of(reply("x"));
  CHECK_FALSE(notify::tag_problem("{{ticket.number}} {{#requester.name}}{{requester.name}}{{/requester.name}}", known));
  auto const typo = notify::tag_problem("Hello\n{{requester.nam}}", known);
  REQUIRE(typo);
  CHECK(typo->suggestion.find("requester.name") != std::string::npos);
  CHECK(typo->line == 2);
  CHECK(notify::tag_problem("{{#agent.name}}", known));
  CHECK(notify::tag_problem("{{{ticket.title}}}", known));
  CHECK(notify::tag_problem("{{>file}}", known));
  CHECK(notify::tag_problem("{{person}}", known));
  Template ticket;
  ticket.use = Use::ticket;
  ticket.inputs = {{"person", {}, std::nullopt}};
  CHECK_FALSE(notify::tag_problem("{{person}}", names_of(ticket)));
  CHECK(notify::tag_problem("{{ticket.number}}", names_of(ticket)));
}

TEST_CASE("values stand as they are, and are no tags") {
  auto const one = reply("{{ticket.title}}|{{requester.name}}");
  Value const facts = Value::Object{{"ticket", Value::Object{{"title", "<b>&\"{{agent.id}}{{/x}}"}}}};
  CHECK(reply_text(one, base::Language::en, facts) == "<b>&\"{{agent.id}}{{/x}}|");
  TicketForm form;
  form.title = {"{{what}}", {}};
  form.attributes = {{"a", "{{what}}"}, {"empty", "{{none}}"}};
  auto const made =
      filled_ticket(form, base::Language::en, Value::Object{{"what", "two\nlines\x1b[31m"}, {"none", ""}});
  CHECK(made.title == "two lines [31m");
  CHECK(made.attributes == Pairs{{"a", "two lines [31m"}});
}

TEST_CASE("a text of one language stands for both") {
  CHECK(reply_text(reply("one"), base::Language::zh, {}) == "one");
  CHECK(reply_text(reply("one", "一"), base::Language::zh, {}) == "一");
  CHECK(reply_text(reply("", "一"), base::Language::en, {}) == "一");
  for (auto const* name : {"zh", "zh-CN", "zh_CN", "ZH"}) CHECK(language_named(name) == base::Language::zh);
  for (auto const* name : {"en", "", "zha", "de"}) CHECK(language_named(name) == base::Language::en);
}

TEST_CASE("inputs have to be said, and no others") {
  auto one = reply("{{who}} {{why}}");
  one.inputs = {{"who", {}, std::nullopt}, {"why", {}, "because"}};
  CHECK(code_of([&] { with_inputs(one, {}, Value::Object{}); }) == "usage.missing");
  CHECK(code_of([&] { with_inputs(one, {{"who", "x"}, {"hwy", "y"}}, Value::Object{}); }) == "usage.bad_value");
  CHECK(code_of([&] { with_inputs(one, {{"who", std::string(3000, 'x')}}, Value::Object{}); }) == "usage.bad_value");
  CHECK(reply_text(one, base::Language::en, with_inputs(one, {{"who", "x"}, {"who", "y"}}, Value::Object{})) ==
        "y because");
}
