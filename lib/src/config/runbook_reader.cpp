// SPDX-License-Identifier: Apache-2.0
#include "config/runbook_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "config/roster_reader.hpp"
#include "config/rule_reader.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/incident.hpp"

namespace umsops::config {
namespace {

using base::Value;
using runbook::Action;
using runbook::Input;
using runbook::InputType;
using runbook::Runbook;
using runbook::Step;
using runbook::Words;

constexpr YamlLimits kRunbookLimits{20'000, 256 << 10};
constexpr std::size_t kMostSteps = 200, kMostInputs = 50, kLongestText = 4000;
constexpr std::int64_t kLeastOutput = 256, kMostOutput = 64 << 10;

/// Members of a map under a key that need not be there.
template <class Act>
void each_member(Node const& root, std::string_view key, Problems& problems, Act const& act) {
  Node const* const node = root.find(key);
  if (!node) return;
  problems.guard([&] {
    runbook_map(*node, key, "each name with what belongs to it");
    if (node->members.size() > kMostInputs) throw invalid(node->spot, fmt::format("more than {} {}", kMostInputs, key));
    for (auto const& [name, value] : node->members)
      problems.guard([&, &name = name, &value = value] { act(id_of(name), value); });
  });
}

std::string block_of(Node const& node) {
  std::string text = text_of(node);
  if (auto const fault = base::text_fault(text, base::TextShape::block, kLongestText)) throw invalid(node.spot, *fault);
  return text;
}

InputType input_type_of(Node const& node) {
  auto const names = runbook::input_type_names();
  std::string const word = text_of(node);
  auto const found = std::find(names.begin(), names.end(), word);
  if (found == names.end())
    throw invalid(node.spot, fmt::format("{} is no type", echo(word)), suggest(word, {names.begin(), names.end()}));
  return static_cast<InputType>(found - names.begin());
}

void read_input(std::string name, Node const& node, Runbook& out, Problems& problems) {
  Input input;
  input.name = std::move(name);
  if (node.kind == Node::Kind::map) {
    problems.check_keys(node, {"type", "default", "description", "choices"});
    if (Node const* const type = node.find("type")) problems.guard([&] { input.type = input_type_of(*type); });
    if (Node const* const choices = node.find("choices")) {
      problems.guard([&] { input.choices = texts_of(*choices); });
      input.type = InputType::choice;
    }
    if (Node const* const text = node.find("description")) problems.guard([&] { input.description = block_of(*text); });
    if (input.type == InputType::choice && input.choices.empty())
      problems.add(node.spot, "a choice without choices", "e.g. choices: [primary, replica]");
    if (Node const* const fallback = node.find("default")) {
      problems.guard([&] {
        try {
          input.fallback = runbook::checked_input(out, input, text_of(*fallback));
        } catch (base::Error const& error) {
          throw invalid(fallback->spot, error.message());
        }
      });
    }
  } else if (node.kind != Node::Kind::null) {
    throw invalid(node.spot, "an input is a map", "e.g. {type: text, default: sso}");
  }
  out.inputs.push_back(std::move(input));
}

/// A prefix alone, or a map that says whether a shell reads what follows it. ssh has one at the other end.
void read_host(std::string name, Node const& node, Runbook& out, Problems& problems) {
  runbook::Host host;
  host.name = std::move(name);
  Node const* prefix = &node;
  if (node.kind == Node::Kind::map) {
    problems.check_keys(node, {"prefix", "shell"});
    prefix = &need(node, "prefix", "e.g. prefix: [ssh, --, db1]");
  }
  host.prefix = command_words(*prefix);
  host.quoted = std::filesystem::path(host.prefix[0]).filename() == "ssh";
  if (node.kind == Node::Kind::map)
    if (Node const* const shell = node.find("shell")) host.quoted = boolean_of(*shell);
  out.hosts.push_back(std::move(host));
}

Words types_of(Node const& node) {
  auto const known = model::incident_type_names();
  Words words = texts_of(node);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (std::find(known.begin(), known.end(), words[i]) != known.end()) continue;
    throw invalid(node.kind == Node::Kind::list ? node.items[i].spot : node.spot,
                  fmt::format("{} is no type of incident", echo(words[i])),
                  suggest(words[i], {known.begin(), known.end()}));
  }
  return words;
}

void read_head(Node const& root, Runbook& out, Problems& problems) {
  auto const at = [&](std::string_view key, auto const& act) {
    if (Node const* const node = root.find(key)) problems.guard([&] { act(*node); });
  };
  problems.guard([&] {
    Node const* const kind = root.find("kind");
    if (kind && text_of(*kind) != "runbook") throw invalid(kind->spot, "this is no runbook", "kind: runbook");
    out.id = id_of(need(root, "id", "a name for it, e.g. id: authentication"));
  });
  at("title", [&](Node const& node) { out.title = line_of(node); });
  at("description", [&](Node const& node) { out.description = block_of(node); });
  at("types", [&](Node const& node) { out.types = types_of(node); });
  at("resolution", [&](Node const& node) { out.resolution = block_of(node); });
  at("root_cause", [&](Node const& node) { out.root_cause = block_of(node); });
  at("env", [&](Node const& node) { out.environment = environment_of(node, problems); });
  at("folder", [&](Node const& node) { out.folder = line_of(node); });
  at("output", [&](Node const& node) { out.output = integer_of(node, kLeastOutput, kMostOutput); });
  at("on_failure", [&](Node const& node) {
    std::string const word = text_of(node);
    if (word != "stop" && word != "rollback")
      throw invalid(node.spot, fmt::format("{} is nothing to do on a failure", echo(word)), "stop or rollback");
    out.on_failure = word == "rollback" ? runbook::OnFailure::rollback : runbook::OnFailure::stop;
  });
}

Value value_of(Node const& node) {
  if (node.kind == Node::Kind::scalar) return node.scalar;
  if (node.kind == Node::Kind::list) {
    Value::List items;
    for (auto const& item : node.items) items.push_back(value_of(item));
    return items;
  }
  Value::Object members;
  for (auto const& [key, value] : node.members) members.emplace_back(key.scalar, value_of(value));
  return node.kind == Node::Kind::null ? Value() : Value(std::move(members));
}

void note_names(rules::Test const& test, runbook::Names const& names, Words& out) {
  using Kind = rules::Test::Kind;
  bool const looks = test.kind != Kind::all && test.kind != Kind::any && test.kind != Kind::none;
  if (looks && test.fields.empty()) out.insert(out.end(), names.target().texts.begin(), names.target().texts.end());
  out.insert(out.end(), test.fields.begin(), test.fields.end());
  for (auto const& child : test.children) note_names(child, names, out);
}

/// The conditions of all steps, as one set of rules: which of them hold is one question.
void read_conditions(Node const& steps, runbook::Names const& names, Runbook& out, Problems& problems) {
  rules::RuleSource source;
  source.target = &names.target();
  for (std::size_t i = 0; i < out.steps.size() && i < steps.items.size(); ++i) {
    Node const* const when = steps.items[i].find("when");
    if (!when) continue;
    rules::Rule rule;
    rule.id = out.steps[i].id;
    rule.file = out.file;
    rule.line = when->spot.line;
    rule.test = read_test(names.target(), *when, problems);
    out.steps[i].conditional = true;
    out.steps[i].when = base::to_json(value_of(*when));
    note_names(rule.test, names, out.steps[i].looked_at);
    source.rules.push_back(std::move(rule));
  }
  if (source.rules.empty() || !problems.all().empty()) return;
  problems.guard([&] { out.conditions = rules::RuleSet::compile(source); });
}

/// Holes name what there is, and a secret stands where nobody else on the host can read it.
class HoleCheck {
 public:
  HoleCheck(Runbook const& runbook, runbook::Names const& names, Problems& problems)
      : runbook_(runbook), names_(names), problems_(problems) {}

  void action(Action const& action, base::SourceSpot const& spot) const {
    for (auto const text : texts_of(action)) this->text(text, spot, true);
    for (auto const text : public_texts(action)) this->text(text, spot, false);
    if (!action.host.empty() && !runbook_.find_host(action.host))
      problems_.add(spot, fmt::format("there is no host {}", echo(action.host)), "name it under hosts:");
  }
  void text(std::string_view text, base::SourceSpot const& spot, bool secrets) const {
    problems_.guard([&] {
      std::vector<runbook::Hole> holes;
      try {
        holes = runbook::holes_of(text);
      } catch (base::Error& error) {
        throw error.at(spot);
      }
      for (auto const& hole : holes) name(hole.name, spot, secrets);
    });
  }

 private:
  void name(std::string_view name, base::SourceSpot const& spot, bool secrets) const {
    if (!name.starts_with("secrets.")) {
      if (!names_.knows(name))
        throw invalid(spot, fmt::format("nothing is called {}", echo(name)),
                      "incident.FIELD, inputs.NAME, steps.ID.output, secrets.NAME");
      return;
    }
    bool const known = std::any_of(runbook_.secrets.begin(), runbook_.secrets.end(),
                                   [&](auto const& secret) { return secret.name == name.substr(8); });
    if (!known)
      throw invalid(spot, fmt::format("there is no secret {}", echo(name.substr(8))), "name it under secrets:");
    if (!secrets)
      throw invalid(spot, fmt::format("{} where everybody on the host can read it", echo(name)),
                    "hand it over by env, stdin, headers or body");
  }

  Runbook const& runbook_;
  runbook::Names const& names_;
  Problems& problems_;
};

void check_holes(Runbook const& out, runbook::Names const& names, base::SourceSpot const& root, Problems& problems) {
  HoleCheck const check(out, names, problems);
  for (auto const& pair : out.environment) check.text(pair.second, root, true);
  check.text(out.folder, root, false);
  for (auto const& step : out.steps) {
    check.text(step.text, step.spot, false);
    check.action(step.action, step.spot);
    for (auto const* const further : {&step.on_error, &step.rollback, &step.probe})
      if (*further) check.action(**further, step.spot);
  }
}

void read_steps(Node const& root, Runbook& out, Problems& problems) {
  Node const& steps = runbook_list(need(root, "steps", "begin each step with '- '"), "steps", "begin each with '- '");
  if (steps.items.empty()) throw invalid(steps.spot, "there are no steps");
  if (steps.items.size() > kMostSteps) throw invalid(steps.spot, fmt::format("more than {} steps", kMostSteps));
  for (auto const& item : steps.items) {
    problems.guard([&] {
      Step step = step_of(item, problems);
      if (!step.id.empty() && out.find(step.id))
        problems.add(item.spot, fmt::format("two steps are called {}", echo(step.id)), "give each its own id");
      out.steps.push_back(std::move(step));
    });
  }
  if (!problems.all().empty()) return;
  Words ids;
  for (auto const& step : out.steps) ids.push_back(step.id);
  out.names = std::make_shared<runbook::Names const>(out.inputs, ids);
  read_conditions(steps, *out.names, out, problems);
  check_holes(out, *out.names, root.spot, problems);
}

}  // namespace

Runbook read_runbook_text(std::string_view text, std::string const& file, Problems& problems) {
  Runbook out;
  out.text = text;
  out.hash = base::sha256_hex(text);
  out.file = file;
  problems.guard([&] {
    Node const root = parse_yaml(text, file, kRunbookLimits);
    runbook_map(root, "a runbook", "it begins with kind: runbook");
    problems.check_keys(root, {"kind", "id", "title", "description", "types", "resolution", "root_cause", "inputs",
                               "secrets", "hosts", "env", "folder", "on_failure", "output", "steps"});
    read_head(root, out, problems);
    each_member(root, "inputs", problems,
                [&](std::string name, Node const& node) { read_input(std::move(name), node, out, problems); });
    each_member(root, "secrets", problems, [&](std::string name, Node const& node) {
      out.secrets.push_back({std::move(name), command_words(node)});
    });
    each_member(root, "hosts", problems,
                [&](std::string name, Node const& node) { read_host(std::move(name), node, out, problems); });
    read_steps(root, out, problems);
  });
  return out;
}

}  // namespace umsops::config
