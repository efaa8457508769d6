// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/time.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::dialogue {

enum class Channel { chat, phone };
std::string_view to_string(Channel channel);  ///< `chat`, `phone`
std::optional<Channel> parse_channel(std::string_view text);

/// A text of the desk in both languages; a flow that gives one text uses it for both.
struct Text {
  std::string en, zh;
  std::string const& in(base::Language language) const { return language == base::Language::zh ? zh : en; }
  bool empty() const { return en.empty() && zh.empty(); }
};

/// One way out of a menu.
struct Option {
  std::string key;  ///< what is typed or pressed
  Text label;
  std::string value;  ///< what the menu's field becomes; empty: the key
  std::string next;
};

/// `say` speaks and continues; `menu` and `ask` wait for an answer; `answer` tries the known answers; `hand_over` files
/// a ticket for a human; `end` ends the conversation.
enum class NodeKind { say, menu, ask, answer, hand_over, end };

struct Node {
  std::string name;
  NodeKind kind = NodeKind::say;
  Text text;                    ///< of ask, menu and answer the question that is put; may be empty from answer on
  std::string next;             ///< of say, ask and answer
  std::string field;            ///< ask, menu: what the answer fills, see `is_field`; optional for a menu
  std::vector<Option> options;  ///< menu
  std::string pattern;          ///< ask: RE2 expression that the whole answer must match; empty: any
  Text hint;                    ///< ask: said when the answer does not fit
  bool optional = false;        ///< ask: an empty answer is one
  std::string question;         ///< answer: always this entry; empty: the entry that matches what was said
  // hand_over: overrides the rules.
  std::optional<model::Priority> priority;
  std::string category, assignee;
  /// hand_over: who is to come to the line, `oncall:SCHEDULE`, `team:NAME`, `auto` or a person; empty: nobody.
  std::string transfer;
  base::Milliseconds wait{std::chrono::minutes(3)};  ///< how long the user waits for them; then it is a call-back
  bool callback = false;  ///< a call-back is wanted; number and time are asked for unless known
  std::optional<base::Milliseconds> callback_within;  ///< after the conversation; then no time is asked for
  std::int64_t line = 0;
};

/// One known answer in the flow.
struct Question {
  std::string id;
  rules::Test when;  ///< looks at what the user said and at nothing else
  Text answer;
  std::string file;
  std::int64_t line = 0;
};

/// Limits of one conversation; beyond them a human takes over.
struct Limits {
  int turns = 50;                 ///< lines of the user, 1 to 500
  std::size_t line_bytes = 4000;  ///< of one line, 100 to 16,000
  int wrong_answers = 3;          ///< in a row, 1 to 20
};

struct Flow {
  Channel channel = Channel::chat;
  std::string start;  ///< the first node
  std::string human;  ///< where the word "human" leads; empty: the first hand_over node, or a plain hand-over
  std::vector<Node> nodes;
  std::vector<Question> questions;
  Limits limits;
  std::string file;

  Node const* find(std::string_view node) const;
  Question const* find_question(std::string_view id) const;
};

/// title, description, requester, phone, callback_at, category, attributes.NAME: what an answer can fill.
bool is_field(std::string_view name);
/// Names of these fields, for suggestions.
std::vector<std::string_view> field_names();

/// A problem of a flow as a whole.
struct FlowProblem {
  std::string node;  ///< empty: the flow itself
  std::string part;  ///< `start`, `human`, `next`, `question`, `options`, `key KEY` of an option, or `option KEY`:
                     ///< where it leads; empty: the node itself
  std::string problem, suggestion;
};
/// Unknown nodes and questions, nodes that are never reached, dead ends (no end and no hand-over can be reached), loops
/// without a question, menus without options, and duplicate keys. Empty: the flow is sound.
std::vector<FlowProblem> check(Flow const& flow);

}  // namespace umsops::dialogue
