// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "umsops/dialogue/talk.hpp"

/// Flows as short as a test wants to write them.
namespace umsops::dialogue {

inline Text both(std::string text) { return {text, text}; }

inline Node node(NodeKind kind, std::string name, std::string text, std::string next = "") {
  Node out;
  out.name = std::move(name);
  out.kind = kind;
  out.text = both(std::move(text));
  out.next = std::move(next);
  return out;
}
inline Node say(std::string name, std::string text, std::string next) { return node(NodeKind::say, name, text, next); }
inline Node ask(std::string name, std::string field, std::string next) {
  Node out = node(NodeKind::ask, name, name + "?", next);
  out.field = std::move(field);
  return out;
}
inline Node menu(std::string name, std::vector<Option> options) {
  Node out = node(NodeKind::menu, name, name + "?");
  out.options = std::move(options);
  return out;
}
inline Node answer(std::string name, std::string next) { return node(NodeKind::answer, name, "", next); }
inline Node hand_over(std::string name, std::string text = "") { return node(NodeKind::hand_over, name, text); }
inline Node end(std::string name) { return node(NodeKind::end, name, "bye"); }

inline Question question(std::string id, std::vector<std::string> words, std::string text) {
  Question out;
  out.id = std::move(id);
  out.when.kind = rules::Test::Kind::keywords;
  out.when.words = std::move(words);
  out.answer = both(std::move(text));
  out.file = "flow.yaml";
  out.line = 9;
  return out;
}

inline Flow flow(std::vector<Node> nodes, std::vector<Question> questions = {}, Channel channel = Channel::chat) {
  Flow out;
  out.channel = channel;
  out.start = nodes.empty() ? "" : nodes[0].name;
  out.nodes = std::move(nodes);
  out.questions = std::move(questions);
  return out;
}

/// A conversation that is driven line by line at a fixed time.
struct Driver {
  Flow flow;
  FlowAnswers answers;
  Talk talk;
  base::TimePoint now{std::chrono::milliseconds(1'795'599'000'000)};  // 2026-11-25T09:30:00Z

  explicit Driver(Flow wanted, TalkOptions options = {})
      : flow(std::move(wanted)), answers(flow.questions), talk(flow, answers, std::move(options)) {}

  /// All that the desk says, a line each; options as `key label`.
  static std::string text(std::vector<Utterance> const& said) {
    std::string out;
    for (auto const& utterance : said) {
      out += utterance.text + "\n";
      for (auto const& option : utterance.options) out += "  " + option.key + " " + option.label + "\n";
    }
    return out;
  }
  std::string begin() { return text(talk.begin(now)); }
  std::string hear(std::string const& line) { return text(talk.hear(line, now)); }
};

}  // namespace umsops::dialogue
