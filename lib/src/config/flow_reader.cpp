// SPDX-License-Identifier: Apache-2.0
#include "config/flow_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/embedded.hpp"
#include "config/rule_reader.hpp"
#include "umsops/config/flow_files.hpp"
#include "umsops/config/trusted_file.hpp"
#include "umsops/dialogue/answers.hpp"

namespace umsops::config {
namespace {

using Spots =
    std::map<std::pair<std::string, std::string>, base::SourceSpot>;  // node and part, as a problem names them

base::SourceSpot spot_of(Node const& yaml) { return yaml.spot; }

void read_channel(Node const& root, dialogue::Flow& flow) {
  Node const* const channel = root.find("channel");
  if (!channel) throw invalid(root.spot, "a flow needs a channel", "channel: chat or phone");
  std::string const word = text_of(*channel);
  auto const known = dialogue::parse_channel(word);
  if (!known)
    throw invalid(channel->spot, fmt::format("unknown channel: {}", echo(word)), suggest(word, {"chat", "phone"}));
  flow.channel = *known;
}

void read_limits(Node const& yaml, dialogue::Limits& limits, Problems& problems) {
  if (yaml.kind != Node::Kind::map) throw invalid(yaml.spot, "limits is a map", "turns, line_bytes, wrong_answers");
  problems.check_keys(yaml, {"turns", "line_bytes", "wrong_answers"});
  auto const limit = [&](char const* key, std::int64_t min, std::int64_t max, auto& into) {
    if (Node const* const found = yaml.find(key)) {
      problems.guard(
          [&] { into = static_cast<std::remove_reference_t<decltype(into)>>(integer_of(*found, min, max)); });
    }
  };
  limit("turns", 1, 500, limits.turns);
  limit("line_bytes", 100, 16'000, limits.line_bytes);
  limit("wrong_answers", 1, 20, limits.wrong_answers);
}

/// A question looks at all that was said, and at nothing else.
void refuse_fields(rules::Test const& test, Node const& when) {
  if (!test.fields.empty())
    throw invalid(when.spot, "a question looks at what was said, not at fields",
                  "use keywords or regex, without field");
  for (auto const& child : test.children) refuse_fields(child, when);
}

dialogue::Question read_question(Node const& yaml, Problems& problems) {
  if (yaml.kind != Node::Kind::map) throw invalid(yaml.spot, "a question is a map", "id, when, answer");
  problems.check_keys(yaml, {"id", "when", "answer"});
  dialogue::Question question;
  question.file = yaml.spot.file();
  question.line = yaml.spot.line;
  Node const* const id = yaml.find("id");
  Node const* const when = yaml.find("when");
  Node const* const answer = yaml.find("answer");
  if (!id) problems.add(yaml.spot, "a question without id", "add id: and a name that is used once");
  if (id) problems.guard([&] { question.id = id_of(*id); });
  if (!answer)
    problems.add(yaml.spot, fmt::format("question {} has no answer", echo(question.id)),
                 "add answer: and what is said");
  if (answer) problems.guard([&] { question.answer = flow_text(*answer); });
  if (!when)
    throw invalid(yaml.spot, fmt::format("question {} has no when", echo(question.id)),
                  "e.g. when: {keywords: [password, 密码]}");
  Problems in_condition = problems.fresh();
  question.when = read_test(rules::ticket_target(), *when, in_condition);
  for (auto const& error : in_condition.all()) problems.add(error);
  if (!in_condition.all().empty()) return question;
  refuse_fields(question.when, *when);
  try {
    dialogue::FlowAnswers const compiled({question});
  } catch (base::Error const& error) {
    throw invalid(when->spot, error.message(), error.hint());
  }
  return question;
}

void read_questions(Node const& yaml, dialogue::Flow& flow, Problems& problems) {
  if (yaml.kind == Node::Kind::null) return;
  if (yaml.kind != Node::Kind::list) throw invalid(yaml.spot, "questions is a list", "begin each entry with '- '");
  for (auto const& item : yaml.items) {
    problems.guard([&] {
      auto question = read_question(item, problems);
      if (question.id.empty()) return;
      if (auto const* first = flow.find_question(question.id)) {
        throw invalid(item.spot,
                      fmt::format("question {} occurs twice, first at line {}", echo(question.id), first->line),
                      "give each its own id");
      }
      flow.questions.push_back(std::move(question));
    });
  }
}

void check_pattern(dialogue::Node const& node, Node const& yaml) {
  Node const* const pattern = yaml.find("pattern");
  if (!pattern || node.pattern.empty()) return;
  dialogue::Flow alone;
  alone.nodes.push_back(node);
  try {
    dialogue::AnswerPatterns const compiled(alone);
  } catch (base::Error const& error) {
    throw invalid(pattern->spot, error.message(), error.hint());
  }
}

void note_spots(Node const& key, Node const& yaml, Spots& spots) {
  std::string const& name = key.scalar;
  spots[{name, ""}] = spot_of(key);
  for (auto const& [part, value] : yaml.members) {
    spots[{name, part.scalar}] = spot_of(value);
    if (part.scalar != "options") continue;
    for (auto const& [option, parts] : value.members) {
      spots[{name, "key " + option.scalar}] = spot_of(option);
      Node const* const next = parts.find("next");
      spots[{name, "option " + option.scalar}] = next ? spot_of(*next) : spot_of(option);
    }
  }
}

void read_nodes(Node const& yaml, dialogue::Flow& flow, Spots& spots, Problems& problems) {
  if (yaml.kind != Node::Kind::map || yaml.members.empty())
    throw invalid(yaml.spot, "a flow needs nodes", "e.g. nodes: {hello: {say: Hello, next: problem}}");
  for (auto const& [key, value] : yaml.members) {
    dialogue::Node node;
    node.name = key.scalar;
    note_spots(key, value, spots);
    problems.guard([&, &key = key] { (void)id_of(key); });
    problems.guard([&, &value = value] {
      read_flow_node(value, node, flow.channel, problems);
      check_pattern(node, value);
    });
    flow.nodes.push_back(std::move(node));
  }
}

void check_whole(dialogue::Flow const& flow, Spots const& spots, Node const& root, Problems& problems) {
  for (auto const& problem : dialogue::check(flow)) {
    auto spot = spots.find({problem.node, problem.part});
    if (spot == spots.end()) spot = spots.find({problem.node, ""});
    problems.add(spot == spots.end() ? spot_of(root) : spot->second, problem.problem, problem.suggestion);
  }
}

void read_root(Node const& root, dialogue::Flow& flow, Problems& problems) {
  if (root.kind != Node::Kind::map) throw invalid(root.spot, "a flow file is a map", "it begins with kind: flow");
  problems.check_keys(root, {"kind", "channel", "start", "human", "limits", "nodes", "questions"});
  problems.guard([&] {
    Node const* const kind = root.find("kind");
    if (kind && text_of(*kind) != "flow") throw invalid(kind->spot, "this is no flow file", "kind: flow");
  });
  problems.guard([&] { read_channel(root, flow); });
  Spots spots;
  for (auto const& [key, into] : {std::pair{"start", &flow.start}, std::pair{"human", &flow.human}}) {
    Node const* const found = root.find(key);
    if (!found) continue;
    spots[{"", key}] = spot_of(*found);
    problems.guard([&, into = into] { *into = text_of(*found); });
  }
  if (Node const* const limits = root.find("limits"))
    problems.guard([&] { read_limits(*limits, flow.limits, problems); });
  if (Node const* const questions = root.find("questions"))
    problems.guard([&] { read_questions(*questions, flow, problems); });
  Node const* const nodes = root.find("nodes");
  if (!nodes) throw invalid(root.spot, "a flow needs nodes", "e.g. nodes: {hello: {say: Hello, next: problem}}");
  read_nodes(*nodes, flow, spots, problems);
  check_whole(flow, spots, root, problems);
}

dialogue::Flow sound(std::string_view text, std::string const& file) {
  Problems problems(base::errors::config_invalid);
  auto flow = read_flow_text(text, file, problems);
  problems.raise();
  return flow;
}

}  // namespace

dialogue::Flow read_flow_text(std::string_view text, std::string const& file, Problems& problems) {
  dialogue::Flow flow;
  flow.file = file;
  problems.guard([&] { read_root(parse_yaml(text, file), flow, problems); });
  return flow;
}

dialogue::Flow read_flow(std::string const& file) { return sound(read_trusted_file(file), file); }

dialogue::Flow builtin_flow(dialogue::Channel channel) {
  std::string const name = std::string(dialogue::to_string(channel)) + ".yaml";
  for (auto const& file : embedded::builtin_flows()) {
    if (file.name == name) return sound(file.bytes, name);
  }
  throw base::Error(base::errors::internal, {{"problem", "no embedded file " + name}});
}

}  // namespace umsops::config
