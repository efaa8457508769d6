// SPDX-License-Identifier: Apache-2.0
#include "umsops/dialogue/talk.hpp"

#include <catch2/catch.hpp>

#include "builders.hpp"

using namespace umsops;
using namespace umsops::dialogue;

namespace {

Flow desk_flow() {
  return flow({say("hello", "hello", "what"), ask("what", "description", "known"), answer("known", "who"),
               ask("who", "requester", "human"), hand_over("human", "a colleague reads this")},
              {question("password", {"password", "密码"}, "reset it yourself")});
}

Flow menu_flow(Channel channel = Channel::chat) {
  auto topic = menu("topic", {{"1", {"Password reset", "重置密码"}, "password", "what"},
                              {"2", {"Lost phone", "手机丢失"}, "mfa", "human"},
                              {"0", {"Goodbye", "再见"}, "", "bye"}});
  topic.field = "category";
  return flow({topic, ask("what", "description", "human"), hand_over("human", "over"), end("bye")}, {}, channel);
}

}  // namespace

TEST_CASE("a conversation from the greeting to the hand-over") {
  Driver d(desk_flow());
  CHECK(d.begin() == "hello\nwhat?\n");
  CHECK(d.talk.state() == State::running);
  CHECK(d.hear("the VPN is down since this morning") == "who?\n");
  CHECK(d.hear("zhang.wei") == "a colleague reads this\n");
  CHECK(d.talk.state() == State::handed_over);
  CHECK(d.talk.target()->name == "human");
  CHECK(d.talk.collected().description == "the VPN is down since this morning");
  CHECK(d.talk.collected().requester == "zhang.wei");
  CHECK(d.talk.said() == std::vector<std::string>{"the VPN is down since this morning"});
  CHECK(d.talk.transcript().size() == 6);
  CHECK(d.hear("still there?").empty());
  CHECK(d.talk.transcript().size() == 6);
}

TEST_CASE("a known answer that helps ends it") {
  Driver d(desk_flow());
  d.begin();
  CHECK(d.hear("I forgot my password") == "reset it yourself\nDid that help?\n  1 yes\n  2 no\n");
  CHECK(d.hear("perhaps") == "Please answer yes or no.\nDid that help?\n  1 yes\n  2 no\n");
  CHECK(d.hear("yes!") == "Good to hear. Goodbye.\n");
  CHECK(d.talk.state() == State::solved);
  REQUIRE(d.talk.offered().size() == 1);
  CHECK(d.talk.offered()[0].id == "password");
  CHECK(d.talk.offered()[0].helped == true);
}

TEST_CASE("a known answer that does not help is not the end") {
  Driver d(desk_flow());
  d.begin();
  d.hear("I forgot my password");
  CHECK(d.hear("no, the link is dead") == "who?\n");
  CHECK(d.talk.offered()[0].helped == false);
  d.hear("li.na");
  CHECK(d.talk.state() == State::handed_over);
}

TEST_CASE("an answer may be fixed, so that menus can give it") {
  auto wanted = flow({menu("topic", {{"1", both("password"), "", "fixed"}, {"2", both("other"), "", "human"}}),
                      answer("fixed", "human"), hand_over("human")},
                     {question("password", {"password"}, "reset it")});
  wanted.nodes[1].question = "password";
  Driver d(wanted);
  d.begin();
  CHECK(d.hear("1") == "reset it\nDid that help?\n  1 yes\n  2 no\n");
}

TEST_CASE("menus take keys, labels and parts of one label") {
  struct Row {
    std::string line, category;
  };
  for (auto const& row : std::vector<Row>{{"1", "password"},
                                          {"１", "password"},
                                          {"password RESET", "password"},
                                          {"重置密码", "password"},
                                          {"password", "password"},
                                          {"I want a password reset, please", "password"},
                                          {"密码", "password"},
                                          {"lost phone!", "mfa"},
                                          {"手机丢失了", "mfa"}}) {
    INFO(row.line);
    Driver d(menu_flow());
    CHECK(d.begin() == "topic?\n  1 Password reset\n  2 Lost phone\n  0 Goodbye\n");
    d.hear(row.line);
    CHECK(d.talk.collected().category == row.category);
  }
  Driver d(menu_flow());
  d.begin();
  CHECK(d.hear("e").find("Please choose one of these.\ntopic?") == 0);
  CHECK(d.talk.said().empty());
  d.hear("the printer burns");
  CHECK(d.talk.said() == std::vector<std::string>{"the printer burns"});
}

TEST_CASE("what is chosen is what was said") {
  Driver d(menu_flow());
  d.begin();
  d.hear("2");
  CHECK(d.talk.said() == std::vector<std::string>{"Lost phone"});
  CHECK(d.talk.collected().category == "mfa");
}

TEST_CASE("the keys of a menu come before the words that steer") {
  Driver d(menu_flow(Channel::phone));
  d.begin();
  CHECK(d.hear("0") == "bye\n");  // the flow's own 0
  CHECK(d.talk.state() == State::ended);

  Driver words(menu_flow());
  words.begin();
  CHECK(words.hear("再见") == "bye\n");  // its label
  CHECK(words.talk.state() == State::ended);
}

TEST_CASE("0, * and # of a phone") {
  auto const wanted = flow(
      {ask("what", "description", "topic"), menu("topic", {{"1", both("x"), "", "human"}}), hand_over("human", "over")},
      {}, Channel::phone);
  Driver d(wanted);
  d.begin();
  d.hear("broken");
  CHECK(d.hear("#").find("topic?\n  1 x\n") != std::string::npos);
  CHECK(d.hear("*") == "what?\n");
  CHECK(d.hear("0") == "topic?\n  1 x\n");  // an answer here, not a key
  CHECK(d.hear("0") == "over\n");
  CHECK(d.talk.state() == State::handed_over);
}

TEST_CASE("back undoes an answer") {
  Driver d(desk_flow());
  d.begin();
  CHECK(d.hear("back") == "This is the first question.\nwhat?\n");
  d.hear("first words");
  CHECK(d.hear("返回") == "what?\n");
  CHECK(d.talk.collected().description.empty());
  CHECK(d.talk.said().empty());
  d.hear("second words about a password");
  CHECK(d.hear("back") == "what?\n");  // from "did that help?"
  d.hear("third words");
  d.hear("wang.fang");
  CHECK(d.talk.collected().description == "third words");
}

TEST_CASE("help says the words and asks again") {
  Driver d(desk_flow());
  d.begin();
  CHECK(d.hear("help") == "You can always write: help, back, human, quit.\nwhat?\n");
  CHECK(d.hear("帮助") == "随时可以输入：帮助、返回、人工、再见。\nwhat?\n");
}

TEST_CASE("a human can be asked for at any time") {
  Driver d(desk_flow());
  d.begin();
  CHECK(d.hear("人工") == "a colleague reads this\n");
  CHECK(d.talk.state() == State::handed_over);
  CHECK_FALSE(d.talk.spoke());

  auto wanted = desk_flow();
  wanted.human = "who";  // the flow wants to know who it is first
  Driver asked(wanted);
  asked.begin();
  CHECK(asked.hear("human") == "who?\n");
  CHECK(asked.hear("human") == "a colleague reads this\n");
  CHECK(asked.talk.state() == State::handed_over);

  Driver none(flow({ask("what", "title", "bye"), end("bye")}));
  none.begin();
  CHECK(none.hear("human") == "I hand this over to a colleague.\n");
  CHECK(none.talk.state() == State::handed_over);
  CHECK(none.talk.target() == nullptr);
}

TEST_CASE("quit and leaving give up") {
  Driver d(desk_flow());
  d.begin();
  d.hear("half of a story");
  CHECK(d.hear("bye") == "Goodbye.\n");
  CHECK(d.talk.state() == State::given_up);
  CHECK(d.talk.spoke());

  Driver gone(desk_flow());
  gone.begin();
  gone.talk.leave();
  CHECK(gone.talk.state() == State::given_up);
  CHECK_FALSE(gone.talk.spoke());
}

TEST_CASE("the desk answers in the user's language") {
  auto wanted = desk_flow();
  wanted.nodes[1].text = {"What is wrong?", "请描述问题"};
  wanted.nodes[3].text = {"Who are you?", "请问您是谁"};
  Driver d(wanted);
  CHECK(d.begin() == "hello\nWhat is wrong?\n");
  CHECK(d.hear("VPN 连不上") == "请问您是谁\n");
  CHECK(d.hear("back") == "请描述问题\n");
  CHECK(d.hear("I cannot connect to it") == "Who are you?\n");

  Driver fixed(wanted, {base::Language::zh, false, {}, "", ""});
  CHECK(fixed.begin() == "hello\n请描述问题\n");
  CHECK(fixed.hear("I cannot connect to it") == "请问您是谁\n");
}

TEST_CASE("what is known already is not asked") {
  Driver d(desk_flow(), {base::Language::en, true, {}, "zhang.wei", ""});
  d.begin();
  CHECK(d.hear("broken") == "a colleague reads this\n");
  CHECK(d.talk.collected().requester == "zhang.wei");
}

TEST_CASE("fields and what fits them") {
  auto wanted = flow({ask("title", "title", "phone"), ask("phone", "phone", "badge"),
                      ask("badge", "attributes.badge", "human"), hand_over("human")});
  wanted.nodes[2].pattern = "\\d+";
  wanted.nodes[2].hint = both("digits only");
  wanted.nodes[2].optional = true;
  Driver d(wanted);
  d.begin();
  CHECK(d.hear(std::string(201, 'x')) == "That is too long here. Please use fewer characters.\ntitle?\n");
  d.hear("short");
  CHECK(d.hear("call me") == "That is no phone number.\nphone?\n");
  d.hear("+86 138-0000-0000");
  CHECK(d.hear("abc") == "digits only\nbadge?\n");
  CHECK(d.hear("skip") == "I hand this over to a colleague.\n");
  CHECK(d.talk.collected().title == "short");
  CHECK(d.talk.collected().phone == "+86 138-0000-0000");
  CHECK(d.talk.collected().attributes.empty());
}

TEST_CASE("several asks add to the description, an attribute is replaced") {
  auto const wanted =
      flow({ask("a", "description", "b"), ask("b", "description", "c"), ask("c", "attributes.host", "e"),
            ask("e", "attributes.host", "human"), hand_over("human")});
  Driver d(wanted);
  d.begin();
  for (auto const* line : {"one", "two", "db01", "db02"}) d.hear(line);
  CHECK(d.talk.collected().description == "one\ntwo");
  REQUIRE(d.talk.collected().attributes.size() == 1);
  CHECK(d.talk.collected().attributes[0].second == "db02");
}

TEST_CASE("a call-back asks for number and time") {
  auto wanted = flow({ask("what", "description", "human"), hand_over("human", "we call you")}, {}, Channel::phone);
  wanted.nodes[1].callback = true;
  Driver d(wanted);
  d.begin();
  CHECK(d.hear("broken") == "we call you\nWhich number shall we call?\n");
  CHECK(d.hear("my number") == "That is no phone number.\nWhich number shall we call?\n");
  CHECK(d.hear("4711").find("When shall we call you?") == 0);
  CHECK(d.hear("last year").find("That is no time") == 0);
  CHECK(d.hear("in 2 hours").empty());
  CHECK(d.talk.state() == State::handed_over);
  CHECK(d.talk.callback_at() == d.now + std::chrono::hours(2));
  CHECK(d.talk.collected().phone == "4711");
}

TEST_CASE("a call-back within a time asks only for the number, and for none that is known") {
  auto wanted = flow({ask("what", "description", "human"), hand_over("human")}, {}, Channel::phone);
  wanted.nodes[1].callback = true;
  wanted.nodes[1].callback_within = std::chrono::minutes(30);
  Driver d(wanted, {base::Language::en, true, {}, "", "13800000000"});
  d.begin();
  d.hear("broken");
  CHECK(d.talk.state() == State::handed_over);
  CHECK(d.talk.callback_at() == d.now + std::chrono::minutes(30));
  CHECK(d.talk.collected().phone == "13800000000");
}

TEST_CASE("who asks for a human while asked for a number is not asked on") {
  auto wanted = flow({ask("what", "description", "human"), hand_over("human")});
  wanted.nodes[1].callback = true;
  Driver d(wanted);
  d.begin();
  d.hear("broken");
  CHECK(d.hear("human").empty());
  CHECK(d.talk.state() == State::handed_over);
  CHECK(d.talk.callback_at() == d.now);
}

TEST_CASE("a call-back that was promised outlives the line") {
  auto wanted = flow({ask("what", "description", "human"), hand_over("human")});
  wanted.nodes[1].callback = true;
  Driver d(wanted);
  d.begin();
  d.hear("broken");
  d.hear("4711");
  d.talk.leave();
  CHECK(d.talk.state() == State::given_up);
  CHECK(d.talk.callback_at() == d.now);

  Driver unknown(wanted);
  unknown.begin();
  unknown.hear("broken");
  unknown.talk.leave();
  CHECK_FALSE(unknown.talk.callback_at());
}

TEST_CASE("who hangs up at the last question before a call-back is called all the same") {
  auto over = hand_over("desk");
  over.callback = true;
  over.callback_within = std::chrono::minutes(30);
  auto const phone = flow({ask("what", "description", "who"), ask("who", "attributes.staff_number", "desk"), over}, {},
                          Channel::phone);
  TalkOptions known;
  known.phone = "4711";
  Driver caller(phone, known);
  caller.begin();
  caller.hear("no dial tone");
  caller.talk.leave();
  CHECK(caller.talk.state() == State::given_up);
  CHECK(caller.talk.callback_at() == caller.now + std::chrono::minutes(30));
  Driver silent(phone, known);
  silent.begin();
  silent.talk.leave();
  CHECK_FALSE(silent.talk.callback_at());
  Driver unknown(phone);
  unknown.begin();
  unknown.hear("no dial tone");
  unknown.talk.leave();
  CHECK_FALSE(unknown.talk.callback_at());
}

TEST_CASE("a transfer asks for a number where nobody could be called") {
  auto line = hand_over("line", "One moment.");
  line.transfer = "oncall:primary";
  Driver nobody(flow({ask("what", "description", "line"), line}));
  nobody.begin();
  CHECK(nobody.hear("it is broken") == "One moment.\nWhich number shall we call?\n");
  nobody.hear("4711");
  CHECK(nobody.talk.state() == State::handed_over);
  CHECK(nobody.talk.collected().phone == "4711");
  TalkOptions known;
  known.requester = "zhang.wei";
  Driver somebody(flow({ask("what", "description", "line"), line}), known);
  somebody.begin();
  somebody.hear("it is broken");
  CHECK(somebody.talk.state() == State::handed_over);
  CHECK_FALSE(somebody.talk.callback_at());
  for (auto const* word : {"/bye", "bye", "再见", " /再见 ", "Goodbye!"}) CHECK(is_goodbye(word));
  for (auto const* word : {"", "/", "bye the way", "human"}) CHECK_FALSE(is_goodbye(word));
}

TEST_CASE("the transcript in parts") {
  Driver d(menu_flow());
  d.begin();
  d.hear("2");
  auto const parts = transcript_parts(d.talk.transcript(), 65'536);
  REQUIRE(parts.size() == 1);
  CHECK(parts[0] ==
        "2026-11-25T09:30:00Z desk: topic? [1 Password reset, 2 Lost phone, 0 Goodbye]\n"
        "2026-11-25T09:30:00Z user: 2\n"
        "2026-11-25T09:30:00Z desk: over");
  CHECK(transcript_parts(d.talk.transcript(), 40).size() == 3);
  CHECK(transcript_parts({}, 40).empty());
}
