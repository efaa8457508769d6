// SPDX-License-Identifier: Apache-2.0
// The nodes of a flow file.
#include <fmt/format.h>

#include "config/flow_reader.hpp"
#include "config/rule_fields.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

using dialogue::NodeKind;

constexpr std::size_t kLongestText = 2000;

struct KindOf {
  std::string_view key;
  NodeKind kind;
  std::vector<std::string_view> further;  ///< the keys that may stand beside it
  bool has_words;                         ///< the text is required
};

std::vector<KindOf> const& kinds() {
  static std::vector<KindOf> const all{
      {"say", NodeKind::say, {"next"}, true},
      {"menu", NodeKind::menu, {"options", "field"}, true},
      {"ask", NodeKind::ask, {"field", "next", "pattern", "hint", "optional"}, true},
      {"answer", NodeKind::answer, {"question", "next"}, false},
      {"hand_over", NodeKind::hand_over, {"callback", "priority", "category", "assignee"}, false},
      {"transfer", NodeKind::hand_over, {"text", "wait", "priority", "category"}, false},
      {"end", NodeKind::end, {}, false},
  };
  return all;
}

KindOf const& kind_of(Node const& yaml) {
  KindOf const* found = nullptr;
  for (auto const& kind : kinds()) {
    if (!yaml.find(kind.key)) continue;
    if (found)
      throw invalid(yaml.spot, fmt::format("one node holds both {} and {}", found->key, kind.key),
                    "make them two nodes");
    found = &kind;
  }
  if (found) return *found;
  // A mistyped kind is the better thing to name.
  std::vector<std::string_view> known;
  for (auto const& kind : kinds()) {
    known.push_back(kind.key);
    known.insert(known.end(), kind.further.begin(), kind.further.end());
  }
  require_keys(yaml, known);
  throw invalid(yaml.spot, "a node that does nothing",
                "give it one of: say, menu, ask, answer, hand_over, transfer, end");
}

std::string said_text(Node const& yaml) {
  std::string text = text_of(yaml);
  if (text.find_first_not_of(" \t\n") == std::string::npos) throw invalid(yaml.spot, "an empty text");
  if (auto const problem = base::check_text(text, base::TextShape::block)) throw invalid(yaml.spot, problem->what);
  if (base::code_points(text) > kLongestText)
    throw invalid(yaml.spot, fmt::format("a text has at most {} characters", kLongestText));
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string field_of(Node const& yaml) {
  std::string field = text_of(yaml);
  if (!dialogue::is_field(field)) {
    std::string const best = base::nearest(field, dialogue::field_names());
    throw invalid(yaml.spot, fmt::format("{} is no field that an answer can fill", echo(field)),
                  best.empty() ? fmt::format("one of: {}, attributes.NAME", fmt::join(dialogue::field_names(), ", "))
                               : "did you mean " + best + "?");
  }
  return field;
}

/// The ticket's own field behind one of the flow's.
std::string ticket_field(std::string const& field) { return field == "requester" ? "requester_id" : field; }

void check_key(Node const& key, dialogue::Channel channel) {
  std::string const& text = key.scalar;
  if (channel == dialogue::Channel::phone) {
    if (text.size() != 1 || std::string_view("0123456789*#").find(text) == std::string_view::npos) {
      throw invalid(key.spot, fmt::format("{} is no key of a phone", echo(text)), "one of 0 to 9, * and #");
    }
  } else if (text.empty() || base::check_text(text, base::TextShape::line) || base::code_points(text) > 20) {
    throw invalid(key.spot, fmt::format("{} is no key to be typed", echo(text)), "at most 20 characters");
  }
}

void read_option(Node const& key, Node const& yaml, dialogue::Node& node, dialogue::Channel channel,
                 Problems& problems) {
  dialogue::Option option;
  option.key = key.scalar;
  problems.guard([&] { check_key(key, channel); });
  if (yaml.kind != Node::Kind::map) throw invalid(yaml.spot, "an option is a map", "e.g. {label: ..., next: ...}");
  problems.check_keys(yaml, {"label", "value", "next"});
  if (Node const* const label = yaml.find("label")) {
    problems.guard([&] { option.label = flow_text(*label); });
  } else {
    problems.add(yaml.spot, fmt::format("the option {} has no label", echo(option.key)),
                 "add label: and what it is called");
  }
  if (Node const* const value = yaml.find("value")) {
    problems.guard([&] {
      if (node.field.empty())
        throw invalid(value->spot, "a value, but the menu fills no field", "add field: to the menu");
      option.value = value_for(model::ticket_type(), ticket_field(node.field), text_of(*value), value->spot);
    });
  }
  if (Node const* const next = yaml.find("next")) problems.guard([&] { option.next = text_of(*next); });
  node.options.push_back(std::move(option));
}

void read_options(Node const& yaml, dialogue::Node& node, dialogue::Channel channel, Problems& problems) {
  if (yaml.kind == Node::Kind::null) return;
  if (yaml.kind != Node::Kind::map) throw invalid(yaml.spot, "options are a map", "key: {label: ..., next: ...}");
  for (auto const& [key, value] : yaml.members)
    problems.guard([&, &key = key, &value = value] { read_option(key, value, node, channel, problems); });
}

void read_callback(Node const& yaml, dialogue::Node& node) {
  std::string const text = text_of(yaml);
  node.callback = text != "false";
  if (text == "true" || text == "false") return;
  node.callback_within = base::parse_duration(text);
  if (!node.callback_within || *node.callback_within > std::chrono::days(31)) {
    throw invalid(yaml.spot, fmt::format("{} is neither true nor a time to call back within", echo(text)),
                  "e.g. 30m, 2h, at most 31d");
  }
}

void read_wait(Node const& yaml, dialogue::Node& node) {
  std::string const text = text_of(yaml);
  auto const wait = base::parse_duration(text);
  if (!wait || *wait < std::chrono::seconds(5) || *wait > std::chrono::hours(1))
    throw invalid(yaml.spot, fmt::format("{} is no time to wait on the line", echo(text)), "e.g. 3m; from 5s to 1h");
  node.wait = *wait;
}

/// Whom the roster does not know is found where it is known; see `names_in`.
void read_transfer(Node const& yaml, dialogue::Node& node) {
  node.transfer = text_of(yaml);
  std::string_view const target = node.transfer;
  bool const prefixed = target.find(':') != std::string_view::npos;
  bool const known = target.starts_with("oncall:") || target.starts_with("team:");
  bool const named = target.substr(target.find(':') + 1).find_first_not_of(' ') != std::string_view::npos;
  if (target.empty() || (prefixed && (!known || !named)) || target.size() > 200 ||
      base::check_text(target, base::TextShape::line)) {
    throw invalid(yaml.spot, fmt::format("{} is nobody to transfer to", echo(node.transfer)),
                  "oncall:SCHEDULE, team:NAME, auto or a person");
  }
}

void read_field(Node const& yaml, dialogue::Node& node) {
  node.field = field_of(yaml);
  bool const of_a_call = node.field == "phone" || node.field == "callback_at";
  if (node.kind == NodeKind::menu && of_a_call)
    throw invalid(yaml.spot, fmt::format("a menu cannot fill {}", node.field), "use ask");
}

void read_parts(Node const& yaml, dialogue::Node& node, Problems& problems) {
  auto const part = [&](char const* key, auto const& act) {
    if (Node const* const found = yaml.find(key)) problems.guard([&] { act(*found); });
  };
  part("next", [&](Node const& found) { node.next = text_of(found); });
  part("question", [&](Node const& found) { node.question = text_of(found); });
  part("field", [&](Node const& found) { read_field(found, node); });
  part("pattern", [&](Node const& found) { node.pattern = text_of(found); });
  part("hint", [&](Node const& found) { node.hint = flow_text(found); });
  part("optional", [&](Node const& found) { node.optional = boolean_of(found); });
  part("text", [&](Node const& found) { node.text = flow_text(found); });
  part("wait", [&](Node const& found) { read_wait(found, node); });
  part("callback", [&](Node const& found) { read_callback(found, node); });
  part("priority", [&](Node const& found) {
    node.priority = model::parse_priority(value_for(model::ticket_type(), "priority", text_of(found), found.spot));
  });
  part("category", [&](Node const& found) {
    node.category = value_for(model::ticket_type(), "category", text_of(found), found.spot);
  });
  part("assignee", [&](Node const& found) {
    node.assignee = value_for(model::ticket_type(), "assignee_id", text_of(found), found.spot);
  });
}

}  // namespace

dialogue::Text flow_text(Node const& yaml) {
  if (yaml.kind != Node::Kind::map) {
    std::string const text = said_text(yaml);
    return {text, text};
  }
  require_keys(yaml, {"en", "zh"});
  Node const* const en = yaml.find("en");
  Node const* const zh = yaml.find("zh");
  if (!en || !zh)
    throw invalid(yaml.spot, fmt::format("no text in {}", en ? "zh" : "en"), "give both, or one text for both");
  return {said_text(*en), said_text(*zh)};
}

void read_flow_node(Node const& yaml, dialogue::Node& node, dialogue::Channel channel, Problems& problems) {
  node.line = yaml.spot.line;
  node.kind = NodeKind::end;  // until known: an end is never a dead end
  if (yaml.kind != Node::Kind::map) throw invalid(yaml.spot, "a node is a map", "e.g. {say: Hello, next: problem}");
  auto const& kind = kind_of(yaml);
  node.kind = kind.kind;
  auto allowed = kind.further;
  allowed.push_back(kind.key);
  problems.check_keys(yaml, allowed);
  Node const& words = *yaml.find(kind.key);
  if (kind.key == "transfer") {
    problems.guard([&] { read_transfer(words, node); });
  } else if (kind.has_words || words.kind != Node::Kind::null)
    problems.guard([&] { node.text = flow_text(words); });
  read_parts(yaml, node, problems);
  if (node.kind == NodeKind::ask && !yaml.find("field")) {
    problems.add(yaml.spot, fmt::format("{} asks, but keeps no answer", node.name),
                 fmt::format("add field: one of {}, attributes.NAME", fmt::join(dialogue::field_names(), ", ")));
  }
  if (Node const* const options = yaml.find("options"))
    problems.guard([&] { read_options(*options, node, channel, problems); });
}

}  // namespace umsops::config
