// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "builders.hpp"

using namespace umsops;
using namespace umsops::dialogue;

namespace {

Flow short_flow() {
  auto out = flow({ask("what", "phone", "topic"),
                   menu("topic", {{"1", both("again"), "", "what"}, {"2", both("done"), "", "human"}}),
                   hand_over("human", "over")});
  out.limits.turns = 5;
  out.limits.wrong_answers = 3;
  out.limits.line_bytes = 100;
  return out;
}

}  // namespace

TEST_CASE("wrong answers in a row bring a human") {
  Driver d(short_flow());
  d.begin();
  d.hear("x");
  d.hear("x");
  CHECK(d.hear("x") == "I do not understand; a colleague goes on with it.\n");
  CHECK(d.talk.state() == State::handed_over);
  CHECK(d.talk.target()->name == "human");

  Driver again(short_flow());
  again.begin();
  for (auto const* line : {"x", "x", "4711", "y"}) again.hear(line);  // a right one in between
  CHECK(again.talk.state() == State::running);
}

TEST_CASE("too many turns bring a human") {
  Driver d(short_flow());
  d.begin();
  for (auto const* line : {"4711", "1", "4711", "1"}) d.hear(line);
  CHECK(d.talk.state() == State::running);
  CHECK(d.hear("4711").find("This takes too long") != std::string::npos);
  CHECK(d.talk.state() == State::handed_over);
}

TEST_CASE("the last turn that ends it by itself is no turn too many") {
  Driver d(short_flow());
  d.begin();
  for (auto const* line : {"4711", "1", "4711"}) d.hear(line);
  CHECK(d.hear("2") == "over\n");
  CHECK(d.talk.turns() == 4);
}

TEST_CASE("lines that are too long, or no text") {
  Driver d(short_flow());
  d.begin();
  CHECK(d.hear(std::string(101, '1')).find("That is too long.") == 0);
  CHECK(d.talk.transcript().back().said.text == "what?");
  CHECK(d.talk.transcript()[1].said.text == std::string(100, '1') + " […]");
  CHECK(d.hear("\xff\xfe").find("I could not read that.") == 0);
  CHECK_FALSE(d.talk.spoke());
  CHECK(d.talk.transcript()[4].said.text == "[?]");

  std::string wide;
  for (int i = 0; i < 40; ++i) wide += "密";
  Driver cut(short_flow());
  cut.begin();
  cut.hear(wide);
  CHECK(cut.talk.transcript()[1].said.text.size() == 99 + std::string(" […]").size());
}

TEST_CASE("control characters are refused, tabs and line ends are blanks") {
  Driver d(short_flow());
  d.begin();
  CHECK(d.hear("\x1b[31m4711").find("I could not read that.") == 0);
  CHECK(d.hear("\t47 11\r").find("topic?") == 0);
  CHECK(d.talk.collected().phone == "47 11");
}

TEST_CASE("an empty line is no answer") {
  Driver d(short_flow());
  d.begin();
  CHECK(d.hear("") == "Please answer the question.\nwhat?\n");
  CHECK_FALSE(d.talk.spoke());
}

TEST_CASE("a round of asks that are all answered already ends") {
  Driver d(flow({ask("who", "requester", "number"), ask("number", "phone", "who")}),
           {base::Language::en, true, {}, "zhang.wei", "4711"});
  d.begin();
  CHECK(d.talk.state() == State::handed_over);
}

TEST_CASE("nothing is heard before the beginning") {
  Driver d(short_flow());
  CHECK(d.hear("4711").empty());
  CHECK(d.talk.turns() == 0);
}

TEST_CASE("limits do not ask for a call-back any more") {
  auto wanted = short_flow();
  wanted.nodes[2].callback = true;
  Driver d(wanted);
  d.begin();
  for (auto const* line : {"4711", "2", "x", "x"}) d.hear(line);
  CHECK(d.talk.state() == State::running);
  d.hear("x");
  CHECK(d.talk.state() == State::handed_over);
  CHECK(d.talk.callback_at() == d.now);
}
