// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <random>

#include "umsops/config/flow_files.hpp"
#include "umsops/config/rule_files.hpp"
#include "umsops/dialogue/talk.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;
using dialogue::NodeKind;

namespace {

/// Each problem as `line:column message`.
std::string lint(std::string_view text) {
  tests::Scratch const scratch;
  std::string out;
  for (auto const& error : config::lint_file(scratch.write("flow.yaml", text))) {
    CHECK(std::string(error.spot().file).ends_with("flow.yaml"));
    out += std::to_string(error.spot().line) + ":" + std::to_string(error.spot().column) + " " + error.message() +
           (error.hint().empty() ? "" : " (" + error.hint() + ")") + "\n";
  }
  return out;
}

constexpr char kHead[] = "kind: flow\nchannel: chat\nstart: a\nnodes:\n";

/// Problems of a chat flow with these nodes (from line 5 on).
std::string nodes(std::string const& text) { return lint(kHead + text); }

}  // namespace

TEST_CASE("a flow file is read as it is written") {
  tests::Scratch const scratch;
  auto const flow = config::read_flow(scratch.write("f.yaml", R"(kind: flow
channel: phone
start: topic
human: desk
limits: {turns: 20, line_bytes: 500, wrong_answers: 2}
nodes:
  topic:
    menu: {en: What is it?, zh: 什么问题？}
    field: category
    options:
      1: {label: {en: Password, zh: 密码}, value: password, next: known}
      '#': {label: other, next: badge}
  badge: {ask: badge number, field: attributes.badge, pattern: '\d+', hint: digits, optional: true, next: known}
  known: {answer: helped?, question: pw, next: desk}
  desk: {hand_over: , callback: 2h, priority: high, category: mfa, assignee: li.na}
questions:
  - {id: pw, when: {keywords: [password, 密码]}, answer: {en: reset it, zh: 请重置}}
)"));
  CHECK(flow.channel == dialogue::Channel::phone);
  CHECK(flow.start == "topic");
  CHECK(flow.human == "desk");
  CHECK(flow.limits.turns == 20);
  CHECK(flow.limits.line_bytes == 500);
  CHECK(flow.limits.wrong_answers == 2);
  REQUIRE(flow.nodes.size() == 4);
  auto const& topic = flow.nodes[0];
  CHECK(topic.kind == NodeKind::menu);
  CHECK(topic.text.zh == "什么问题？");
  CHECK(topic.field == "category");
  REQUIRE(topic.options.size() == 2);
  CHECK(topic.options[0].key == "1");
  CHECK(topic.options[0].label.en == "Password");
  CHECK(topic.options[0].value == "password");
  CHECK(topic.options[1].label.zh == "other");
  auto const& badge = flow.nodes[1];
  CHECK(badge.kind == NodeKind::ask);
  CHECK(badge.pattern == "\\d+");
  CHECK(badge.hint.en == "digits");
  CHECK(badge.optional);
  CHECK(flow.nodes[2].question == "pw");
  auto const& desk = flow.nodes[3];
  CHECK(desk.kind == NodeKind::hand_over);
  CHECK(desk.text.empty());
  CHECK(desk.callback);
  CHECK(desk.callback_within == std::chrono::hours(2));
  CHECK(desk.priority == model::Priority::high);
  CHECK(desk.category == "mfa");
  CHECK(desk.assignee == "li.na");
  REQUIRE(flow.questions.size() == 1);
  CHECK(flow.questions[0].answer.zh == "请重置");
}

TEST_CASE("the built-in flows and the examples are sound") {
  CHECK(config::builtin_flow(dialogue::Channel::chat).channel == dialogue::Channel::chat);
  CHECK(config::builtin_flow(dialogue::Channel::phone).channel == dialogue::Channel::phone);
  for (auto const* name : {"chat.yaml", "phone.yaml"}) {
    INFO(name);
    std::string const file = std::string(UMSOPS_SOURCE_DIR) + "/examples/flows/" + name;
    CHECK(config::lint_file(file).empty());
    CHECK(config::read_flow(file).questions.size() >= 5);
  }
}

TEST_CASE("what is wrong with the head of a flow") {
  CHECK(lint("kind: flow\n") ==
        "1:1 a flow needs a channel (channel: chat or phone)\n1:1 a flow needs nodes (e.g. nodes: {hello: {say: Hello, "
        "next: problem}})\n");
  CHECK(lint("kind: flow\nchannel: fax\nstart: a\nnodes: {a: {end: }}\n") ==
        "2:10 unknown channel: \"fax\" (one of: chat, phone)\n");
  CHECK(lint("kind: flow\nchannel: phnoe\nstart: a\nnodes: {a: {end: }}\n") ==
        "2:10 unknown channel: \"phnoe\" (did you mean phone?)\n");
  CHECK(lint("kind: flow\nchannel: chat\nnodes: {a: {end: }}\n") ==
        "1:1 a flow needs a start (start: and the name of the first node)\n");
  CHECK(lint("kind: flow\nchannel: chat\nstart: b\nnodes: {a: {end: }}\n") ==
        "3:8 no node is named b (did you mean a?)\n");
  CHECK(
      lint("kind: flow\nchannel: chat\nstart: a\nnods: {}\n").find("4:1 unknown key \"nods\" (did you mean nodes?)") !=
      std::string::npos);
  CHECK(
      lint("kind: flow\nchannel: chat\nstart: a\nlimits: {turns: 0, line_bytes: 9, wrong: 1}\nnodes: {a: {end: }}\n") ==
      "4:35 unknown key \"wrong\" (one of: turns, line_bytes, wrong_answers)\n"
      "4:17 expected a whole number from 1 to 500, found \"0\"\n"
      "4:32 expected a whole number from 100 to 16000, found \"9\"\n");
}

TEST_CASE("what is wrong with nodes") {
  CHECK(nodes("  a: {say: hi, next: b}\n  b: {end: }\n").empty());
  CHECK(nodes("  a: {say: hi, next: c}\n  b: {end: }\n") ==
        "5:22 no node is named c (did you mean a?)\n6:3 b is never reached\n");
  CHECK(nodes("  a: {say: hi, next: b}\n  b: {say: ho, next: a}\n  c: {end: }\n") ==
        "5:3 a round in which nothing is asked: a → b → a (put a menu, ask or end into it)\n7:3 c is never reached\n");
  CHECK(nodes("  a: {ask: x, field: title, next: b}\n  b: {ask: y, field: title, next: a}\n") ==
        "5:3 a is a dead end: no end and no hand_over can be reached from it\n"
        "6:3 b is a dead end: no end and no hand_over can be reached from it\n");
  CHECK(nodes("  a: {menu: x}\n") == "5:3 a is a menu without options (e.g. options: {1: {label: ..., next: ...}})\n");
  CHECK(nodes("  a: {menu: x, options: {y: {label: z, next: b}, Y: {label: z, next: b}}}\n  b: {end: }\n") ==
        "5:50 a has the option Y twice\n");
  CHECK(nodes("  a: {menu: x, options: {y: {next: b}}}\n  b: {end: }\n") ==
        "5:29 the option \"y\" has no label (add label: and what it is called)\n");
  CHECK(nodes("  a: {ask: x, next: b}\n  b: {end: }\n").find("5:6 a asks, but keeps no answer") == 0);
  CHECK(nodes("  a: {ask: x, field: titel, next: b}\n  b: {end: }\n") ==
        "5:22 \"titel\" is no field that an answer can fill (did you mean title?)\n");
  CHECK(nodes("  a: {ask: x, field: title, pattern: '(', next: b}\n  b: {end: }\n").find("5:38 ") == 0);
  CHECK(nodes("  a: {sya: x, next: b}\n  b: {end: }\n").find("5:7 unknown key \"sya\" (did you mean say?)") == 0);
  CHECK(nodes("  a: {next: b}\n  b: {end: }\n").find("5:6 a node that does nothing") == 0);
  CHECK(nodes("  a: {say: x, ask: y, next: b}\n  b: {end: }\n").find("5:6 one node holds both say and ask") == 0);
  CHECK(nodes("  a: {say: {en: x}, next: b}\n  b: {end: }\n").find("5:12 no text in zh") == 0);
  CHECK(nodes("  a: {say: '', next: b}\n  b: {end: }\n").find("5:12 an empty text") == 0);
  CHECK(nodes("  a: {say: x}\n").find("5:3 a goes nowhere") == 0);
  CHECK(nodes("  a: {hand_over: x, callback: soon}\n").find("5:31 \"soon\" is neither true nor a time") == 0);
  CHECK(nodes("  a: {hand_over: x, priority: URGENT}\n").find("5:31 \"URGENT\" is no priority") == 0);
  CHECK(nodes("  a: {menu: x, field: phone, options: {y: {label: z, next: b}}}\n  b: {end: }\n")
            .find("5:23 a menu cannot fill phone") == 0);
  CHECK(nodes("  a: {menu: x, options: {y: {label: z, value: v, next: b}}}\n  b: {end: }\n")
            .find("5:47 a value, but the menu fills no field") == 0);
  CHECK(nodes("  a: {answer: , question: pw, next: b}\n  b: {end: }\n").find("5:27 no question has the id pw") == 0);
}

TEST_CASE("a transfer says to whom, and how long the user waits") {
  tests::Scratch const scratch;
  auto const flow = config::read_flow(
      scratch.write("f.yaml", std::string(kHead) + "  a: {transfer: 'oncall:primary', text: {en: wait, zh: 请稍候}, "
                                                   "wait: 90s, priority: high}\n"));
  auto const& node = flow.nodes[0];
  CHECK(node.kind == NodeKind::hand_over);
  CHECK(node.transfer == "oncall:primary");
  CHECK(node.wait == std::chrono::seconds(90));
  CHECK(node.text.zh == "请稍候");
  CHECK(nodes("  a: {transfer: 'team:'}\n").find("nobody to transfer to") != std::string::npos);
  CHECK(nodes("  a: {transfer: 'channel:ops'}\n").find("5:17 \"channel:ops\" is nobody") != std::string::npos);
  CHECK(nodes("  a: {transfer: auto, wait: 2s}\n").find("no time to wait") != std::string::npos);
  CHECK(nodes("  a: {transfer: auto, callback: true}\n").find("callback") != std::string::npos);
  CHECK(nodes("  a: {transfer: auto, hand_over: x}\n").find("one node holds both") != std::string::npos);
}

TEST_CASE("the keys of a phone") {
  CHECK(lint("kind: flow\nchannel: phone\nstart: a\nnodes:\n  a: {menu: x, options: {12: {label: z, next: b}}}\n  b: "
             "{end: }\n") == "5:26 \"12\" is no key of a phone (one of 0 to 9, * and #)\n");
}

TEST_CASE("what is wrong with questions") {
  auto const questions = [](std::string const& text) { return nodes("  a: {end: }\nquestions:\n" + text); };
  CHECK(questions("  - {id: x, when: {keywords: [y]}, answer: z}\n").empty());
  CHECK(questions("  - {id: x, when: {keywords: [y]}}\n") ==
        "7:5 question \"x\" has no answer (add answer: and what is said)\n");
  CHECK(questions("  - {id: x, answer: z}\n").find("7:5 question \"x\" has no when") == 0);
  CHECK(questions("  - {when: {keywords: [y]}, answer: z}\n").find("7:5 a question without id") == 0);
  CHECK(questions("  - {id: x, when: {keywords: []}, answer: z}\n").find("7:") == 0);
  CHECK(questions("  - {id: x, when: {regex: '('}, answer: z}\n").find("7:19 ") == 0);
  CHECK(questions("  - {id: x, when: {field: category, equals: mfa}, answer: z}\n")
            .find("7:19 a question looks at what was said") == 0);
  CHECK(questions("  - {id: x, when: {keywords: [y]}, answer: z}\n  - {id: x, when: {keywords: [y]}, answer: z}\n")
            .find("8:5 question \"x\" occurs twice, first at line 7") == 0);
}

TEST_CASE("whatever is said, a conversation comes to its end within the limits") {
  std::vector<dialogue::Flow> flows{config::builtin_flow(dialogue::Channel::chat),
                                    config::builtin_flow(dialogue::Channel::phone)};
  for (auto const* name : {"chat.yaml", "phone.yaml"})
    flows.push_back(config::read_flow(std::string(UMSOPS_SOURCE_DIR) + "/examples/flows/" + name));
  std::string const lines[] = {"1",
                               "2",
                               "3",
                               "9",
                               "0",
                               "*",
                               "#",
                               "yes",
                               "no",
                               "是",
                               "否",
                               "",
                               " ",
                               "human",
                               "人工",
                               "back",
                               "返回",
                               "help",
                               "帮助",
                               "quit",
                               "zhang.wei",
                               "13800000000",
                               "12345",
                               "tomorrow 9:30",
                               "now",
                               "忘记密码",
                               "my account is locked",
                               "手机丢了",
                               "the VPN is down and nobody can work",
                               "\xff\xfe",
                               "\x1b[2J",
                               std::string(5000, 'x'),
                               std::string(300, '1'),
                               "\xe2\x80\xae",
                               "😀"};
  std::mt19937 random(7);
  base::TimePoint const now{std::chrono::milliseconds(1'795'599'000'000)};
  std::array<int, 5> ends{};
  for (int round = 0; round < 2000; ++round) {
    auto const& flow = flows[round % flows.size()];
    dialogue::FlowAnswers const answers(flow.questions);
    dialogue::Talk talk(flow, answers, {});
    bool silent = talk.begin(now).empty();
    while (talk.state() == dialogue::State::running) {
      REQUIRE_FALSE(silent);  // whoever is waited for was told something
      silent = talk.hear(lines[random() % std::size(lines)], now).empty();
      REQUIRE(talk.turns() <= flow.limits.turns);
    }
    ++ends[static_cast<std::size_t>(talk.state())];
    REQUIRE(talk.hear("more", now).empty());
    if (talk.callback_at()) REQUIRE(*talk.callback_at() >= now);
  }
  // All ways out were taken.
  CHECK(ends[static_cast<std::size_t>(dialogue::State::solved)] > 0);
  CHECK(ends[static_cast<std::size_t>(dialogue::State::handed_over)] > 0);
  CHECK(ends[static_cast<std::size_t>(dialogue::State::given_up)] > 0);
}
