// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "builders.hpp"

using namespace umsops::dialogue;

namespace {

/// `node part: problem`, one a line.
std::string problems(Flow const& flow) {
  std::string out;
  for (auto const& problem : check(flow)) {
    out += problem.node + " " + problem.part + ": " + problem.problem +
           (problem.suggestion.empty() ? "" : " (" + problem.suggestion + ")") + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("a flow that can be talked through has no problems") {
  auto const sound =
      flow({say("hello", "hi", "what"), ask("what", "description", "known"), answer("known", "topic"),
            menu("topic", {{"1", both("mail"), "", "human"}, {"2", both("again"), "", "what"}}), hand_over("human")});
  CHECK(problems(sound).empty());
}

TEST_CASE("nodes that are not there") {
  CHECK(problems(flow({say("hello", "hi", "humen"), hand_over("human")})) ==
        "hello next: no node is named humen (did you mean human?)\n");
  CHECK(problems(flow({menu("m", {{"1", both("x"), "", "nowhere"}}), hand_over("human")})) ==
        "m option 1: no node is named nowhere\n");
  auto start = flow({say("hello", "hi", "human"), hand_over("human")});
  start.start = "helo";
  CHECK(problems(start) == " start: no node is named helo (did you mean hello?)\n");
  start.start = "";
  CHECK(problems(start) == " start: a flow needs a start (start: and the name of the first node)\n");
  start.start = "hello";
  start.human = "persn";
  CHECK(problems(start).find(" human: no node is named persn") == 0);
}

TEST_CASE("nodes that go nowhere, and menus without a choice") {
  CHECK(problems(flow({say("hello", "hi", ""), hand_over("human")})) ==
        "hello : hello goes nowhere (add next: and a node)\n");
  CHECK(problems(flow({menu("m", {}), hand_over("human")})).find("m options: m is a menu without options") == 0);
  CHECK(problems(flow({menu("m", {{"1", both("x"), "", ""}}), hand_over("human")}))
            .find("m option 1: the option 1 goes nowhere") == 0);
  CHECK(problems(flow({menu("m", {{"a", both("x"), "", "human"}, {"A", both("y"), "", "human"}}),
                       hand_over("human")})) == "m key A: m has the option A twice\n");
}

TEST_CASE("dead ends are named, each node of them") {
  auto const dead = flow({menu("m", {{"1", both("x"), "", "a"}, {"2", both("y"), "", "human"}}), ask("a", "title", "b"),
                          ask("b", "description", "a"), hand_over("human")});
  CHECK(problems(dead) ==
        "a : a is a dead end: no end and no hand_over can be reached from it\n"
        "b : b is a dead end: no end and no hand_over can be reached from it\n");
}

TEST_CASE("a round without a question is found once") {
  CHECK(problems(flow({say("a", "x", "b"), say("b", "y", "a"), hand_over("human")})) ==
        "a : a round in which nothing is asked: a → b → a (put a menu, ask or end into it)\n");
  CHECK(problems(flow({say("a", "x", "a"), hand_over("human")})).find("a : a round in which nothing is asked: a → a") ==
        0);
  // An answer that finds nothing goes on by itself.
  CHECK(problems(flow({answer("a", "b"), say("b", "y", "a"), hand_over("human")})).find("a → b → a") !=
        std::string::npos);
  // What leads into a round is told by the round.
  CHECK(problems(flow({say("hello", "x", "a"), say("a", "x", "b"), say("b", "y", "a"), hand_over("human")})) ==
        "a : a round in which nothing is asked: a → b → a (put a menu, ask or end into it)\n");
}

TEST_CASE("nodes that nothing leads to") {
  CHECK(problems(flow({say("hello", "hi", "human"), ask("lost", "title", "human"), hand_over("human")})) ==
        "lost : lost is never reached\n");
  // The first hand-over is where the word for a human leads; a second one must be reached by the flow.
  CHECK(problems(flow({ask("hello", "title", "bye"), end("bye"), hand_over("human")})).empty());
  CHECK(problems(flow({ask("hello", "title", "bye"), end("bye"), hand_over("human"), hand_over("other")})) ==
        "other : other is never reached\n");
}

TEST_CASE("an answer names an entry that is there") {
  auto wanted = flow({answer("known", "human"), hand_over("human")}, {question("password", {"password"}, "x")});
  wanted.nodes[0].question = "pasword";
  CHECK(problems(wanted) == "known question: no question has the id pasword (did you mean password?)\n");
}

TEST_CASE("what an answer can fill") {
  for (auto const* name : {"title", "description", "requester", "phone", "callback_at", "category", "attributes.host"})
    CHECK(is_field(name));
  for (auto const* name : {"", "priority", "attributes.", "attributes.Host", "attributes.a b", "Title"})
    CHECK_FALSE(is_field(name));
}
